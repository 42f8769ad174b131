import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { gate, settle } from './setup.js'
import { channelSecret, delivery, destination, signed, text } from './signed.js'

describe('a logger that throws', () => {
  const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: () => expect.fail('the disk is full') }

  test('neither keeps LINE waiting nor the next event of the chat from its handler', async () => {
    const receiver = createReceiver({ channelSecret, logger })
    const seen: string[] = []
    receiver.on('message:text', ({ event }) => {
      seen.push(event.message.text)
      if (event.message.text === 'a') throw new Error('broken')
    })
    const answers = ['a', 'b'].map((word) => receiver.handle(signed(delivery(text(word)))))
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([500, 200])
    expect(seen).toEqual(['a', 'b'])
    await receiver.drain()
  })

  test('is no reason to reject', async () => {
    const receiver = createReceiver({ channelSecret, logger, onError: () => Promise.reject(new Error('no pager')) })
    expect((await receiver.handle({ body: undefined, signature: signed('').signature })).status).toBe(500)
  })
})

test('the 1.5 seconds begin when the delivery comes, not when its channel is found', async () => {
  const clock = new TestClock()
  const never = new Promise<void>(() => {})
  const channel = () =>
    new Promise<{ channelSecret: string }>((found) => clock.setTimeout(() => found({ channelSecret }), 900))
  const receiver = createReceiver({ channel, clock }).on('message', () => never)
  const began = clock.now()
  expect(await clock.settle(receiver.handle({ ...signed(delivery(text('a'))), waitUntil: () => {} }))).toMatchObject({
    status: 200,
  })
  expect(clock.now() - began).toBe(1500)
})

test('the limit of a body given as text is in bytes too', async () => {
  const body = delivery(text('こんにちは'))
  const bytes = Buffer.byteLength(body)
  expect(bytes).toBeGreaterThan(body.length)
  for (const [maxBodySize, status] of [
    [bytes, 200],
    [bytes - 1, 413],
  ] as const)
    expect((await createReceiver({ channelSecret, maxBodySize }).handle(signed(body))).status).toBe(status)
})

test('an event whose time is no number makes none after it late, and hides none that is', async () => {
  const receiver = createReceiver({ channelSecret })
  const late: string[] = []
  receiver.on('message:text', ({ event, isLate }) => void (isLate && late.push(event.message.text)))
  for (const [word, timestamp] of [
    ['no time', 'soon'],
    ['first', 2000],
    ['late', 1000],
  ] as const)
    await receiver.handle(signed(delivery(text(word, { timestamp }))))
  expect(late).toEqual(['late'])
})

describe('middleware that does not wait for next', () => {
  function setup() {
    const errors: unknown[] = []
    const receiver = createReceiver({ channelSecret, onError: (error) => void errors.push(error) })
    return { receiver, errors, ...gate() }
  }

  test('does not make the event look done while its handlers run', async () => {
    const { receiver, open, passed } = setup()
    const order: string[] = []
    receiver
      .use((_, next) => void next())
      .on('message:text', async ({ event }) => {
        order.push(`${event.message.text} begins`)
        if (event.message.text === 'a') await passed
        order.push(`${event.message.text} ends`)
      })
    const answers = ['a', 'b'].map((word) => receiver.handle(signed(delivery(text(word)))))
    for (let i = 0; i < 10; i++) await settle()
    expect(order).toEqual(['a begins'])
    open()
    await Promise.all(answers)
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  test.each([
    ['returns', () => {}],
    [
      'throws',
      () => {
        throw new Error('outer')
      },
    ],
  ])('and %s hides no failure of what comes after it', async (_, end) => {
    const { receiver, errors, open, passed } = setup()
    receiver
      .use((_, next) => {
        void next()
        return end()
      })
      .use(async (_, next) => {
        await next()
        throw new Error('inner')
      })
      .on('message', () => passed)
    const answer = receiver.handle(signed(delivery(text('a'))))
    await settle()
    open()
    expect((await answer).status).toBe(500)
    expect(errors).toEqual([new Error('inner')])
  })
})

test('what handles events failing to load is answered 500 and told', async () => {
  const errors: unknown[] = []
  vi.doMock('../../src/webhook/dispatch.js', () => {
    throw new Error('a file is gone')
  })
  vi.resetModules()
  const { createReceiver } = await import('../../src/webhook/index.js')
  const receiver = createReceiver({ channelSecret, onError: (error) => void errors.push(error) })
  const handler = vi.fn()
  receiver.on('message', handler)
  try {
    const body = signed(delivery(text('a')))
    expect((await receiver.handle({ ...body, waitUntil: () => {} })).status).toBe(500)
    await expect(receiver.process({ destination, events: [] })).rejects.toThrow()
    expect(errors).toHaveLength(1)
    await receiver.drain()
  } finally {
    vi.doUnmock('../../src/webhook/dispatch.js')
  }
  expect(handler).not.toHaveBeenCalled()
})
