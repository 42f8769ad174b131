import type { LineClient, Message } from 'line-oa'
import { LineReplyTokenError } from 'line-oa'
import { memoryStore } from 'line-oa/store'
import { createReceiver, type Filter, type Logger } from 'line-oa/webhook'
import { describe, expect, expectTypeOf, test, vi } from 'vitest'
import { channelSecret, delivery, signed, text } from './signed.js'

const group = { source: { type: 'group', groupId: 'C1', userId: 'U1' } }
const room = { source: { type: 'room', roomId: 'R1', userId: 'U1' } }
const chat = 'U4af4980629a1b2c3d4e5f60718293a4b'
const hi = [{ type: 'text', text: 'Hi' }]

type Push = (
  input: { to: string; messages: readonly Message[] },
  options?: { retryKey?: string },
) => Promise<{ sentMessages: { id: string }[] }>

function setup(options: object = {}) {
  const errors: unknown[] = []
  const messaging = {
    replyMessage: vi.fn(async (_: { replyToken: string; messages: readonly Message[] }) => ({
      sentMessages: [{ id: 'reply' }],
    })),
    pushMessage: vi.fn<Push>(async () => ({ sentMessages: [{ id: 'push' }] })),
    showLoadingAnimation: vi.fn(async (_: object) => ({})),
    getProfile: vi.fn(async ({ userId }: { userId: string }) => ({ userId, displayName: 'Mika' })),
    getGroupMemberProfile: vi.fn(async ({ userId }: { groupId: string; userId: string }) => ({
      userId,
      displayName: 'Mika in a group',
    })),
    getRoomMemberProfile: vi.fn(async ({ userId }: { roomId: string; userId: string }) => ({
      userId,
      displayName: 'Mika in a room',
    })),
  }
  const make = () =>
    createReceiver({ channelSecret, client: { messaging }, onError: (error) => void errors.push(error), ...options })
  return { messaging, errors, make, receiver: make() }
}

const rejected = new LineReplyTokenError('LINE_REPLY_TOKEN', {
  operation: 'POST /v2/bot/message/reply',
  status: 400,
  lineMessage: 'Invalid reply token',
  details: [],
})

describe('the context of an event', () => {
  async function contextOf(event: object) {
    const { receiver } = setup()
    let seen: object = {}
    receiver.on('*', (context) => void (seen = context)).on('unknown', (context) => void (seen = context))
    await receiver.handle(signed(delivery(event)))
    return seen
  }

  test.each<[string, object, object]>([
    [
      'an event of a user',
      text('Hi'),
      {
        chatId: chat,
        userId: chat,
        text: 'Hi',
        chatType: 'user',
        isMentioned: false,
        isGroup: false,
        isRedelivery: false,
        isOutOfOrder: false,
      },
    ],
    ['an event in a group', text('Hi', group), { chatId: 'C1', isGroup: true, chatType: 'group' }],
    ['an event in a room', text('Hi', room), { chatId: 'R1', isGroup: true, chatType: 'room' }],
    [
      'an event in a group without a user',
      { type: 'join', source: { type: 'group', groupId: 'C1' } },
      { chatId: 'C1', isGroup: true },
    ],
    [
      'an event without a source',
      { type: 'botSuspended' },
      {
        chatId: undefined,
        userId: undefined,
        text: undefined,
        chatType: undefined,
        isGroup: false,
        isRedelivery: false,
      },
    ],
    [
      'an event whose source has an unknown type',
      { type: 'follow', source: { type: 'square', squareId: 's' } },
      { chatId: undefined, isGroup: false },
    ],
    [
      'an event whose source has no type',
      { type: 'follow', source: { userId: 5 } },
      { chatId: undefined, isGroup: false },
    ],
    ['a redelivery', text('Hi', { deliveryContext: { isRedelivery: true } }), { isRedelivery: true }],
    [
      'an event whose isRedelivery is not a boolean',
      text('Hi', { deliveryContext: { isRedelivery: 'true' } }),
      { isRedelivery: false },
    ],
  ])('describes %s', async (_, event, expected) => {
    expect(await contextOf(event)).toMatchObject(expected)
  })

  test('the context has the logger of the receiver, which also logs errors of handlers', async () => {
    const logger: Logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
    const receiver = createReceiver({ channelSecret, logger })
    receiver.on('message', (context) => {
      context.logger.info('seen')
      throw new Error('broken')
    })
    expect((await receiver.handle(signed(delivery(text('Hi'))))).status).toBe(500)
    expect(logger.info).toHaveBeenCalledExactlyOnceWith('seen')
    expect(logger.error).toHaveBeenCalledExactlyOnceWith(expect.any(String), new Error('broken'))
  })
})

describe('push', () => {
  test.each([
    ['user', text('a'), chat],
    ['group', text('b', group), 'C1'],
    ['room', text('c', room), 'R1'],
  ])('sends to the %s', async (_, event, to) => {
    const { receiver, messaging } = setup()
    const answers: unknown[] = []
    receiver.on('message', async ({ push }) => void answers.push(await push('Hi')))
    await receiver.handle(signed(delivery(event)))
    expect(messaging.pushMessage).toHaveBeenCalledExactlyOnceWith(
      { to, messages: hi },
      { retryKey: expect.any(String) },
    )
    expect(answers).toEqual([{ sentMessages: [{ id: 'push' }] }])
  })

  test('uses retry keys that are UUIDs, differ by event and call, and repeat when the handler runs again', async () => {
    const { make, messaging } = setup()
    const event = text('a')
    const keys = async (...events: object[]) => {
      messaging.pushMessage.mockClear()
      const receiver = make() // a new receiver remembers nothing, as after a restart
      receiver.on('message', async ({ push }) => {
        await push('one')
        await push('two')
      })
      await receiver.handle(signed(delivery(...events)))
      return messaging.pushMessage.mock.calls.map(([, options]) => options?.retryKey)
    }
    const first = await keys(event, text('b'))
    expect(new Set(first).size).toBe(4)
    for (const key of first)
      expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(await keys({ ...event, deliveryContext: { isRedelivery: true } })).toEqual(first.slice(0, 2))
  })

  test('leaves the retry key to the client for an event without an ID', async () => {
    const { receiver, messaging } = setup()
    receiver.on('follow', ({ push }) => push('Hi'))
    await receiver.handle(signed(delivery({ type: 'follow', source: { type: 'user', userId: 'U1' } })))
    expect(messaging.pushMessage).toHaveBeenCalledExactlyOnceWith({ to: 'U1', messages: hi })
  })

  test('is refused for an event without a chat', async () => {
    const { receiver, messaging, errors } = setup()
    receiver.on('botSuspended', ({ push }) => push('Hi'))
    expect((await receiver.handle(signed(delivery({ type: 'botSuspended' })))).status).toBe(500)
    expect(errors).toMatchObject([{ code: 'LINE_INPUT' }])
    expect(messaging.pushMessage).not.toHaveBeenCalled()
  })
})

describe('respond', () => {
  test('replies to the event', async () => {
    const { receiver, messaging } = setup()
    const answers: unknown[] = []
    receiver.on('message', async ({ respond }) => void answers.push(await respond('Hi')))
    await receiver.handle(signed(delivery(text('a'))))
    expect(messaging.replyMessage.mock.calls[0]?.[0]).toMatchObject({ messages: hi })
    expect(answers).toEqual([{ by: 'reply', sentMessages: [{ id: 'reply' }] }])
  })

  test('pushes after a rejected reply token only with whenTokenRejected: push', async () => {
    const { receiver, messaging, errors } = setup()
    messaging.replyMessage.mockRejectedValue(rejected)
    receiver.on('message:text', ({ respond, event }) =>
      respond('Hi', event.message.text === 'push' ? { whenTokenRejected: 'push' } : undefined),
    )
    await receiver.handle(signed(delivery(text('push'))))
    expect(messaging.pushMessage).toHaveBeenCalledOnce()
    await receiver.handle(signed(delivery(text('throw'))))
    expect(messaging.pushMessage).toHaveBeenCalledOnce()
    expect(errors).toEqual([rejected])
  })

  test.each([
    ['with a shared store', () => ({ store: memoryStore() })],
    ['without a store, in the same process', () => ({})],
  ])('does not respond again after the handler failed, %s', async (_, options) => {
    const { receiver, messaging, errors } = setup(options())
    const answers: unknown[] = []
    receiver.on('message', async ({ respond }) => {
      answers.push((await respond('Hi', { whenTokenRejected: 'push' })).by)
      if (answers.length === 1) throw new Error('after the answer')
    })
    const event = text('a')
    expect((await receiver.handle(signed(delivery(event)))).status).toBe(500)
    messaging.replyMessage.mockRejectedValue(rejected)
    expect((await receiver.handle(signed(delivery(event)))).status).toBe(200)
    expect(answers).toEqual(['reply', 'already-answered'])
    expect(messaging.pushMessage).not.toHaveBeenCalled()
    expect(errors).toHaveLength(1)
  })

  test('is refused for an event without deliveryContext', async () => {
    const { receiver, errors } = setup()
    receiver.on('follow', ({ respond }) => respond('Hi'))
    await receiver.handle(signed(delivery({ type: 'follow', replyToken: 'x' })))
    expect(errors).toMatchObject([{ code: 'LINE_INPUT' }])
  })
})

describe('loading', () => {
  test('shows the loading animation for the given seconds', async () => {
    const { receiver, messaging } = setup()
    receiver.on('message', async ({ loading }) => {
      await loading()
      await loading(5)
    })
    await receiver.handle(signed(delivery(text('a'))))
    expect(messaging.showLoadingAnimation.mock.calls).toEqual([
      [{ chatId: chat }],
      [{ chatId: chat, loadingSeconds: 5 }],
    ])
  })

  test('is refused in a group chat', async () => {
    const { receiver, messaging, errors } = setup()
    receiver.on('message', ({ loading }) => loading())
    await receiver.handle(signed(delivery(text('a', group))))
    expect(errors).toMatchObject([{ code: 'LINE_INPUT' }])
    expect(messaging.showLoadingAnimation).not.toHaveBeenCalled()
  })
})

describe('profile', () => {
  test.each([
    ['a user', text('a'), 'Mika', 'getProfile', { userId: chat }],
    [
      'a member of a group',
      text('a', group),
      'Mika in a group',
      'getGroupMemberProfile',
      { groupId: 'C1', userId: 'U1' },
    ],
    ['a member of a room', text('a', room), 'Mika in a room', 'getRoomMemberProfile', { roomId: 'R1', userId: 'U1' }],
  ] as const)('gets the profile of %s', async (_, event, name, method, input) => {
    const { receiver, messaging } = setup()
    const names: string[] = []
    receiver.on('message', async ({ profile }) => void names.push((await profile()).displayName))
    await receiver.handle(signed(delivery(event)))
    expect(names).toEqual([name])
    expect(messaging[method]).toHaveBeenCalledExactlyOnceWith(input)
  })

  test('requests each profile once per delivery', async () => {
    const { receiver, messaging } = setup()
    receiver.on('message', ({ profile }) => Promise.all([profile(), profile()]))
    await receiver.handle(signed(delivery(text('a'), text('b'), text('c', { source: { type: 'user', userId: 'U2' } }))))
    expect(messaging.getProfile).toHaveBeenCalledTimes(2)
    await receiver.handle(signed(delivery(text('d'))))
    expect(messaging.getProfile).toHaveBeenCalledTimes(3)
  })

  test('requests a profile again after a failed request', async () => {
    const { receiver, messaging, errors } = setup()
    messaging.getProfile.mockRejectedValueOnce(new Error('away'))
    receiver.on('message', ({ profile }) => profile())
    expect((await receiver.handle(signed(delivery(text('a'), text('b'))))).status).toBe(500)
    expect(errors).toEqual([new Error('away')])
    expect(messaging.getProfile).toHaveBeenCalledTimes(2)
  })

  test('is refused for an event without a user', async () => {
    const { receiver, errors } = setup()
    receiver.on('join', ({ profile }) => profile())
    await receiver.handle(signed(delivery({ type: 'join', source: { type: 'group', groupId: 'C1' } })))
    expect(errors).toMatchObject([{ code: 'LINE_INPUT' }])
  })
})

test('every function that sends is refused without a client', async () => {
  const errors: unknown[] = []
  const receiver = createReceiver({ channelSecret, onError: (error) => void errors.push(error) })
  const names = ['reply', 'respond', 'push', 'loading', 'profile'] as const
  for (const name of names)
    receiver.on('message' satisfies Filter, (context) => (context[name] as (input?: string) => unknown)('Hi'))
  await receiver.handle(signed(delivery(text('a'))))
  expect(errors).toHaveLength(names.length)
  for (const error of errors) expect(error).toMatchObject({ code: 'LINE_INPUT' })
})

test('the types of the functions come from the client', () => {
  const compiled = (_: () => unknown) => {}
  const client = {} as LineClient
  compiled(() =>
    createReceiver({ channelSecret, client }).on('message:text', async ({ push, profile, respond, loading }) => {
      const sent = await push(['Hi', { type: 'text', text: 'there' }])
      expectTypeOf(sent.sentMessages[0]?.id).toEqualTypeOf<string | undefined>()
      expectTypeOf((await profile()).displayName).toEqualTypeOf<string>()
      expectTypeOf((await respond('Hi', { whenTokenRejected: 'push' })).by).toEqualTypeOf<
        'reply' | 'push' | 'already-answered'
      >()
      await loading(20)
      // @ts-expect-error: no such message type
      await push({ type: 'poll' })
      // @ts-expect-error: seconds must be a number
      await loading('20')
      // @ts-expect-error: the store is an option of the receiver
      await respond('Hi', { store: memoryStore() })
    }),
  )
  compiled(() => {
    const replier = {
      messaging: { replyMessage: async (_: { replyToken: string; messages: readonly Message[] }) => ({}) },
    }
    // @ts-expect-error: this client cannot push
    createReceiver({ channelSecret, client: replier }).on('message', ({ push }) => push('Hi'))
  })
})
