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

  test.each(Object.entries(known))('%s passes its own filter and *', async (type, fields) => {
    expect(await passed({ ...base, type, ...fields })).toEqual([type, '*'])
  })

  test.each(messages)('a message with %s passes message, its own filter and *', async (type) => {
    expect(await passed({ ...base, type: 'message', message: { type, id: '1' } })).toEqual([
      'message',
      `message:${type}`,
      '*',
    ])
  })

  test.each<[string, object]>([
    ['of a new type', { type: 'payment', payment: {} }],
    ['without a type', {}],
    ['with a message of a new type', { type: 'message', message: { type: 'poll', id: '1' } }],
    ['with an edited message of a new type', { type: 'messageEdited', message: { type: 'image', id: '1' } }],
    ['with a module that did something new', { type: 'module', module: { type: 'paused', botId: destination } }],
    ['of type message without one', { type: 'message' }],
    ['of type message with null', { type: 'message', message: null }],
    ['of type postback without one', { type: 'postback' }],
    ['of type postback with null', { type: 'postback', postback: null }],
    ['of type postback with a text', { type: 'postback', postback: 'a=b' }],
    ['with a thing that did something new', { type: 'things', things: { type: 'sold', deviceId: 'd' } }],
  ])('an event %s passes unknown only', async (_, fields) => {
    expect(await passed({ ...base, ...fields })).toEqual(['unknown'])
  })

  test('a new kind within an event whose members stay the same is no reason to withhold it', async () => {
    expect(await passed({ ...base, type: 'membership', membership: { type: 'paused', membershipId: 1 } })).toEqual([
      'membership',
      '*',
    ])
    expect(
      await passed({ ...base, type: 'follow', mode: 'resting', source: { type: 'square', squareId: 's' } }),
    ).toEqual(['follow', '*'])
  })

  test.each(['mesage', 'message:', 'message:poll', 'message:constructor', 'constructor', '', undefined, null, 5])(
    'on() refuses %j, which no event would ever pass',
    (filter) => {
      expect(() => createReceiver({ channelSecret }).on(filter as Filter, () => {})).toThrow(
        expect.objectContaining({ code: 'LINE_INPUT' }),
      )
    },
  )
})
