// Options that are wrong are refused at once; errors of calls that got no response say what happened. Neither quotes a secret.
import { inspect } from 'node:util'
import { createLineClient } from 'line-oa'
import { createCaller, type Operation } from 'line-oa/core'
import { Secret } from 'line-oa/credentials'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'

const info: Operation<object, { userId: string }> = { method: 'GET', path: '/v2/bot/info', repeat: 'safe', docs: '' }
const reply: Operation<object, object> = { method: 'POST', path: '/v2/bot/message/reply', repeat: 'never', docs: '' }

const bot = () => Response.json({ userId: 'U1' })
const inputError = expect.objectContaining({ code: 'LINE_INPUT' })

/** The error of a reply whose fetch rejects. */
const failedFetch = (error: Error): Promise<unknown> =>
  createCaller({ channelAccessToken: 't', fetch: () => Promise.reject(error) })
    .call(reply, {})
    .catch((thrown: unknown) => thrown)

describe('a channel access token', () => {
  test('is used without the spaces and line breaks around it', async () => {
    const seen: (string | null)[] = []
    const fetch = async (_: unknown, init?: RequestInit) => {
      seen.push(new Headers(init?.headers).get('authorization'))
      return bot()
    }
    await createCaller({ channelAccessToken: ' abc\n', fetch }).call(info, {})
    await createCaller({ fetch }).call(info, {}, { accessToken: 'def\r\n' })
    await createCaller({ channelAccessToken: { get: async () => '\tghi' }, fetch }).call(info, {})
    await createCaller({ channelAccessToken: 'jk\r\nl', fetch }).call(info, {})
    await createCaller({ fetch }).call(info, {}, { accessToken: new Secret('mno\n') })
    expect(seen).toEqual(['Bearer abc', 'Bearer def', 'Bearer ghi', 'Bearer jkl', 'Bearer mno'])
  })

  test.each(['', '  ', 'Bearer abc', 'abc def', 'ab\u{ff43}', 'undefined', '$LINE_TOKEN', 'YOUR_CHANNEL_ACCESS_TOKEN'])(
    '%j is refused at once, and not quoted',
    (channelAccessToken) => {
      const make = () => createCaller({ channelAccessToken })
      expect(make).toThrow(inputError)
      expect(make).not.toThrow(/abc|def/)
    },
  )
})

describe('a channel ID and a channel secret', () => {
  const make = (channelId: string, channelSecret: string) => () => createLineClient({ channelId, channelSecret })

  test('are refused when they are swapped, and the secret is not quoted', () => {
    const swapped = make('0123456789abcdef0123456789abcdef', '1234567890')
    expect(swapped).toThrow(inputError)
    expect(swapped).not.toThrow(/0123456789abcdef/)
  })

  test.each(['@shop', '\uff11\uff12\uff13', '12 34', 'undefined'])('are refused when the ID is %j', (id) =>
    expect(make(id, 's')).toThrow(inputError),
  )

  test.each(['  ', 'a b', '\uff41'])('are refused when the secret is %j', (secret) =>
    expect(make('1', secret)).toThrow(inputError),
  )

  test('are used without the spaces and line breaks around them', async () => {
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
  '%j is refused as a base URL',
  (baseUrl) => expect(() => createCaller({ baseUrl })).toThrow(inputError),
)

describe('a call without a response', () => {
  test('fails with the error code of the runtime', async () => {
    const cause = Object.assign(new Error('connect to 10.0.0.1 with token=abc'), { code: 'ECONNREFUSED' })
    const error = await failedFetch(new TypeError('fetch failed', { cause }))
    expect(error).toMatchObject({ code: 'LINE_NETWORK', reason: 'ECONNREFUSED', outcome: 'unknown' })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/10\.0\.0\.1|abc/)
  })

  test('fails with the name of an error that has no code, and without its text', async () => {
    const error = await failedFetch(new RangeError('my bug, and a secret'))
    expect(error).toMatchObject({ code: 'LINE_NETWORK', reason: 'RangeError' })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret')
  })

  test('times out after its last attempt', async () => {
    const clock = new TestClock()
    let attempts = 0
    const fetch = () => {
      attempts += 1
      return new Promise<Response>(() => {})
    }
    const call = createCaller({ channelAccessToken: 't', clock, fetch, timeout: 3000 }).call(info, {})
    await expect(clock.settle(call)).rejects.toMatchObject({ code: 'LINE_TIMEOUT', outcome: 'unknown' })
    expect(attempts).toBe(4)
  })

  test("carries the reason of the caller's signal as its cause, and leaves it out of JSON", async () => {
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

test('a wrong channel secret is an authentication error', async () => {
  const refusal = { error: 'invalid_request', error_description: "Invalid 'client_credentials'." }
  const line = createLineClient({
    channelId: '1',
    channelSecret: 's',
    fetch: async () => Response.json(refusal, { status: 400 }),
  })
  await expect(line.messaging.getBotInfo()).rejects.toMatchObject({ code: 'LINE_AUTHENTICATION', status: 400 })
})
