import type { Followers } from 'line-oa'
import { createLineClient, each } from 'line-oa'
import { expect, test } from 'vitest'

function listing(pages: { [start: string]: Followers }) {
  const asked: string[] = []
  const line = createLineClient({
    channelAccessToken: 'token',
    random: () => 0,
    fetch: async (url) => {
      const { searchParams } = new URL(String(url))
      asked.push(`${searchParams}`)
      const page = pages[searchParams.get('start') ?? '']
      return page ? Response.json(page) : Response.json({ message: 'Invalid start param' }, { status: 400 })
    },
  })
  return { asked, list: line.messaging.getFollowers }
}

test('each() iterates through short and empty pages until a page has no cursor', async () => {
  const { list, asked } = listing({
    '': { userIds: ['a'], next: 'p2' },
    p2: { userIds: [], next: 'p3' },
    p3: { userIds: ['b', 'c'] },
  })
  expect(await Array.fromAsync(each(list, { limit: 2 }))).toEqual(['a', 'b', 'c'])
  expect(asked).toEqual(['limit=2', 'start=p2&limit=2', 'start=p3&limit=2'])
})

test('each() requests no further page when the loop ends', async () => {
  const { list, asked } = listing({ '': { userIds: ['a', 'b'], next: 'p2' } })
  for await (const id of each(list)) if (id === 'a') break
  expect(asked).toHaveLength(1)
})

test('each() starts from the cursor in the input, and does not change the input', async () => {
  const { list } = listing({ p3: { userIds: ['c'], next: '' } })
  const input = { start: 'p3' }
  expect(await Array.fromAsync(each(list, input))).toEqual(['c'])
  expect(input).toEqual({ start: 'p3' })
})

test('each() counts the pages of a numbered list while there are more, and keeps the rest of the input', async () => {
  const asked: string[] = []
  const line = createLineClient({
    channelAccessToken: 'token',
    fetch: async (url) => {
      const { searchParams } = new URL(String(url))
      asked.push(`${searchParams}`)
      const page = Number(searchParams.get('page'))
      return Response.json({ audienceGroups: page === 2 ? [] : [{ audienceGroupId: page }], hasNextPage: page < 3 })
    },
  })
  const groups = await Array.fromAsync(each(line.audience.getAudienceGroups, { page: 1, size: 40 }))
  expect(groups).toEqual([{ audienceGroupId: 1 }, { audienceGroupId: 3 }])
  expect(asked).toEqual(['page=1&size=40', 'page=2&size=40', 'page=3&size=40'])
})

test('each() throws the error of a page request', async () => {
  const { list } = listing({ '': { userIds: ['a'], next: 'gone' } })
  const seen: string[] = []
  const walk = async () => {
    for await (const id of each(list)) seen.push(id)
  }
  await expect(walk()).rejects.toMatchObject({ code: 'LINE_API', status: 400 })
  expect(seen).toEqual(['a'])
})
