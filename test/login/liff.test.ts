import { createLoginClient } from 'line-oa/login'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { fakeLine, json } from './fake-line.js'
import { channelId, claims, hs256, jwt, lineKey, now, userId } from './signed-tokens.js'

const key = lineKey('liff')
/** Like access tokens of LINE: it has the form of a JWT, but its payload is not JSON. */
const accessToken = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from([0x51, 0x7f, 0xea, 0xf8]).toString('base64url')}.NvK`

function setup(answers: Parameters<typeof fakeLine>[0] = {}) {
  const line = fakeLine({ 'GET /oauth2/v2.1/certs': () => json({ keys: [key.jwk] }), ...answers })
  const clock = new TestClock(now * 1000)
  const login = createLoginClient({ channelId, fetch: line.fetch, clock, provider: 'japan' })
  const enter = (authorization?: string) =>
    login.authenticateLiff(
      new Request('https://example.com/api', { headers: authorization === undefined ? {} : { authorization } }),
    )
  return { ...line, clock, login, enter }
}

async function refused(entered: ReturnType<ReturnType<typeof setup>['enter']>) {
  const auth = await entered
  if (auth.ok) throw new Error('the request was accepted')
  const { status, headers } = auth.response
  const body: unknown = await auth.response.json()
  expect(body).toEqual({ reason: auth.reason, message: auth.error.message })
  expect(headers.get('cache-control')).toBe('no-store')
  return { reason: auth.reason, status, challenge: headers.get('www-authenticate') }
}

describe('an ID token', () => {
  test('is accepted with a request for the keys only', async () => {
    const { enter, seen } = setup()
    const auth = await enter(`Bearer ${key.token()}`)
    expect(auth).toMatchObject({
      ok: true,
      user: { userId, name: claims.name, picture: claims.picture, claims: { sub: userId } },
    })
    await enter(`bearer   ${key.token()} `)
    expect(seen.map(({ call }) => call)).toEqual(['GET /oauth2/v2.1/certs'])
  })

  test.each([
    ['expired by one second', key.token({ exp: now - 1 }), 'expired'],
    ['of another channel', key.token({ aud: '999' }), 'audience'],
    ['of a key that LINE does not have', key.token({}, { kid: 'other' }), 'unknown-key'],
    ['forged', `${key.token().slice(0, -86)}${'A'.repeat(86)}`, 'signature'],
    ['of a web login, without a channel secret', hs256(), 'algorithm'],
    ['without a signature', jwt({ alg: 'none' }, claims, () => ''), 'algorithm'],
  ])('is refused with 401: %s', async (_, token, reason) => {
    const { enter } = setup()
    expect(await refused(enter(`Bearer ${token}`))).toEqual({
      reason,
      status: 401,
      challenge: 'Bearer error="invalid_token"',
    })
  })
})

describe('an access token', () => {
  test.each([accessToken, 'bNl4YEFPI/hjFWhTqexp4MuEw5YPs+=='])(
    'is accepted and read with the profile: %s',
    async (token) => {
      const { enter, seen } = setup()
      expect(await enter(`Bearer ${token}`)).toEqual({
        ok: true,
        user: {
          userId,
          name: 'Brown',
          picture: 'https://profile.line-scdn.net/a',
          claims: undefined,
          scope: ['profile', 'openid'],
        },
      })
      expect(seen.map(({ call }) => call)).toEqual(['GET /oauth2/v2.1/verify', 'GET /v2/profile'])
    },
  )

  test('without the scope profile is read with the user info', async () => {
    const { enter, seen } = setup({
      'GET /oauth2/v2.1/verify': () => json({ scope: 'openid', client_id: channelId, expires_in: 1 }),
    })
    expect(await enter(`Bearer ${accessToken}`)).toMatchObject({
      ok: true,
      user: { userId, name: 'Brown', scope: ['openid'] },
    })
    expect(seen.at(-1)?.call).toBe('GET /oauth2/v2.1/userinfo')
  })

  test('of another channel is refused with 401, and the profile is not read', async () => {
    const { enter, seen } = setup({
      'GET /oauth2/v2.1/verify': () => json({ scope: 'profile', client_id: '999', expires_in: 1 }),
    })
    expect(await refused(enter(`Bearer ${accessToken}`))).toMatchObject({ reason: 'channel', status: 401 })
    expect(seen).toHaveLength(1)
  })

  test('that has expired is refused with 401', async () => {
    const expired = () => json({ error: 'invalid_request', error_description: 'The access token expired' }, 400)
    const { enter } = setup({ 'GET /oauth2/v2.1/verify': expired })
    expect(await refused(enter(`Bearer ${accessToken}`))).toMatchObject({ reason: 'access-token', status: 401 })
  })

  test('whose consent was withdrawn between the two calls is refused with 401', async () => {
    const { enter } = setup({ 'GET /v2/profile': () => json({ message: 'The access token revoked' }, 401) })
    expect(await refused(enter(`Bearer ${accessToken}`))).toMatchObject({ reason: 'access-token', status: 401 })
  })

  test.each([
    [
      'its scopes are neither profile nor openid',
      { 'GET /oauth2/v2.1/verify': () => json({ scope: 'chat_message.write', client_id: channelId, expires_in: 1 }) },
    ],
    ['LINE answers 403', { 'GET /v2/profile': () => json({ message: 'Not authorized' }, 403) }],
  ])('that does not identify the user is refused with 403: %s', async (_, answers) => {
    const { enter } = setup(answers)
    expect(await refused(enter(`Bearer ${accessToken}`))).toEqual({
      reason: 'scope',
      status: 403,
      challenge: 'Bearer error="insufficient_scope"',
    })
  })
})

describe('a request without a token', () => {
  test.each([undefined, '', 'Bearer', 'Bearer ', 'Basic dTpw', 'Bearer a b', 'Bearer a, Bearer b', 'xBearer a'])(
    'is refused with 401: %j',
    async (header) => {
      const { enter, seen } = setup()
      expect(await refused(enter(header))).toEqual({ reason: 'no-token', status: 401, challenge: 'Bearer' })
      expect(seen).toEqual([])
    },
  )
})

test('accepts headers or the value of the Authorization header', async () => {
  const { login } = setup()
  const authorization = `Bearer ${key.token()}`
  expect(await login.authenticateLiff(new Headers({ authorization }))).toMatchObject({ ok: true })
  expect(await login.authenticateLiff(authorization)).toMatchObject({ ok: true })
  expect(await login.authenticateLiff(undefined)).toMatchObject({ ok: false, reason: 'no-token' })
  expect(await login.authenticateLiff(null)).toMatchObject({ ok: false, reason: 'no-token' })
})

test('reads the requests of Node, Express, Fastify and Koa', async () => {
  const { login } = setup()
  const headers = { host: 'bot.example', authorization: `Bearer ${key.token()}` }
  const get = (name: string) => Reflect.get(headers, name.toLowerCase())
  for (const request of [
    { headers, method: 'GET', url: '/me' },
    { headers, method: 'GET', url: '/me', get, body: undefined },
    { headers, query: {}, raw: {} },
    { headers, request: {}, get },
    headers,
  ])
    expect(await login.authenticateLiff(request as never)).toMatchObject({ ok: true })
})

test.each(['null', 'undefined', 'NaN', 'true', '[object Object]', '{}', '""', 'x'])(
  'the value %j after Bearer costs no call',
  async (value) => {
    const { login, seen } = setup()
    expect(await login.authenticateLiff(`Bearer ${value}`)).toMatchObject({ ok: false, reason: 'no-token' })
    expect(seen).toEqual([])
  },
)

test.each([{}, 42, { headers: 'Bearer token' }, { headers: null }])(
  'refuses %j, which is neither a request nor headers',
  async (request) => {
    const { login, seen } = setup()
    await expect(login.authenticateLiff(request as never)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(seen).toEqual([])
  },
)

describe('a failure of LINE is thrown, not blamed on the user', () => {
  test.each([
    ['the keys answer 500', { 'GET /oauth2/v2.1/certs': () => json({}, 500) }, key.token()],
    ['the keys are garbage', { 'GET /oauth2/v2.1/certs': () => new Response('garbage') }, key.token()],
    ['verify answers 500', { 'GET /oauth2/v2.1/verify': () => json({}, 500) }, accessToken],
    ['the profile answers 500', { 'GET /v2/profile': () => json({}, 500) }, accessToken],
  ])('%s', async (_, answers, token) => {
    const { enter, clock } = setup(answers)
    await expect(clock.settle(enter(`Bearer ${token}`))).rejects.toMatchObject({ code: 'LINE_API' })
  })

  test.each([
    ['the profile', 'profile', 'GET /v2/profile'],
    ['the user info', 'openid', 'GET /oauth2/v2.1/userinfo'],
  ])('%s has no user ID', async (_, scope, call) => {
    const { enter } = setup({
      'GET /oauth2/v2.1/verify': () => json({ scope, client_id: channelId, expires_in: 1 }),
      [call]: () => json({ hello: 1 }),
    })
    await expect(enter(`Bearer ${accessToken}`)).rejects.toMatchObject({ code: 'LINE_NETWORK' })
  })

  test('the keys never answer', async () => {
    const { enter, clock } = setup({ 'GET /oauth2/v2.1/certs': () => new Promise(() => {}) })
    await expect(clock.settle(enter(`Bearer ${key.token()}`))).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
  })
})
