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
  ['in the memory of the process', () => ({})],
  ['in a store', () => ({ store: shared().store })],
])('an event, remembered %s,', (_, options) => {
  test('is handled once, however often it comes, and answered 200 each time', async () => {
    const { send, seen } = setup(options())
    const event = text('a')
    expect(await send(event)).toBe(200)
    expect(await send({ ...event, deliveryContext: { isRedelivery: true } })).toBe(200)
    expect(await send(event, text('b'))).toBe(200)
    expect(seen).toEqual(['a', 'b'])
  })

  test('is handled once when it comes twice at once, or twice in a delivery', async () => {
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

  test('without an ID is handled each time it comes', async () => {
    const { send, seen } = setup(options())
    for (const webhookEventId of [undefined, '', 5, null]) {
      await send(text('a', { webhookEventId }))
      await send(text('a', { webhookEventId }))
    }
    expect(seen).toHaveLength(8)
  })

  test('of an unknown type is handled once as well', async () => {
    const { receiver, send } = setup(options())
    const handler = vi.fn()
    receiver.on('unknown', handler)
    await send({ type: 'payment', webhookEventId: 'X' })
    await send({ type: 'payment', webhookEventId: 'X' })
    expect(handler).toHaveBeenCalledOnce()
  })
})

describe('the lease of an event', () => {
  test('is taken for 60 seconds under a random owner, and becomes done for 24 hours', async () => {
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

  test('names the channel: an ID of another channel is another event', async () => {
    const { store } = shared()
    const seen: string[] = []
    const receiver = createReceiver({ channel: () => ({ channelSecret }), store })
    receiver.on('message', ({ destination }) => void seen.push(destination))
    const events = [text('a')]
    for (const id of ['a', 'b'])
      await receiver.handle(signed(JSON.stringify({ destination: `U${id.repeat(32)}`, events })))
    expect(seen).toHaveLength(2)
  })

  test('of another process that is at work is answered 500, so that LINE asks again', async () => {
    const { store, clock } = shared()
    const { send, seen, errors } = setup({ store })
    const event = text('a')
    await store.add(keyOf(event), 'another', 60_000)
    expect(await send(event)).toBe(500)
    expect(seen).toEqual([])
    expect(errors).toEqual([])
    expect(await store.get(keyOf(event))).toBe('another')
    // That process died: when its lease is over the event is run.
    clock.jump(60_000)
    expect(await send(event)).toBe(200)
    expect(seen).toEqual(['a'])
  })

  test('that another process has taken over is left alone by the one that was too slow', async () => {
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

  test('that ran out while the handler worked is marked done all the same', async () => {
    const { store, clock } = shared()
    const { receiver, send } = setup({ store })
    receiver.on('message', () => clock.jump(61_000))
    const event = text('a')
    expect(await send(event)).toBe(200)
    expect(await store.get(keyOf(event))).toBe('done')
  })
})

describe('a store that is away', () => {
  const away = (method: keyof Store): Store =>
    Object.assign(memoryStore(), { [method]: () => Promise.reject(new Error('store away')) })

  test('before the handlers fails the event, which LINE then delivers again', async () => {
    const { send, seen, errors } = setup({ store: away('add') })
    expect(await send(text('a'), text('b'))).toBe(500)
    expect(seen).toEqual([])
    expect(errors).toEqual([new Error('store away'), new Error('store away')])
  })

  test('after the handlers makes no failure of what was handled', async () => {
    const { send, seen, errors } = setup({ store: away('replace') })
    expect(await send(text('a'))).toBe(200)
    expect(seen).toEqual(['a'])
    expect(errors).toEqual([new Error('store away')])
  })
})

describe('order', () => {
  test('events of one chat run one at a time across deliveries, in order of arrival', async () => {
    const { receiver, send } = setup()
    const order: string[] = []
    receiver.on('message:text', async ({ event }) => {
      order.push(`${event.message.text} begins`)
      await new Promise((done) => setImmediate(done))
      order.push(`${event.message.text} ends`)
    })
    await Promise.all([send(text('1')), send(text('2')), send(text('3'))])
    expect(order).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends'])
  })

  test('an event older than one of its chat that was handled is late, however it is repeated', async () => {
    const { receiver, send } = setup()
    const late: string[] = []
    receiver.on('message:text', ({ event, isLate }) => void (isLate && late.push(event.message.text)))
    await send(text('first', { timestamp: 1000 }))
    await send(text('newest', { timestamp: 3000 }))
    await send(text('late', { timestamp: 2000 }))
    await send(text('same time', { timestamp: 3000 }), text('as a text', { timestamp: '2500' }))
    await send(
      text('other chat', { timestamp: 1, ...user('B') }),
      text('no time', { timestamp: 'soon' }),
      text('late too', { timestamp: 2999 }),
    )
    expect(late).toEqual(['late', 'as a text', 'late too'])
  })

  test('within a delivery none is late, since they are put in order', async () => {
    const { receiver, send } = setup()
    const seen: [string, boolean][] = []
    receiver.on('message:text', ({ event, isLate }) => void seen.push([event.message.text, isLate]))
    await send(text('2', { timestamp: 2 }), text('1', { timestamp: 1 }))
    expect(seen).toEqual([
      ['1', false],
      ['2', false],
    ])
  })

  test('the bound holds over all deliveries, and a chat that waits takes no place', async () => {
    const { receiver, send } = setup({ concurrency: 2 })
    const { open, passed } = gate()
    const begun: string[] = []
    receiver.on('message:text', ({ event }) => {
      begun.push(event.message.text)
      return passed
    })
    const answers = [
      send(text('A1', user('A'))),
      send(text('A2', user('A'))),
      send(text('B1', user('B'))),
      send(text('C1', user('C'))),
    ]
    for (let i = 0; i < 20; i++) await new Promise((done) => setImmediate(done))
    expect(begun).toEqual(['A1', 'B1'])
    open()
    expect(await Promise.all(answers)).toEqual([200, 200, 200, 200])
    expect(begun.sort()).toEqual(['A1', 'A2', 'B1', 'C1'])
  })
})

test('of thousands of events with duplicates, disorder and failures each is completed once, one at a time per chat', async () => {
  const { receiver } = setup()
  const running = new Set<string>()
  const completed = new Map<string, number>()
  const failedOnce = new Set<string>()
  const newest = new Map<string, number>()
  receiver.on('unknown', async ({ event, chatId = '', isLate }) => {
    const id = String(event['webhookEventId'])
    expect(running.has(chatId)).toBe(false)
    running.add(chatId)
    const time = Number(event['timestamp'])
    expect(isLate).toBe(time < (newest.get(chatId) ?? time))
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
