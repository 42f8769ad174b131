import { memoryStore, type Store } from 'line-oa/store'
import { createReceiver, type UnknownEvent } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { gate, user } from './setup.js'
import { channelSecret, delivery, destination, signed, text } from './signed.js'

const day = 24 * 60 * 60 * 1000
const keyOf = (event: { webhookEventId: string }) => `line-oa:event:${destination}:${event.webhookEventId}`

function setup(options: object = {}) {
  const errors: unknown[] = []
  const seen: string[] = []
  const make = () =>
    createReceiver({ channelSecret, onError: (error) => void errors.push(error), ...options }).on(
      'message:text',
      ({ event }) => void seen.push(event.message.text),
    )
  const receiver = make()
  const send = async (...events: object[]) => (await receiver.handle(signed(delivery(...events)))).status
  return { receiver, make, errors, seen, send }
}

function shared() {
  const clock = new TestClock()
  return { clock, store: memoryStore({ clock }) }
}

describe.each([
  ['the memory of the process', () => ({})],
  ['a store', () => ({ store: shared().store })],
])('an event remembered in %s', (_, options) => {
  test('is handled once and answered with 200 for each delivery', async () => {
    const { send, seen } = setup(options())
    const event = text('a')
    expect(await send(event)).toBe(200)
    expect(await send({ ...event, deliveryContext: { isRedelivery: true } })).toBe(200)
    expect(await send(event, text('b'))).toBe(200)
    expect(seen).toEqual(['a', 'b'])
  })

  test('is handled once when two deliveries arrive at once or one contains it twice', async () => {
    const { send, seen } = setup(options())
    const event = text('a')
    expect(await Promise.all([send(event), send(event), send(event, event)])).toEqual([200, 200, 200])
    expect(seen).toEqual(['a'])
  })

  test('is handled again after its handler failed', async () => {
    const { receiver, send, errors, seen } = setup(options())
    let runs = 0
    receiver.on('message', () => (runs++ === 0 ? Promise.reject(new Error('broken')) : undefined))
    const bad = text('bad')
    expect(await send(bad, text('good', user('B')))).toBe(500)
    expect(errors).toHaveLength(1)
    expect(await send(bad)).toBe(200)
    expect(await send(bad)).toBe(200)
    expect(runs).toBe(3)
    expect(seen.filter((word) => word === 'bad')).toHaveLength(2)
  })

  test('is handled each time when it has no ID', async () => {
    const { send, seen } = setup(options())
    for (const webhookEventId of [undefined, '', 5, null]) {
      await send(text('a', { webhookEventId }))
      await send(text('a', { webhookEventId }))
    }
    expect(seen).toHaveLength(8)
  })

  test('is handled once when its type is unknown', async () => {
    const { receiver, send } = setup(options())
    const handler = vi.fn()
    receiver.on('unknown', handler)
    await send({ type: 'payment', webhookEventId: 'X' })
    await send({ type: 'payment', webhookEventId: 'X' })
    expect(handler).toHaveBeenCalledOnce()
  })
})

describe('the lease of an event', () => {
  test('lasts 60 seconds with a random owner, and the event is then done for 24 hours', async () => {
    const { store } = shared()
    const add = vi.spyOn(store, 'add')
    const replace = vi.spyOn(store, 'replace')
    const { send } = setup({ store })
    const [one, two] = [text('a'), text('b')]
    await send(one)
    await send(two)
    const owner = add.mock.calls[0]?.[1]
    expect(add.mock.calls[0]).toEqual([keyOf(one), expect.stringMatching(/^[0-9a-f-]{36}$/), 60_000])
    expect(add.mock.calls[1]?.[1]).not.toBe(owner)
    expect(replace.mock.calls[0]).toEqual([keyOf(one), owner, 'done', day])
    expect(await store.get(keyOf(one))).toBe('done')
  })

  test('belongs to a channel, so that the same ID in another channel is another event', async () => {
    const { store } = shared()
    const seen: string[] = []
    const receiver = createReceiver({ channel: () => ({ channelSecret }), store })
    receiver.on('message', ({ destination }) => void seen.push(destination))
    const events = [text('a')]
    for (const id of ['a', 'b'])
      await receiver.handle(signed(JSON.stringify({ destination: `U${id.repeat(32)}`, events })))
    expect(seen).toHaveLength(2)
  })

  test('of another process leads to a 500, so that LINE redelivers', async () => {
    const { store, clock } = shared()
    const { send, seen, errors } = setup({ store })
    const event = text('a')
    await store.add(keyOf(event), 'another', 60_000)
    expect(await send(event)).toBe(500)
    expect(seen).toEqual([])
    expect(errors).toEqual([])
    expect(await store.get(keyOf(event))).toBe('another')
    // The other process died: its lease expires and the event is handled.
    clock.jump(60_000)
    expect(await send(event)).toBe(200)
    expect(seen).toEqual(['a'])
  })

  test('is not ended by a process that lost it to another one', async () => {
    const { store, clock } = shared()
    const event = text('a')
    for (const fails of [false, true]) {
      const { open, passed } = gate()
      const { receiver, send } = setup({ store })
      receiver.on('message', async () => {
        await passed
        if (fails) throw new Error('broken')
      })
      const answer = send(event)
      while ((await store.get(keyOf(event))) === undefined) await new Promise((done) => setImmediate(done))
      clock.jump(60_000)
      await store.add(keyOf(event), 'another', 60_000)
      open()
      expect(await answer).toBe(fails ? 500 : 200)
      expect(await store.get(keyOf(event))).toBe('another')
      await store.delete(keyOf(event))
    }
  })

  test('that expired while the handler ran is still marked as done', async () => {
    const { store, clock } = shared()
    const { receiver, send } = setup({ store })
    receiver.on('message', () => clock.jump(61_000))
    const event = text('a')
    expect(await send(event)).toBe(200)
    expect(await store.get(keyOf(event))).toBe('done')
  })
})

describe('a store that fails', () => {
  const failing = (method: keyof Store): Store =>
    Object.assign(memoryStore(), { [method]: () => Promise.reject(new Error('store away')) })

  test('before the handlers fails the event, so that LINE redelivers', async () => {
    const { send, seen, errors } = setup({ store: failing('add') })
    expect(await send(text('a'), text('b'))).toBe(500)
    expect(seen).toEqual([])
    expect(errors).toEqual([new Error('store away'), new Error('store away')])
  })

  test('after the handlers does not fail the event', async () => {
    const { send, seen, errors } = setup({ store: failing('replace') })
    expect(await send(text('a'))).toBe(200)
    expect(seen).toEqual(['a'])
    expect(errors).toEqual([new Error('store away')])
  })
})

test('thousands of events with duplicates, disorder and failures are each completed once, one at a time per chat', async () => {
  const { receiver } = setup()
  const running = new Set<string>()
  const completed = new Map<string, number>()
  const failedOnce = new Set<string>()
  const newest = new Map<string, number>()
  receiver.on('unknown', async ({ event, chatId = '', isOutOfOrder }) => {
    const id = String(event['webhookEventId'])
    expect(running.has(chatId)).toBe(false)
    running.add(chatId)
    const time = Number(event['timestamp'])
    expect(isOutOfOrder).toBe(time < (newest.get(chatId) ?? time))
    newest.set(chatId, Math.max(time, newest.get(chatId) ?? time))
    await null
    running.delete(chatId)
    if (Number(id) % 97 === 0 && !failedOnce.has(id)) {
      failedOnce.add(id)
      throw new Error('broken')
    }
    completed.set(id, (completed.get(id) ?? 0) + 1)
  })
  const event = (i: number): UnknownEvent => ({
    type: 'test',
    webhookEventId: String(i),
    timestamp: i % 20 === 0 ? i - 50 : i,
    source: { type: 'user', userId: `U${i % 31}` },
  })
  const post = async (events: UnknownEvent[]) => {
    for (let tries = 0; tries < 5 && (await receiver.process({ destination, events })).failed; tries++) {}
  }
  await Promise.all(
    Array.from({ length: 3000 }, (_, i) => [
      post([event(i)]),
      ...(i % 19 === 0 ? [post([event(i), event(i - 1)])] : []),
    ]).flat(),
  )
  expect(completed.size).toBe(3001)
  expect([...completed.values()].every((times) => times === 1)).toBe(true)
  expect(failedOnce.size).toBeGreaterThan(20)
})
