import { createHash } from 'node:crypto'
import type { CreatePersonOptions } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { inbox, setup, text } from '../setup.js'
import { mistake } from './rich-menus.js'

const day = 24 * 60 * 60 * 1000
const flexible = 'POST /bot/pnp/push'
const templated = 'POST /v2/bot/message/pnp/templated/push'
const phoneNumber = '+818000001234'
const hash = (number: string) => createHash('sha256').update(number).digest('hex')
const failed = { status: 422, body: { message: 'Failed to send messages' } }
const refusal = expect.objectContaining({ code: 'LINE_INPUT' })
const template = {
  templateKey: 'shipment_completed_ja',
  body: { items: [{ itemKey: 'number_001_ja', content: '1234567' }] },
}

/** An account that LINE has approved, and somebody who is no friend of it. */
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
  test('reaches the person, friend or not, and LINE tells when it has', async () => {
    const { send, delivered, chat, receiver } = await approved()
    expect(await send()).toMatchObject({ status: 200, body: {} })
    expect(chat()).toEqual([text('shipped')])
    expect(await delivered()).toEqual([{ type: 'delivery', delivery: { data: hash(phoneNumber) } }])
    expect(receiver.events()[0]).not.toHaveProperty('source')
    expect(receiver.events()[0]).not.toHaveProperty('replyToken')
  })

  test('of a template is 202, and stands in the chat as one', async () => {
    const { sendTemplate, delivered, chat } = await approved()
    expect(await sendTemplate()).toMatchObject({ status: 202, body: {} })
    expect(chat()).toEqual([{ type: 'templatedNotification', ...template }])
    expect(await delivered()).toEqual([{ type: 'delivery', delivery: { data: hash(phoneNumber) } }])
  })

  test('is the number’s in LINE’s own example', async () => {
    expect(hash(phoneNumber)).toBe('d41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c')
  })

  test.each([
    [15, 400],
    [16, 200],
    [100, 200],
    [101, 400],
  ])('a delivery tag of %i characters is answered %i, and comes back', async (length, status) => {
    const { send, delivered } = await approved()
    const tag = 't'.repeat(length)
    expect((await send(phoneNumber, tag)).status).toBe(status)
    expect(await delivered()).toEqual(status === 200 ? [{ type: 'delivery', delivery: { data: tag } }] : [])
  })

  test('costs nothing of the month’s limit', async () => {
    const { send, line, account } = await approved()
    account.settings.monthlyLimit = 0
    expect((await send()).status).toBe(200)
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  })

  test('is accepted for somebody who has blocked the account, and never comes', async () => {
    const { send, sendTemplate, delivered, aoi, account, chat } = await approved()
    await aoi.block(account)
    expect([(await send()).status, (await sendTemplate()).status]).toEqual([200, 202])
    await aoi.unblock(account)
    expect(chat()).toEqual([])
    expect((await delivered()).filter(({ type }) => type === 'delivery')).toEqual([])
  })

  test('is 422 for a number that nobody has', async () => {
    const { send, sendTemplate } = await approved()
    expect(await send('+818000009999')).toMatchObject(failed)
    expect(await sendTemplate('+818000009999')).toMatchObject(failed)
  })

  test('is 422 for somebody who refuses it', async () => {
    const { send, aoi, chat } = await approved({ notificationConsent: 'refused' })
    expect(await send()).toMatchObject(failed)
    await aoi.allowNotifications(true)
    expect(chat()).toEqual([])
    expect((await send()).status).toBe(200)
    await aoi.allowNotifications(false)
    expect(await send()).toMatchObject(failed)
  })

  test.each([
    ['+66812345678', 200],
    ['+886912345678', 200],
    ['+14155550100', 422],
  ])('the number %s is answered %i', async (number, status) => {
    const { send } = await approved({ phoneNumber: number })
    expect((await send(number)).status).toBe(status)
  })

  test('is for accounts that LINE has approved', async () => {
    const { send, sendTemplate, account } = await approved()
    account.settings.notificationMessages = false
    const refused = { status: 403, body: { message: 'Access to this API is not available for your account' } }
    expect(await send()).toMatchObject(refused)
    expect(await sendTemplate()).toMatchObject(refused)
  })

  test('takes no retry key', async () => {
    const { line, chat } = await approved()
    const headers = { 'x-line-retry-key': '123e4567-e89b-12d3-a456-426614174000' }
    expect((await line(flexible, { to: hash(phoneNumber), messages: [text('x')] }, { headers })).status).toBe(400)
    expect((await line(templated, { to: hash(phoneNumber), ...template }, { headers })).status).toBe(400)
    expect(chat()).toEqual([])
  })
})

describe('somebody who has said neither yes nor no', () => {
  test('gets what was sent when they agree within a day', async () => {
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

  test('gets nothing when they refuse, then or later', async () => {
    const { send, aoi, chat } = await approved({ notificationConsent: 'unset' })
    await send()
    expect(await aoi.allowNotifications(false)).toEqual([])
    expect(await aoi.allowNotifications(true)).toEqual([])
    expect(chat()).toEqual([])
  })
})

describe('what LINE refuses in words of its own', () => {
  test.each([phoneNumber, hash(phoneNumber).toUpperCase(), hash(phoneNumber).slice(1), ''])(
    '%j is no hash',
    async (to) => {
      const { line } = await approved()
      for (const [path, rest] of [
        [flexible, { messages: [text('x')] }],
        [templated, template],
      ] as const)
        expect(await line(path, { to, ...rest })).toMatchObject({
          status: 400,
          body: mistake('The value must be a valid SHA-256 digest.', 'to'),
        })
    },
  )

  test('an item that stands twice', async () => {
    const { line } = await approved()
    const item = { itemKey: 'date_002_ja', content: 'Saturday' }
    const refused = (body: object) => line(templated, { to: hash(phoneNumber), templateKey: 'x', body })
    const message = 'Duplicate itemKey in items or between emphasizedItem and items are not allowed: date_002_ja'
    expect((await refused({ emphasizedItem: item, items: [item] })).body).toEqual(
      mistake(message, 'body.emphasizedItem.itemKey'),
    )
    expect((await refused({ items: [item, item] })).body).toEqual(mistake(message, 'body.items[1].itemKey'))
  })

  test.each([
    [15, 0, 202],
    [16, 0, 400],
    [15, 2, 202],
    [15, 3, 400],
  ])('%i items and %i buttons are answered %i', async (items, buttons, status) => {
    const { line } = await approved()
    const body = {
      items: Array.from({ length: items }, (_, at) => ({ itemKey: `item_${at}`, content: 'x' })),
      buttons: Array.from({ length: buttons }, (_, at) => ({ buttonKey: `button_${at}`, url: 'https://shop.example' })),
    }
    expect((await line(templated, { to: hash(phoneNumber), templateKey: 'x', body })).status).toBe(status)
  })

  test('an image is none of the messages', async () => {
    const { line } = await approved()
    const image = {
      type: 'image',
      originalContentUrl: 'https://pictures.example/1',
      previewImageUrl: 'https://pictures.example/1',
    }
    expect((await line(flexible, { to: hash(phoneNumber), messages: [image] })).status).toBe(400)
  })
})

describe('how many came', () => {
  test('is counted by day and way, when they have come', async () => {
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
    'is not %j',
    async (number) => {
      const { emulator } = await setup()
      expect(() => emulator.createPerson({ displayName: 'Aoi', phoneNumber: number })).toThrow(refusal)
    },
  )

  test('is somebody’s alone, and no error says it', async () => {
    const { emulator } = await approved()
    expect(() => emulator.createPerson({ displayName: 'Ken', phoneNumber })).toThrow(refusal)
    expect(() => emulator.createPerson({ displayName: 'Ken', phoneNumber })).toThrow(/^(?!.*8000001234)/)
  })
})
