import { createLineClient, each, isLineError } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { call, inbox, inputError, tokenFor } from './setup.js'

const item = { clientIp: '192.0.2.1', clientOs: 'ios', productId: 'iap_ln_002', shopProductName: 'Tea Set' } as const
const day = 24 * 60 * 60

async function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const channel = emulator.createLoginChannel({ published: true })
  const { purchases } = emulator.admin.miniApp(channel)
  const receiver = inbox()
  purchases.connect(receiver)
  const person = emulator.createPerson({ displayName: 'Mika' })
  const { accessToken } = await emulator.issueLiffTokens(person, channel)
  const reserve = (more: object = {}, token = accessToken) =>
    call(emulator, 'POST /iap/v1/product/reserve', { ...item, ...more }, { token })
  const reserved = async () => ((await reserve()).body as { orderId: string }).orderId // the response to the reservation
  const now = () => emulator.clock.now() / 1000
  const history = async (more: { readonly [name: string]: string | number } = {}) => {
    const query = { startEpochSeconds: now() - day, endEpochSeconds: now(), pageSize: 10, ...more }
    const fields = Object.entries(query).map(([name, value]) => [name, String(value)])
    const search = new URLSearchParams(Object.fromEntries(fields))
    return call(emulator, `GET /iap/v1/webhook/events?${search}`, undefined, {
      token: await tokenFor(emulator, channel),
    })
  }
  return { emulator, channel, purchases, receiver, person, accessToken, reserve, reserved, history, now }
}

const refused = (errorCode: string) => ({ body: { errorCode, message: expect.any(String) } })

describe('a reservation', () => {
  test('has an order ID with the date', async () => {
    const { reserve } = await setup()
    expect(await reserve()).toMatchObject({
      status: 200,
      body: { orderId: expect.stringMatching(/^T20260101\d{14}$/) },
    })
    expect((await reserve({ clientIp: '2001:db8::1' })).status).toBe(200)
  })

  test.each([
    ['clientOs', { clientOs: 'windows' }],
    ['clientIp', { clientIp: 'localhost' }],
    ['shopProductName', { shopProductName: 'x'.repeat(21) }],
    ['shopProductName', { shopProductName: 'Tea 🍵' }],
    ['productId', { productId: '' }],
  ])('with a wrong %s is refused in LINE’s form', async (property, more) => {
    const { reserve } = await setup()
    expect(await reserve(more)).toMatchObject({
      status: 400,
      body: { errorCode: 'VALIDATION_ERROR', details: [{ message: expect.any(String), property }] },
    })
  })

  test('is refused for what LINE lists', async () => {
    const { reserve, purchases, person, emulator } = await setup()
    expect(await reserve({ productId: 'tea' })).toMatchObject(refused('PRODUCT_ID_NOT_FOUND'))
    purchases.agree(person, false)
    expect(await reserve()).toMatchObject(refused('TERMS_AGREEMENT_ERROR'))
    purchases.agree(person, true)
    purchases.block(person, true)
    expect(await reserve()).toMatchObject(refused('BLOCKED_USER'))
    purchases.block(person, false)
    purchases.webhookUrl = undefined
    expect(await reserve()).toMatchObject(refused('WEBHOOK_URL_IS_NOT_SET'))
    expect((await reserve({}, 'nonsense')).status).toBe(401)
    const other = emulator.createLoginChannel({ published: true })
    const { accessToken } = await emulator.issueLiffTokens(person, other)
    expect((await reserve({}, accessToken)).status).toBe(403)
  })

  test('through the client has the error code in the error', async () => {
    const { emulator, channel, accessToken } = await setup()
    const line = createLineClient({ ...channel, fetch: emulator.fetch, clock: emulator.clock })
    const { orderId } = await line.miniApp.reservePurchase(item, { accessToken })
    expect(orderId).toMatch(/^T/)
    const error: unknown = await line.miniApp
      .reservePurchase({ ...item, productId: 'x' }, { accessToken })
      .catch((thrown: unknown) => thrown)
    expect(isLineError(error) && error).toMatchObject({ code: 'LINE_API', purchaseError: 'PRODUCT_ID_NOT_FOUND' })
  })
})

describe('a payment', () => {
  test('delivers a purchase complete event, which is the whole body, once per order', async () => {
    const { purchases, receiver, reserved, channel, person, now } = await setup()
    const orderId = await reserved()
    const report = await purchases.complete(orderId)
    const event = {
      type: 'purchaseComplete',
      orderId,
      productId: 'iap_ln_002',
      userId: person.userIdFor(channel),
      purchaseTimestamp: now(),
      channelId: channel.channelId,
    }
    expect(report).toMatchObject({ reason: 'ok', status: 200, event })
    expect(receiver.requests.map(({ body }) => body)).toEqual([event])
    await expect(purchases.complete(orderId)).rejects.toEqual(inputError)
    await expect(purchases.complete('T1')).rejects.toEqual(inputError)
    await expect(purchases.complete(5 as never)).rejects.toEqual(inputError)
  })

  test('reaches the filters of the receiver, and so does a refund', async () => {
    const { purchases, reserved, channel, emulator } = await setup()
    const receiver = createReceiver({ channelSecret: channel.channelSecret, clock: emulator.clock })
    const seen: string[] = []
    receiver.on('purchaseComplete', ({ event }) => void seen.push(`paid ${event.orderId}`))
    receiver.on('refundComplete', ({ event }) => void seen.push(`refunded ${event.orderId}`))
    purchases.connect(receiver)
    const orderId = await reserved()
    await expect(purchases.refund(orderId)).rejects.toEqual(inputError)
    const { event } = await purchases.complete(orderId)
    await emulator.clock.advance(5000)
    expect((await purchases.refund(orderId)).event.purchaseTimestamp).toBe(event.purchaseTimestamp)
    await expect(purchases.refund(orderId)).rejects.toEqual(inputError)
    expect(seen).toEqual([`paid ${orderId}`, `refunded ${orderId}`])
  })

  test('is redelivered until the server answers with 2xx, and its report has what the bot threw', async () => {
    const { purchases, reserved, channel, emulator, receiver: box } = await setup()
    const failure = new Error('no tea')
    const receiver = createReceiver({ channelSecret: channel.channelSecret, clock: emulator.clock, onError: () => {} })
    receiver.on('purchaseComplete', () => Promise.reject(failure))
    purchases.connect(receiver)
    expect(await purchases.complete(await reserved())).toMatchObject({ status: 500, error: failure })
    purchases.connect(box)
    await emulator.clock.advance(30 * 60 * 1000)
    expect(box.requests).toHaveLength(1)
    expect(purchases.deliveries.map(({ reason }) => reason)).toEqual(['error_status_code', 'ok'])
  })

  test('is duplicated and dropped by the faults', async () => {
    const { purchases, reserved, emulator, receiver } = await setup()
    emulator.faults.delivery({ duplicate: 1 })
    await purchases.complete(await reserved())
    expect(receiver.requests).toHaveLength(2)
    emulator.faults.delivery({ drop: 1 })
    expect(await purchases.complete(await reserved())).toMatchObject({ status: undefined })
    await emulator.clock.advance(10_000)
    expect(receiver.requests).toHaveLength(3)
  })
})

describe('the history', () => {
  test('has the events that were sent, with and without success, in pages', async () => {
    const { purchases, reserved, history, receiver, emulator } = await setup()
    expect((await history()).body).toEqual({ events: [], nextCursor: null })
    const orders = [await reserved(), await reserved(), await reserved()]
    for (const orderId of orders) {
      if (orderId === orders[1]) purchases.connect(inbox(() => new Response('', { status: 500 })))
      else purchases.connect(receiver)
      await purchases.complete(orderId)
      await emulator.clock.advance(1000)
    }
    await purchases.refund(orders[0] ?? '')
    const ids = (body: unknown) =>
      (body as { events: { event: { orderId: string } }[] }).events.map(({ event }) => event.orderId)
    expect(ids((await history()).body)).toEqual(orders)
    expect(ids((await history({ status: 'FAILED' })).body)).toEqual([orders[1]])
    expect(ids((await history({ status: 'SUCCESS' })).body)).toEqual([orders[0], orders[2]])
    const first = (await history({ pageSize: 2 })).body as { nextCursor: string }
    expect(ids(first)).toEqual(orders.slice(0, 2))
    expect((await history({ pageSize: 2, cursor: first.nextCursor })).body).toMatchObject({ nextCursor: null })
  })

  test('goes back 7 days', async () => {
    const { purchases, reserved, history, emulator, now } = await setup()
    await purchases.complete(await reserved())
    await emulator.clock.advance((7 * day - 1) * 1000)
    expect((await history({ startEpochSeconds: now() - 7 * day })).body).toMatchObject({ events: [{}] })
    await emulator.clock.advance(2000)
    expect((await history({ startEpochSeconds: now() - 7 * day })).body).toMatchObject({ events: [] })
    expect(await history({ startEpochSeconds: now() - 7 * day - 1 })).toMatchObject({
      status: 400,
      ...refused('VALIDATION_ERROR'),
    })
    for (const wrong of [{ pageSize: 0 }, { pageSize: 101 }, { status: 'LATE' }])
      expect(await history(wrong)).toMatchObject({ status: 400, ...refused('VALIDATION_ERROR') })
  })

  test('is read by the client page by page, to the end', async () => {
    const { emulator, channel, purchases, reserved, now } = await setup()
    for (let count = 0; count < 3; count++) await purchases.complete(await reserved())
    const line = createLineClient({ ...channel, fetch: emulator.fetch, clock: emulator.clock })
    const found: string[] = []
    const input = { startEpochSeconds: now() - day, endEpochSeconds: now(), pageSize: 2 }
    for await (const { event } of each(line.miniApp.getWebhookEventHistory, input)) found.push(event.orderId)
    expect(found).toHaveLength(3)
  })
})
