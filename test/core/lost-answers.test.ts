// LINE did what it was asked, and its answer got lost: which calls give what without it, and which say that the caller is lost too.

import { createLineClient } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { contracts } from 'line-oa/contracts'
import type { Endpoint } from 'line-oa/core'
import { describe, expect, test } from 'vitest'

const records = Object.values(catalog).flatMap((group): [string, Endpoint][] => Object.entries(group))
const validator = contracts()

test('what is given for a lost answer is an answer, wherever one is given', () => {
  const wrong = records
    .filter(([, { method, lost, response }]) => method !== 'GET' && lost !== 'error' && response !== 'binary')
    .filter(([, record]) => validator.check(record, 'output', record.lost ?? {}).length > 0)
  expect(wrong.map(([name]) => name)).toEqual([])
})

const cut = () => new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) }))

describe.each<[string, () => Response]>([
  ['is cut off', cut],
  ['is a page of a proxy', () => new Response('<html>')],
  ['is empty', () => new Response()],
])('where the answer %s', (_, answer) => {
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

  test('what was created is not created again, and the error says that it may be there', async () => {
    const { line, asked } = setup()
    const menu = { size: { width: 800, height: 270 }, selected: false, name: 'menu', chatBarText: 'Menu', areas: [] }
    await expect(line.messaging.createRichMenu(menu)).rejects.toMatchObject({
      code: 'LINE_API',
      status: 200,
      outcome: 'unknown',
    })
    expect(asked()).toBe(1)
  })

  test('what has no answer but an empty one is a success', async () => {
    const { line } = setup()
    expect(await line.messaging.deleteRichMenuAlias({ richMenuAliasId: 'main' })).toEqual({})
  })
})
