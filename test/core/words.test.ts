// What people read when something is set up wrongly, or when no answer came: it must say where to look, and quote nothing.
import { inspect } from 'node:util'
import { createLineClient } from 'line-oa'
import { type CreateCallerOptions, createCaller, type Operation } from 'line-oa/core'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'

const info: Operation<object, { userId: string }> = { method: 'GET', path: '/v2/bot/info', repeat: 'safe', docs: '' }
const reply: Operation<object, object> = { method: 'POST', path: '/v2/bot/message/reply', repeat: 'never', docs: '' }

const bot = () => Response.json({ userId: 'U1' })
const caught = (options: CreateCallerOptions, operation: Operation<object, object> = reply) =>
  createCaller({ channelAccessToken: 't', ...options })
    .call(operation, {})
    .then(
      () => expect.unreachable('it succeeded'),
      (error: unknown) => error,
    )

describe('tokens', () => {
  test('spaces and line breaks around one are left out', async () => {
    const seen: (string | null)[] = []
    const fetch = async (_: unknown, init?: RequestInit) => {
      seen.push(new Headers(init?.headers).get('authorization'))
      return bot()
    }
    await createCaller({ channelAccessToken: ' abc\n', fetch }).call(info, {})
    await createCaller({ fetch }).call(info, {}, { accessToken: 'def\r\n' })
    await createCaller({ channelAccessToken: { get: async () => '\tghi' }, fetch }).call(info, {})
    expect(seen).toEqual(['Bearer abc', 'Bearer def', 'Bearer ghi'])
  })

  test.each([
    ['', /it is empty/],
    ['  ', /it is empty/],
    ['Bearer abc', /without "Bearer"/],
    ['abc\ndef', /it holds what no token has/],
    ['ab\u{ff43}', /it holds what no token has/],
  ])('%j is refused at once, without being quoted', (channelAccessToken, words) => {
    const make = () => createCaller({ channelAccessToken })
    expect(make).toThrow(words)
    expect(make).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
    expect(make).not.toThrow(/abc|def/)
  })
})

describe('ID and secret', () => {
  const make = (channelId: string, channelSecret: string) => () => createLineClient({ channelId, channelSecret })

  test('in the place of each other they are told', () =>
    expect(make('0123456789abcdef0123456789abcdef', '1234567890')).toThrow(/^channelId: it is a number/))
  test.each(['@shop', '\uff11\uff12\uff13', '12 34', 'undefined'])('%j is no ID', (id) =>
    expect(make(id, 's')).toThrow(/^channelId/),
  )
  test.each(['  ', 'a b', '\uff41'])('%j is no secret', (secret) => expect(make('1', secret)).toThrow(/^channelSecret/))

  test('what a file of settings adds around them is left out', async () => {
    const bodies: string[] = []
    const fetch = async (url: unknown, init?: RequestInit) => {
      bodies.push(String(init?.body))
      return String(url).includes('token')
        ? Response.json({ access_token: 'a', expires_in: 900, token_type: 'Bearer' })
        : bot()
    }
    await createLineClient({ channelId: ' 123 ', channelSecret: 'abc\n', fetch }).messaging.getBotInfo()
    expect(bodies[0]).toContain('client_id=123&client_secret=abc')
  })
})

test.each(['localhost:3000', 'api.line.me', 'ftp://127.0.0.1', 'http://', 'http://127.0.0.1/?x=1'])(
  '%j is no base URL',
  (baseUrl) => expect(() => createCaller({ baseUrl })).toThrow(/^baseUrl: it is a URL such as/),
)

describe('where no answer came', () => {
  test('a lost connection names the host and the code of the runtime', async () => {
    const cause = Object.assign(new Error('connect to 10.0.0.1 with token=abc'), { code: 'ECONNREFUSED' })
    const error = await caught({ fetch: () => Promise.reject(new TypeError('fetch failed', { cause })) })
    expect(error).toMatchObject({ code: 'LINE_NETWORK', reason: 'ECONNREFUSED', outcome: 'unknown' })
    expect(String(error)).toMatch(/the connection to api\.line\.me failed \(ECONNREFUSED\)$/)
  })

  test('an error without a code is told by its name, without its words', async () => {
    const error = await caught({ fetch: () => Promise.reject(new RangeError('my bug, and a secret')) })
    expect(error).toMatchObject({ reason: 'RangeError' })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret')
  })

  test('a time-out says how long and how often', async () => {
    const clock = new TestClock()
    const call = createCaller({
      channelAccessToken: 't',
      clock,
      fetch: () => new Promise(() => {}),
      timeout: 3000,
    }).call(info, {})
    await expect(clock.settle(call)).rejects.toThrow(/no answer in time \(3000 ms each, 30000 ms in all\), 4 times$/)
  })

  test("an abort carries the caller's reason, and shows it to nobody who prints the facts", async () => {
    const stop = new AbortController()
    const call = createCaller({ channelAccessToken: 't', fetch: () => new Promise(() => {}) }).call(
      info,
      {},
      { signal: stop.signal },
    )
    const why = new Error('the user left')
    stop.abort(why)
    const error = await call.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'LINE_ABORTED', cause: why })
    expect(JSON.stringify(error)).not.toContain('left')
  })
})

test.each([
  [400, 'Failed to send messages', /user IDs differ by provider/],
  [403, 'Access to this API is not available for your account', /verified and premium/],
])('%i %s has a hint', async (status, message, hint) => {
  const error = await caught({ fetch: async () => Response.json({ message }, { status }) })
  expect(error).toMatchObject({ hint: expect.stringMatching(hint), message: expect.stringMatching(hint) })
})

test('a wrong secret is a matter of authentication', async () => {
  const refusal = { error: 'invalid_request', error_description: "Invalid 'client_credentials'." }
  const line = createLineClient({
    channelId: '1',
    channelSecret: 's',
    fetch: async () => Response.json(refusal, { status: 400 }),
  })
  await expect(line.messaging.getBotInfo()).rejects.toMatchObject({ code: 'LINE_AUTHENTICATION', status: 400 })
})
