import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { inbox, inputError, setup, text } from '../setup.js'

describe('IDs', () => {
  test('of users are the same in all channels of a provider, and differ between providers', async () => {
    const { emulator, account, person, userId } = await setup()
    const sister = emulator.createAccount({ name: 'Sister' })
    const login = emulator.createLoginChannel()
    const elsewhere = emulator.createAccount({
      name: 'Elsewhere',
      provider: emulator.createProvider({ name: 'Others' }),
    })
    expect(userId).toMatch(/^U[0-9a-f]{32}$/)
    expect([sister, login].map((channel) => person.userIdFor(channel))).toEqual([userId, userId])
    expect(person.userIdFor(elsewhere)).not.toBe(userId)
    expect(person.userIdFor(account)).toBe(userId)
  })

  test('are the same in every run, and differ with another `random`', () => {
    const names = (options?: Parameters<typeof createEmulator>[0]) => {
      const emulator = createEmulator({ clock: 'manual', ...options })
      const person = emulator.createPerson({ displayName: 'Mika' })
      const { channelId, channelSecret, basicId, userId } = emulator.createAccount({ name: 'A' })
      return { channelId, channelSecret, basicId, userId, of: person.userIdFor(emulator.createAccount({ name: 'B' })) }
    }
    expect(names()).toEqual(names())
    expect(names({ random: () => 0.25 })).not.toEqual(names())
  })

  test('are unique even if `random` is constant', () => {
    const emulator = createEmulator({ random: () => 0 })
    const accounts = Array.from({ length: 20 }, () => emulator.createAccount({ name: 'A' }))
    const people = Array.from({ length: 20 }, () => emulator.createPerson({ displayName: 'P' }))
    const [account] = accounts
    if (!account) throw new Error('Expected 20 accounts')
    expect(new Set(accounts.flatMap(({ channelId, basicId, userId }) => [channelId, basicId, userId])).size).toBe(60)
    expect(new Set(people.map((person) => person.userIdFor(account))).size).toBe(20)
  })

  test('have LINE’s formats', async () => {
    const { account } = await setup()
    expect(account).toMatchObject({
      channelId: expect.stringMatching(/^\d{10}$/),
      channelSecret: expect.stringMatching(/^[0-9a-f]{32}$/),
      basicId: expect.stringMatching(/^@\d{3}[a-z]{5}$/),
      userId: expect.stringMatching(/^U[0-9a-f]{32}$/),
    })
  })
})

describe('friends', () => {
  async function watched() {
    const world = await setup()
    const receiver = inbox()
    world.account.connect(receiver)
    const stranger = world.emulator.createPerson({ displayName: 'Ken' })
    const events = () =>
      receiver.events().map(({ type, follow, replyToken }) => ({
        type,
        ...(follow !== undefined && { follow }),
        reply: replyToken !== undefined,
      }))
    return { ...world, stranger, events }
  }

  test('adding, blocking and unblocking send their event once', async () => {
    const { account, stranger, events } = await watched()
    expect(await stranger.addFriend(account)).toMatchObject({ reason: 'ok' })
    expect(await stranger.addFriend(account)).toBeUndefined()
    await stranger.block(account)
    expect(await stranger.block(account)).toBeUndefined()
    await stranger.unblock(account)
    expect(await stranger.unblock(account)).toBeUndefined()
    expect(events()).toEqual([
      { type: 'follow', follow: { isUnblocked: false }, reply: true },
      { type: 'unfollow', reply: false },
      { type: 'follow', follow: { isUnblocked: true }, reply: true },
    ])
  })

  test('adding a blocked account unblocks it', async () => {
    const { account, stranger, events, push } = await watched()
    await stranger.addFriend(account)
    await stranger.block(account)
    await stranger.addFriend(account)
    expect(events().at(-1)).toEqual({ type: 'follow', follow: { isUnblocked: true }, reply: true })
    await push(stranger.userIdFor(account))
    expect(stranger.chatWith(account)).toHaveLength(1)
  })

  test('users who are not friends can block an account, and cannot write to a blocked one', async () => {
    const { account, stranger, events } = await watched()
    await stranger.block(account)
    expect(events()).toEqual([{ type: 'unfollow', reply: false }])
    await expect(stranger.send(account, 'hello')).rejects.toEqual(inputError)
    await stranger.unblock(account)
    expect(await stranger.send(account, 'hello')).toMatchObject({ reason: 'ok' })
  })

  test('greeting and auto-response are sent when they are on, and do not count against the quota', async () => {
    const { account, stranger, line } = await watched()
    Object.assign(account.settings, {
      greeting: true,
      greetingMessage: 'Hi!',
      autoResponse: true,
      autoResponseMessage: 'Later.',
    })
    await stranger.addFriend(account)
    await stranger.send(account, 'hello')
    expect(stranger.chatWith(account)).toMatchObject([
      { from: 'account', message: text('Hi!'), via: 'greeting' },
      { from: 'person', message: text('hello') },
      { from: 'account', message: text('Later.'), via: 'auto-response' },
    ])
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  })
})

describe('chats', () => {
  test('are sorted by time, and returned as a copy', async () => {
    const { emulator, person, account, push, userId } = await setup()
    await person.send(account, 'one')
    await emulator.clock.advance(10)
    await push(userId, 'two')
    const chat = person.chatWith(account)
    expect(chat).toEqual([
      { from: 'person', message: text('one'), at: emulator.clock.now() - 10 },
      { from: 'account', message: text('two'), via: 'push', at: emulator.clock.now() },
    ])
    await person.send(account, 'three')
    expect(chat).toHaveLength(2)
  })
})

describe('groups', () => {
  test('an account joins if its settings allow it, and gets the events of members', async () => {
    const { emulator, person, account, userId } = await setup()
    const receiver = inbox()
    account.connect(receiver)
    const group = emulator.createGroup({ name: 'Us', members: [person] })
    expect(group.groupId).toMatch(/^C[0-9a-f]{32}$/)
    expect(await group.send(person, 'alone')).toBeUndefined()
    await expect(group.invite(account)).rejects.toEqual(inputError)
    account.settings.joinGroups = true
    expect(await group.invite(account)).toMatchObject({ reason: 'ok' })
    await group.send(person, 'hello')
    const { groupId } = group
    expect(receiver.events()).toMatchObject([
      { type: 'join', source: { type: 'group', groupId }, replyToken: expect.any(String) },
      { type: 'message', source: { type: 'group', groupId, userId }, message: { text: 'hello' } },
    ])
    expect(receiver.events()[0]?.source).toEqual({ type: 'group', groupId })
    expect(group.chatWith(account)).toMatchObject([{ from: 'person', message: text('hello') }])
    expect(person.chatWith(account)).toEqual([])
  })

  test('a reply is sent to the group', async () => {
    const { emulator, person, account, line } = await setup()
    const receiver = inbox()
    account.connect(receiver)
    account.settings.joinGroups = true
    const group = emulator.createGroup({ name: 'Us', members: [person] })
    await group.invite(account)
    const reply = { replyToken: receiver.events()[0]?.replyToken, messages: [text('hello all')] }
    expect((await line('POST /v2/bot/message/reply', reply)).status).toBe(200)
    expect(group.chatWith(account)).toMatchObject([{ from: 'account', message: text('hello all') }])
  })

  test('a group has one account, and only members can write', async () => {
    const { emulator, person, account } = await setup()
    const other = emulator.createAccount({ name: 'Other', settings: { joinGroups: true } })
    account.settings.joinGroups = true
    const group = emulator.createGroup({ name: 'Us', members: [person] })
    await group.invite(account)
    await expect(group.invite(other)).rejects.toEqual(inputError)
    await expect(group.send(emulator.createPerson({ displayName: 'Ken' }), 'hello')).rejects.toEqual(inputError)
  })
})

describe('objects of another emulator', () => {
  test('are refused', async () => {
    const { emulator, account, person } = await setup()
    const elsewhere = await setup()
    await expect(person.addFriend(elsewhere.account)).rejects.toEqual(inputError)
    expect(() => elsewhere.person.chatWith(account)).toThrow(inputError)
    expect(() => emulator.createGroup({ name: 'Us', members: [elsewhere.person] })).toThrow(inputError)
    expect(() => emulator.createAccount({ name: 'A', provider: elsewhere.account.provider })).toThrow(inputError)
    expect(() => emulator.createLoginChannel({ linkedAccount: elsewhere.account })).toThrow(inputError)
  })
})

describe('LINE Login channels', () => {
  test('can be linked with an account of their provider only', async () => {
    const { emulator, account } = await setup()
    expect(emulator.createLoginChannel({ linkedAccount: account, published: true })).toMatchObject({
      provider: account.provider,
      published: true,
    })
    expect(() => emulator.createLoginChannel({ linkedAccount: account, provider: emulator.createProvider() })).toThrow(
      inputError,
    )
  })
})

test('a name may be left out in plain JavaScript, where the test does not look at it', () => {
  const emulator = createEmulator()
  const none = {} as { name: string; displayName: string } // the types ask for both
  const person = emulator.createPerson(none)
  expect(emulator.createAccount(none).channelId).toMatch(/^\d+$/)
  expect(emulator.createGroup({ ...none, members: [person] }).groupId).toMatch(/^C[0-9a-f]{32}$/)
})
