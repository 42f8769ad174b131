// LINE carried a call out and its response was lost: some calls succeed without it, others fail because the response is what they are for.

import { createLineClient } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { contracts } from 'line-oa/contracts'
import type { Endpoint } from 'line-oa/core'
import { describe, expect, test } from 'vitest'

const records = Object.values(catalog).flatMap((group): [string, Endpoint][] => Object.entries(group))
const validator = contracts()

test('the result of a call whose response was lost satisfies its contract', () => {
  const wrong = records
    .filter(
      ([, { method, onLostResponse, response }]) =>
        method !== 'GET' && onLostResponse !== 'error' && response !== 'binary',
    )
    .filter(([, record]) => validator.check(record, 'output', record.onLostResponse ?? {}).length > 0)
  expect(wrong.map(([name]) => name)).toEqual([])
})

const cut = () => new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) }))

describe.each<[string, () => Response]>([
  ['cut off', cut],
  ['an HTML page of a proxy', () => new Response('<html>')],
  ['empty', () => new Response()],
])('when the response is %s', (_, answer) => {
  const setup = () => {
    let asked = 0
    const fetch = async () => {
      asked += 1
      return answer()
    }
    return {
      line: createLineClient({ channelAccessToken: 't', fetch, random: () => 0, timeout: 50 }),
      asked: () => asked,
    }
  }

  test('a create is not retried, and fails with an unknown outcome', async () => {
    const { line, asked } = setup()
    const menu = { size: { width: 800, height: 270 }, selected: false, name: 'menu', chatBarText: 'Menu', areas: [] }
    await expect(line.messaging.createRichMenu(menu)).rejects.toMatchObject({
      code: 'LINE_API',
      status: 200,
      outcome: 'unknown',
    })
    expect(asked()).toBe(1)
  })

  test('a call whose response is always empty succeeds', async () => {
    const { line } = setup()
    expect(await line.messaging.deleteRichMenuAlias({ richMenuAliasId: 'main' })).toEqual({})
  })
})
