import { createEvents, type Events, events } from 'line-oa/testing'
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

// What can be replied to, by the facts about LINE.
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
  // `type` is this test's way of naming the unknown event; for the others it would be a field of their own.
  const input = builder === 'unknown' ? { type: 'payment' } : {}
  const make = (more: object = {}) => events[builder]({ ...input, ...more } as never) as Record<string, unknown>

  test('is an event that its handler gets', async () => {
    const seen: unknown[] = []
    const receiver = createReceiver({ channelSecret: 'secret' })
    receiver.on(filters[builder], ({ event }) => void seen.push(event))
    await receiver.process({ destination, events: [make()] })
    expect(seen).toEqual([make()])
  })

  test('has the common fields in LINE’s forms', () => {
    expect(make()).toMatchObject({
      webhookEventId: expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
      timestamp: expect.any(Number),
      mode: 'active',
      deliveryContext: { isRedelivery: false },
    })
  })

  test('has a reply token exactly where LINE gives one, and none in standby', () => {
    expect(make()['replyToken']).toEqual(replyable.has(builder) ? expect.stringMatching(/^[0-9a-f]{32}$/) : undefined)
    expect('replyToken' in make({ mode: 'standby' })).toBe(false)
  })

  test('is the same after JSON', () => {
    expect(JSON.parse(JSON.stringify(make()))).toStrictEqual(make())
  })

  test('takes the common fields, and leaves out what is undefined', () => {
    const source = { type: 'room', roomId: `R${'1'.repeat(32)}` }
    const given = { source, timestamp: 5, mode: 'standby', webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR' }
    expect(make({ ...given, isRedelivery: true })).toMatchObject({ ...given, deliveryContext: { isRedelivery: true } })
    expect('source' in make({ source: undefined })).toBe(false)
  })

  test('from the builders without memory is the same for the same input, and the same when redelivered', () => {
    expect(make({ timestamp: 5 })).toEqual(make({ timestamp: 5 }))
    expect(make({ isRedelivery: true })).toEqual({ ...make(), deliveryContext: { isRedelivery: true } })
    expect(make({ timestamp: 5 })['webhookEventId']).not.toBe(make({ timestamp: 6 })['webhookEventId'])
  })
})

describe('what the builders make up', () => {
  test('a text message', () => {
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

  test.each(messages)('a quote token on %s exactly where LINE gives one', (type) => {
    const quotable = ['text', 'image', 'video', 'sticker'].includes(type)
    expect('quoteToken' in events[type]().message).toBe(quotable)
    expect('markAsReadToken' in events[type]().message).toBe(true)
  })

  test('the fields of what an event is about', () => {
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

  test('what happens in groups only happens in one', () => {
    for (const builder of ['messageEdited', 'join', 'leave', 'memberJoined', 'memberLeft'] as const)
      expect(events[builder]().source).toMatchObject({
        type: 'group',
        groupId: expect.stringMatching(/^C[0-9a-f]{32}$/),
      })
  })

  test('what LINE sends without a source has none', () => {
    for (const builder of ['delivery', 'moduleAttached', 'moduleDetached'] as const)
      expect(events[builder]()).not.toHaveProperty('source')
    const failed = events.accountLink({ result: 'failed' })
    expect(failed).not.toHaveProperty('source')
    expect(failed).not.toHaveProperty('replyToken')
  })

  test('one and the same user for all events', () => {
    expect(events.text().source).toEqual(events.follow().source)
    expect(events.text().source).toEqual(createEvents().postback().source)
  })

  test('a reply token where one is given, even in standby', () => {
    expect(events.text({ mode: 'standby', replyToken: 'given' }).replyToken).toBe('given')
    expect(events.text({ replyToken: undefined })).not.toHaveProperty('replyToken')
  })

  test('nothing that is shared with the input', () => {
    const source = { type: 'user' as const, userId: destination }
    const event = events.text({ source })
    event.source = { type: 'user', userId: 'changed' }
    source.userId = 'changed too'
    expect(events.text({ source: { type: 'user', userId: destination } }).source).toEqual({
      type: 'user',
      userId: destination,
    })
  })

  test('an event ID whose first half is the time of the event', () => {
    // Encoded by hand: 1,469,922,850,259 ms is 01ARZ3NDEK in the ULID specification's example.
    expect(events.text({ timestamp: 1_469_922_850_259 }).webhookEventId.slice(0, 10)).toBe('01ARZ3NDEK')
  })
})

describe('createEvents', () => {
  test('gives equal calls different events', () => {
    const made = createEvents()
    const [one, two] = [made.text({ text: 'Hi' }), made.text({ text: 'Hi' })]
    expect(one.webhookEventId).not.toBe(two.webhookEventId)
    expect(one.message.id).not.toBe(two.message.id)
    expect(one.replyToken).not.toBe(two.replyToken)
    expect(two.timestamp - one.timestamp).toBe(1000)
  })

  test('makes the same events again from the start', () => {
    const make = (seed?: string) => {
      const made = createEvents({ seed })
      return builders.map((builder) => build(made, builder))
    }
    expect(make()).toEqual(make())
    expect(make('a')).toEqual(make('a'))
    expect(make('a')).not.toEqual(make('b'))
  })

  test('with another seed has another user', () => {
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

  test('gives a hundred thousand events as many IDs', () => {
    const made = createEvents()
    const ids = new Set<string>()
    for (let i = 0; i < 100_000; i++) ids.add(made.unfollow({ timestamp: 0 }).webhookEventId)
    expect(ids.size).toBe(100_000)
  })
})
