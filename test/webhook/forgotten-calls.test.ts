import { createReceiver } from 'line-oa/webhook'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { gate, settle } from './setup.js'
import { channelSecret, delivery, signed, text } from './signed.js'

const rejections: unknown[] = []
const onRejection = (reason: unknown) => void rejections.push(reason)

beforeEach(() => {
  rejections.length = 0
  process.on('unhandledRejection', onRejection)
})

afterEach(async () => {
  // The event is emitted after the turn in which the promise was rejected.
  for (let i = 0; i < 3; i++) await settle()
  process.off('unhandledRejection', onRejection)
  expect(rejections).toEqual([])
})

const broken = new Error('LINE refused it')

/** A client whose calls all reject, or stay pending until the gate opens. */
function setup({ passed = Promise.resolve() }: { readonly passed?: Promise<void> } = {}) {
  const errors: { error: unknown; id: unknown }[] = []
  const warned: unknown[][] = []
  const fail = async () => {
    await passed
    throw broken
  }
  const client = {
    messaging: {
      replyMessage: fail,
      pushMessage: fail,
      showLoadingAnimation: fail,
      getProfile: fail,
      getGroupMemberProfile: fail,
      getRoomMemberProfile: fail,
    },
  }
  const logger = { debug() {}, info() {}, error() {}, warn: (...data: unknown[]) => void warned.push(data) }
  const receiver = createReceiver({
    channelSecret,
    // The double has none of the types of a client.
    client: client as never,
    logger,
    onError: (error, event) => void errors.push({ error, id: event?.['webhookEventId'] }),
  })
  const handle = async (event: object) => (await receiver.handle(signed(delivery(event)))).status
  return { receiver, errors, warned, handle }
}

type Methods = { readonly [name: string]: (input?: unknown, options?: unknown) => Promise<unknown> }

describe('a call that a handler does not await', () => {
  test.each(['reply', 'push', 'respond', 'loading', 'profile'])(
    '%s: its error fails the event once, and the log says once that it was not awaited',
    async (name) => {
      const { receiver, errors, warned, handle } = setup()
      receiver.on('message', (context) => {
        // Each context has these methods.
        const methods = context as unknown as Methods
        methods[name]?.(name === 'loading' ? 20 : 'Hi')
      })
      const [first, second] = [text('a'), text('b')]
      expect(await handle(first)).toBe(500)
      expect(await handle(second)).toBe(500)
      expect(errors).toEqual([
        { error: broken, id: first.webhookEventId },
        { error: broken, id: second.webhookEventId },
      ])
      expect(warned).toHaveLength(1)
    },
  )

  test('is part of the event: LINE is answered after it has ended', async () => {
    const { open, passed } = gate()
    const { receiver, handle } = setup({ passed })
    receiver.on('message', ({ reply }: { reply: (text: never) => Promise<unknown> }) => {
      reply('Hi' as never)
    })
    let status: number | undefined
    const answer = handle(text('a')).then((found) => {
      status = found
    })
    for (let i = 0; i < 20; i++) await settle()
    expect(status).toBeUndefined()
    open()
    await answer
    expect(status).toBe(500)
  })

  test('and whose result is used without handling its error fails the event', async () => {
    const { receiver, errors, handle } = setup()
    receiver.on('message', (context) => {
      void (context as unknown as Methods)['reply']?.('Hi').then(() => {})
    })
    expect(await handle(text('a'))).toBe(500)
    expect(errors).toMatchObject([{ error: broken }])
  })

  test.each<[string, (reply: () => Promise<unknown>) => unknown]>([
    ['awaited', async (reply) => reply().then(undefined, () => {})],
    ['caught', (reply) => void reply().catch(() => {})],
    [
      'awaited later',
      async (reply) => {
        const sent = reply()
        for (let i = 0; i < 5; i++) await settle()
        await sent.catch(() => {})
      },
    ],
    ['part of Promise.allSettled', (reply) => Promise.allSettled([reply(), reply()])],
  ])('and is %s after all is not reported', async (_, run) => {
    const { receiver, errors, warned, handle } = setup()
    receiver.on('message', (context) => run(() => (context as unknown as Methods)['reply']?.('Hi') ?? Promise.reject()))
    receiver.on('message', (context) => run(() => (context as unknown as Methods)['push']?.('Hi') ?? Promise.reject()))
    expect(await handle(text('a'))).toBe(200)
    expect(errors).toEqual([])
    expect(warned).toEqual([])
  })

  test('an awaited call that fails is reported once', async () => {
    const { receiver, errors, warned, handle } = setup()
    receiver.on('message', async (context) => {
      await (context as unknown as Methods)['reply']?.('Hi')
    })
    expect(await handle(text('a'))).toBe(500)
    expect(errors).toMatchObject([{ error: broken }])
    expect(warned).toEqual([])
  })

  test('is a promise', async () => {
    const { receiver, handle } = setup()
    let isPromise: boolean | undefined
    receiver.on('message', async (context) => {
      const sent = (context as unknown as Methods)['reply']?.('Hi')
      isPromise = sent instanceof Promise
      await sent?.catch(() => {})
    })
    expect(await handle(text('a'))).toBe(200)
    expect(isPromise).toBe(true)
  })
})

describe('next() that a middleware does not await', () => {
  test.each(['never', 'later'])('%s: a later middleware that fails is reported once', async (how) => {
    const { receiver, errors, handle } = setup()
    receiver
      .use(async (_, next) => {
        const rest = next()
        for (let i = 0; i < 5; i++) await settle()
        if (how === 'later') await rest
      })
      .use(async () => {
        throw broken
      })
    expect(await handle(text('a'))).toBe(500)
    expect(errors).toMatchObject([{ error: broken }])
  })

  test('is named once in the log', async () => {
    const { receiver, warned, handle } = setup()
    receiver.use((_, next) => void next())
    receiver.on('message', () => settle())
    expect(await handle(text('a'))).toBe(200)
    expect(await handle(text('b'))).toBe(200)
    expect(warned).toHaveLength(1)
  })
})
