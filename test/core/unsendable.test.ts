// What can never be sent is refused before anything is sent; a failed connection would be retried, and its outcome would be unknown.
import { createLineClient, type LineClient } from 'line-oa'
import { createCaller, type Operation } from 'line-oa/core'
import { Secret } from 'line-oa/credentials'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'

function setup(options: object = {}) {
  let requests = 0
  const line = createLineClient({
    channelAccessToken: 'x'.repeat(172),
    fetch: async (url, init) => {
      requests++
      new Request(url, init)
      return Response.json({})
    },
    ...options,
  })
  return { line, sent: () => requests }
}

const push = { to: 'U1', messages: [] }
const half = 'U\ud800'

describe('a value that cannot be sent', () => {
  test.each<[string, (line: LineClient) => Promise<unknown>]>([
    ['a botId with a line break', ({ messaging }) => messaging.pushMessage(push, { botId: 'a\r\nX: 1' })],
    ['a botId outside ASCII', ({ messaging }) => messaging.pushMessage(push, { botId: 'あ' })],
    ['an empty botId', ({ messaging }) => messaging.pushMessage(push, { botId: '' })],
    ['half of a surrogate pair in the path', ({ messaging }) => messaging.getProfile({ userId: half })],
    ['half of a surrogate pair in the query', ({ messaging }) => messaging.getFollowers({ start: half })],
    ['an object in the query', ({ messaging }) => messaging.getFollowers({ start: {} as never })],
    ['a retry key that is not a string', ({ messaging }) => messaging.pushMessage(push, { retryKey: 5 as never })],
    ['a signal that is not a signal', ({ messaging }) => messaging.pushMessage(push, { signal: {} as never })],
    ['a timeout of 0', ({ messaging }) => messaging.pushMessage(push, { timeout: 0 })],
    ['an input that is a string', ({ messaging }) => messaging.pushMessage('hello' as never)],
    ['an input that is null', ({ messaging }) => messaging.pushMessage(null as never)],
  ])('%s is refused without a request', async (_, call) => {
    const { line, sent } = setup()
    await expect(call(line)).rejects.toMatchObject({ code: 'LINE_INPUT', outcome: 'rejected' })
    expect(sent()).toBe(0)
  })

  test.each([
    'http://user:pass@127.0.0.1:9',
    'https://user@api.example',
    'http://api.example',
    'http://127.0.0.1.evil.example',
    'ftp://127.0.0.1',
    5,
    {},
  ])('the base URL %j is refused at construction', (baseUrl) => {
    expect(() => setup({ baseUrl })).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test.each([
    { baseUrl: 'http://127.0.0.1:3000' },
    { baseUrl: 'http://localhost:3000/' },
    { baseUrl: 'http://[::1]:3000' },
    { baseUrl: 'https://proxy.example/line' },
    { baseUrl: 'http://proxy.internal:8080', allowInsecure: true },
  ])('%j is accepted', async (options) => {
    const { line, sent } = setup(options)
    await line.messaging.getProfile({ userId: 'U1' })
    expect(sent()).toBe(1)
  })

  test.each([
    { timeout: Number.NaN },
    { timeout: -1 },
    { totalTimeout: '5' },
    { random: 5 },
    { fetch: 'fetch' },
    { limiter: {} },
    { hooks: 'log' },
    { clock: {} },
    { validate: {} },
    { botIdHeader: 5 },
  ])('the option %j is refused at construction', (options) => {
    expect(() => setup(options)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })
})

test('an access token of a call may be a Secret', async () => {
  const seen: (string | null)[] = []
  const line = createLineClient({
    channelAccessToken: 'channel-token',
    fetch: async (_, init) => {
      seen.push(new Headers(init?.headers).get('authorization'))
      return Response.json({})
    },
  })
  await line.messaging.getProfile({ userId: 'U1' }, { accessToken: new Secret('user-token') })
  expect(seen).toEqual(['Bearer user-token'])
})

test.each([Number.NaN, 5, -1, Number.POSITIVE_INFINITY, '0.5'])(
  'a `random` of %s keeps the pauses between attempts finite',
  async (value) => {
    const clock = new TestClock()
    const delays: number[] = []
    const answers = [500, 500, 200]
    const caller = createCaller({
      channelAccessToken: 'token',
      clock,
      // What a caller without types may pass.
      random: () => value as number,
      hooks: { retry: ({ delay }) => delays.push(delay) },
      fetch: async () => Response.json({}, { status: answers.shift() ?? 200 }),
    })
    const info: Operation<object, object> = { method: 'GET', path: '/v2/bot/info', repeat: 'safe', docs: '' }
    await clock.settle(caller.call(info, {}))
    expect(delays).toHaveLength(2)
    for (const delay of delays) expect(delay >= 0 && delay <= 10_000).toBe(true)
  },
)

test('retry keys are unique for any `random`', async () => {
  const keys: unknown[] = []
  const line = createLineClient({
    channelAccessToken: 'token',
    random: () => 0,
    fetch: async (_, init) => {
      keys.push(new Headers(init?.headers).get('x-line-retry-key'))
      return Response.json({ sentMessages: [] })
    },
  })
  for (let i = 0; i < 5; i++) await line.messaging.pushMessage({ to: 'U1', messages: [{ type: 'text', text: 'a' }] })
  expect(new Set(keys).size).toBe(5)
})

describe('credentials that LINE or a proxy repeats in an error', () => {
  const secret = '0123456789abcdef0123456789abcdef'
  const token = 'token-of-the-channel'
  const exchange: Operation<object, object> = {
    method: 'POST',
    path: '/oauth2/v2.1/token',
    body: 'form',
    auth: 'none',
    repeat: 'safe',
    docs: '',
  }
  const info: Operation<object, object> = { method: 'GET', path: '/v2/bot/info', repeat: 'safe', docs: '' }

  async function refused(body: object, headers: Record<string, string> = {}) {
    const clock = new TestClock()
    const told: unknown[] = []
    const hooks = {
      request: (event: object) => void told.push(event),
      response: (event: object) => void told.push(event),
      retry: (event: object) => void told.push(event),
      warning: (event: object) => void told.push(event),
    }
    const caller = createCaller({
      channelAccessToken: token,
      clock,
      hooks,
      fetch: async () => Response.json(body, { status: 400, headers }),
    })
    const input = { client_secret: secret, code: 'code-of-the-login', liffAccessToken: 'token-of-the-liff-app' }
    const calls = [caller.call(exchange, input), caller.call(info, {})]
    const errors = await Promise.all(calls.map((call) => call.catch((thrown: unknown) => thrown)))
    return { errors, all: JSON.stringify([errors, told, errors.map(String)]) }
  }

  test('are replaced in the message, the details and the OAuth error', async () => {
    const said = `bad ${secret} code-of-the-login token-of-the-liff-app ${token}`
    for (const body of [
      { message: said, details: [{ message: said, property: said }] },
      { error: said, error_description: said },
      { message: 'bad', details: [{ message: said, property: `to ${secret}` }] },
    ]) {
      const { errors } = await refused(body)
      expect(errors).toMatchObject([{ code: 'LINE_API' }, { code: 'LINE_API' }])
      expect(JSON.stringify([errors[0], String(errors[0])])).not.toMatch(
        new RegExp(`${secret}|code-of-the-login|token-of-the-liff-app`),
      )
      expect(JSON.stringify([errors[1], String(errors[1])])).not.toContain(token)
    }
  })

  test('are replaced, too, if they contain half of a surrogate pair', async () => {
    const replyToken = 'reply-token-\ud800'
    const { line } = setup({
      fetch: async () => new Response(JSON.stringify({ message: `Invalid ${replyToken}` }), { status: 400 }),
    })
    const error = await line.messaging.replyMessage({ replyToken, messages: [] }).catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'LINE_API', lineMessage: 'Invalid [redacted]' })
  })

  test('are no request IDs', async () => {
    const { errors, all } = await refused({ message: 'bad' }, { 'x-line-request-id': `id ${secret}` })
    expect(errors).toMatchObject([{ requestId: undefined }, { requestId: undefined }])
    expect(all).not.toContain(secret)
  })
})
