import { createHash } from 'node:crypto'
import type { CreatePersonOptions } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { inbox, inputError, refusal, setup, text } from '../setup.js'

const day = 24 * 60 * 60 * 1000
const flexible = 'POST /bot/pnp/push'
const templated = 'POST /v2/bot/message/pnp/templated/push'
const phoneNumber = '+818000001234'
const hash = (number: string) => createHash('sha256').update(number).digest('hex')
const template = {
  templateKey: 'shipment_completed_ja',
  body: { items: [{ itemKey: 'number_001_ja', content: '1234567' }] },
}

/** An account that LINE has approved for notification messages, and a person who is not a friend. */
async function approved(person: Partial<CreatePersonOptions> = {}) {
  const world = await setup({ account: { settings: { notificationMessages: true } } })
  const { emulator, account, line } = world
  const receiver = inbox()
  account.connect(receiver)
  const aoi = emulator.createPerson({ displayName: 'Aoi', phoneNumber, ...person })
  const send = (to = phoneNumber, tag?: string) =>
    line(
      flexible,
      { to: hash(to), messages: [text('shipped')] },
      { headers: tag === undefined ? {} : { 'x-line-delivery-tag': tag } },
    )
  const sendTemplate = (to = phoneNumber) => line(templated, { to: hash(to), ...template })
  const delivered = async () => {
    await emulator.clock.advance(0)
    return receiver.events().map(({ type, delivery }) => ({ type, delivery }))
  }
  const chat = () => aoi.chatWith(account).map(({ message }) => message)
  return { ...world, receiver, aoi, send, sendTemplate, delivered, chat }
}

describe('a notification message by phone number', () => {
  test('reaches users who are not friends, and sends a delivery event', async () => {
    const { send, delivered, chat, receiver } = await approved()
    expect(await send()).toMatchObject({ status: 200, body: {} })
    expect(chat()).toEqual([text('shipped')])
    expect(await delivered()).toEqual([{ type: 'delivery', delivery: { data: hash(phoneNumber) } }])
    expect(receiver.events()[0]).not.toHaveProperty('source')
    expect(receiver.events()[0]).not.toHaveProperty('replyToken')
  })

  test('with a template is answered with 202, and is in the chat', async () => {
    const { sendTemplate, delivered, chat } = await approved()
    expect(await sendTemplate()).toMatchObject({ status: 202, body: {} })
    expect(chat()).toEqual([{ type: 'templatedNotification', ...template }])
    expect(await delivered()).toEqual([{ type: 'delivery', delivery: { data: hash(phoneNumber) } }])
  })

  test('uses the hash of LINE’s example', async () => {
    expect(hash(phoneNumber)).toBe('d41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c')
  })

  test.each([
    [15, 400],
    [16, 200],
    [100, 200],
    [101, 400],
  ])('with a delivery tag of %i characters is answered with %i, and the event has the tag', async (length, status) => {
    const { send, delivered } = await approved()
    const tag = 't'.repeat(length)
    expect((await send(phoneNumber, tag)).status).toBe(status)
    expect(await delivered()).toEqual(status === 200 ? [{ type: 'delivery', delivery: { data: tag } }] : [])
  })

  test('does not count against the monthly limit', async () => {
    const { send, line, account } = await approved()
    account.settings.monthlyLimit = 0
    expect((await send()).status).toBe(200)
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  })

  test('is accepted for a user who has blocked the account, and is not delivered', async () => {
    const { send, sendTemplate, delivered, aoi, account, chat } = await approved()
    await aoi.block(account)
    expect([(await send()).status, (await sendTemplate()).status]).toEqual([200, 202])
    await aoi.unblock(account)
    expect(chat()).toEqual([])
    expect((await delivered()).filter(({ type }) => type === 'delivery')).toEqual([])
  })

  test('is answered with 422 for an unknown phone number', async () => {
    const { send, sendTemplate } = await approved()
    expect(await send('+818000009999')).toMatchObject(refusal(422))
    expect(await sendTemplate('+818000009999')).toMatchObject(refusal(422))
  })

  test('is answered with 422 for a user who does not allow them', async () => {
    const { send, aoi, chat } = await approved({ notificationConsent: 'refused' })
    expect(await send()).toMatchObject(refusal(422))
    await aoi.allowNotifications(true)
    expect(chat()).toEqual([])
    expect((await send()).status).toBe(200)
    await aoi.allowNotifications(false)
    expect(await send()).toMatchObject(refusal(422))
  })

  test.each([
    ['+66812345678', 200],
    ['+886912345678', 200],
    ['+14155550100', 422],
  ])('to %s is answered with %i', async (number, status) => {
    const { send } = await approved({ phoneNumber: number })
    expect((await send(number)).status).toBe(status)
  })

  test('requires an account that LINE has approved', async () => {
    const { send, sendTemplate, account } = await approved()
    account.settings.notificationMessages = false
    expect(await send()).toMatchObject(refusal(403))
    expect(await sendTemplate()).toMatchObject(refusal(403))
  })

  test('does not accept a retry key', async () => {
    const { line, chat } = await approved()
    const headers = { 'x-line-retry-key': '123e4567-e89b-12d3-a456-426614174000' }
    expect((await line(flexible, { to: hash(phoneNumber), messages: [text('x')] }, { headers })).status).toBe(400)
    expect((await line(templated, { to: hash(phoneNumber), ...template }, { headers })).status).toBe(400)
    expect(chat()).toEqual([])
  })
})

describe('a user who has not decided', () => {
  test('gets the messages of the last 24 hours after allowing them', async () => {
    const { send, sendTemplate, aoi, chat, emulator, delivered } = await approved({ notificationConsent: 'unset' })
    expect((await send()).status).toBe(200)
    await emulator.clock.advance(1)
    expect((await sendTemplate()).status).toBe(202)
    expect([chat(), await delivered()]).toEqual([[], []])
    await emulator.clock.advance(day - 1)
    expect(await aoi.allowNotifications(true)).toMatchObject([{ reason: 'ok', event: { type: 'delivery' } }])
    expect(chat()).toEqual([{ type: 'templatedNotification', ...template }])
    await send()
    expect(chat()).toHaveLength(2)
  })

  test('gets no earlier messages after disallowing them', async () => {
    const { send, aoi, chat } = await approved({ notificationConsent: 'unset' })
    await send()
    expect(await aoi.allowNotifications(false)).toEqual([])
    expect(await aoi.allowNotifications(true)).toEqual([])
    expect(chat()).toEqual([])
  })
})

describe('invalid notification messages', () => {
  test.each([phoneNumber, hash(phoneNumber).toUpperCase(), hash(phoneNumber).slice(1), ''])(
    'the recipient %j is refused, since it is not a hash',
    async (to) => {
      const { line } = await approved()
      for (const [path, rest] of [
        [flexible, { messages: [text('x')] }],
        [templated, template],
      ] as const)
        expect(await line(path, { to, ...rest })).toMatchObject(refusal(400, 'to'))
    },
  )

  test('a duplicate item key is refused', async () => {
    const { line } = await approved()
    const item = { itemKey: 'date_002_ja', content: 'Saturday' }
    const refused = (body: object) => line(templated, { to: hash(phoneNumber), templateKey: 'x', body })
    expect((await refused({ emphasizedItem: item, items: [item] })).body).toEqual(
      refusal(400, 'body.emphasizedItem.itemKey').body,
    )
    expect((await refused({ items: [item, item] })).body).toEqual(refusal(400, 'body.items[1].itemKey').body)
  })

  test.each([
    [15, 0, 202],
    [16, 0, 400],
    [15, 2, 202],
    [15, 3, 400],
  ])('%i items and %i buttons are answered with %i', async (items, buttons, status) => {
    const { line } = await approved()
    const body = {
      items: Array.from({ length: items }, (_, at) => ({ itemKey: `item_${at}`, content: 'x' })),
      buttons: Array.from({ length: buttons }, (_, at) => ({ buttonKey: `button_${at}`, url: 'https://shop.example' })),
    }
    expect((await line(templated, { to: hash(phoneNumber), templateKey: 'x', body })).status).toBe(status)
  })

  test('an image message is refused', async () => {
    const { line } = await approved()
    const image = {
      type: 'image',
      originalContentUrl: 'https://pictures.example/1',
      previewImageUrl: 'https://pictures.example/1',
    }
    expect((await line(flexible, { to: hash(phoneNumber), messages: [image] })).status).toBe(400)
  })
})

describe('the number of delivered messages', () => {
  test('is counted by day and kind', async () => {
    const { send, sendTemplate, emulator, line, aoi, account } = await approved()
    await send()
    await send()
    await sendTemplate()
    await aoi.block(account)
    await send()
    const count = async (kind: string) => (await line(`GET /v2/bot/message/delivery/${kind}?date=20260101`)).body
    expect([await count('pnp'), await count('pnp/templated')]).toEqual([{ status: 'unready' }, { status: 'unready' }])
    await emulator.clock.advance(day)
    expect([await count('pnp'), await count('pnp/templated'), await count('push')]).toEqual([
      { status: 'ready', success: 2 },
      { status: 'ready', success: 1 },
      { status: 'ready', success: 0 },
    ])
  })
})

describe('a phone number', () => {
  test.each(['08000001234', '+81-80-0000-1234', '+8108000001234', '', '+0818000001234'])(
    'is refused in the form %j',
    async (number) => {
      const { emulator } = await setup()
      expect(() => emulator.createPerson({ displayName: 'Aoi', phoneNumber: number })).toThrow(inputError)
    },
  )

  test('belongs to one person, and is not part of the error', async () => {
    const { emulator } = await approved()
    expect(() => emulator.createPerson({ displayName: 'Ken', phoneNumber })).toThrow(inputError)
    expect(() => emulator.createPerson({ displayName: 'Ken', phoneNumber })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('8000001234') }),
    )
  })
})
