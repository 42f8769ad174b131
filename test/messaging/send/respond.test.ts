import { createLineClient, respond } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { memoryStore, type Store } from 'line-oa/store'
import { createReceiver, type MessageEvent } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'

const messages = [{ type: 'text' as const, text: 'Here is your tea.' }]
const minute = 60_000
const push = { whenTokenRejected: 'push' } as const

async function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  account.settings.redelivery = true
  const { channelSecret } = account
  const line = createLineClient({
    channelAccessToken: account.issueLongLivedToken(),
    fetch: emulator.fetch,
    clock: emulator.clock,
    random: () => 0,
  })
  const store = memoryStore({ clock: emulator.clock })
  const person = emulator.createPerson({ displayName: 'Mika' })
  await person.addFriend(account)
  /** Handles every message of the person. */
  const handle = (work: (event: MessageEvent) => Promise<unknown>) => {
    const receiver = createReceiver({ channelSecret, client: line, onError: () => {} })
    receiver.on('message', ({ event }) => work(event))
    account.connect(receiver)
  }
  /** An event as the webhook received it, not handled yet. */
  const event = async (): Promise<MessageEvent> => {
    const got: MessageEvent[] = []
    handle(async (each) => got.push(each))
    await person.send(account, 'tea, please')
    const [first] = got
    if (!first) throw new Error('no event came')
    return first
  }
  const answers = () =>
    person
      .chatWith(account)
      .flatMap(({ from, message }) => (from === 'account' && 'text' in message ? [message.text] : []))
  const usage = async () => (await line.messaging.getMessageQuotaConsumption()).totalUsage
  return { emulator, account, line, store, person, handle, event, answers, usage }
}

/** The same event in another delivery. */
const delivered = <Event extends MessageEvent>(event: Event, isRedelivery = false): Event => ({
  ...event,
  deliveryContext: { isRedelivery },
})

describe('a response in time', () => {
  test.each([['throw'], ['push']] as const)('is a reply, which is free (%s)', async (whenTokenRejected) => {
    const { line, event, answers, usage } = await setup()
    const sent = await respond(line, await event(), messages, { whenTokenRejected })
    expect(sent).toEqual({ by: 'reply', sentMessages: [{ id: expect.any(String), quoteToken: expect.any(String) }] })
    expect(answers()).toHaveLength(1)
    expect(await usage()).toBe(0)
  })

  test('carries the options of the message', async () => {
    const bodies: unknown[] = []
    const fetch: typeof globalThis.fetch = async (_, init) => {
      bodies.push(JSON.parse(String(init?.body)))
      return Response.json({ sentMessages: [] })
    }
    const { event } = await setup()
    const it = await event()
    await respond(createLineClient({ channelAccessToken: 't', fetch }), it, messages, { notificationDisabled: true })
    expect(bodies).toEqual([{ replyToken: it.replyToken, messages, notificationDisabled: true }])
  })
})

test('a response succeeds when the body of LINE’s answer is lost', async () => {
  const { event } = await setup()
  const line = createLineClient({ channelAccessToken: 't', fetch: async () => new Response('<html>') })
  expect(await respond(line, await event(), messages)).toEqual({ by: 'reply', sentMessages: [] })
})

describe('a response after a minute', () => {
  test('fails unless a push is allowed', async () => {
    const { line, event, answers, emulator } = await setup()
    const it = await event()
    await emulator.clock.advance(minute + 1)
    await expect(respond(line, it, messages)).rejects.toMatchObject({ code: 'LINE_REPLY_TOKEN', outcome: 'rejected' })
    expect(answers()).toEqual([])
    // It can still be decided to push.
    expect(await respond(line, it, messages, push)).toMatchObject({ by: 'push' })
  })

  test('is a push to the same chat, which counts toward the quota', async () => {
    const { line, event, answers, emulator, usage, store } = await setup()
    const it = await event()
    await emulator.clock.advance(minute + 1)
    expect(await respond(line, it, messages, { ...push, store })).toEqual({
      by: 'push',
      sentMessages: [expect.objectContaining({ id: expect.any(String) })],
    })
    expect(answers()).toHaveLength(1)
    expect(await usage()).toBe(1)
  })

  test('is pushed once when it runs several times, because its retry key comes from the event', async () => {
    const { line, event, answers, emulator, usage } = await setup()
    const it = await event()
    await emulator.clock.advance(minute + 1)
    for (let run = 0; run < 3; run++)
      expect(await respond(line, delivered(it), messages, push)).toMatchObject({ by: 'push', sentMessages: [{}] })
    expect(answers()).toHaveLength(1)
    expect(await usage()).toBe(1)
  })

  test.each([
    ['user', { type: 'user', userId: 'U1' }, 'U1'],
    ['group', { type: 'group', groupId: 'C1', userId: 'U1' }, 'C1'],
    ['room', { type: 'room', roomId: 'R1' }, 'R1'],
  ] as const)('goes to the %s that the event came from', async (_, source, to) => {
    const requests: { readonly url: string; readonly to: unknown; readonly key: string | null }[] = []
    const fetch: typeof globalThis.fetch = async (url, init) => {
      const { to: chat, replyToken } = JSON.parse(String(init?.body))
      requests.push({ url: String(url), to: chat, key: new Headers(init?.headers).get('x-line-retry-key') })
      return replyToken
        ? Response.json({ message: 'Invalid reply token' }, { status: 400 })
        : Response.json({ sentMessages: [] })
    }
    const event = {
      webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
      replyToken: 'r',
      source,
      deliveryContext: { isRedelivery: false },
    }
    await respond(createLineClient({ channelAccessToken: 't', fetch }), event, messages, push)
    expect(requests).toEqual([
      { url: 'https://api.line.me/v2/bot/message/reply', to: undefined, key: null },
      { url: 'https://api.line.me/v2/bot/message/push', to, key: 'bb0df5c7-a83e-4f8b-bb3e-8b944fa89552' },
    ])
  })

  test('fails when the event has no source', async () => {
    const { line, event, emulator } = await setup()
    const { source: _, ...it } = await event()
    await emulator.clock.advance(minute + 1)
    await expect(respond(line, it, messages, push)).rejects.toMatchObject({ code: 'LINE_REPLY_TOKEN' })
  })
})

describe('a push is never made', () => {
  test.each([['500'], ['reset'], ['timeout']] as const)(
    'when it is unknown whether LINE accepted the reply (%s)',
    async (fault) => {
      const { line, event, answers, emulator, usage } = await setup()
      const it = await event()
      emulator.faults.add({ operation: 'replyMessage', answer: fault === '500' ? 500 : fault, when: 'after' })
      const sending = respond(line, it, messages, push)
      const failed = expect(sending).rejects.toMatchObject({ outcome: 'unknown' })
      await emulator.clock.advance(minute)
      await failed
      // And not by a second try either, whose token LINE rejects because it took the first.
      await expect(respond(line, it, messages, push)).rejects.toMatchObject({ code: 'LINE_INPUT' })
      expect(answers()).toHaveLength(1)
      expect(await usage()).toBe(0)
    },
  )

  test('when the outcome of the reply is unknown, even with an error about the reply token', async () => {
    const { event } = await setup()
    const error = Object.assign(new Error('Invalid reply token'), { code: 'LINE_REPLY_TOKEN', outcome: 'unknown' })
    const sent = { sentMessages: [] }
    const line = { messaging: { replyMessage: () => Promise.reject(error), pushMessage: async () => sent } }
    await expect(respond(line, await event(), messages, push)).rejects.toBe(error)
  })

  test('when LINE refused the reply for another reason', async () => {
    const { line, event, answers } = await setup()
    const it = await event()
    await expect(respond(line, it, [], push)).rejects.toMatchObject({
      code: 'LINE_API',
      status: 400,
      outcome: 'rejected',
    })
    // Nothing was sent, so the event can still be answered.
    expect(await respond(line, it, messages, push)).toMatchObject({ by: 'reply' })
    expect(answers()).toHaveLength(1)
  })

  test('for a redelivered event', async () => {
    const { line, event, answers, emulator } = await setup()
    const it = await event()
    await emulator.clock.advance(minute + 1)
    await expect(respond(line, delivered(it, true), messages, push)).rejects.toMatchObject({ code: 'LINE_REPLY_TOKEN' })
    expect(answers()).toEqual([])
  })

  test('reply, throw, redeliver: one message in the chat', async () => {
    const { line, person, account, handle, answers, emulator, usage } = await setup()
    const ends: unknown[] = []
    handle(async (event) => {
      await respond(line, event, messages, push).catch((error: { code: string }) => {
        ends.push(error.code)
        throw error
      })
      throw new Error('the database is gone')
    })
    await person.send(account, 'tea, please')
    await emulator.clock.advance(30 * minute)
    expect(answers()).toEqual(['Here is your tea.'])
    expect(ends).toEqual(Array(4).fill('LINE_REPLY_TOKEN'))
    expect(await usage()).toBe(0)
  })

  test('when the store has a record that the event was answered before its redelivery', async () => {
    const { line, person, account, handle, answers, emulator, store } = await setup()
    const ends: string[] = []
    handle(async (event) => {
      ends.push((await respond(line, event, messages, { ...push, store })).by)
      if (ends.length < 3) throw new Error('the database is gone')
    })
    await person.send(account, 'tea, please')
    await emulator.clock.advance(30 * minute)
    expect(ends).toEqual(['reply', 'already-answered', 'already-answered'])
    expect(answers()).toHaveLength(1)
  })

  test('for a duplicate first delivery, when the store has a record that the event was answered or is being answered', async () => {
    const { line, event, answers, emulator, store } = await setup()
    const it = await event()
    const options = { ...push, store }
    const ends = await Promise.allSettled([1, 2, 3].map(() => respond(line, delivered(it), messages, options)))
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await emulator.clock.advance(minute + 1)
    expect(await respond(line, delivered(it), messages, options)).toEqual({ by: 'already-answered', sentMessages: [] })
    expect(answers()).toHaveLength(1)
  })

  test('when a process crashed between LINE’s answer and the store', async () => {
    const { line, event, answers, store } = await setup()
    const it = await event()
    const options = { ...push, store: { ...store, set: () => new Promise<never>(() => {}) } }
    void respond(line, delivered(it), messages, options)
    await expect.poll(answers).toHaveLength(1)
    await expect(respond(line, delivered(it), messages, { ...push, store })).rejects.toMatchObject({
      code: 'LINE_REPLY_TOKEN',
    })
    expect(answers()).toHaveLength(1)
  })
})

describe('the store', () => {
  test('that fails before anything is sent ends the call, and the event can still be answered', async () => {
    const { line, event, answers, store } = await setup()
    const it = await event()
    const broken = new Error('no connection')
    const failing: Store = { ...store, add: async () => Promise.reject(broken) }
    await expect(respond(line, it, messages, { ...push, store: failing })).rejects.toBe(broken)
    expect(answers()).toEqual([])
    expect(await respond(line, it, messages, { ...push, store })).toMatchObject({ by: 'reply' })
  })

  test('that fails after the send does not fail the call', async () => {
    const { line, event, answers, store } = await setup()
    const failing: Store = { ...store, set: async () => Promise.reject(new Error('no connection')) }
    expect(await respond(line, await event(), messages, { ...push, store: failing })).toMatchObject({ by: 'reply' })
    expect(answers()).toHaveLength(1)
  })

  test('records that nothing was sent, so that another delivery can answer the event', async () => {
    const { line, event, store, emulator } = await setup()
    const it = await event()
    await expect(respond(line, delivered(it), [], { ...push, store })).rejects.toMatchObject({ outcome: 'rejected' })
    await emulator.clock.advance(minute + 1)
    expect(await respond(line, delivered(it), messages, { ...push, store })).toMatchObject({ by: 'push' })
  })

  test('keeps an event for 24 hours', async () => {
    const { line, event, store, emulator } = await setup()
    const it = await event()
    await respond(line, it, messages, { store })
    const { userId } = await line.messaging.getBotInfo()
    const key = `line-oa:answered:${userId}:${it.webhookEventId}`
    await emulator.clock.advance(24 * 60 * minute - 1)
    expect(await store.get(key)).toBe('answered')
    await emulator.clock.advance(1)
    expect(await store.get(key)).toBeUndefined()
  })
})

describe('respond() refuses, before anything is sent,', () => {
  test.each([[undefined], ['']])('an event without a reply token (%j)', async (replyToken) => {
    const { line, event } = await setup()
    const it = { ...(await event()), replyToken }
    await expect(respond(line, it, messages, push)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('an event that was answered before or is being answered', async () => {
    const { line, event, answers, usage } = await setup()
    const it = await event()
    const both = await Promise.allSettled([respond(line, it, messages, push), respond(line, it, messages, push)])
    expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'LINE_INPUT' } }])
    expect(answers()).toHaveLength(1)
    expect(await usage()).toBe(0)
  })

  test('an aborted call', async () => {
    const { line, event, answers } = await setup()
    const it = await event()
    await expect(respond(line, it, messages, { ...push, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'LINE_ABORTED',
      outcome: 'rejected',
    })
    expect(answers()).toEqual([])
    expect(await respond(line, it, messages, push)).toMatchObject({ by: 'reply' })
  })
})
