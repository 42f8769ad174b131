import { LineInputError } from 'line-oa'
import type { AssertionKey } from 'line-oa/keys'
import { type ProveAssertionKeyInput, proveAssertionKey } from 'line-oa/keys'
import { expect, test } from 'vitest'

const channelId = '1657000001'
const thrownBy = (input: ProveAssertionKeyInput): Promise<unknown> =>
  proveAssertionKey(input).catch((error: unknown) => error)

/** A key that throws when it is looked at. */
const throwing = (error: unknown) => {
  const key = {
    kid: 'k',
    get assertion(): never {
      throw error
    },
  }
  return key as AssertionKey
}

test.each([new LineInputError('bare'), new TypeError('foreign')])(
  'an error that lists no problems is thrown as it is: %s',
  async (error) => {
    for (const id of [channelId, '']) expect(await thrownBy({ channelId: id, key: throwing(error) })).toBe(error)
  },
)

test('the message of one problem is the message of the error', async () => {
  const error = (await thrownBy({ channelId, kid: 'k', privateKey: '' })) as LineInputError // checked next
  expect(error).toMatchObject({ code: 'LINE_INPUT', problems: [{ path: 'privateKey', message: error.message }] })
})

test('several problems, also of one value, are listed in order in one error', async () => {
  const error = (await thrownBy({ channelId: '', kid: '', privateKey: '' })) as LineInputError // checked next
  expect(error).toMatchObject({
    code: 'LINE_INPUT',
    problems: [{ path: 'channelId' }, { path: 'kid' }, { path: 'privateKey' }],
  })
  const places = error.problems.map(({ message }) => error.message.indexOf(message))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(places).toEqual(places.toSorted((one, two) => one - two))
})
