// Every list of the catalog, with either kind of cursor, walked over by each().

import { type CallOptions, createLineClient, each, type Listed, moduleAuthorizeUrl, moduleCodeGrant } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { type Account, createEmulator, type Emulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'

type List = ((input: object, options?: CallOptions) => Promise<object>) & Listed<unknown>

const lists = Object.entries(catalog).flatMap(([group, records]) =>
  Object.entries(records).flatMap(([name, record]) => ('page' in record ? [{ group, name, record }] : [])),
)
// The path values of some of them.
const named = { groupId: `C${'0'.repeat(32)}`, roomId: `R${'0'.repeat(32)}`, membershipId: 1 }

/** A list method of a client. Its input is made from its record here, so its types are not needed. */
function methodOf(line: object, { group, name }: (typeof lists)[number]): List {
  return Reflect.get(Reflect.get(line, group), name) as List // the catalog names both
}

test.each([-1, 1.5, Number.NaN, 2 ** 53])('each() refuses max: %d', async (max) => {
  const { messaging } = createLineClient({
    channelAccessToken: 'token',
    fetch: () => Promise.reject(new Error('nothing is sent')),
  })
  await expect(Array.fromAsync(each(messaging.getFollowers, {}, { max }))).rejects.toMatchObject({ code: 'LINE_INPUT' })
})

test('the catalog has these list operations of two kinds', () => {
  const kinds = lists.map(
    ({ name, record: { page } }) => `${name} by ${page.cursor} and ${'next' in page ? page.next : page.more}`,
  )
  expect(kinds.sort()).toEqual([
    'getAggregationUnitNameList by start and next',
    'getAudienceGroups by page and hasNextPage',
    'getFollowers by start and next',
    'getGroupMembersIds by start and next',
    'getJoinedMembershipUsers by start and next',
    'getModules by start and next',
    'getRoomMembersIds by start and next',
    'getSharedAudienceGroups by page and hasNextPage',
    'getWebhookEventHistory by cursor and nextCursor',
    'listCoupon by start and next',
  ])
})

describe.each(lists)('$name', (list) => {
  const { page } = list.record
  const first = 'next' in page ? {} : { page: 1 }
  const sizes = [2, 0, 1, 0, 3]

  // Pages of 2, 0, 1, 0 and 3 entries; a cursor says which page is next.
  function setup() {
    const asked: URL[] = []
    const fetch = async (input: string | URL | Request) => {
      const url = new URL(String(input))
      asked.push(url)
      const at = Number(url.searchParams.get(page.cursor)?.replace('cursor-', '') ?? 1)
      const items = Array.from({ length: sizes[at - 1] ?? 0 }, (_, entry) => `${at}.${entry}`)
      const more = at < sizes.length
      return Response.json({
        [page.items]: items,
        ...('next' in page ? more && { [page.next]: `cursor-${at + 1}` } : { [page.more]: more }),
      })
    }
    return { asked, method: methodOf(createLineClient({ channelAccessToken: 'token', fetch }), list) }
  }
  const all = ['1.0', '1.1', '3.0', '5.0', '5.1', '5.2']

  test('is iterated to its end through short and empty pages, with the other inputs', async () => {
    const { asked, method } = setup()
    expect(await Array.fromAsync(each(method, { ...named, ...first, limit: 2, size: 2 }))).toEqual(all)
    const cursors = asked.map(({ searchParams }) => searchParams.get(page.cursor))
    expect(cursors).toEqual(
      'next' in page ? [null, 'cursor-2', 'cursor-3', 'cursor-4', 'cursor-5'] : ['1', '2', '3', '4', '5'],
    )
    const rest = asked.map(({ pathname, searchParams }) => {
      searchParams.delete(page.cursor)
      return `${pathname}?${searchParams}`
    })
    expect(new Set(rest).size).toBe(1)
  })

  test('requests no further page after the loop ends', async () => {
    for (const [leaveAt, pages] of [
      ['1.1', 1],
      ['3.0', 3],
    ] as const) {
      const { asked, method } = setup()
      for await (const entry of each(method, { ...named, ...first })) if (entry === leaveAt) break
      expect(asked).toHaveLength(pages)
    }
  })

  test.each([
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 3],
    [4, 5],
    [6, 5],
    [99, 5],
  ])('with max %i is walked in %i pages', async (max, pages) => {
    const { asked, method } = setup()
    expect(await Array.fromAsync(each(method, { ...named, ...first }, { max }))).toEqual(all.slice(0, max))
    expect(asked).toHaveLength(pages)
  })

  test('is iterated from a cursor', async () => {
    const { asked, method } = setup()
    const from = 'next' in page ? { [page.cursor]: 'cursor-3' } : { page: 3 }
    expect(await Array.fromAsync(each(method, { ...named, ...from }))).toEqual(all.slice(2))
    expect(asked).toHaveLength(3)
  })

  test('is iterated until the signal aborts', async () => {
    const { asked, method } = setup()
    const ending = new AbortController()
    const seen: unknown[] = []
    const walk = async () => {
      for await (const entry of each(method, { ...named, ...first }, { signal: ending.signal })) {
        seen.push(entry)
        ending.abort()
      }
    }
    await expect(walk()).rejects.toMatchObject({ code: 'LINE_ABORTED' })
    expect([asked.length, seen]).toEqual([1, ['1.0', '1.1']])
  })
})

describe('a cursor', () => {
  const redirectUri = 'https://module.example/callback'

  async function attach(emulator: Emulator, account: Account) {
    const channel = emulator.createModuleChannel({ redirectUris: [redirectUri] })
    const { channelId, channelSecret } = channel
    const request = { channelId, redirectUri, scope: ['message:send'] }
    const line = createLineClient({ channelId, channelSecret, fetch: emulator.fetch, clock: emulator.clock })
    const code =
      new URL(channel.approve(moduleAuthorizeUrl({ ...request, state: 's' }), account)).searchParams.get('code') ?? ''
    await line.module.attachModule({
      ...moduleCodeGrant(request, { code }),
      client_id: channelId,
      client_secret: channelSecret,
    })
    return line
  }

  async function setup() {
    const emulator = createEmulator({ clock: 'manual' })
    const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
    const { channelId, channelSecret } = account
    const line = createLineClient({ channelId, channelSecret, fetch: emulator.fetch, clock: emulator.clock })
    account.addBulkFriends(2)
    account.settings.joinGroups = true
    const group = emulator.createGroup({ name: 'Tea', members: [] })
    const room = emulator.createRoom({ members: [] })
    await group.invite(account)
    await room.invite(account)
    const { membershipId } = account.offerMembership({
      title: 'Club',
      description: 'Tea',
      price: 500,
      benefits: ['Tea'],
    })
    const module = await attach(emulator, account)
    const inputs = { groupId: group.groupId, roomId: room.roomId, membershipId }
    const { next } = await line.messaging.getFollowers({ limit: 1 })
    return { emulator, line, module, inputs, next }
  }

  const byToken = lists.filter(({ record }) => record.page.cursor === 'start')

  test.each(byToken)('of another list is refused by $name, with a hint', async (list) => {
    const { line, module, inputs, next } = await setup()
    const method = methodOf(list.group === 'module' ? module : line, list)
    for (const start of [list.name === 'getFollowers' ? 'made-up' : next, '0', 'x'.repeat(2000), '%00'])
      await expect(Array.fromAsync(each(method, { ...inputs, start }))).rejects.toMatchObject({
        code: 'LINE_API',
        status: 400,
        hint: expect.any(String),
      })
  })

  test('that is older than 24 hours is refused during an iteration', async () => {
    const { emulator, line } = await setup()
    const seen: string[] = []
    const walk = async () => {
      for await (const userId of each(line.messaging.getFollowers, { limit: 1 })) {
        seen.push(userId)
        await emulator.clock.advance(24 * 60 * 60 * 1000)
      }
    }
    await expect(walk()).rejects.toMatchObject({ status: 400, hint: expect.any(String) })
    expect(seen).toHaveLength(1)
  })

  test.each([0, -1, 1.5])('of a numbered list is refused when it is %d', async (number) => {
    const { line } = await setup()
    await expect(Array.fromAsync(each(line.audience.getAudienceGroups, { page: number }))).rejects.toMatchObject({
      status: 400,
    })
  })
})
