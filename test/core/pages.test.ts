import type { CallOptions, Listed, ListOperation } from 'line-oa'
import { each } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { expect, test } from 'vitest'
import { turn } from '../../src/core/operation.js'
import { turnOf } from '../../src/core/pages.js'

interface Input {
  start?: string | undefined
  limit?: number | undefined
}
interface Page {
  userIds: string[]
  next?: string | undefined
}
const followers: ListOperation<Input, Page, string> = {
  method: 'GET',
  path: '/v2/bot/followers/ids',
  query: { start: 'string', limit: 'number' },
  page: { items: 'userIds', cursor: 'start', next: 'next' },
  repeat: 'safe',
  docs: '',
}

function listing(pages: { [start: string]: Page }) {
  const asked: string[] = []
  const caller = createCaller({
    channelAccessToken: 'token',
    random: () => 0,
    fetch: async (url) => {
      const { searchParams } = new URL(String(url))
      asked.push(`${searchParams}`)
      return Response.json(pages[searchParams.get('start') ?? ''])
    },
  })
  const method = (input: Input = {}, options?: CallOptions) => caller.call(followers, input, options)
  // What the client does with every list record.
  return { asked, list: Object.assign(method, { [turn]: turnOf(followers.page) as Listed<string>[typeof turn] }) }
}

test('walks through short and empty pages until there is no next', async () => {
  const { list, asked } = listing({
    '': { userIds: ['a'], next: 'p2' },
    p2: { userIds: [], next: 'p3' },
    p3: { userIds: ['b', 'c'] },
  })
  expect(await Array.fromAsync(each(list, { limit: 2 }))).toEqual(['a', 'b', 'c'])
  expect(asked).toEqual(['limit=2', 'start=p2&limit=2', 'start=p3&limit=2'])
})

test('leaving the loop asks for no further page', async () => {
  const { list, asked } = listing({ '': { userIds: ['a', 'b'], next: 'p2' } })
  for await (const id of each(list)) if (id === 'a') break
  expect(asked).toHaveLength(1)
})

test('goes on from the cursor in the input, and leaves the input as it was', async () => {
  const { list } = listing({ p3: { userIds: ['c'], next: '' } })
  const input = { start: 'p3' }
  expect(await Array.fromAsync(each(list, input))).toEqual(['c'])
  expect(input).toEqual({ start: 'p3' })
})

test('a numbered list goes on while there is more', () => {
  const step = turnOf({ items: 'groups', cursor: 'page', more: 'hasNextPage' })
  expect(step({ page: 1, size: 40 }, { groups: [1], hasNextPage: true })).toEqual({
    items: [1],
    next: { page: 2, size: 40 },
  })
  expect(step({ page: 2, size: 40 }, { groups: [], hasNextPage: false })).toEqual({ items: [], next: undefined })
})

test('an error in the middle comes out of the loop', async () => {
  const { list } = listing({ '': { userIds: ['a'], next: 'gone' } })
  const seen: string[] = []
  await expect(
    (async () => {
      for await (const id of each(list)) seen.push(id)
    })(),
  ).rejects.toThrow()
  expect(seen).toEqual(['a'])
})
