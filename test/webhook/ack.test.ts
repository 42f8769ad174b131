import { createReceiver, type Delivery } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { gate, user } from './setup.js'
import { channelSecret, delivery, destination, request, sign, signed, text } from './signed.js'

function setup(options: object = {}) {
  const clock = new TestClock()
  const errors: unknown[] = []
  const late: unknown[] = []
  const receiver = createReceiver({
    channelSecret,
    clock,
    onError: (error) => void errors.push(error),
    onLate: (event) => void late.push(event['webhookEventId']),
    ...options,
  })
  const { open, passed } = gate()
  return { clock, errors, late, receiver, open, passed }
}

// An acknowledgement takes more turns of the event loop than one.
const settle = async () => {
  for (let i = 0; i < 10; i++) await new Promise((done) => setImmediate(done))
}

describe("ack: 'after-handlers'", () => {
  test('acknowledges after the handlers have run and leaves no timer', async () => {
    const { receiver, clock, late } = setup()
    receiver.on('message', () => {})
    expect(await receiver.handle({ ...signed(delivery(text('a'))), waitUntil: () => {} })).toMatchObject({
      status: 200,
    })
    expect(clock.pending).toBe(0)
    expect(late).toEqual([])
  })

  test('acknowledges after 1.5 seconds when work can continue, reports the slow events and finishes them', async () => {
    const { receiver, clock, late, open, passed, errors } = setup()
    const ended: string[] = []
    receiver.on('message:text', async ({ event }) => {
      if (event.message.text !== 'quick') await passed
      ended.push(event.message.text)
      if (event.message.text === 'bad') throw new Error('broken')
    })
    const slow = text('slow', user('A'))
    const bad = text('bad', user('B'))
    const kept: Promise<unknown>[] = []
    const began = clock.now()
    const answer = receiver.handle({
      ...signed(delivery(slow, bad, text('quick', user('C')))),
      waitUntil: (work) => void kept.push(work),
    })
    expect(await clock.settle(answer)).toMatchObject({ status: 200 })
    expect(clock.now() - began).toBe(1500)
    expect(late).toEqual([slow.webhookEventId, bad.webhookEventId])
    expect(ended).toEqual(['quick'])
    open()
    await Promise.all(kept)
    expect(kept).toHaveLength(1)
    expect(ended).toEqual(['quick', 'slow', 'bad'])
    expect(errors).toEqual([new Error('broken')])
  })

  test('waits for the handlers without waitUntil and still reports the slow events', async () => {
    const reported = gate()
    const late: unknown[] = []
    const onLate = (event: { webhookEventId?: unknown }) => {
      late.push(event.webhookEventId)
      reported.open()
    }
    const { receiver, clock, open, passed } = setup({ onLate })
    receiver.on('message', () => passed)
    const event = text('slow')
    const answer = receiver.handle(signed(delivery(event)))
    let answered = false
    answer.then(() => {
      answered = true
    })
    await clock.settle(reported.passed)
    await settle()
    expect(late).toEqual([event.webhookEventId])
    expect(answered).toBe(false)
    open()
    expect((await answer).status).toBe(200)
  })

  test('fetch calls waitUntil as a method of the platform’s context', async () => {
    const { receiver, clock, open, passed } = setup()
    class WorkerContext {
      readonly #kept: Promise<unknown>[] = []
      waitUntil(work: Promise<unknown>) {
        this.#kept.push(work)
      }
      get all() {
        return Promise.all(this.#kept)
      }
    }
    let ended = false
    receiver.on('message', async () => {
      await passed
      ended = true
    })
    const context = new WorkerContext()
    const body = delivery(text('slow'))
    expect((await clock.settle(receiver.fetch(request(body, sign(body)), context))).status).toBe(200)
    expect(ended).toBe(false)
    open()
    await context.all
    expect(ended).toBe(true)
  })

  test('reports an onLate that fails, and acknowledges the delivery as usual', async () => {
    const { receiver, clock, open, passed, errors } = setup({ onLate: () => Promise.reject(new Error('no pager')) })
    receiver.on('message', () => passed)
    expect(await clock.settle(receiver.handle({ ...signed(delivery(text('a'))), waitUntil: () => {} }))).toMatchObject({
      status: 200,
    })
    open()
    await receiver.drain()
    expect(errors).toEqual([new Error('no pager')])
  })
})

test('the 1.5 seconds start when the delivery arrives, not when its channel is found', async () => {
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

describe("ack: 'early'", () => {
  test('acknowledges before the handlers when work can continue, and drain waits for them', async () => {
    const { receiver, clock, open, passed, late, errors } = setup({ ack: 'early' })
    let ended = false
    receiver.on('message', async () => {
      await passed
      ended = true
      throw new Error('broken')
    })
    expect(await receiver.handle({ ...signed(delivery(text('a'))), waitUntil: () => {} })).toMatchObject({
      status: 200,
    })
    expect(clock.pending).toBe(0)
    let drained = false
    const drain = receiver.drain().then(() => {
      drained = true
    })
    await settle()
    expect([ended, drained]).toEqual([false, false])
    open()
    await drain
    expect(ended).toBe(true)
    expect(errors).toEqual([new Error('broken')])
    expect(late).toEqual([])
  })

  test('refuses a delivery with a wrong signature', async () => {
    const { receiver } = setup({ ack: 'early' })
    expect(
      await receiver.handle({ body: delivery(text('a')), signature: sign('x'), waitUntil: () => {} }),
    ).toMatchObject({ status: 401 })
  })

  test('waits for the handlers without waitUntil', async () => {
    const { receiver } = setup({ ack: 'early' })
    receiver.on('message', () => Promise.reject(new Error('broken')))
    expect(await receiver.handle(signed(delivery(text('a'))))).toMatchObject({ status: 500 })
  })
})

describe("ack: 'queued'", () => {
  function queued(add: (delivery: Delivery) => Promise<unknown> = async () => {}) {
    const queue = { add: vi.fn(add) }
    return { queue, ...setup({ ack: 'queued', queue }) }
  }

  test('adds the delivery to the queue and runs no handler', async () => {
    const { receiver, queue } = queued()
    const handler = vi.fn()
    receiver.on('*', handler)
    const event = text('a', { aFieldOfTomorrow: 1 })
    expect(await receiver.handle(signed(delivery(event)))).toMatchObject({ status: 200 })
    expect(queue.add).toHaveBeenCalledExactlyOnceWith({ destination, events: [event] })
    expect(handler).not.toHaveBeenCalled()
  })

  test('a worker processes the queued delivery after a round trip through JSON', async () => {
    const { receiver, queue } = queued()
    await receiver.handle(signed(delivery(text('a'))))
    const job: Delivery = JSON.parse(JSON.stringify(queue.add.mock.calls[0]?.[0]))
    const seen: string[] = []
    const worker = setup().receiver.on('message:text', ({ event }) => void seen.push(event.message.text))
    expect(await worker.process(job)).toEqual({ succeeded: 1, failed: 0, repeated: 0, busy: 0 })
    expect(await worker.process(job)).toEqual({ succeeded: 0, failed: 0, repeated: 1, busy: 0 })
    expect(seen).toEqual(['a'])
  })

  test.each<[string, () => Promise<unknown>]>([
    ['rejects', () => Promise.reject(new Error('full'))],
    [
      'throws',
      () => {
        throw new Error('full')
      },
    ],
  ])('answers 500 when the queue %s, so that LINE redelivers', async (_, add) => {
    const { receiver, errors } = queued(add)
    expect(await receiver.handle({ ...signed(delivery(text('a'))), waitUntil: () => {} })).toMatchObject({
      status: 500,
    })
    expect(errors).toEqual([new Error('full')])
  })

  test('does not queue a delivery without events', async () => {
    const { receiver, queue } = queued()
    expect(await receiver.handle(signed(delivery()))).toMatchObject({ status: 200 })
    expect(queue.add).not.toHaveBeenCalled()
  })

  test('acknowledges only after the queue has accepted the delivery', async () => {
    const { open, passed } = gate()
    const { receiver } = queued(() => passed)
    let answered = false
    const answer = receiver.handle({ ...signed(delivery(text('a'))), waitUntil: () => {} }).then(() => {
      answered = true
    })
    await settle()
    expect(answered).toBe(false)
    open()
    await answer
  })
})

test.each<[string, object]>([
  ["ack: 'queued' without a queue", { ack: 'queued' }],
  ["a queue without ack: 'queued'", { queue: { add: async () => {} } }],
  ["a queue with ack: 'early'", { ack: 'early', queue: { add: async () => {} } }],
  ['a concurrency of 0', { concurrency: 0 }],
  ['a negative bodyTimeout', { bodyTimeout: -1 }],
])('createReceiver refuses %s', (_, options) => {
  expect(() => setup(options)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
})
