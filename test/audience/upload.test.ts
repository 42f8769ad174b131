import { type AudienceIds, audienceBlob, audienceFile, LineNetworkError } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { addUserIdsToAudience, createAudienceForUploadingUserIds } from 'line-oa/operations'
import { describe, expect, test, vi } from 'vitest'
import { mostAudienceIds } from '../../src/audience/upload.js'
import { TestClock } from '../clock.js'

const userId = (number: number) => `U${number.toString(16).padStart(32, '0')}`

function* userIds(count: number, bad: ReadonlyMap<number, unknown> = new Map()): Generator<string> {
  for (let line = 1; line <= count; line++) yield bad.has(line) ? String(bad.get(line)) : userId(line)
}

function* sameUserId(count: number): Generator<string> {
  const id = userId(1)
  for (let line = 1; line <= count; line++) yield id
}

/** Sends IDs as LINE's answer lets them, and gives the file that came. */
async function upload(ids: AudienceIds, options?: Parameters<typeof audienceFile>[1]): Promise<File> {
  let file: unknown
  const fetch: typeof globalThis.fetch = async (_, init) => {
    const { body, headers } = { body: null, headers: {}, ...init }
    file = (await new Response(body, { headers }).formData()).get('file')
    return new Response('{}', { status: 202 })
  }
  const caller = createCaller({ channelAccessToken: 'token', fetch, clock: new TestClock() })
  await caller.call(addUserIdsToAudience, { audienceGroupId: 1234567890123, file: audienceFile(ids, options) })
  if (!(file instanceof File)) throw new Error('no file came')
  return file
}

const inputError = (text: string) =>
  expect.objectContaining({ code: 'LINE_INPUT', outcome: 'rejected', message: expect.stringContaining(text) })

const both: readonly (readonly [
  name: string,
  send: (ids: AudienceIds, options?: Parameters<typeof audienceFile>[1]) => Promise<Blob>,
])[] = [
  ['audienceFile', upload],
  ['audienceBlob', audienceBlob],
]

describe.each(both)('%s', (_, send) => {
  test('writes one ID per line, without an empty line at the end', async () => {
    expect(await (await send([userId(1), userId(2)])).text()).toBe(`${userId(1)}\n${userId(2)}`)
    expect(await (await send([userId(1)])).text()).toBe(userId(1))
  })

  test.each([1999, 2000, 2001, 4000, 4001])('%d IDs are all there, in order', async (count) => {
    expect(await (await send(userIds(count))).text()).toBe([...userIds(count)].join('\n'))
  })

  test('takes lists, sets, generators and asynchronous ones', async () => {
    const ids = [userId(1), userId(2)]
    const later = async function* () {
      yield* ids
    }
    for (const source of [ids, new Set(ids), userIds(2), later()])
      expect(await (await send(source)).text()).toBe(ids.join('\n'))
  })

  test('is a text/plain file with a name', async () => {
    expect(await send([userId(1)])).toMatchObject({ type: 'text/plain', name: 'audience.txt' })
    expect(await send([userId(1)], { name: 'spring.txt' })).toMatchObject({ name: 'spring.txt' })
  })

  test('takes the IDs of module channels, and advertising IDs where those are meant', async () => {
    const moduleUser = `L${userId(1)}-${userId(2)}`
    expect(await (await send([moduleUser])).text()).toBe(moduleUser)
    const ifa = ['38400000-8CF0-11BD-B23E-10B96E40000D', 'cdda802e-fb9c-47ad-9866-0794d394c912']
    expect(await (await send(ifa, { isIfaAudience: true })).text()).toBe(ifa.join('\n'))
    await expect(send(ifa)).rejects.toEqual(inputError('line 1 must be a user ID'))
    await expect(send([userId(1)], { isIfaAudience: true })).rejects.toEqual(
      inputError('line 1 must be an advertising ID'),
    )
  })

  test.each<[string, unknown, string]>([
    ['an empty line', '', 'empty text'],
    ['spaces', '  ', 'spaces only'],
    ['a line end of Windows', `${userId(7)}\r`, 'text with spaces or line ends around it'],
    ['two IDs in one', `${userId(7)}\n${userId(8)}`, 'text of 67 UTF-16 units that is none'],
    ['a display name', 'Brown', 'text of 5 UTF-16 units that is none'],
    ['capital letters', userId(0xabcdef).toUpperCase(), 'text of 33 UTF-16 units that is none'],
    ['a group ID', userId(7).replace('U', 'C'), 'text of 33 UTF-16 units that is none'],
  ])('names the line of %s in the middle, and not what it says', async (__, bad, found) => {
    const message = `audience file: line 3001 must be a user ID (U and 32 hex characters), but is ${found}`
    await expect(send(userIds(5000, new Map([[3001, bad]])))).rejects.toMatchObject({
      code: 'LINE_INPUT',
      outcome: 'rejected',
      message,
      problems: [{ path: 'line 3001', found, allowed: 'a user ID (U and 32 hex characters)' }],
    })
  })

  test.each<[unknown, string]>([
    [undefined, 'missing'],
    [null, 'missing'],
    [7, 'a number'],
    [{ userId: userId(1) }, 'an object'],
  ])('%j is no ID', async (bad, found) => {
    const ids = [userId(1), bad] as string[] // what JavaScript callers may pass
    await expect(send(ids)).rejects.toEqual(
      inputError(`line 2 must be a user ID (U and 32 hex characters), but is ${found}`),
    )
  })

  test('an empty list is refused', async () => {
    await expect(send([])).rejects.toEqual(inputError('the file must be of at least 1 line, but is empty'))
  })

  test('1,500,000 IDs are taken, and one more is refused', async () => {
    const { size } = await send(sameUserId(mostAudienceIds))
    expect(size).toBe(mostAudienceIds * 34 - 1)
    await expect(send(sameUserId(mostAudienceIds + 1))).rejects.toEqual(
      inputError('the file must be of at most 1,500,000 lines'),
    )
  })

  test('what the IDs throw comes out as it is, and they are closed when one is bad', async () => {
    const lost = new LineNetworkError('GET /v2/bot/followers/ids: the connection failed')
    const failing = async function* () {
      yield userId(1)
      throw lost
    }
    await expect(send(failing())).rejects.toBe(lost)
    const closed = vi.fn()
    const closing = function* () {
      try {
        yield* ['no', userId(1)]
      } finally {
        closed()
      }
    }
    await expect(send(closing())).rejects.toEqual(inputError('line 1'))
    expect(closed).toHaveBeenCalledTimes(1)
  })
})

test('a file is not read ahead of its sending', async () => {
  let read = 0
  const counted = function* () {
    for (const id of sameUserId(mostAudienceIds)) {
      read++
      yield id
    }
  }
  const { stream } = audienceFile(counted())
  const reader = stream.getReader()
  expect(read).toBe(0)
  for (let chunk = 1; chunk <= 5; chunk++) {
    const { value } = await reader.read()
    expect(value?.length).toBeLessThan(70_000)
    expect(read).toBe(chunk * 2000)
  }
  await reader.cancel()
  expect(read).toBe(10_000)
})

test('other work gets its turn while IDs in memory are read', async () => {
  let turns = 0
  let timer = setTimeout(function again() {
    turns++
    timer = setTimeout(again, 0)
  }, 0)
  await audienceBlob(sameUserId(200_000))
  clearTimeout(timer)
  expect(turns).toBeGreaterThan(5)
})

test('a Blob is sent again when the bucket is empty, a streamed file is not', async () => {
  const clock = new TestClock()
  const answers = [429, 202]
  const fetch = vi.fn(async () => new Response('{}', { status: answers.shift() ?? 429 }))
  const caller = createCaller({ channelAccessToken: 'token', fetch, clock })
  const file = await audienceBlob([userId(1)])
  expect(await clock.settle(caller.call(createAudienceForUploadingUserIds, { description: 'spring', file }))).toEqual(
    {},
  )
  expect(fetch).toHaveBeenCalledTimes(2)
  const streamed = caller.call(createAudienceForUploadingUserIds, {
    description: 'spring',
    file: audienceFile([userId(1)]),
  })
  await expect(clock.settle(streamed)).rejects.toMatchObject({ code: 'LINE_RATE_LIMIT' })
  expect(fetch).toHaveBeenCalledTimes(3)
})
