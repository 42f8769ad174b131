import { memoryStore, type Store } from 'line-oa/store'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { gate, settle as turn, user } from './setup.js'
import { channelSecret, delivery, destination, sign, signed, text } from './signed.js'

const settle = async () => {
  for (let i = 0; i < 30; i++) await turn()
}

function setup(options: object = {}) {
  const clock = new TestClock()
  const errors: unknown[] = []
  const logged: unknown[][] = []
  const logger = { debug() {}, info() {}, warn() {}, error: (...data: unknown[]) => void logged.push(data) }
  const receiver = createReceiver({
    channelSecret,
    clock,
    logger,
    onError: (error) => void errors.push(error),
    ...options,
  })
  const handled: string[] = []
  const { open, passed } = gate()
  receiver.on('message:text', async ({ event }) => {
    handled.push(event.message.text)
    if (event.message.text.startsWith('hang')) await passed
  })
  const kept: Promise<unknown>[] = []
  const post = (...events: object[]) =>
    receiver.handle({ ...signed(delivery(...events)), waitUntil: (work) => void kept.push(work) })
  const status = async (answer: ReturnType<typeof post>) => (await clock.settle(answer)).status
  return { receiver, clock, errors, logged, handled, open, post, status, kept }
}

const busy = (count: number) => Array.from({ length: count }, (_, i) => text(`hang ${i}`, user(`busy-${i}`)))

describe('after 1.5 seconds', () => {
  test('events that wait for a free slot are not acknowledged, and are withdrawn', async () => {
    const { post, status, handled, open, logged, kept } = setup()
    const hung = post(...busy(16))
    await settle()
    const late = text('late', user('U1'))
    expect(await status(post(late))).toBe(500)
    expect(await status(hung)).toBe(200)
    expect(logged).toHaveLength(1)
    open()
    await Promise.all(kept)
    await settle()
    expect(handled).not.toContain('late')
    // LINE delivers it again, and its claim is free.
    expect(await status(post(late))).toBe(200)
    expect(handled.filter((word) => word === 'late')).toHaveLength(1)
  })

  test('a delivery with one waiting event is not acknowledged; what runs goes on and is not run twice', async () => {
    const { post, status, handled, open, kept } = setup({ concurrency: 2 })
    const first = text('hang a', user('a'))
    const second = text('hang b', user('b'))
    const third = text('c', user('c'))
    expect(await status(post(first, second, third))).toBe(500)
    // The redelivery is not acknowledged before the handlers have ended.
    expect(await status(post(first, second, third))).toBe(500)
    open()
    await Promise.all(kept)
    expect(await status(post(first, second, third))).toBe(200)
    expect(handled).toEqual(['hang a', 'hang b', 'c'])
  })

  test('up to 100 events may wait behind a running handler of their chat', async () => {
    const inChat = (count: number) => Array.from({ length: count }, (_, i) => text(i ? `${i}` : 'hang', user('U1')))
    const within = setup()
    expect(await within.status(within.post(...inChat(101)))).toBe(200)
    const above = setup()
    expect(await above.status(above.post(...inChat(102)))).toBe(500)
    above.open()
    await Promise.all(above.kept)
    expect(above.handled).toEqual(['hang'])
    within.open()
    await Promise.all(within.kept)
    expect(within.handled).toHaveLength(101)
  })

  test('events behind a chat that itself waits for a slot are not acknowledged', async () => {
    const { post, status } = setup({ concurrency: 1 })
    const hung = post(text('hang', user('a')))
    expect(await status(post(text('1', user('b')), text('2', user('b'))))).toBe(500)
    expect(await status(hung)).toBe(200)
  })

  test('a delivery with an event that has failed is not acknowledged', async () => {
    const { receiver, post, status } = setup()
    receiver.on('message:text', ({ event }) => {
      if (event.message.text === 'bad') throw new Error('bad')
    })
    expect(await status(post(text('bad', user('a')), text('hang', user('b'))))).toBe(500)
  })

  test("'early' still acknowledges before anything has begun, and runs everything", async () => {
    const { post, status, handled, open, kept } = setup({ ack: 'early', concurrency: 1 })
    expect(await status(post(text('hang', user('a')), text('b', user('b'))))).toBe(200)
    open()
    await Promise.all(kept)
    expect(handled).toEqual(['hang', 'b'])
  })
})

test('an event that is withdrawn at the very moment at which it gets a slot gives the slot back', async () => {
  const outcomes = new Set<number>()
  for (let turns = 0; turns < 60; turns++) {
    const timers: (() => void)[] = []
    const clock = { now: () => 1_800_000_000_000, setTimeout: (run: () => void) => timers.push(run), clearTimeout() {} }
    const { post, handled, open } = setup({ clock, concurrency: 1 })
    const hung = post(text('hang', user('a')))
    await settle()
    timers.length = 0
    const late = post(text('late', user('b')))
    await settle()
    const [onDeadline] = timers
    open()
    for (let i = 0; i < turns; i++) await Promise.resolve()
    onDeadline?.()
    expect((await hung).status).toBe(200)
    outcomes.add((await late).status)
    void post(text('next', user('c')))
    await settle()
    expect(handled).toContain('next')
  }
  expect(outcomes).toEqual(new Set([200, 500]))
})

describe('a store that does not answer', () => {
  test('fails its events within a second, with an error that says so', async () => {
    const store: Store = { ...memoryStore(), add: () => new Promise(() => {}) }
    const { post, status, handled, errors, clock, receiver } = setup({ store })
    const began = clock.now()
    expect(await status(post(text('a')))).toBe(500)
    expect(clock.now() - began).toBe(1000)
    expect(handled).toEqual([])
    expect(errors).toMatchObject([{ code: 'LINE_TIMEOUT' }])
    expect(await clock.settle(receiver.drain())).toBe(true)
  })

  test('in time releases the claim that it grants afterwards', async () => {
    const { open, passed } = gate()
    const inner = memoryStore()
    const slow: Store = {
      ...inner,
      async add(...input) {
        await passed
        return inner.add(...input)
      },
    }
    const { post, status, handled } = setup({ store: slow })
    const event = text('a')
    expect(await status(post(event))).toBe(500)
    open()
    await settle()
    expect(handled).toEqual([])
    expect(await status(post(event))).toBe(200)
    expect(handled).toEqual(['a'])
  })

  test('when an event has ended keeps neither the response nor drain', async () => {
    const store: Store = { ...memoryStore(), replace: () => new Promise(() => {}) }
    const { post, status, errors, clock, receiver } = setup({ store })
    expect(await status(post(text('a')))).toBe(200)
    expect(errors).toMatchObject([{ code: 'LINE_TIMEOUT' }])
    expect(await clock.settle(receiver.drain())).toBe(true)
  })
})

test('a store that throws when a lease is renewed ends neither the timer nor the event', async () => {
  const store: Store = memoryStore()
  let renewals = 0
  const replace: Store['replace'] = (key, expected, value, ttl) => {
    if (value === 'done') return store.replace(key, expected, value, ttl)
    renewals++
    throw new Error('the store is closed')
  }
  const { post, status, handled, open, kept, clock } = setup({ store: { ...store, replace } })
  const answer = post(text('hang'))
  expect(await status(answer)).toBe(200)
  await clock.settle(
    new Promise<void>((done) => {
      clock.setTimeout(done, 100_000)
    }),
  )
  expect(renewals).toBeGreaterThan(2)
  open()
  await Promise.all(kept)
  expect(handled).toEqual(['hang'])
})

test('the lease of an event is renewed while its handler runs', async () => {
  const clock = new TestClock()
  const store = memoryStore({ clock })
  const one = setup({ store, clock })
  const two = setup({ store, clock })
  const event = text('hang')
  const answer = one.receiver.handle({ ...signed(delivery(event)), waitUntil: (work) => void one.kept.push(work) })
  await settle()
  // Five minutes: a lease of 60 seconds without a renewal would have ended.
  let over = false
  clock.setTimeout(() => {
    over = true
  }, 300_000)
  await clock.settle(
    (async () => {
      while (!over) await turn()
    })(),
  )
  expect((await answer).status).toBe(200)
  expect((await two.receiver.handle(signed(delivery(event)))).status).toBe(500)
  one.open()
  await Promise.all(one.kept)
  expect((await two.receiver.handle(signed(delivery(event)))).status).toBe(200)
  expect(one.handled).toEqual(['hang'])
  expect(two.handled).toEqual([])
})

describe('handlerTimeout', () => {
  test('aborts the signal, frees the slot and the chat, tells onError, and keeps the claim until the handler ends', async () => {
    const { receiver, post, status, handled, errors, open, clock, kept } = setup({
      concurrency: 1,
      handlerTimeout: 1000,
      client: { messaging: { replyMessage: async () => ({}) } },
    })
    const signals: AbortSignal[] = []
    const refused: unknown[] = []
    const ended = gate()
    const { open: end, passed } = gate()
    receiver.on('message:text', async (context) => {
      if (context.event.message.text !== 'slow') return
      signals.push(context.signal)
      await passed
      // Nothing is sent for an event that has already failed.
      await (context.reply as (text: never) => Promise<unknown>)('late' as never).catch((error) => refused.push(error))
      ended.open()
    })
    const slow = text('slow', user('a'))
    expect(await status(post(slow))).toBe(500)
    expect(signals[0]?.aborted).toBe(true)
    expect(errors).toMatchObject([{ code: 'LINE_TIMEOUT' }])
    // The slot and the chat are free.
    expect(await status(post(text('next', user('a'))))).toBe(200)
    // The claim is not.
    expect(await status(post(slow))).toBe(500)
    expect(handled).toEqual(['slow', 'next'])
    end()
    open()
    await ended.passed
    expect(refused).toMatchObject([{ code: 'LINE_ABORTED' }])
    expect(await clock.settle(receiver.drain())).toBe(true)
    expect(kept).toHaveLength(3)
  })

  test('lets drain end although a handler never does', async () => {
    const { receiver, post, clock } = setup({ handlerTimeout: 5000 })
    const answer = post(text('hang'))
    expect(await clock.settle(receiver.drain())).toBe(true)
    expect((await answer).status).toBe(200)
  })
})

test('drain waits no longer than its timeout, and says whether handlers are still running', async () => {
  const { receiver, post, status, clock, open, kept } = setup()
  expect(await status(post(text('hang')))).toBe(200)
  expect(await clock.settle(receiver.drain({ timeout: 3000 }))).toBe(false)
  open()
  await Promise.all(kept)
  expect(await clock.settle(receiver.drain({ timeout: 3000 }))).toBe(true)
})

describe('slots', () => {
  const other = `U${'b'.repeat(32)}`
  function shared(options: object = {}) {
    const { channelSecret: _, ...rest } = { channelSecret, ...options }
    const clock = new TestClock()
    const receiver = createReceiver({ channel: () => ({ channelSecret }), clock, logger: silent, ...rest })
    const handled: string[] = []
    const { open, passed } = gate()
    receiver.on('message:text', async ({ event }) => {
      handled.push(event.message.text)
      if (event.message.text.startsWith('hang')) await passed
    })
    const kept: Promise<unknown>[] = []
    const post = (to: string, ...events: object[]) => {
      const body = JSON.stringify({ destination: to, events })
      return receiver.handle({ body, signature: sign(body), waitUntil: (work) => void kept.push(work) })
    }
    return { post, handled, open, clock, kept }
  }
  const silent = { debug() {}, info() {}, warn() {}, error() {} }

  test('a channel whose handlers all hang leaves slots for other channels', async () => {
    const { post, handled, clock } = shared()
    const hung = post(destination, ...busy(40))
    await settle()
    expect((await clock.settle(post(other, text('hello', user('x'))))).status).toBe(200)
    expect(handled).toContain('hello')
    await clock.settle(hung)
  })

  test('channels that wait take turns', async () => {
    const { post, handled, open, kept } = shared({ concurrency: 1, ack: 'early' })
    await post(destination, text('hang', user('a')))
    await post(destination, text('a1', user('a1')), text('a2', user('a2')), text('a3', user('a3')))
    await post(other, text('b1', user('b1')))
    open()
    await Promise.all(kept)
    expect(handled).toEqual(['hang', 'a1', 'b1', 'a2', 'a3'])
  })
})
