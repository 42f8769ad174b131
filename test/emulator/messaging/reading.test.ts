import { describe, expect, test } from 'vitest'
import { setup } from '../setup.js'

describe('bot info', () => {
  test('tells who the account is, and mirrors the Chat switch', async () => {
    const { line, account } = await setup()
    const { userId, basicId } = account
    expect((await line('GET /v2/bot/info')).body).toEqual({
      userId,
      basicId,
      displayName: 'Tea House',
      chatMode: 'bot',
      markAsReadMode: 'auto',
    })
    account.settings.chat = true
    expect((await line('GET /v2/bot/info')).body).toMatchObject({ chatMode: 'chat', markAsReadMode: 'manual' })
  })

  test('has the premium ID and the picture where there are such', async () => {
    const { line } = await setup({
      account: { kind: 'premium', premiumId: '@teahouse', pictureUrl: 'https://pictures.example/tea' },
    })
    expect((await line('GET /v2/bot/info')).body).toMatchObject({
      premiumId: '@teahouse',
      pictureUrl: 'https://pictures.example/tea',
    })
  })
})

describe('profiles', () => {
  test('a friend’s profile has what the person shows', async () => {
    const { line, userId, emulator, account } = await setup()
    expect((await line(`GET /v2/bot/profile/${userId}`)).body).toEqual({ userId, displayName: 'Mika', language: 'ja' })
    const ken = emulator.createPerson({
      displayName: 'Ken',
      pictureUrl: 'https://pictures.example/ken',
      statusMessage: 'Busy',
    })
    await ken.addFriend(account)
    expect((await line(`GET /v2/bot/profile/${ken.userIdFor(account)}`)).body).toEqual({
      userId: ken.userIdFor(account),
      displayName: 'Ken',
      pictureUrl: 'https://pictures.example/ken',
      statusMessage: 'Busy',
    })
  })

  test('somebody who wrote without being a friend has one too, until they block', async () => {
    const { line, emulator, account } = await setup()
    const ken = emulator.createPerson({ displayName: 'Ken' })
    const path = `GET /v2/bot/profile/${ken.userIdFor(account)}`
    expect(await line(path)).toMatchObject({ status: 404, body: { message: 'Not found' } })
    await ken.send(account, 'hello')
    expect((await line(path)).status).toBe(200)
    await ken.block(account)
    expect((await line(path)).status).toBe(404)
    await ken.unblock(account)
    expect((await line(path)).status).toBe(200)
  })

  test('unknown users and users of another provider have none, and an ID of another form is refused', async () => {
    const { line, emulator, person } = await setup()
    const elsewhere = emulator.createAccount({ name: 'Elsewhere', provider: emulator.createProvider() })
    for (const userId of [`U${'0'.repeat(32)}`, person.userIdFor(elsewhere)])
      expect((await line(`GET /v2/bot/profile/${userId}`)).status).toBe(404)
    expect(await line('GET /v2/bot/profile/mika')).toMatchObject({
      status: 400,
      body: { message: "The value for the 'userId' parameter is invalid" },
    })
  })
})

describe('followers', () => {
  async function withFriends(count: number) {
    const world = await setup()
    const friends = Array.from({ length: count }, (_, at) =>
      world.emulator.createPerson({ displayName: `Friend ${at}` }),
    )
    for (const friend of friends) await friend.addFriend(world.account)
    return { ...world, userIds: [world.person, ...friends].map((friend) => friend.userIdFor(world.account)), friends }
  }

  test('are for verified and premium accounts only', async () => {
    for (const [kind, status] of [
      ['unverified', 403],
      ['verified', 200],
      ['premium', 200],
    ] as const) {
      const { line } = await setup({ account: { kind } })
      expect((await line('GET /v2/bot/followers/ids')).status).toBe(status)
    }
    const { line } = await setup({ account: { kind: 'unverified' } })
    expect((await line('GET /v2/bot/followers/ids')).body).toEqual({
      message: 'Access to this API is not available for your account',
    })
  })

  test('come page by page', async () => {
    const { line, userIds } = await withFriends(4)
    const seen = []
    let start: string | undefined
    do {
      const { body } = await line(`GET /v2/bot/followers/ids?limit=2${start ? `&start=${start}` : ''}`)
      const page = body as { userIds: string[]; next?: string } // LINE's answer
      expect(page.userIds.length).toBeLessThanOrEqual(2)
      seen.push(...page.userIds)
      start = page.next
    } while (start)
    expect(seen).toEqual(userIds)
  })

  test('are 300 to a page, and the last page has no next', async () => {
    const { line, userIds } = await withFriends(300)
    const first = (await line('GET /v2/bot/followers/ids')).body as { userIds: string[]; next: string } // LINE's answer
    expect(first.userIds).toEqual(userIds.slice(0, 300))
    expect((await line(`GET /v2/bot/followers/ids?start=${first.next}`)).body).toEqual({ userIds: userIds.slice(300) })
    expect((await line('GET /v2/bot/followers/ids?limit=1000')).body).toEqual({ userIds })
  })

  test('leave out who has blocked the account', async () => {
    const { line, userIds, friends, account } = await withFriends(2)
    await friends[0]?.block(account)
    expect((await line('GET /v2/bot/followers/ids')).body).toEqual({ userIds: [userIds[0], userIds[2]] })
  })

  test('go on for 24 hours', async () => {
    const { line, emulator } = await withFriends(2)
    const { next } = (await line('GET /v2/bot/followers/ids?limit=1')).body as { next: string } // LINE's answer
    await emulator.clock.advance(24 * 60 * 60 * 1000 - 1)
    expect((await line(`GET /v2/bot/followers/ids?start=${next}`)).status).toBe(200)
    await emulator.clock.advance(1)
    const invalid = { status: 400, body: { message: 'Invalid start param' } }
    expect(await line(`GET /v2/bot/followers/ids?start=${next}`)).toMatchObject(invalid)
    expect(await line('GET /v2/bot/followers/ids?start=made-up')).toMatchObject(invalid)
  })
})
