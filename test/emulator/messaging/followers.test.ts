import { describe, expect, test } from 'vitest'
import { refusal, setup } from '../setup.js'

describe('followers', () => {
  async function withFriends(count: number) {
    const world = await setup()
    const friends = Array.from({ length: count }, (_, at) =>
      world.emulator.createPerson({ displayName: `Friend ${at}` }),
    )
    for (const friend of friends) await friend.addFriend(world.account)
    return { ...world, userIds: [world.person, ...friends].map((friend) => friend.userIdFor(world.account)), friends }
  }

  test('are available to verified and premium accounts only', async () => {
    for (const [kind, status] of [
      ['unverified', 403],
      ['verified', 200],
      ['premium', 200],
    ] as const) {
      const { line } = await setup({ account: { kind } })
      expect((await line('GET /v2/bot/followers/ids')).status).toBe(status)
    }
    const { line } = await setup({ account: { kind: 'unverified' } })
    expect((await line('GET /v2/bot/followers/ids')).body).toEqual(refusal(403).body)
  })

  test('are paginated', async () => {
    const { line, userIds } = await withFriends(4)
    const seen = []
    let start: string | undefined
    do {
      const { body } = await line(`GET /v2/bot/followers/ids?limit=2${start ? `&start=${start}` : ''}`)
      const page = body as { userIds: string[]; next?: string } // LINE's response
      expect(page.userIds.length).toBeLessThanOrEqual(2)
      seen.push(...page.userIds)
      start = page.next
    } while (start)
    expect(seen).toEqual(userIds)
  })

  test('have 300 user IDs per page by default, and the last page has no next', async () => {
    const { line, userIds } = await withFriends(300)
    const first = (await line('GET /v2/bot/followers/ids')).body as { userIds: string[]; next: string } // LINE's response
    expect(first.userIds).toEqual(userIds.slice(0, 300))
    expect((await line(`GET /v2/bot/followers/ids?start=${first.next}`)).body).toEqual({ userIds: userIds.slice(300) })
    expect((await line('GET /v2/bot/followers/ids?limit=1000')).body).toEqual({ userIds })
  })

  test('do not include users who have blocked the account', async () => {
    const { line, userIds, friends, account } = await withFriends(2)
    await friends[0]?.block(account)
    expect((await line('GET /v2/bot/followers/ids')).body).toEqual({ userIds: [userIds[0], userIds[2]] })
  })

  test('can be continued for 24 hours', async () => {
    const { line, emulator } = await withFriends(2)
    const { next } = (await line('GET /v2/bot/followers/ids?limit=1')).body as { next: string } // LINE's response
    await emulator.clock.advance(24 * 60 * 60 * 1000 - 1)
    expect((await line(`GET /v2/bot/followers/ids?start=${next}`)).status).toBe(200)
    await emulator.clock.advance(1)
    expect(await line(`GET /v2/bot/followers/ids?start=${next}`)).toMatchObject(refusal(400))
    expect(await line('GET /v2/bot/followers/ids?start=made-up')).toMatchObject(refusal(400))
  })
})
