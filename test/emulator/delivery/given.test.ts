import { createLineClient } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { createEvents } from 'line-oa/testing'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { inbox, inputError, setup } from '../setup.js'

function withBot() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const client = createLineClient({ ...account, fetch: emulator.fetch, clock: emulator.clock })
  const receiver = createReceiver({ channelSecret: account.channelSecret, client, clock: emulator.clock })
  account.connect(receiver)
  const person = emulator.createPerson({ displayName: 'Mika' })
  return {
    emulator,
    account,
    client,
    receiver,
    person,
    source: { type: 'user', userId: person.userIdFor(account) } as const,
  }
}

describe('deliver()', () => {
  test('sends events of the builders, whose reply tokens work', async () => {
    const { account, receiver, person, source } = withBot()
    receiver.on('message:text', ({ reply, event }) => reply(`You said: ${event.message.text}`))
    const [report] = await account.deliver(createEvents().text({ text: 'hello', source }))
    expect(report).toMatchObject({ reason: 'ok', status: 200, event: { message: { text: 'hello' } } })
    expect(person.chatWith(account)).toMatchObject([
      { from: 'account', via: 'reply', message: { text: 'You said: hello' } },
    ])
  })

  test('a reply token works once, and not before its event was delivered', async () => {
    const { account, client, source } = withBot()
    const event = createEvents().text({ source })
    const messages = [{ type: 'text', text: 'x' }] as const
    const reply = () => client.messaging.replyMessage({ replyToken: event.replyToken ?? '', messages })
    await expect(reply()).rejects.toMatchObject({ code: 'LINE_REPLY_TOKEN' })
    await account.deliver(event)
    await reply()
    await expect(reply()).rejects.toMatchObject({ code: 'LINE_REPLY_TOKEN' })
  })

  test('quote tokens and tokens for marking as read work too', async () => {
    const { account, client, source, person } = withBot()
    account.settings.chat = true
    await person.addFriend(account)
    await person.send(account, 'unread')
    const event = createEvents().text({ source })
    await account.deliver(event)
    const { quoteToken, markAsReadToken = '' } = event.message
    await client.messaging.pushMessage({ to: source.userId, messages: [{ type: 'text', text: 'x', quoteToken }] })
    await client.messaging.markMessagesAsReadByToken({ markAsReadToken })
    expect(person.unreadBy(account)).toBe(0)
  })

  test('sends all events in one delivery, also those that no version knows', async () => {
    const { account } = await setup()
    const receiver = inbox()
    account.connect(receiver)
    const before = account.deliveries.length
    const events = createEvents()
    const given = [
      events.text('one'),
      { type: 'futureEvent', webhookEventId: 'x', more: { deep: [1] } },
      {},
      events.follow(),
    ]
    const reports = await account.deliver(...given)
    expect(receiver.requests.map(({ body }) => body)).toEqual([{ destination: account.userId, events: given }])
    expect(reports.map(({ reason, event }) => [reason, event])).toEqual(given.map((event) => ['ok', event]))
    expect(account.deliveries).toHaveLength(before)
  })

  test('reports what the bot threw, and why nothing was sent', async () => {
    const { account, receiver } = withBot()
    const failure = new Error('no tea')
    receiver.on('unknown', () => Promise.reject(failure))
    const [report] = await account.deliver({ type: 'futureEvent', webhookEventId: 'x' })
    expect(report).toMatchObject({ status: 500, error: failure })
    account.settings.webhook = false
    expect(await account.deliver({ type: 'futureEvent' })).toMatchObject([{ reason: 'not_sent' }])
  })

  test('refuses what is no event', async () => {
    const { account } = withBot()
    const cyclic: { [name: string]: unknown } = {}
    cyclic['self'] = cyclic
    for (const wrong of [undefined, null, 'hello', [], 5, cyclic, { big: 1n }])
      await expect(account.deliver(wrong as never)).rejects.toEqual(inputError)
  })
})

describe('deliverTogether()', () => {
  test('sends what several people do in one delivery', async () => {
    const { emulator, account, person } = await setup({ account: { settings: { joinGroups: true } } })
    const receiver = inbox()
    account.connect(receiver)
    const ren = emulator.createPerson({ displayName: 'Ren' })
    const room = emulator.createRoom({ members: [person, ren] })
    await room.invite(account)
    const reports = await account.deliverTogether(() => [
      person.send(account, 'one'),
      ren.addFriend(account),
      ren.send(account, 'two'),
    ])
    expect(reports.map((report) => report?.reason)).toEqual(['ok', 'ok', 'ok'])
    expect(receiver.requests.map(({ body }) => body.events.map(({ type }) => type))).toEqual([
      ['message', 'follow', 'message'],
    ])
    // Only what happens first is collected: the message of the room follows after the account has joined it.
    await account.deliverTogether(() => [room.send(person, 'three'), person.send(account, 'four')])
    expect(receiver.requests.slice(1).map(({ body }) => body.events.map(({ type }) => type))).toEqual([
      ['join', 'message'],
      ['message'],
    ])
    await person.send(account, 'five')
    expect(receiver.requests.at(-1)?.body.events).toHaveLength(1)
  })

  test('gives every event the same result, and redelivers each', async () => {
    const { emulator, account, person } = await setup()
    account.settings.redelivery = true
    const statuses = [500, 200, 200]
    const receiver = inbox(() => new Response(null, { status: statuses.shift() ?? 200 }))
    account.connect(receiver)
    const reports = await account.deliverTogether(() => [person.send(account, 'one'), person.send(account, 'two')])
    expect(reports.map(({ status }) => status)).toEqual([500, 500])
    await emulator.clock.advance(10_000)
    expect(
      receiver
        .events()
        .slice(2)
        .map(({ message, deliveryContext }) => [message?.['text'], deliveryContext.isRedelivery]),
    ).toEqual([
      ['one', true],
      ['two', true],
    ])
  })

  test('a failure of an action or of act itself leaves nothing behind', async () => {
    const { account, person } = await setup()
    const receiver = inbox()
    account.connect(receiver)
    await expect(
      account.deliverTogether(() => [person.send(account, 'one'), person.tap(account, 'x')]),
    ).rejects.toEqual(inputError)
    expect(receiver.events()).toHaveLength(1)
    for (const act of [undefined, 'x', () => undefined])
      await expect(account.deliverTogether(act as never)).rejects.toEqual(inputError)
    const failure = new Error('x')
    const fails = () => {
      throw failure
    }
    await expect(account.deliverTogether(fails)).rejects.toBe(failure)
    expect(await account.deliverTogether(() => [])).toEqual([])
    expect(receiver.events()).toHaveLength(1)
  })

  test('only one call for an account collects events', async () => {
    const { account, person } = await setup()
    account.connect(inbox())
    const first = account.deliverTogether(() => [person.send(account, 'one')])
    await expect(account.deliverTogether(() => [])).rejects.toEqual(inputError)
    expect(await first).toMatchObject([{ reason: 'ok' }])
  })
})
