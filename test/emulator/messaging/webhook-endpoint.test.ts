import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { inbox, refusal, setup } from '../setup.js'

const endpointPath = '/v2/bot/channel/webhook/endpoint'
const testPath = '/v2/bot/channel/webhook/test'

describe('the webhook URL', () => {
  test('is not found until it is set', async () => {
    const { line } = await setup()
    expect(await line(`GET ${endpointPath}`)).toMatchObject(refusal(404))
    expect(await line(`POST ${testPath}`, {})).toMatchObject(refusal(404))
    expect(await line(`PUT ${endpointPath}`, { endpoint: 'https://bot.example/hook' })).toMatchObject({
      status: 200,
      body: {},
    })
    expect((await line(`GET ${endpointPath}`)).body).toEqual({ endpoint: 'https://bot.example/hook', active: false })
  })

  test('is activated in a console only', async () => {
    const { line, account } = await setup()
    await line(`PUT ${endpointPath}`, { endpoint: 'https://bot.example/hook' })
    account.settings.webhook = true
    expect((await line(`GET ${endpointPath}`)).body).toMatchObject({ active: true })
  })

  test.each([
    'http://bot.example/',
    'ftp://bot.example/',
    'bot.example',
    '',
    'https://',
    'javascript:alert(1)',
    'https://user:password@bot.example/',
    'http://127.evil.example/',
    'http://localhost.evil.example/',
  ])('%j is refused', async (endpoint) => {
    const { line } = await setup()
    expect(await line(`PUT ${endpointPath}`, { endpoint })).toMatchObject(refusal(400))
    expect(await line(`POST ${testPath}`, { endpoint })).toMatchObject(refusal(400))
    expect((await line(`GET ${endpointPath}`)).status).toBe(404)
  })

  test.each(['https://bot.example/', 'http://localhost:3000/', 'http://127.0.0.1:3000/hook', 'http://[::1]:3000/'])(
    '%j is accepted',
    async (endpoint) => {
      const { line } = await setup()
      expect((await line(`PUT ${endpointPath}`, { endpoint })).status).toBe(200)
    },
  )

  test('has a maximum length of 500 characters', async () => {
    const { line } = await setup()
    const ofLength = (length: number) => 'https://bot.example/'.padEnd(length, 'x')
    expect((await line(`PUT ${endpointPath}`, { endpoint: ofLength(500) })).status).toBe(200)
    expect((await line(`PUT ${endpointPath}`, { endpoint: ofLength(501) })).status).toBe(400)
  })
})

describe('the test of the webhook URL', () => {
  test('posts a signed request without events, and returns the result', async () => {
    const { line, account } = await setup()
    const receiver = inbox()
    account.connect(receiver)
    expect((await line(`POST ${testPath}`, {})).body).toEqual({
      success: true,
      timestamp: '2026-01-01T00:00:00.000Z',
      statusCode: 200,
      reason: 'OK',
      detail: '200',
    })
    const [request] = receiver.requests
    expect(request?.body).toEqual({ destination: account.userId, events: [] })
    expect(request?.headers.get('x-line-signature')).toBe(
      createHmac('sha256', account.channelSecret)
        .update(request?.raw ?? '')
        .digest('base64'),
    )
    expect(account.deliveries.filter(({ status }) => status !== undefined)).toEqual([])
  })

  test('works while the webhook is off, and for another URL', async () => {
    const { line, account } = await setup()
    const receiver = inbox()
    account.connect(receiver, { url: 'https://bot.example/new' })
    Object.assign(account.settings, { webhook: false, webhookUrl: undefined })
    expect((await line(`POST ${testPath}`, { endpoint: 'https://bot.example/new' })).body).toMatchObject({
      success: true,
    })
    expect((await line(`GET ${endpointPath}`)).status).toBe(404)
  })

  test.each([204, 201])('succeeds for the status %i', async (status) => {
    const { line, account } = await setup()
    account.connect(inbox(() => new Response(null, { status })))
    expect((await line(`POST ${testPath}`, {})).body).toMatchObject({
      success: true,
      statusCode: status,
      reason: 'OK',
      detail: `${status}`,
    })
  })

  test.each([302, 400, 401, 500])('fails for the status %i, and is answered with 200', async (status) => {
    const { line, account } = await setup()
    account.connect(inbox(() => new Response(null, { status })))
    expect(await line(`POST ${testPath}`, {})).toMatchObject({
      status: 200,
      body: { success: false, statusCode: status, reason: 'ERROR_STATUS_CODE', detail: `${status}` },
    })
  })

  test('times out after 2 seconds', async () => {
    const { line, account, emulator } = await setup()
    account.connect(inbox(() => new Promise(() => {})))
    const tested = line(`POST ${testPath}`, {})
    let answered = false
    tested.then(() => {
      answered = true
    })
    await emulator.clock.advance(1999)
    expect(answered).toBe(false)
    await emulator.clock.advance(1)
    expect(await tested).toMatchObject({
      status: 200,
      body: {
        success: false,
        statusCode: 0,
        reason: 'REQUEST_TIMEOUT',
        detail: expect.any(String),
      },
    })
  })

  test.each([
    ['ECONNREFUSED', { status: 200, body: { success: false, statusCode: 0, reason: 'COULD_NOT_CONNECT' } }],
    ['ECONNRESET', { status: 200, body: { success: false, statusCode: 0, reason: 'UNCLASSIFIED' } }],
    ['ELSE', { status: 200, body: { success: false, statusCode: 0, reason: 'UNCLASSIFIED' } }],
    ['ENOTFOUND', refusal(400)],
  ])('a connection that fails with %s has its reason', async (code, answer) => {
    const deliver = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }))
    const { line } = await setup({ deliver })
    expect(await line(`POST ${testPath}`, { endpoint: 'https://bot.example/' })).toMatchObject(answer)
  })

  test('without `deliver`, requests go to loopback addresses only', async () => {
    const { line } = await setup()
    expect((await line(`POST ${testPath}`, { endpoint: 'https://bot.example/' })).body).toMatchObject({
      success: false,
      reason: 'COULD_NOT_CONNECT',
    })
    expect(await line(`POST ${testPath}`, { endpoint: 'https://bot.invalid/' })).toMatchObject(refusal(400))
  })
})
