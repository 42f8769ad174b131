import { describe, expect, test } from 'vitest'
import { type call, inbox, refusal, setup, text } from '../setup.js'

const day = 24 * 60 * 60 * 1000
const anId = /^\d{18}$/

function times<Item>(count: number, item: Item): Item[] {
  return Array.from({ length: count }, () => item)
}

describe('push', () => {
  test('reaches a friend, and the response lists the sent messages in order', async () => {
    const { line, userId, person, account, emulator } = await setup()
    const messages = [text('one'), { type: 'sticker', packageId: '446', stickerId: '1988' }]
    const { status, body, headers } = await line('POST /v2/bot/message/push', { to: userId, messages })
    expect(status).toBe(200)
    expect(body).toEqual({
      sentMessages: [0, 1].map(() => ({ id: expect.stringMatching(anId), quoteToken: expect.any(String) })),
    })
    expect(headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(person.chatWith(account)).toEqual(
      messages.map((message) => ({ from: 'account', message, via: 'push', at: emulator.clock.now() })),
    )
  })

  test('returns increasing message IDs', async () => {
    const { push, userId } = await setup()
    const ids = []
    for (let count = 0; count < 5; count++) ids.push((await push(userId)).body)
    const numbers = ids.map((body) => BigInt((body as { sentMessages: [{ id: string }] }).sentMessages[0].id))
    expect(numbers.every((id, at) => at === 0 || id > (numbers[at - 1] ?? id))).toBe(true)
  })

  test('is refused for an unknown user, a user of another provider and a group without the account', async () => {
    const { push, emulator, person } = await setup()
    const elsewhere = emulator.createAccount({ name: 'Elsewhere', provider: emulator.createProvider() })
    const { groupId } = emulator.createGroup({ name: 'Us', members: [person] })
    for (const to of [`U${'0'.repeat(32)}`, person.userIdFor(elsewhere), groupId, 'mika']) {
      expect(await push(to)).toMatchObject(refusal(400))
    }
  })

  test('is accepted for a user who has blocked the account, and not delivered', async () => {
    const { push, userId, person, account, line } = await setup()
    await person.block(account)
    expect(await push(userId)).toMatchObject({
      status: 200,
      body: { sentMessages: [{ id: expect.stringMatching(anId) }] },
    })
    expect(person.chatWith(account)).toEqual([])
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  })

  test('reaches a user who is not a friend for 7 days after their last message', async () => {
    const { push, emulator, account } = await setup()
    const stranger = emulator.createPerson({ displayName: 'Ken' })
    const userId = stranger.userIdFor(account)
    expect((await push(userId)).status).toBe(200)
    expect(stranger.chatWith(account)).toHaveLength(0)
    await stranger.send(account, 'hello')
    await emulator.clock.advance(7 * day)
    await push(userId)
    expect(stranger.chatWith(account)).toHaveLength(2)
    await emulator.clock.advance(1)
    await push(userId)
    expect(stranger.chatWith(account)).toHaveLength(2)
  })

  test('reaches a group, and counts its members', async () => {
    const { push, emulator, person, account, line } = await setup()
    account.settings.joinGroups = true
    const others = [emulator.createPerson({ displayName: 'A' }), emulator.createPerson({ displayName: 'B' })]
    const group = emulator.createGroup({ name: 'Us', members: [person, ...others] })
    await group.invite(account)
    expect((await push(group.groupId)).status).toBe(200)
    expect(group.chatWith(account)).toMatchObject([{ from: 'account', message: text('hi') }])
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 3 })
  })

  test('can quote a message of the same chat only', async () => {
    const { line, userId, person, account, emulator } = await setup()
    const receiver = inbox()
    account.connect(receiver)
    await person.send(account, 'quote me')
    const quoteToken = receiver.events()[0]?.message?.quoteToken
    const quoting = { messages: [text('plain'), { ...text('see above'), quoteToken }] }
    expect((await line('POST /v2/bot/message/push', { to: userId, ...quoting })).status).toBe(200)
    const other = emulator.createPerson({ displayName: 'Ken' })
    await other.addFriend(account)
    const refused = { status: 400, body: { details: [{ property: 'messages[1].quoteToken' }] } }
    expect(await line('POST /v2/bot/message/push', { to: other.userIdFor(account), ...quoting })).toMatchObject(refused)
    expect(await line('POST /v2/bot/message/broadcast', quoting)).toMatchObject(refused)
  })
})

describe('reply', () => {
  async function asked() {
    const world = await setup()
    const receiver = inbox()
    world.account.connect(receiver)
    await world.person.send(world.account, 'hello')
    const replyToken = receiver.events()[0]?.replyToken ?? ''
    const reply = (messages: readonly object[] = [text('hi')], extras?: Parameters<typeof call>[3]) =>
      world.line('POST /v2/bot/message/reply', { replyToken, messages }, extras)
    return { ...world, receiver, reply, replyToken }
  }

  test('works once, and does not count against the quota', async () => {
    const { reply, person, account, line } = await asked()
    account.settings.monthlyLimit = 0
    expect(await reply()).toMatchObject({ status: 200, body: { sentMessages: [{}] } })
    expect(await reply()).toMatchObject(refusal(400))
    expect(person.chatWith(account)).toMatchObject([{ from: 'person' }, { from: 'account', message: text('hi') }])
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  })

  test('works for a minute after the delivery', async () => {
    const early = await asked()
    await early.emulator.clock.advance(60_000)
    expect((await early.reply()).status).toBe(200)
    const late = await asked()
    await late.emulator.clock.advance(60_001)
    expect(await late.reply()).toMatchObject(refusal(400))
  })

  test('can use the token again after its messages were refused', async () => {
    const { reply } = await asked()
    expect((await reply([])).status).toBe(400)
    expect((await reply()).status).toBe(200)
  })

  test('is refused for a reply token of another account', async () => {
    const { reply, emulator } = await asked()
    const other = emulator.createAccount({ name: 'Other' })
    expect(await reply([text('hi')], { token: other.issueLongLivedToken() })).toMatchObject(refusal(400))
    expect((await reply()).status).toBe(200)
  })

  test('is refused for an unknown reply token and for one whose event was not delivered', async () => {
    const { account, person, line } = await setup()
    const report = await person.send(account, 'nobody listens')
    expect(report).toMatchObject({ reason: 'not_sent' })
    const { replyToken } = report.event as { replyToken: string } // every message event has one
    for (const token of [replyToken, '0'.repeat(32)]) {
      expect(await line('POST /v2/bot/message/reply', { replyToken: token, messages: [text('hi')] })).toMatchObject(
        refusal(400),
      )
    }
  })

  test('is accepted for a user who has blocked the account meanwhile, and not delivered', async () => {
    const { reply, person, account } = await asked()
    await person.block(account)
    expect((await reply()).status).toBe(200)
    expect(person.chatWith(account)).toHaveLength(1)
  })
})

describe('multicast and broadcast', () => {
  test('multicast reaches each friend once, and skips others', async () => {
    const { line, emulator, account, person, userId } = await setup()
    const blocked = emulator.createPerson({ displayName: 'Blocked' })
    await blocked.addFriend(account)
    await blocked.block(account)
    const stranger = emulator.createPerson({ displayName: 'Stranger' })
    await stranger.send(account, 'I wrote, but multicast is for friends')
    const to = [userId, userId, ...[blocked, stranger].map((one) => one.userIdFor(account)), `U${'0'.repeat(32)}`]
    expect(await line('POST /v2/bot/message/multicast', { to, messages: [text('all')] })).toMatchObject({
      status: 200,
      body: {},
    })
    expect(person.chatWith(account)).toHaveLength(1)
    expect(
      [blocked, stranger].flatMap((one) => one.chatWith(account)).filter(({ from }) => from === 'account'),
    ).toEqual([])
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 1 })
  })

  test('multicast accepts user IDs only', async () => {
    const { line, userId } = await setup()
    const refused = await line('POST /v2/bot/message/multicast', {
      to: [userId, `C${'0'.repeat(32)}`],
      messages: [text('all')],
    })
    expect(refused).toMatchObject(refusal(400))
  })

  test.each([
    [0, 400],
    [1, 200],
    [500, 200],
    [501, 400],
  ])('multicast to %i users is answered with %i', async (count, status) => {
    const { line, userId } = await setup()
    expect(
      (await line('POST /v2/bot/message/multicast', { to: times(count, userId), messages: [text('all')] })).status,
    ).toBe(status)
  })

  test('broadcast reaches all friends who have not blocked the account', async () => {
    const { line, emulator, account, person } = await setup()
    const blocked = emulator.createPerson({ displayName: 'Blocked' })
    await blocked.addFriend(account)
    await blocked.block(account)
    expect(await line('POST /v2/bot/message/broadcast', { messages: [text('all')] })).toMatchObject({
      status: 200,
      body: {},
    })
    expect(person.chatWith(account)).toHaveLength(1)
    expect(blocked.chatWith(account)).toHaveLength(0)
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 1 })
  })
})

describe('the checks of messages', () => {
  const paths = ['reply', 'push', 'multicast', 'narrowcast', 'broadcast']

  test.each(paths)('validate/%s checks the messages and sends nothing', async (path) => {
    const { line, person, account } = await setup()
    expect(await line(`POST /v2/bot/message/validate/${path}`, { messages: [text('fine')] })).toMatchObject({
      status: 200,
      body: {},
    })
    expect(await line(`POST /v2/bot/message/validate/${path}`, { messages: times(6, text('x')) })).toMatchObject(
      refusal(400, 'messages'),
    )
    expect(person.chatWith(account)).toEqual([])
  })

  test.each([
    ['an empty text', [text('')], 'messages[0].text'],
    ['a text of 5,001 UTF-16 code units', [text('x'.repeat(5001))], 'messages[0].text'],
    ['a missing type', [{ text: 'x' }], 'messages[0].type'],
    ['an unknown type', [{ type: 'hologram' }], 'messages[0].type'],
    ['an empty list of messages', [], 'messages'],
  ])('%s is refused', async (_, messages, property) => {
    const { line, userId } = await setup()
    const { status, body } = await line('POST /v2/bot/message/push', { to: userId, messages })
    expect(status).toBe(400)
    expect(body).toEqual(refusal(400, property).body)
  })

  test('every error is listed with its property', async () => {
    const { line, userId } = await setup()
    const messages = [text(''), text('fine'), text('')]
    expect(await line('POST /v2/bot/message/push', { to: userId, messages })).toMatchObject(
      refusal(400, 'messages[0].text', 'messages[2].text'),
    )
  })

  test('5 messages with texts of 5,000 UTF-16 code units are accepted', async () => {
    const { line, userId } = await setup()
    expect(
      (await line('POST /v2/bot/message/push', { to: userId, messages: times(5, text('x'.repeat(5000))) })).status,
    ).toBe(200)
  })

  test('a value of the wrong type is refused', async () => {
    const { line, userId } = await setup()
    expect(
      await line('POST /v2/bot/message/push', { to: userId, messages: [{ type: 'text', text: 5 }] }),
    ).toMatchObject(refusal(400))
  })
})

describe('the quota', () => {
  test('has a limit, and sends beyond it are answered with 429', async () => {
    const { line, push, userId, account, person, emulator } = await setup()
    expect((await line('GET /v2/bot/message/quota')).body).toEqual({ type: 'none' })
    account.settings.monthlyLimit = 2
    expect((await line('GET /v2/bot/message/quota')).body).toEqual({ type: 'limited', value: 2 })
    await push(userId)
    const friend = emulator.createPerson({ displayName: 'Ken' })
    await friend.addFriend(account)
    expect(await line('POST /v2/bot/message/broadcast', { messages: [text('two people')] })).toMatchObject(refusal(429))
    expect((await push(userId)).status).toBe(200)
    expect(await push(userId)).toMatchObject(refusal(429))
    expect(person.chatWith(account)).toHaveLength(2)
    expect(friend.chatWith(account)).toHaveLength(0)
  })

  test('counts recipients, not message objects, per month in Japan', async () => {
    const { line, userId, emulator } = await setup()
    await line('POST /v2/bot/message/push', { to: userId, messages: times(4, text('x')) })
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 1 })
    // The clock starts on January 1, 9 o'clock in Japan.
    const untilFebruary = (31 * 24 - 9) * 60 * 60 * 1000
    await emulator.clock.advance(untilFebruary - 1)
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 1 })
    await emulator.clock.advance(1)
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  })
})
