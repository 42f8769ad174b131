import { createReceiver, type Filter } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { channelSecret, delivery, destination, signed } from './signed.js'

describe('filters', () => {
  const base = {
    webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
    timestamp: 1,
    mode: 'active',
    deliveryContext: { isRedelivery: false },
  }
  const known: Record<string, object> = {
    messageEdited: { message: { type: 'text', id: '1', quoteToken: 'q', text: 'new' } },
    unsend: { unsend: { messageId: '1' } },
    follow: { follow: { isUnblocked: false } },
    unfollow: {},
    join: {},
    leave: {},
    memberJoined: { joined: { members: [] } },
    memberLeft: { left: { members: [] } },
    postback: { postback: { data: 'a=b' } },
    videoPlayComplete: { videoPlayComplete: { trackingId: 't' } },
    beacon: { beacon: { hwid: '0123456789', type: 'enter' } },
    accountLink: { link: { result: 'ok', nonce: 'n' } },
    membership: { membership: { type: 'joined', membershipId: 1 } },
    delivery: { delivery: { data: 'd' } },
    module: { module: { type: 'detached', botId: destination } },
    activated: { chatControl: { expireAt: 1 } },
    deactivated: {},
    botSuspended: {},
    botResumed: {},
    things: { things: { type: 'link', deviceId: 'd' } },
  }
  const messages = ['text', 'image', 'video', 'audio', 'file', 'location', 'sticker']

  async function passed(event: object): Promise<string[]> {
    const receiver = createReceiver({ channelSecret })
    const filters: string[] = []
    const all = [
      ...Object.keys(known),
      'message',
      ...messages.map((type) => `message:${type}`),
      '*',
      'unknown',
    ] as Filter[]
    for (const filter of all) receiver.on(filter, () => void filters.push(filter))
    expect((await receiver.handle(signed(delivery(event)))).status).toBe(200)
    return filters
  }

  test.each(Object.entries(known))('an event of type %s passes its own filter and *', async (type, fields) => {
    expect(await passed({ ...base, type, ...fields })).toEqual([type, '*'])
  })

  test.each(messages)('a message event with %s passes message, its own filter and *', async (type) => {
    expect(await passed({ ...base, type: 'message', message: { type, id: '1' } })).toEqual([
      'message',
      `message:${type}`,
      '*',
    ])
  })

  test.each<[string, object]>([
    ['of an unknown type', { type: 'payment', payment: {} }],
    ['without a type', {}],
    ['with a message of an unknown type', { type: 'message', message: { type: 'poll', id: '1' } }],
    ['with an edited message of an unknown type', { type: 'messageEdited', message: { type: 'image', id: '1' } }],
    ['with a module action of an unknown type', { type: 'module', module: { type: 'paused', botId: destination } }],
    ['of type message without a message', { type: 'message' }],
    ['of type message whose message is null', { type: 'message', message: null }],
    ['of type postback without a postback', { type: 'postback' }],
    ['of type postback whose postback is null', { type: 'postback', postback: null }],
    ['of type postback whose postback is a string', { type: 'postback', postback: 'a=b' }],
    ['with a things action of an unknown type', { type: 'things', things: { type: 'sold', deviceId: 'd' } }],
  ])('an event %s passes only unknown', async (_, fields) => {
    expect(await passed({ ...base, ...fields })).toEqual(['unknown'])
  })

  test('an event passes its filter when an unknown value changes none of its other properties', async () => {
    expect(await passed({ ...base, type: 'membership', membership: { type: 'paused', membershipId: 1 } })).toEqual([
      'membership',
      '*',
    ])
    expect(
      await passed({ ...base, type: 'follow', mode: 'resting', source: { type: 'square', squareId: 's' } }),
    ).toEqual(['follow', '*'])
  })

  test.each(['mesage', 'message:', 'message:poll', 'message:constructor', 'constructor', '', undefined, null, 5])(
    'on() refuses %j, which is not a filter',
    (filter) => {
      expect(() => createReceiver({ channelSecret }).on(filter as Filter, () => {})).toThrow(
        expect.objectContaining({ code: 'LINE_INPUT' }),
      )
    },
  )
})
