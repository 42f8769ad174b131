import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { memoryStore, type Store } from 'line-oa/store'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { setup, user } from './setup.js'
import { channelSecret, delivery, sign, signed, text } from './signed.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void // the flag defines gc

// Number(), String() and templates call these, and neither returns a primitive.
const evil = { valueOf: 1, toString: 1 }

describe('a signed event whose fields have unexpected types', () => {
  test.each<[string, object]>([
    ['timestamp', { timestamp: evil }],
    ['type', { type: evil }],
    ['webhookEventId', { webhookEventId: evil }],
    ['replyToken', { replyToken: evil }],
    ['source', { source: { type: evil, userId: evil, groupId: evil, roomId: evil } }],
    ['deliveryContext', { deliveryContext: evil }],
    ['mode', { mode: evil }],
    ['message type', { message: { type: evil } }],
    ['postback data', { type: 'postback', postback: { data: evil } }],
    ['order ID', { type: 'purchaseComplete', webhookEventId: undefined, orderId: evil }],
  ])('%s: is answered, and drain ends', async (_, more) => {
    const { receiver, errors } = setup({ onDuplicate() {} })
    receiver.on('postback:action=buy', () => {}).on('message:text', () => {})
    const events = [text('a', more), text('b', more), text('c')]
    const response = await receiver.fetch(
      new Request('https://bot.example/', {
        method: 'POST',
        body: delivery(...events),
        headers: { 'x-line-signature': sign(delivery(...events)) },
      }),
    )
    expect(response.status).toBe(200)
    expect(errors).toEqual([])
    expect(await receiver.drain()).toBe(true)
  })

  test('one that fails in a handler is logged by its own text only', async () => {
    const logged: unknown[] = []
    const logger = { debug() {}, info() {}, warn() {}, error: (...data: unknown[]) => void logged.push(data) }
    const receiver = createReceiver({ channelSecret, logger })
    receiver.on('unknown', () => {
      throw new Error('broken')
    })
    const event = text('a', { type: evil, webhookEventId: evil })
    expect((await receiver.handle(signed(delivery(event)))).status).toBe(500)
    expect(logged).toHaveLength(1)
  })
})

test('ten thousand events with a broken one among them: the others are handled, and the response is 500', async () => {
  const { receiver, send, errors } = setup({ maxBodySize: 10_000_000 })
  let handled = 0
  receiver.on('message:text', ({ event }) => {
    if (event.message.text === 'broken') throw new Error('broken')
    handled++
  })
  const events = Array.from({ length: 10_000 }, (_, i) => ({
    ...text(i === 5000 ? 'broken' : 'fine', user(`U${i}`)),
    webhookEventId: `E${i}`,
  }))
  expect(await send(...events)).toBe(500)
  expect(handled).toBe(9999)
  expect(errors).toHaveLength(1)
})

describe('several events with the same ID in one delivery', () => {
  test.each([
    ['one chat', 'U1'],
    ['two chats', 'U2'],
  ])('of %s are handled once, and the others are reported as duplicates', async (_, other) => {
    const duplicates: unknown[] = []
    const { receiver, send } = setup({ onDuplicate: (event: object) => void duplicates.push(event) })
    let handled = 0
    receiver.on('message', () => {
      handled++
    })
    const [first, second] = [text('a', user('U1')), text('a', user(other))]
    const copy = { ...second, webhookEventId: first.webhookEventId }
    expect(await send(first, copy)).toBe(200)
    expect(handled).toBe(1)
    expect(duplicates).toEqual([copy])
  })
})

describe('onDuplicate', () => {
  test('is called for an event that was handled before, and a debug line names its ID', async () => {
    const duplicates: unknown[] = []
    const debug: unknown[][] = []
    const logger = { debug: (...data: unknown[]) => void debug.push(data), info() {}, warn() {}, error() {} }
    const { receiver, send } = setup({ logger, onDuplicate: (event: object) => void duplicates.push(event) })
    receiver.on('message', () => {})
    const event = text('a')
    expect(await send(event)).toBe(200)
    expect(duplicates).toEqual([])
    expect(await send(event)).toBe(200)
    expect(duplicates).toEqual([event])
    expect(debug.flat()).toContain(event.webhookEventId)
  })

  test('that throws is reported, and the event stays handled', async () => {
    const { receiver, send, errors } = setup({
      onDuplicate() {
        throw new Error('broken')
      },
    })
    receiver.on('message', () => {})
    const event = text('a')
    expect([await send(event), await send(event)]).toEqual([200, 200])
    expect(errors).toMatchObject([{ error: new Error('broken') }])
  })
})

/** A store that records the keys it is asked to keep. */
function recordKeys() {
  const inner = memoryStore()
  const keys: string[] = []
  const store: Store = {
    ...inner,
    add(key, value, ttl) {
      keys.push(key)
      return inner.add(key, value, ttl)
    },
  }
  return { store, keys }
}

describe('IDs of any length', () => {
  test('are kept in a store with at most 300 characters, and still distinguish events', async () => {
    const { store, keys } = recordKeys()
    const { receiver, send } = setup({ store })
    let handled = 0
    receiver.on('message', () => {
      handled++
    })
    const long = (end: string) => text('a', { webhookEventId: 'x'.repeat(900_000) + end })
    expect(await send(long('1'))).toBe(200)
    expect(await send(long('2'))).toBe(200)
    expect(await send(long('1'))).toBe(200)
    expect(handled).toBe(2)
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(300)
  })

  test('do not fill the memory of the process', async () => {
    const { receiver, send } = setup()
    receiver.on('message', () => {})
    const heap = () => {
      collectGarbage()
      return process.memoryUsage().heapUsed
    }
    const event = (i: number) =>
      text('a', { webhookEventId: `${i}${'x'.repeat(500_000)}`, ...user(`${i}${'y'.repeat(400_000)}`) })
    await send(event(0))
    const before = heap()
    for (let i = 1; i <= 150; i++) await send(event(i))
    // 150 events of 900 KB each, 135 MB together.
    expect(heap() - before).toBeLessThan(20_000_000)
  })
})

test('two receivers with one store and different secrets handle the same event once', async () => {
  const store = memoryStore()
  const handled: string[] = []
  const make = (name: string, secret: string) =>
    createReceiver({ channelSecret: secret, store }).on('message', () => void handled.push(name))
  const [old, renewed] = [make('old', channelSecret), make('renewed', '0123456789abcdef0123456789abcdef')]
  const body = delivery(text('a'))
  expect((await old.handle(signed(body))).status).toBe(200)
  expect((await renewed.handle(signed(body, '0123456789abcdef0123456789abcdef'))).status).toBe(200)
  expect((await renewed.handle(signed(body))).status).toBe(401)
  expect(handled).toEqual(['old'])
})

describe('an in-app purchase', () => {
  const purchase = (more: object = {}) => ({
    type: 'purchaseComplete',
    orderId: 'T2027010210000000000001',
    productId: 'iap_ln_002',
    userId: `U${'1'.repeat(32)}`,
    purchaseTimestamp: 1_799_999_000,
    channelId: '2000000001',
    ...more,
  })
  const post = async (receiver: { handle: ReturnType<typeof createReceiver>['handle'] }, body: object) =>
    (await receiver.handle(signed(JSON.stringify(body)))).status

  test('is verified and reaches the handlers of its own filter once per order', async () => {
    const { receiver } = setup()
    const got: unknown[] = []
    receiver
      .on('purchaseComplete', ({ event }) => void got.push([event.type, event.orderId]))
      .on('refundComplete', ({ event }) => void got.push([event.type, event.orderId]))
      .on('*', () => void got.push('*'))
      .on('unknown', ({ event }) => void got.push(event.type))
    expect(await post(receiver, purchase())).toBe(200)
    expect(await post(receiver, purchase())).toBe(200)
    expect(await post(receiver, purchase({ type: 'refundComplete' }))).toBe(200)
    expect(await post(receiver, purchase({ type: 'subscriptionComplete' }))).toBe(200)
    expect(got).toEqual([
      ['purchaseComplete', 'T2027010210000000000001'],
      ['refundComplete', 'T2027010210000000000001'],
      'subscriptionComplete',
    ])
    expect((await receiver.handle({ ...signed('{}'), body: JSON.stringify(purchase()) })).status).toBe(401)
  })

  test('finds its channel by the channel ID', async () => {
    const asked: string[] = []
    const receiver = createReceiver({
      channel: (destination) => {
        asked.push(destination)
        return { channelSecret }
      },
    })
    let handled = 0
    receiver.on('purchaseComplete', () => {
      handled++
    })
    expect(await post(receiver, purchase())).toBe(200)
    expect(await post(receiver, purchase({ channelId: { evil } }))).toBe(401)
    expect(asked).toEqual(['2000000001'])
    expect(handled).toBe(1)
  })

  test('a body without a type is refused', async () => {
    const { receiver } = setup()
    expect(await post(receiver, { orderId: '1' })).toBe(400)
  })
})
