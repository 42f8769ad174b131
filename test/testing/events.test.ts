import { again, createEvents, type Events, events } from 'line-oa/testing'
import { createReceiver, type Filter, type MessageEvent, type TextMessageContent } from 'line-oa/webhook'
import { describe, expect, expectTypeOf, test } from 'vitest'

const destination = `U${'0'.repeat(32)}`
const messages = ['text', 'image', 'video', 'audio', 'file', 'location', 'sticker'] as const
const filters: { readonly [builder in keyof Events]: Filter } = {
  text: 'message:text',
  image: 'message:image',
  video: 'message:video',
  audio: 'message:audio',
  file: 'message:file',
  location: 'message:location',
  sticker: 'message:sticker',
  messageEdited: 'messageEdited',
  unsend: 'unsend',
  follow: 'follow',
  unfollow: 'unfollow',
  join: 'join',
  leave: 'leave',
  memberJoined: 'memberJoined',
  memberLeft: 'memberLeft',
  postback: 'postback',
  videoPlayComplete: 'videoPlayComplete',
  beacon: 'beacon',
  accountLink: 'accountLink',
  membership: 'membership',
  delivery: 'delivery',
  moduleAttached: 'module',
  moduleDetached: 'module',
  activated: 'activated',
  deactivated: 'deactivated',
  botSuspended: 'botSuspended',
  botResumed: 'botResumed',
  things: 'things',
  unknown: 'unknown',
}
const builders = Object.keys(filters) as (keyof Events)[]
const build = (from: Events, builder: keyof Events, input: object = {}) =>
  from[builder]({ type: 'payment', ...input } as never) as Record<string, unknown>

// Events with a reply token, according to LINE's documentation.
const replyable = new Set<keyof Events>([
  ...messages,
  'messageEdited',
  'follow',
  'join',
  'memberJoined',
  'postback',
  'videoPlayComplete',
  'beacon',
  'accountLink',
  'membership',
  'things',
])

describe.each(builders)('%s', (builder) => {
  // Only the builder of unknown events has the input `type`.
  const input = builder === 'unknown' ? { type: 'payment' } : {}
  const make = (more: object = {}) => events[builder]({ ...input, ...more } as never) as Record<string, unknown>

  test('reaches the handler of its filter', async () => {
    const seen: unknown[] = []
    const receiver = createReceiver({ channelSecret: 'secret' })
    receiver.on(filters[builder], ({ event }) => void seen.push(event))
    const event = make()
    await receiver.process({ destination, events: [event] })
    expect(seen).toEqual([event])
  })

  test('has the common fields in LINE’s formats', () => {
    expect(make()).toMatchObject({
      webhookEventId: expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
      timestamp: expect.any(Number),
      mode: 'active',
      deliveryContext: { isRedelivery: false },
    })
  })

  test('has a reply token if LINE sends one, and none in standby mode', () => {
    expect(make()['replyToken']).toEqual(replyable.has(builder) ? expect.stringMatching(/^[0-9a-f]{32}$/) : undefined)
    expect('replyToken' in make({ mode: 'standby' })).toBe(false)
  })

  test('is unchanged by JSON', () => {
    const event = make()
    expect(JSON.parse(JSON.stringify(event))).toStrictEqual(event)
  })

  test('accepts the common fields, and omits undefined ones', () => {
    const source = { type: 'room', roomId: `R${'1'.repeat(32)}` }
    const given = { source, timestamp: 5, mode: 'standby', webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR' }
    expect(make({ ...given, isRedelivery: true })).toMatchObject({ ...given, deliveryContext: { isRedelivery: true } })
    expect('source' in make({ source: undefined })).toBe(false)
  })

  test('is another event for each call, and again() builds the same one as LINE redelivers it', () => {
    const event = make()
    expect(make()['webhookEventId']).not.toBe(event['webhookEventId'])
    expect(again(event)).toEqual({ ...event, deliveryContext: { isRedelivery: true } })
    expect(event['deliveryContext']).toEqual({ isRedelivery: false })
  })

  test.each([null, 5, true, [], ...(builder === 'text' ? [] : ['hello'])])('refuses the input %j', (wrong) => {
    expect(() => events[builder](wrong as never)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })
})

describe('the builders', () => {
  test('take the text of a message as a string', () => {
    expect(events.text('hello').message.text).toBe('hello')
  })

  test('two messages with the same text are both handled, and the same message is handled once', async () => {
    const receiver = createReceiver({ channelSecret: 'secret' })
    const seen: unknown[] = []
    receiver.on('message:text', ({ event }) => void seen.push(event.message.text))
    const first = events.text('hi')
    await receiver.process({ destination, events: [first] })
    await receiver.process({ destination, events: [events.text('hi')] })
    await receiver.process({ destination, events: [again(first)] })
    expect(seen).toEqual(['hi', 'hi'])
  })

  test('again() refuses what is no event', () => {
    expect(() => again(null as never)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('create a text message', () => {
    const event = events.text({ text: 'Hi', quotedMessageId: '1' })
    expectTypeOf(event).toEqualTypeOf<MessageEvent<TextMessageContent>>()
    expect(event).toMatchObject({
      type: 'message',
      source: { type: 'user', userId: expect.stringMatching(/^U[0-9a-f]{32}$/) },
      message: {
        type: 'text',
        id: expect.stringMatching(/^\d{18}$/),
        text: 'Hi',
        quoteToken: expect.any(String),
        quotedMessageId: '1',
      },
    })
  })

  test.each(messages)('give %s a quote token if LINE does', (type) => {
    const quotable = ['text', 'image', 'video', 'sticker'].includes(type)
    expect('quoteToken' in events[type]().message).toBe(quotable)
    expect('markAsReadToken' in events[type]().message).toBe(true)
  })

  test('create the fields of each kind of event', () => {
    expect(events.postback({ data: 'a=b', params: { date: '2026-01-01' } }).postback).toEqual({
      data: 'a=b',
      params: { date: '2026-01-01' },
    })
    expect(events.follow({ isUnblocked: true }).follow).toEqual({ isUnblocked: true })
    expect(events.unsend({ messageId: '1' }).unsend).toEqual({ messageId: '1' })
    expect(events.beacon({ type: 'stay', dm: 'ff' })).toMatchObject({
      type: 'beacon',
      beacon: { type: 'stay', dm: 'ff' },
    })
    expect(events.membership({ type: 'left' })).toMatchObject({ type: 'membership', membership: { type: 'left' } })
    expect(events.things({ type: 'unlink', deviceId: 't1' }).things).toEqual({ type: 'unlink', deviceId: 't1' })
    expect(events.memberJoined({ members: [] }).joined).toEqual({ members: [] })
    expect(events.moduleDetached({ reason: undefined }).module).not.toHaveProperty('reason')
    expect(events.activated({ timestamp: 1000 }).chatControl).toEqual({ expireAt: 3_601_000 })
    expect(events.unknown({ type: 'payment', payment: { amount: 1 } })).toMatchObject({
      type: 'payment',
      payment: { amount: 1 },
    })
  })

  test('use a group as the source of events that occur in groups only', () => {
    for (const builder of ['messageEdited', 'join', 'leave', 'memberJoined', 'memberLeft'] as const)
      expect(events[builder]().source).toMatchObject({
        type: 'group',
        groupId: expect.stringMatching(/^C[0-9a-f]{32}$/),
      })
  })

  test('omit the source of events that LINE sends without one', () => {
    for (const builder of ['delivery', 'moduleAttached', 'moduleDetached'] as const)
      expect(events[builder]()).not.toHaveProperty('source')
    const failed = events.accountLink({ result: 'failed' })
    expect(failed).not.toHaveProperty('source')
    expect(failed).not.toHaveProperty('replyToken')
  })

  test('use the same user for all events', () => {
    expect(events.text().source).toEqual(events.follow().source)
    expect(events.text().source).toEqual(createEvents().postback().source)
  })

  test('use a given reply token, also in standby mode', () => {
    expect(events.text({ mode: 'standby', replyToken: 'given' }).replyToken).toBe('given')
    expect(events.text({ replyToken: undefined })).not.toHaveProperty('replyToken')
  })

  test('do not share objects with the input', () => {
    const source = { type: 'user' as const, userId: destination }
    const event = events.text({ source })
    event.source = { type: 'user', userId: 'changed' }
    source.userId = 'changed too'
    expect(events.text({ source: { type: 'user', userId: destination } }).source).toEqual({
      type: 'user',
      userId: destination,
    })
  })

  test('create event IDs that start with the time of the event', () => {
    // Encoded by hand: 1,469,922,850,259 ms is 01ARZ3NDEK in the ULID specification's example.
    expect(events.text({ timestamp: 1_469_922_850_259 }).webhookEventId.slice(0, 10)).toBe('01ARZ3NDEK')
  })
})

describe('createEvents()', () => {
  test('creates different events for equal calls', () => {
    const made = createEvents()
    const [one, two] = [made.text({ text: 'Hi' }), made.text({ text: 'Hi' })]
    expect(one.webhookEventId).not.toBe(two.webhookEventId)
    expect(one.message.id).not.toBe(two.message.id)
    expect(one.replyToken).not.toBe(two.replyToken)
    expect(two.timestamp - one.timestamp).toBe(1000)
  })

  test('creates the same sequence of events each time', () => {
    const make = (seed?: string) => {
      const made = createEvents({ seed })
      return builders.map((builder) => build(made, builder))
    }
    expect(make()).toEqual(make())
    expect(make('a')).toEqual(make('a'))
    expect(make('a')).not.toEqual(make('b'))
  })

  test('uses another user with another seed', () => {
    expect(createEvents({ seed: 'a' }).text().source).not.toEqual(createEvents({ seed: 'b' }).text().source)
  })

  test('takes the time from a clock', () => {
    let now = 5
    const made = createEvents({ clock: { now: () => now } })
    expect(made.text().timestamp).toBe(5)
    now = 6
    expect(made.text().timestamp).toBe(6)
    expect(made.text({ timestamp: 1 }).timestamp).toBe(1)
  })

  test('creates 100,000 unique event IDs', () => {
    const made = createEvents()
    const ids = new Set<string>()
    for (let i = 0; i < 100_000; i++) ids.add(made.unfollow({ timestamp: 0 }).webhookEventId)
    expect(ids.size).toBe(100_000)
  })
})
