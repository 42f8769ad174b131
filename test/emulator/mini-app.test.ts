import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { call, tokenFor } from './setup.js'

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
  const app = emulator.backstage.miniApp(channel)
  app.templates.add(template)
  const person = emulator.createPerson({ displayName: 'Mika' })
  const token = await tokenFor(emulator, channel)
  const open = async (of = channel) => (await emulator.issueLiffTokens(person, of)).accessToken
  const issue = (liffAccessToken: string, own = token) =>
    call(emulator, 'POST /message/v3/notifier/token', { liffAccessToken }, { token: own })
  const issued = async () => (await issue(await open())).body as Issued // what issuing answers
  const send = async (notificationToken: string, more: object = {}) =>
    call(
      emulator,
      'POST /message/v3/notifier/send?target=service',
      { templateName: template, params: { name: 'Mika' }, notificationToken, ...more },
      // The stateless token may have run out on the way.
      { token: await tokenFor(emulator, channel) },
    )
  return { emulator, channel, app, person, open, issue, issued, send }
}

describe('a service notification token', () => {
  test('is good for 5 messages within a year', async () => {
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

  test('is renewed by every send, and the one before is good for nothing', async () => {
    const { issued, send, app, person, emulator } = await setup()
    const first = await issued()
    await emulator.clock.advance(60_000)
    const answer = await send(first.notificationToken)
    const second = answer.body as Issued // what sending answers
    expect(answer).toMatchObject({
      status: 200,
      body: { expiresIn: year - 60, remainingCount: 4, sessionId: first.sessionId },
    })
    expect(second.notificationToken).not.toBe(first.notificationToken)
    expect(await send(first.notificationToken)).toMatchObject({
      status: 401,
      body: { message: 'Invalid notifier token' },
    })
    expect(app.messagesTo(person)).toEqual([
      { templateName: template, params: { name: 'Mika' }, at: emulator.clock.now() },
    ])
  })

  test('is gone after the fifth', async () => {
    const { issued, send, app, person } = await setup()
    let { notificationToken } = await issued()
    for (let left = 4; left > 0; left--) {
      const body = (await send(notificationToken)).body as Issued // what sending answers
      expect(body.remainingCount).toBe(left)
      notificationToken = body.notificationToken
    }
    expect(await send(notificationToken)).toMatchObject({ status: 200, body: { expiresIn: 0, remainingCount: 0 } })
    expect((await send(notificationToken)).status).toBe(401)
    expect(app.messagesTo(person)).toHaveLength(5)
  })

  test('ends after a year, however often it was renewed', async () => {
    const { issued, send, emulator } = await setup()
    const { notificationToken } = (await send((await issued()).notificationToken)).body as Issued // what sending answers
    await emulator.clock.advance(year * 1000)
    expect((await send(notificationToken)).status).toBe(401)
  })

  test('outlives a message that LINE refuses', async () => {
    const { issued, send } = await setup()
    const { notificationToken } = await issued()
    expect((await send(notificationToken, { templateName: 'other_en' })).status).toBe(403)
    expect((await send(notificationToken, { params: { name: 5 } })).status).toBe(400)
    expect((await send(notificationToken)).status).toBe(200)
  })
})

describe('a LIFF access token', () => {
  test('serves once', async () => {
    const { open, issue } = await setup()
    const liffAccessToken = await open()
    expect((await issue(liffAccessToken)).status).toBe(200)
    expect((await issue(liffAccessToken)).status).toBe(400)
    expect((await issue(await open())).status).toBe(200)
  })

  test('must be one of this channel that is alive', async () => {
    const { open, issue, emulator, channel } = await setup()
    const foreign = await open(emulator.createLoginChannel({ published: true }))
    expect((await issue(foreign)).status).toBe(401)
    expect((await issue('nonsense')).status).toBe(401)
    expect(await issue('')).toMatchObject({ status: 400, body: { message: '[liffAccessToken] must not be blank' } })
    const late = await open()
    await emulator.clock.advance(12 * 60 * 60 * 1000)
    expect(await issue(late, await tokenFor(emulator, channel))).toMatchObject({
      status: 401,
      body: { message: 'The access token expired' },
    })
  })

  test('is no good for a Login channel that is no LINE MINI App', async () => {
    const { open, issue, emulator } = await setup()
    const plain = emulator.createLoginChannel({ published: true })
    expect((await issue(await open(plain), await tokenFor(emulator, plain))).status).toBe(403)
  })
})
