// Compares the tables of docs/migrating.md with the clients of the official SDK and with the client.
import { readFileSync } from 'node:fs'
import { channelAccessToken, LineBotClient } from '@line/bot-sdk'
import type { Endpoint } from 'line-oa'
import { createLineClient } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { describe, expect, test } from 'vitest'

const line = createLineClient({ channelAccessToken: 'token' })
const records: { readonly [group: string]: { readonly [name: string]: Endpoint } } = catalog
const text = readFileSync('docs/migrating.md', 'utf8')

const [ofBot = '', ofTokens = ''] = text.split('## Channel access tokens')
const rowsOf = (part: string) =>
  [...part.matchAll(/^\| `(\w+)\((.*?)\)` \| `line\.(\w+)\.(\w+)\((.*?)\)`/gm)].map(
    ([, theirs = '', parameters = '', group = '', ours = '', input = '']) => ({
      ...{ theirs, parameters, group, ours, input },
    }),
  )
const rows = { bot: rowsOf(ofBot), tokens: rowsOf(ofTokens) }
const all = [...rows.bot, ...rows.tokens]

/** The methods of a class and of its base classes. */
function methods(type: { readonly prototype: object }): string[] {
  const names: string[] = []
  for (let at: object | null = type.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    names.push(...Object.getOwnPropertyNames(at).filter((name) => name !== 'constructor'))
  return names.sort()
}

const withTwins = (names: readonly string[]) => names.flatMap((name) => [name, `${name}WithHttpInfo`]).sort()

test('every row of the tables is parsed', () => {
  expect(all).toHaveLength([...text.matchAll(/^\| `\w+\(/gm)].length)
})

test('every method of LineBotClient is in the table, and has its variant WithHttpInfo', () => {
  expect(rows.bot.length).toBeGreaterThan(100)
  expect(withTwins(rows.bot.map(({ theirs }) => theirs))).toEqual(methods(LineBotClient))
})

test('every method of ChannelAccessTokenClient is in the table', () => {
  expect(withTwins(rows.tokens.map(({ theirs }) => theirs))).toEqual(
    methods(channelAccessToken.ChannelAccessTokenClient),
  )
})

describe.each(all)('$theirs', ({ theirs, group, ours, input, parameters }) => {
  test('has a method of the client, also in withResponse', () => {
    // By name, as on the page.
    const groups: { readonly [name: string]: object | undefined } = { ...line }
    const twins: { readonly [name: string]: object | undefined } = { ...line.withResponse }
    expect(groups[group]).toHaveProperty(ours, expect.any(Function))
    expect(twins[group]).toHaveProperty(ours, expect.any(Function))
    if (group !== 'tokens') expect(ours).toBe(theirs)
  })

  test('names the parameters in path, query and headers', () => {
    const record = records[group]?.[ours]
    const path = [...(record?.path ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const elsewhere = [...path, ...Object.keys(record?.query ?? {}), ...Object.keys(record?.headers ?? {})]
    const named: readonly string[] = input.match(/\w+/g) ?? []
    expect(elsewhere.filter((name) => !named.includes(name) && name !== 'authorization')).toEqual([])
  })

  test('has a retry key if the official SDK has one', () => {
    expect(input.includes('retryKey')).toBe(records[group]?.[ours]?.repeat === 'keyed')
    expect(parameters.includes('RetryKey')).toBe(input.includes('retryKey'))
  })
})
