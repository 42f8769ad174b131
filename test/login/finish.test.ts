import { inspect } from 'node:util'
import { LineLoginError, type LoginAttempt, type LoginCallback } from 'line-oa/login'
import { describe, expect, test } from 'vitest'
import { issued, json, redirectUri, setup } from './fake-line.js'
import { channelId, channelSecret, claims, hs256, lineKey, now, userId } from './signed-tokens.js'

const back = (parameters: { readonly [name: string]: string }): string =>
  `${redirectUri}&${new URLSearchParams(parameters)}`
const good = ({ state }: LoginAttempt) => back({ code: 'code-1', state })
const post = (body: string, type = 'application/x-www-form-urlencoded') =>
  new Request(redirectUri, { method: 'POST', body, headers: { 'content-type': type } })

const formOf = (parameters: { readonly [name: string]: string }) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(parameters)) form.append(name, value)
  return form
}

const failure = async (finished: Promise<unknown>): Promise<LineLoginError> => {
  const error: unknown = await finished.catch((thrown: unknown) => thrown)
  if (error instanceof LineLoginError) return error
  throw new Error('no LineLoginError', { cause: error })
}

describe('finish', () => {
  test('returns the user, the claims, the tokens and the state of the friendship', async () => {
    const { login, start, seen } = setup()
    const attempt = await start({ returnTo: '/shop' })
    const session = await login.finish(`${good(attempt)}&friendship_status_changed=true`, attempt)
    expect(session).toEqual({
      userId,
      claims: { ...claims, nonce: attempt.nonce },
      idToken: expect.stringMatching(/^eyJ/),
      tokens: {
        accessToken: issued.access_token,
        refreshToken: issued.refresh_token,
        expiresAt: (now + issued.expires_in) * 1000,
        scope: ['profile', 'openid'],
      },
      friendshipStatusChanged: true,
      returnTo: '/shop',
    })
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatchObject({ call: 'POST /oauth2/v2.1/token', authorization: null })
    expect(seen[0]?.form).toEqual({
      grant_type: 'authorization_code',
      code: 'code-1',
      redirect_uri: redirectUri,
      client_id: channelId,
      client_secret: channelSecret,
      code_verifier: attempt.codeVerifier,
    })
  })

  test.each<[string, (attempt: LoginAttempt) => LoginCallback]>([
    ['a request', (attempt) => new Request(good(attempt))],
    ['a URL', (attempt) => new URL(good(attempt))],
    ['a URL as text', good],
    ['a URL with a fragment', (attempt) => `${good(attempt)}#_=_`],
    ['a path with its query, as in node:http', (attempt) => good(attempt).replace('https://example.com', '')],
    [
      'a GET request of node:http',
      (attempt) =>
        ({ method: 'GET', url: good(attempt).replace('https://example.com', ''), headers: {} }) as unknown as Request,
    ],
    ['a query with a question mark', (attempt) => new URL(good(attempt)).search],
    ['a query without a question mark', (attempt) => new URL(good(attempt)).search.slice(1)],
    ['URLSearchParams', (attempt) => new URL(good(attempt)).searchParams],
    [
      'parsed parameters',
      (attempt) => ({ code: 'code-1', state: attempt.state, tenant: ['1', '2'], error: undefined }),
    ],
    ['a FormData', ({ state }) => formOf({ code: 'code-1', state })],
    ['a form_post request', ({ state }) => post(`code=code-1&state=${state}`)],
    ['parameters that name LINE as the issuer', (attempt) => `${good(attempt)}&iss=https%3A%2F%2Faccess.line.me`],
  ])('accepts %s', async (_, callback) => {
    const { login, start } = setup()
    const attempt = await start()
    await expect(login.finish(callback(attempt), attempt)).resolves.toMatchObject({
      userId,
      friendshipStatusChanged: undefined,
    })
  })

  test.each([undefined, null, 42, { method: 'POST', url: '/callback', headers: {} }])(
    'refuses %j',
    async (callback) => {
      const { login, start, seen } = setup()
      const attempt = await start()
      await expect(login.finish(callback as never, attempt)).rejects.toMatchObject({ code: 'LINE_INPUT' })
      expect(seen).toEqual([])
    },
  )

  test('accepts an attempt that was stored as JSON', async () => {
    const { login, start } = setup()
    const attempt = await start()
    await expect(login.finish(good(attempt), JSON.parse(JSON.stringify(attempt)))).resolves.toMatchObject({ userId })
  })

  test('repeats the callback URL of the attempt in the exchange exactly', async () => {
    const { login, start, seen } = setup()
    const attempt = await start({ redirectUri: 'https://example.com/b/?q=a%20b+c&d=%E3%81%82' })
    await login.finish(good(attempt), attempt)
    expect(seen[0]?.form['redirect_uri']).toBe('https://example.com/b/?q=a%20b+c&d=%E3%81%82')
  })

  test('returns no claims without the scope openid, although an ID token came', async () => {
    const { login, start } = setup()
    const attempt = await start({ scope: ['profile'] })
    const session = await login.finish(good(attempt), attempt)
    expect(session).toMatchObject({ userId: undefined, claims: undefined, idToken: undefined })
  })

  test('returns the scopes that LINE granted, and the e-mail address in the claims', async () => {
    const world = setup()
    world.claims = { email: 'taro@example.com' }
    const attempt = await world.start({ scope: ['profile', 'openid', 'email'] })
    const { tokens, claims: found } = await world.login.finish(good(attempt), attempt)
    expect(tokens.scope).toEqual(['profile', 'openid'])
    expect(found?.email).toBe('taro@example.com')
  })

  test('accepts an ES256 ID token and gets the keys with the same fetch', async () => {
    const key = lineKey('k')
    let nonce = ''
    const world = setup({
      'POST /oauth2/v2.1/token': () => json({ ...issued, id_token: key.token({ nonce }) }),
      'GET /oauth2/v2.1/certs': () => json({ keys: [key.jwk] }),
    })
    const attempt = await world.start()
    nonce = attempt.nonce
    await expect(world.login.finish(good(attempt), attempt)).resolves.toMatchObject({ userId })
  })

  test('counts max_age from the start of the attempt, because consent takes time', async () => {
    const world = setup()
    const attempt = await world.start({ maxAge: 60 })
    world.clock.jump(300_000)
    world.claims = { iat: now + 299, auth_time: now - 60 }
    await expect(world.login.finish(good(attempt), attempt)).resolves.toMatchObject({ userId })
    world.claims = { iat: now + 299, auth_time: now - 61 }
    expect((await failure(world.login.finish(good(attempt), attempt))).reason).toBe('auth-time')
    world.claims = { iat: now + 299 }
    expect((await failure(world.login.finish(good(attempt), attempt))).reason).toBe('auth-time')
  })
})

describe('a callback with an error', () => {
  const codes = [
    ['ACCESS_DENIED', 'cancelled'],
    ['LOGIN_REQUIRED', 'login-required'],
    ['INTERACTION_REQUIRED', 'interaction-required'],
    ['INVALID_REQUEST', 'invalid-request'],
    ['INVALID_SCOPE', 'invalid-scope'],
    ['UNSUPPORTED_RESPONSE_TYPE', 'unsupported-response-type'],
    ['SERVER_ERROR', 'server-error'],
    ['TEMPORARILY_AWAY', 'unknown-error'],
    ['../<script>', 'unknown-error'],
  ] as const

  test.each(codes)(
    '%s has the reason %s in both cases, with and without a state or an attempt',
    async (code, reason) => {
      const { login, start, seen } = setup()
      const attempt = await start()
      for (const error of [code, code.toLowerCase()]) {
        for (const callback of [back({ error, state: attempt.state }), back({ error })]) {
          expect(await failure(login.finish(callback, attempt))).toMatchObject({
            code: 'LINE_LOGIN',
            reason,
            retryUrl: undefined,
          })
          // A user who cancels has cancelled, also in a browser that lost the attempt.
          expect(await failure(login.finish(callback, undefined))).toMatchObject({ reason })
        }
      }
      expect(seen).toEqual([])
    },
  )

  test('keeps its description on one line, cut to 300 characters and with tokens redacted', async () => {
    const { login, start } = setup()
    const attempt = await start()
    const said = async (error_description: string) =>
      (await failure(login.finish(back({ error: 'ACCESS_DENIED', error_description }), attempt))).description
    expect(await said('The resource owner denied the request.')).toBe('The resource owner denied the request.')
    expect(await said('a\r\nforged log line\u2028b\u0000')).toBe('a forged log line b ')
    expect(await said('x '.repeat(200))).toHaveLength(300)
    expect(await said(`see ${hs256()}`)).toBe('see [redacted]')
  })

  test('keeps an invalid code out of the message', async () => {
    const { login, start } = setup()
    const { message } = await failure(login.finish(back({ error: 'x\ny: z' }), await start()))
    expect(message).not.toContain('z')
  })
})

describe('an invalid callback', () => {
  test.each<[string, (state: string) => LoginCallback, string]>([
    ['no parameters', () => 'https://example.com/callback', 'callback'],
    ['an empty string', () => '', 'callback'],
    ['an empty form', () => post(''), 'callback'],
    ['no state', () => back({ code: 'code-1' }), 'callback'],
    ['an empty state', () => back({ code: 'code-1', state: '' }), 'callback'],
    ['an empty code', (state) => back({ code: '', state }), 'callback'],
    ['no code', (state) => back({ state }), 'callback'],
    ['two states', (state) => `${back({ code: 'code-1', state })}&state=${state}`, 'callback'],
    ['another state after the right one', (state) => `${back({ code: 'code-1', state })}&state=foreign`, 'callback'],
    ['two states in a parsed list', (state) => ({ code: 'code-1', state: [state, state] }), 'callback'],
    ['two codes', (state) => `${back({ code: 'code-1', state })}&code=code-2`, 'callback'],
    ['a state that is not a string', (state) => ({ code: 'code-1', state: { state } }), 'callback'],
    ['a code and an error', (state) => back({ code: 'code-1', state, error: 'ACCESS_DENIED' }), 'callback'],
    ['a JWT in response', () => back({ response: hs256() }), 'callback'],
    ['a body of 65,537 bytes', (state) => post(`code=code-1&state=${state}&x=`.padEnd(65_537, 'x')), 'callback'],
    ['another issuer', (state) => back({ code: 'code-1', state, iss: 'https://evil.example' }), 'callback-issuer'],
    [
      'the issuer with a trailing slash',
      (state) => back({ code: 'code-1', state, iss: 'https://access.line.me/' }),
      'callback-issuer',
    ],
    [
      'an error of another issuer',
      (state) => back({ error: 'ACCESS_DENIED', state, iss: 'https://evil.example' }),
      'callback-issuer',
    ],
    [
      'a callback of the LIFF SDK',
      (state) => back({ code: 'c', state, liffClientId: '1', liffRedirectUri: 'https://a.example' }),
      'liff-callback',
    ],
  ])('is refused without a request: %s', async (_, callback, reason) => {
    const { login, start, seen } = setup()
    const attempt = await start()
    expect(await failure(login.finish(callback(attempt.state), attempt))).toMatchObject({ reason, retryUrl: undefined })
    expect(seen).toEqual([])
  })

  test('the parameters of a form_post are read from its body, not its query', async () => {
    const { login, start } = setup()
    const attempt = await start({ responseMode: 'form_post' })
    const request = new Request(good(attempt), { method: 'POST', body: 'a=b' })
    expect((await failure(login.finish(request, attempt))).reason).toBe('callback')
  })

  test('a request whose body was read before is a mistake of the caller', async () => {
    const { login, start } = setup()
    const attempt = await start()
    const request = post(`code=code-1&state=${attempt.state}`)
    await request.text()
    await expect(login.finish(request, attempt)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('an attempt that is incomplete or of another channel is a mistake of the caller', async () => {
    const { login, start, seen } = setup()
    const attempt = await start()
    const other = await setup({}, { channelId: '999' }).login.start()
    for (const wrong of [
      {},
      { ...attempt, nonce: '' },
      { ...attempt, url: '/' },
      { ...attempt, url: 'https://access.line.me' },
      { ...attempt, startedAt: '1' },
    ]) {
      const kept: unknown = wrong
      await expect(login.finish(good(attempt), kept as LoginAttempt)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    }
    await expect(login.finish(good(other), other)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(seen).toEqual([])
  })
})

describe('a failed auto login', () => {
  const bogus = back({ code: 'bogus', state: 'foreign0foreign0foreign0foreign0' })

  test('returns with another state, and the error has a retry: the same request without auto login', async () => {
    const { login, start, seen, clock } = setup()
    const attempt = await start({ botPrompt: 'normal', returnTo: '/shop', disableAutoLogin: false })
    clock.jump(5000)
    const { reason, retryUrl, retryAttempt } = await failure(login.finish(bogus, attempt))
    expect(reason).toBe('state')
    expect(retryUrl).toBe(`${attempt.url}&disable_auto_login=true`)
    expect(new URL(retryUrl ?? '').searchParams.getAll('disable_auto_login')).toEqual(['true'])
    expect(retryAttempt).toEqual({ ...attempt, url: retryUrl, startedAt: now * 1000 + 5000 })
    expect(seen).toEqual([])
  })

  test('the retry succeeds', async () => {
    const { login, start } = setup()
    const { retryAttempt } = await failure(login.finish(bogus, await start()))
    if (!retryAttempt) throw new Error('no retry')
    await expect(login.finish(good(retryAttempt), retryAttempt)).resolves.toMatchObject({ userId })
  })

  test('a second foreign state has no further retry', async () => {
    const { login, start } = setup()
    const { retryAttempt } = await failure(login.finish(bogus, await start()))
    expect(await failure(login.finish(bogus, retryAttempt))).toMatchObject({
      reason: 'state',
      retryUrl: undefined,
      retryAttempt: undefined,
    })
  })

  test.each([{ disableAutoLogin: true }, { prompt: 'login' }, { prompt: 'none' }] as const)(
    'there is no retry where auto login cannot be the cause: %j',
    async (options) => {
      const { login, start } = setup()
      expect(await failure(login.finish(bogus, await start(options)))).toMatchObject({
        reason: 'state',
        retryUrl: undefined,
      })
    },
  )

  test('an error with a foreign state belongs to another attempt and has no retry', async () => {
    const { login, start } = setup()
    const callback = back({ error: 'ACCESS_DENIED', state: 'foreign' })
    expect(await failure(login.finish(callback, await start()))).toMatchObject({ reason: 'state', retryUrl: undefined })
  })

  test('without the attempt there is one retry with a new attempt', async () => {
    const { login } = setup({}, { defaults: { botPrompt: 'normal' } })
    const { reason, retryUrl, retryAttempt } = await failure(login.finish(bogus, undefined))
    expect(reason).toBe('no-attempt')
    expect(Object.fromEntries(new URL(retryUrl ?? '').searchParams)).toMatchObject({
      disable_auto_login: 'true',
      bot_prompt: 'normal',
    })
    if (!retryAttempt) throw new Error('no retry')
    // The browser keeps no cookies, so the second callback comes without the attempt too.
    expect(await failure(login.finish(good(retryAttempt), undefined))).toMatchObject({
      reason: 'no-attempt',
      retryUrl: undefined,
    })
  })

  test('a silent login without its attempt has no retry that shows screens', async () => {
    const { login } = setup({}, { defaults: { prompt: 'none' } })
    expect(await failure(login.finish(bogus, undefined))).toMatchObject({ reason: 'no-attempt', retryUrl: undefined })
  })

  test('logs and JSON of the error do not show state, nonce or verifier', async () => {
    const { login, start } = setup()
    const attempt = await start()
    const error = await failure(login.finish(bogus, attempt))
    const shown = `${JSON.stringify(error)} ${inspect(error, { showHidden: true, depth: 9 })} ${String(error)} ${error.stack}`
    for (const secret of [attempt.state, attempt.nonce, attempt.codeVerifier, 'bogus', 'foreign0'])
      expect(shown).not.toContain(secret)
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'LineLoginError',
      code: 'LINE_LOGIN',
      reason: 'state',
    })
  })

  test.each([
    ['a character differs', (state: string) => (state.startsWith('0') ? '1' : '0') + state.slice(1)],
    ['a character is missing', (state: string) => state.slice(0, -1)],
    ['a character is added', (state: string) => `${state}0`],
    ['its case differs', (state: string) => `${state}`.toUpperCase()],
  ])('a state is refused when %s', async (_, change) => {
    const { login, start } = setup({}, { randomBytes: (length) => new Uint8Array(length).fill(0xab) })
    const attempt = await start()
    expect((await failure(login.finish(back({ code: 'c', state: change(attempt.state) }), attempt))).reason).toBe(
      'state',
    )
  })
})

describe('the exchange of the code', () => {
  test.each([
    ['a code used twice, or after 11 minutes', 'invalid authorization code', true],
    ['a redirect URI that differs by a slash', 'redirect_uri does not match', false],
  ])('keeps the status and the text of LINE for %s', async (_, error_description, isCode) => {
    const { login, start, seen } = setup({
      'POST /oauth2/v2.1/token': () => json({ error: 'invalid_grant', error_description }, 400),
    })
    const attempt = await start()
    const refusal = { code: 'LINE_API', status: 400, oauthError: 'invalid_grant', lineMessage: error_description }
    await expect(login.finish(good(attempt), attempt)).rejects.toMatchObject(
      isCode ? { code: 'LINE_LOGIN', reason: 'code', cause: refusal } : refusal,
    )
    expect(seen).toHaveLength(1)
  })

  test('is refused for an attempt that is older than an hour, unless told otherwise', async () => {
    const { login, start, seen, clock } = setup()
    const attempt = await start()
    clock.jump(3_600_001)
    await expect(login.finish(good(attempt), attempt)).rejects.toMatchObject({ reason: 'attempt-expired' })
    expect(seen).toEqual([])
  })

  test('is never retried, because LINE accepts a code once', async () => {
    const { login, start, seen, clock } = setup({ 'POST /oauth2/v2.1/token': () => json({}, 503) })
    const attempt = await start()
    await expect(clock.settle(login.finish(good(attempt), attempt))).rejects.toMatchObject({
      code: 'LINE_API',
      outcome: 'unknown',
    })
    expect(seen).toHaveLength(1)
  })

  test.each([
    ['HTML with 200', () => new Response('<html>'), 'LINE_API'],
    ['a response without a token', () => json({ hello: 1 }), 'LINE_NETWORK'],
  ])('fails for %s', async (_, answer, code) => {
    const { login, start } = setup({ 'POST /oauth2/v2.1/token': answer })
    const attempt = await start()
    await expect(login.finish(good(attempt), attempt)).rejects.toMatchObject({ code })
  })

  test('fails for an ID token that is missing or has another nonce, channel or secret', async () => {
    const world = setup({ 'POST /oauth2/v2.1/token': () => json({ ...issued, ...answer }) })
    const attempt = await world.start()
    let answer = {}
    const reason = async (id_token?: string) => {
      answer = { id_token }
      return (await failure(world.login.finish(good(attempt), attempt))).reason
    }
    expect(await reason()).toBe('no-id-token')
    expect(await reason(hs256())).toBe('nonce')
    expect(await reason(hs256({ nonce: undefined }))).toBe('nonce')
    expect(await reason(hs256({ nonce: attempt.nonce, aud: '999' }))).toBe('audience')
    expect(await reason(hs256({ nonce: attempt.nonce }, {}, 'another secret'))).toBe('signature')
  })

  test('is aborted by the signal of the caller', async () => {
    const { login, start } = setup({ 'POST /oauth2/v2.1/token': () => new Promise(() => {}) })
    const attempt = await start()
    const stop = new AbortController()
    const finished = login.finish(good(attempt), attempt, { signal: stop.signal })
    stop.abort()
    await expect(finished).rejects.toMatchObject({ code: 'LINE_ABORTED' })
  })
})
