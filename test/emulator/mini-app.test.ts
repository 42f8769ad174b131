import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { call, refusal, tokenFor } from './setup.js'

const year = 365 * 24 * 60 * 60
const template = 'thankyou_msg_en'

interface Issued {
  readonly notificationToken: string
  readonly expiresIn: number
  readonly remainingCount: number
  readonly sessionId: string
}

async function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const channel = emulator.createLoginChannel({ published: true })
  const app = emulator.admin.miniApp(channel)
  app.templates.add(template)
  const person = emulator.createPerson({ displayName: 'Mika' })
  const token = await tokenFor(emulator, channel)
  const open = async (of = channel) => (await emulator.issueLiffTokens(person, of)).accessToken
  const issue = (liffAccessToken: string, own = token) =>
    call(emulator, 'POST /message/v3/notifier/token', { liffAccessToken }, { token: own })
  const issued = async () => (await issue(await open())).body as Issued // the response to issuing a token
  const send = async (notificationToken: string, more: object = {}) =>
    call(
      emulator,
      'POST /message/v3/notifier/send?target=service',
      { templateName: template, params: { name: 'Mika' }, notificationToken, ...more },
      // A stateless token of the start of the test may have expired.
      { token: await tokenFor(emulator, channel) },
    )
  return { emulator, channel, app, person, open, issue, issued, send }
}

describe('a service notification token', () => {
  test('is valid for 5 messages within a year', async () => {
    const { open, issue } = await setup()
    expect(await issue(await open())).toMatchObject({
      status: 200,
      body: {
        notificationToken: expect.any(String),
        expiresIn: year,
        remainingCount: 5,
        sessionId: expect.any(String),
      },
    })
  })

  test('is replaced by every send, and the previous one stops working', async () => {
    const { issued, send, app, person, emulator } = await setup()
    const first = await issued()
    await emulator.clock.advance(60_000)
    const answer = await send(first.notificationToken)
    const second = answer.body as Issued // the response to sending a message
    expect(answer).toMatchObject({
      status: 200,
      body: { expiresIn: year - 60, remainingCount: 4, sessionId: first.sessionId },
    })
    expect(second.notificationToken).not.toBe(first.notificationToken)
    expect(await send(first.notificationToken)).toMatchObject(refusal(401))
    expect(app.messagesTo(person)).toEqual([
      { templateName: template, params: { name: 'Mika' }, at: emulator.clock.now() },
    ])
  })

  test('stops working after the fifth message', async () => {
    const { issued, send, app, person } = await setup()
    let { notificationToken } = await issued()
    for (let left = 4; left > 0; left--) {
      const body = (await send(notificationToken)).body as Issued // the response to sending a message
      expect(body.remainingCount).toBe(left)
      notificationToken = body.notificationToken
    }
    expect(await send(notificationToken)).toMatchObject({ status: 200, body: { expiresIn: 0, remainingCount: 0 } })
    expect((await send(notificationToken)).status).toBe(401)
    expect(app.messagesTo(person)).toHaveLength(5)
  })

  test('expires after a year, even if it was renewed', async () => {
    const { issued, send, emulator } = await setup()
    const { notificationToken } = (await send((await issued()).notificationToken)).body as Issued // the response to sending a message
    await emulator.clock.advance(year * 1000)
    expect((await send(notificationToken)).status).toBe(401)
  })

  test('keeps working after a message that LINE refuses', async () => {
    const { issued, send } = await setup()
    const { notificationToken } = await issued()
    expect((await send(notificationToken, { templateName: 'other_en' })).status).toBe(403)
    expect((await send(notificationToken, { params: { name: 5 } })).status).toBe(400)
    expect((await send(notificationToken)).status).toBe(200)
  })
})

describe('a LIFF access token', () => {
  test('can be used once', async () => {
    const { open, issue } = await setup()
    const liffAccessToken = await open()
    expect((await issue(liffAccessToken)).status).toBe(200)
    expect((await issue(liffAccessToken)).status).toBe(400)
    expect((await issue(await open())).status).toBe(200)
  })

  test('must belong to this channel and be valid', async () => {
    const { open, issue, emulator, channel } = await setup()
    const foreign = await open(emulator.createLoginChannel({ published: true }))
    expect((await issue(foreign)).status).toBe(401)
    expect((await issue('nonsense')).status).toBe(401)
    expect(await issue('')).toMatchObject(refusal(400))
    const late = await open()
    await emulator.clock.advance(12 * 60 * 60 * 1000)
    expect(await issue(late, await tokenFor(emulator, channel))).toMatchObject(refusal(401))
  })

  test('is refused for a LINE Login channel that is not a LINE MINI App', async () => {
    const { open, issue, emulator } = await setup()
    const plain = emulator.createLoginChannel({ published: true })
    expect((await issue(await open(plain), await tokenFor(emulator, plain))).status).toBe(403)
  })
})
