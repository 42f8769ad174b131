import { describe, expect, test } from 'vitest'
import { type call, inbox, setup, text } from '../setup.js'

const day = 24 * 60 * 60 * 1000
const anId = /^\d{18}$/

function times<Item>(count: number, item: Item): Item[] {
  return Array.from({ length: count }, () => item)
}

describe('push', () => {
  test('a friend gets it, and the answer names each message in order', async () => {
    const { line, userId, person, account, emulator } = await setup()
    const messages = [text('one'), { type: 'sticker', packageId: '446', stickerId: '1988' }]
    const { status, body, headers } = await line('POST /v2/bot/message/push', { to: userId, messages })
    expect(status).toBe(200)
    expect(body).toEqual({
      sentMessages: [0, 1].map(() => ({ id: expect.stringMatching(anId), quoteToken: expect.any(String) })),
    })
    expect(headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(person.chatWith(account)).toEqual(
      messages.map((message) => ({ from: 'account', message, at: emulator.clock.now() })),
    )
  })

  test('message IDs grow', async () => {
    const { push, userId } = await setup()
    const ids = []
    for (let count = 0; count < 5; count++) ids.push((await push(userId)).body)
    const numbers = ids.map((body) => BigInt((body as { sentMessages: [{ id: string }] }).sentMessages[0].id))
    expect(numbers.every((id, at) => at === 0 || id > (numbers[at - 1] ?? id))).toBe(true)
  })

  test('an unknown user, a user of another provider and a group without the account are refused', async () => {
    const { push, emulator, person } = await setup()
    const elsewhere = emulator.createAccount({ name: 'Elsewhere', provider: emulator.createProvider() })
    const { groupId } = emulator.createGroup({ name: 'Us', members: [person] })
    for (const to of [`U${'0'.repeat(32)}`, person.userIdFor(elsewhere), groupId, 'mika']) {
      expect(await push(to)).toMatchObject({ status: 400, body: { message: 'Failed to send messages' } })
    }
  })

  test('it is accepted for somebody who blocked the account, and does not arrive', async () => {
    const { push, userId, person, account, line } = await setup()
    await person.block(account)
    expect(await push(userId)).toMatchObject({
      status: 200,
      body: { sentMessages: [{ id: expect.stringMatching(anId) }] },
    })
    expect(person.chatWith(account)).toEqual([])
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  })

  test('somebody who is no friend gets it for 7 days after writing, and not a moment longer', async () => {
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

  test('a push to a group reaches it, and counts its members', async () => {
    const { push, emulator, person, account, line } = await setup()
    account.settings.joinGroups = true
    const others = [emulator.createPerson({ displayName: 'A' }), emulator.createPerson({ displayName: 'B' })]
    const group = emulator.createGroup({ name: 'Us', members: [person, ...others] })
    await group.invite(account)
    expect((await push(group.groupId)).status).toBe(200)
    expect(group.chatWith(account)).toMatchObject([{ from: 'account', message: text('hi') }])
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 3 })
  })

  test('a message may be quoted in its own chat, in reply and push, and in no other', async () => {
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
  const invalid = { status: 400, body: { message: 'Invalid reply token' } }

  test('it works once and costs nothing of the quota', async () => {
    const { reply, person, account, line } = await asked()
    account.settings.monthlyLimit = 0
    expect(await reply()).toMatchObject({ status: 200, body: { sentMessages: [{}] } })
    expect(await reply()).toMatchObject(invalid)
    expect(person.chatWith(account)).toMatchObject([{ from: 'person' }, { from: 'account', message: text('hi') }])
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  })

  test('it works up to a minute after the delivery', async () => {
    const early = await asked()
    await early.emulator.clock.advance(60_000)
    expect((await early.reply()).status).toBe(200)
    const late = await asked()
    await late.emulator.clock.advance(60_001)
    expect(await late.reply()).toMatchObject(invalid)
  })

  test('a reply that is refused for its messages does not use the token up', async () => {
    const { reply } = await asked()
    expect((await reply([])).status).toBe(400)
    expect((await reply()).status).toBe(200)
  })

  test('another account cannot use the token', async () => {
    const { reply, emulator } = await asked()
    const other = emulator.createAccount({ name: 'Other' })
    expect(await reply([text('hi')], { token: other.issueLongLivedToken() })).toMatchObject(invalid)
    expect((await reply()).status).toBe(200)
  })

  test('a made-up token and one whose event was never delivered are refused', async () => {
    const { account, person, line } = await setup()
    const report = await person.send(account, 'nobody listens')
    expect(report).toMatchObject({ reason: 'not_sent', detail: 'the webhook is switched off' })
    const { replyToken } = report.event as { replyToken: string } // every message event has one
    for (const token of [replyToken, '0'.repeat(32)]) {
      expect(await line('POST /v2/bot/message/reply', { replyToken: token, messages: [text('hi')] })).toMatchObject(
        invalid,
      )
    }
  })

  test('a reply to somebody who has blocked the account since is accepted and does not arrive', async () => {
    const { reply, person, account } = await asked()
    await person.block(account)
    expect((await reply()).status).toBe(200)
    expect(person.chatWith(account)).toHaveLength(1)
  })
})

describe('multicast and broadcast', () => {
  test('multicast reaches each friend once and passes over the rest', async () => {
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

  test('multicast takes user IDs only', async () => {
    const { line, userId } = await setup()
    const refused = await line('POST /v2/bot/message/multicast', {
      to: [userId, `C${'0'.repeat(32)}`],
      messages: [text('all')],
    })
    expect(refused).toMatchObject({
      status: 400,
      body: { message: 'The property, to[1], in the request body is invalid (line: -, column: -)' },
    })
  })

  test.each([
    [0, 400],
    [1, 200],
    [500, 200],
    [501, 400],
  ])('multicast to %i users is answered %i', async (count, status) => {
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

describe('what all sends and their validation check', () => {
  const paths = ['reply', 'push', 'multicast', 'narrowcast', 'broadcast']

  test.each(paths)('validate/%s looks at the messages and sends nothing', async (path) => {
    const { line, person, account } = await setup()
    expect(await line(`POST /v2/bot/message/validate/${path}`, { messages: [text('fine')] })).toMatchObject({
      status: 200,
      body: {},
    })
    expect(await line(`POST /v2/bot/message/validate/${path}`, { messages: times(6, text('x')) })).toMatchObject({
      status: 400,
      body: {
        message: 'The request body has 1 error(s)',
        details: [{ message: 'Size must be between 1 and 5', property: 'messages' }],
      },
    })
    expect(person.chatWith(account)).toEqual([])
  })

  test.each([
    ['an empty text', [text('')], 'May not be empty', 'messages[0].text'],
    ['a text of 5001 units', [text('x'.repeat(5001))], 'Length must be between 0 and 5000', 'messages[0].text'],
    ['a missing type', [{ text: 'x' }], 'May not be empty', 'messages[0].type'],
    ['no message', [], 'Size must be between 1 and 5', 'messages'],
  ])('%s is refused in LINE’s words', async (_, messages, message, property) => {
    const { line, userId } = await setup()
    const { status, body } = await line('POST /v2/bot/message/push', { to: userId, messages })
    expect(status).toBe(400)
    expect(body).toEqual({ message: 'The request body has 1 error(s)', details: [{ message, property }] })
  })

  test('an unknown type is refused with those that there are', async () => {
    const { line, userId } = await setup()
    const { body } = await line('POST /v2/bot/message/push', { to: userId, messages: [{ type: 'hologram' }] })
    expect(body).toMatchObject({
      details: [
        {
          property: 'messages[0].type',
          message: expect.stringMatching(/^Must be one of the following values: \[.*text.*image.*\]$/),
        },
      ],
    })
  })

  test('every error is counted and placed', async () => {
    const { line, userId } = await setup()
    const { body } = await line('POST /v2/bot/message/push', {
      to: userId,
      messages: [text(''), text('fine'), text('')],
    })
    expect(body).toMatchObject({
      message: 'The request body has 2 error(s)',
      details: [{ property: 'messages[0].text' }, { property: 'messages[2].text' }],
    })
  })

  test('a text of 5000 units and five messages pass', async () => {
    const { line, userId } = await setup()
    expect(
      (await line('POST /v2/bot/message/push', { to: userId, messages: times(5, text('x'.repeat(5000))) })).status,
    ).toBe(200)
  })

  test('a value of another kind is refused by its property', async () => {
    const { line, userId } = await setup()
    expect(
      await line('POST /v2/bot/message/push', { to: userId, messages: [{ type: 'text', text: 5 }] }),
    ).toMatchObject({
      status: 400,
      body: { message: 'The property, messages[0].text, in the request body is invalid (line: -, column: -)' },
    })
  })
})

describe('the quota', () => {
  test('a limit is told, and 429 says that it is reached', async () => {
    const { line, push, userId, account, person, emulator } = await setup()
    expect((await line('GET /v2/bot/message/quota')).body).toEqual({ type: 'none' })
    account.settings.monthlyLimit = 2
    expect((await line('GET /v2/bot/message/quota')).body).toEqual({ type: 'limited', value: 2 })
    await push(userId)
    const friend = emulator.createPerson({ displayName: 'Ken' })
    await friend.addFriend(account)
    const reached = { status: 429, body: { message: 'You have reached your monthly limit.' } }
    expect(await line('POST /v2/bot/message/broadcast', { messages: [text('two people')] })).toMatchObject(reached)
    expect((await push(userId)).status).toBe(200)
    expect(await push(userId)).toMatchObject(reached)
    expect(person.chatWith(account)).toHaveLength(2)
    expect(friend.chatWith(account)).toHaveLength(0)
  })

  test('people are counted, not message objects, and the month begins anew in Tokyo', async () => {
    const { line, userId, emulator } = await setup()
    await line('POST /v2/bot/message/push', { to: userId, messages: times(4, text('x')) })
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 1 })
    // The clock starts on January 1, 9 o'clock in Tokyo.
    const untilFebruary = (31 * 24 - 9) * 60 * 60 * 1000
    await emulator.clock.advance(untilFebruary - 1)
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 1 })
    await emulator.clock.advance(1)
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  })
})
