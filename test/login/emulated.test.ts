// Whole logins: the client of the SDK against the emulator.

import { type CreateLoginChannelOptions, createEmulator, type LoginAnswers } from 'line-oa/emulator'
import {
  createLoginClient,
  LineLoginError,
  type LoginAttempt,
  type LoginClientOptions,
  type StartOptions,
  verifyIdToken,
} from 'line-oa/login'
import { openAttempt, sealAttempt } from 'line-oa/login/seal'
import { describe, expect, test } from 'vitest'

const redirectUri = 'https://app.example/callback'
const minute = 60_000
const day = 24 * 60 * minute

function setup(options: CreateLoginChannelOptions = {}, client: Partial<LoginClientOptions> = {}) {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const { settings, ...rest } = options
  const channel = emulator.createLoginChannel({
    published: true,
    linkedAccount: account,
    ...rest,
    settings: { callbackUrls: [redirectUri], emailPermission: true, ...settings },
  })
  const person = emulator.createPerson({ displayName: 'Mika', email: 'mika@example.com' })
  const { channelId, channelSecret } = channel
  const login = createLoginClient({
    channelId,
    channelSecret,
    redirectUri,
    fetch: emulator.fetch,
    clock: emulator.clock,
    ...client,
  })
  /** Starts a login and logs the person in, up to the callback. */
  const callback = async (startOptions?: StartOptions, answers?: LoginAnswers) => {
    const attempt = await login.start(startOptions)
    return { attempt, request: await person.login(attempt.url, answers) }
  }
  const logIn = async (startOptions?: StartOptions, answers?: LoginAnswers) => {
    const { attempt, request } = await callback(startOptions, answers)
    return login.finish(request, attempt)
  }
  return { emulator, account, channel, person, userId: person.userIdFor(channel), login, callback, logIn }
}

const refused = async (promise: Promise<unknown>): Promise<LineLoginError> => {
  const error: unknown = await promise.catch((thrown: unknown) => thrown)
  if (error instanceof LineLoginError) return error
  throw new Error('no LineLoginError', { cause: error })
}

describe('a login', () => {
  test('with the default options returns the user', async () => {
    const { logIn, userId, channel } = setup()
    const session = await logIn({ returnTo: '/shop' })
    expect(session).toMatchObject({
      userId,
      claims: { sub: userId, aud: channel.channelId, name: 'Mika', amr: ['pwd'] },
      tokens: { scope: ['profile', 'openid'] },
      friendshipStatusChanged: undefined,
      returnTo: '/shop',
    })
  })

  test('with every option succeeds in both response modes', async () => {
    const { logIn, emulator } = setup()
    for (const responseMode of ['query', 'form_post'] as const) {
      const session = await logIn(
        {
          scope: ['profile', 'openid', 'email'],
          prompt: 'consent',
          maxAge: 0,
          uiLocales: ['ja', 'en-US'],
          botPrompt: 'aggressive',
          initialAmrDisplay: 'lineqr',
          switchAmr: false,
          disableAutoLogin: true,
          disableIosAutoLogin: true,
          responseMode,
          redirectUri: `${redirectUri}?tenant=1`,
        },
        { by: 'lineqr' },
      )
      expect(session).toMatchObject({
        claims: { email: 'mika@example.com', amr: ['lineqr'] },
        friendshipStatusChanged: false,
      })
      expect(session.claims?.auth_time).toBe(emulator.clock.now() / 1000)
    }
  })

  test('returns a friendship that began with it', async () => {
    const { logIn, login } = setup()
    const { friendshipStatusChanged, tokens } = await logIn({ botPrompt: 'normal' }, { addFriend: true })
    expect(friendshipStatusChanged).toBe(true)
    expect(await login.friendship(tokens.accessToken)).toBe(true)
  })

  test('has no e-mail address when the person withholds it', async () => {
    const { logIn } = setup()
    const { claims } = await logIn({ scope: ['openid', 'email'] }, { email: false })
    expect(claims).toBeDefined()
    expect(claims).not.toHaveProperty('email')
  })

  test('without openid has no claims, and the profile returns the user', async () => {
    const { logIn, login, userId } = setup()
    const session = await logIn({ scope: ['profile'] })
    expect([session.userId, session.claims]).toEqual([undefined, undefined])
    expect(await login.profile(session.tokens.accessToken)).toMatchObject({ userId })
  })

  test('with a sealed attempt succeeds', async () => {
    const { login, callback, emulator, userId } = setup()
    const { attempt, request } = await callback()
    const key = 'k'.repeat(32)
    const sealed = await sealAttempt(attempt, key, { clock: emulator.clock })
    expect(await login.finish(request, await openAttempt(sealed, key, { clock: emulator.clock }))).toMatchObject({
      userId,
    })
  })

  test('over a port succeeds, where all hosts of LINE have one address', async () => {
    const emulator = createEmulator()
    const server = await emulator.listen()
    try {
      const { channelId, channelSecret } = emulator.createLoginChannel({
        published: true,
        settings: { callbackUrls: [redirectUri] },
      })
      const person = emulator.createPerson({ displayName: 'Mika' })
      const login = createLoginClient({ channelId, channelSecret, redirectUri, baseUrl: server.url })
      const attempt = await login.start()
      expect(new URL(attempt.url).origin).toBe(server.url)
      expect((await fetch(attempt.url)).headers.get('content-type')).toMatch(/^text\/html\b/)
      expect(await login.finish(await person.login(attempt.url), attempt)).toMatchObject({ claims: { name: 'Mika' } })
    } finally {
      await server.close()
    }
  })

  test('with another provider returns another user ID', async () => {
    const { emulator, person, logIn } = setup()
    const provider = emulator.createProvider({ name: 'Thailand' })
    const { channelId, channelSecret } = emulator.createLoginChannel({
      provider,
      published: true,
      settings: { callbackUrls: [redirectUri] },
    })
    const thai = createLoginClient({
      channelId,
      channelSecret,
      redirectUri,
      provider: 'thailand',
      fetch: emulator.fetch,
      clock: emulator.clock,
    })
    const attempt = await thai.start()
    const { userId } = await thai.finish(await person.login(attempt.url), attempt)
    expect(userId).toMatch(/^U[0-9a-f]{32}$/)
    expect(userId).not.toBe((await logIn()).userId)
  })
})

describe('a failed auto login', () => {
  test('continues at the retry URL, once', async () => {
    const { login, callback, person, userId } = setup()
    const { attempt, request } = await callback({ returnTo: '/shop' }, { by: 'failed-autologin' })
    const error = await refused(login.finish(request, attempt))
    expect(error.reason).toBe('state')
    const again = error.retryAttempt as LoginAttempt
    expect(again.url).toBe(error.retryUrl)
    const back = await person.login(again.url, { by: 'failed-autologin' })
    expect(await login.finish(back, again)).toMatchObject({ userId, claims: { amr: ['pwd'] }, returnTo: '/shop' })
    expect((await refused(login.finish(request, again))).retryUrl).toBeUndefined()
  })

  test('continues without the attempt too, once', async () => {
    const { login, callback, person, userId } = setup()
    const { request } = await callback({}, { by: 'failed-autologin' })
    const error = await refused(login.finish(request, undefined))
    expect(error.reason).toBe('no-attempt')
    const again = error.retryAttempt as LoginAttempt
    const back = await person.login(again.url)
    expect((await refused(login.finish(back, undefined))).retryUrl).toBeUndefined()
    expect(await login.finish(back, again)).toMatchObject({ userId })
  })

  test.each([{ prompt: 'login' }, { disableAutoLogin: true }] as const)('is impossible with %o', async (options) => {
    const { logIn, userId } = setup()
    expect(await logIn(options, { by: 'failed-autologin' })).toMatchObject({ userId })
  })
})

describe('a callback with an error has the reason', () => {
  test.each([
    ['cancelled', {}, { consent: false }],
    ['login-required', { prompt: 'none' }, {}],
    ['interaction-required', { prompt: 'none' }, { by: 'linesso' }],
    ['invalid-scope', { scope: ['openid', 'real_name'] }, {}],
  ] as const)('%s', async (reason, options, answers) => {
    const { logIn } = setup()
    expect(await refused(logIn(options, answers))).toMatchObject({ reason, retryUrl: undefined })
  })
})

describe('an invalid callback', () => {
  const changed: [string, (url: URL) => void, string][] = [
    ['with code and error', ({ searchParams }) => searchParams.set('error', 'ACCESS_DENIED'), 'callback'],
    ['without state', ({ searchParams }) => searchParams.delete('state'), 'callback'],
    ['with two states', ({ searchParams }) => searchParams.append('state', 'x'), 'callback'],
    ['with two codes', ({ searchParams }) => searchParams.append('code', 'x'), 'callback'],
    ['of another issuer', ({ searchParams }) => searchParams.set('iss', 'https://evil.example'), 'callback-issuer'],
    ['of another browser', ({ searchParams }) => searchParams.set('state', 'x'), 'state'],
  ]
  test.each(changed)('%s is refused and does not use the code', async (_, change, reason) => {
    const { login, callback, userId } = setup()
    const { attempt, request } = await callback()
    const url = new URL(request.url)
    change(url)
    expect((await refused(login.finish(url, attempt))).reason).toBe(reason)
    expect(await login.finish(request, attempt)).toMatchObject({ userId })
  })

  test('with the code of another attempt is refused by PKCE', async () => {
    const { login, callback } = setup()
    const mine = await callback()
    const other = await callback()
    const injected = new URL(mine.request.url)
    injected.searchParams.set('code', new URL(other.request.url).searchParams.get('code') ?? '')
    await expect(login.finish(injected, mine.attempt)).rejects.toMatchObject({ code: 'LINE_API', status: 400 })
  })
})

describe('LINE refuses a code', () => {
  const refusal = { code: 'LINE_LOGIN', reason: 'code' }

  test('the second time', async () => {
    const { login, callback } = setup()
    const { attempt, request } = await callback()
    await login.finish(request, attempt)
    await expect(login.finish(request.url, attempt)).rejects.toMatchObject(refusal)
  })

  test('11 minutes later', async () => {
    const { login, callback, emulator } = setup()
    const { attempt, request } = await callback()
    await emulator.clock.advance(11 * minute)
    await expect(login.finish(request, attempt)).rejects.toMatchObject(refusal)
  })

  test('with a callback URL that differs by a slash', async () => {
    const { login, callback } = setup({ settings: { callbackUrls: [redirectUri, `${redirectUri}/`] } })
    const { attempt, request } = await callback()
    const slashed = {
      ...attempt,
      url: attempt.url.replace(encodeURIComponent(redirectUri), encodeURIComponent(`${redirectUri}/`)),
    }
    await expect(login.finish(request, slashed)).rejects.toMatchObject({ code: 'LINE_API', status: 400 })
  })

  test('with a wrong channel secret', async () => {
    const { login, callback } = setup({}, { channelSecret: '0'.repeat(32) })
    const { attempt, request } = await callback()
    await expect(login.finish(request, attempt)).rejects.toMatchObject({ code: 'LINE_AUTHENTICATION', status: 400 })
  })

  test('after the person has withdrawn the consent', async () => {
    const { login, callback, person, channel } = setup()
    const { attempt, request } = await callback()
    person.revokeConsent(channel)
    await expect(login.finish(request, attempt)).rejects.toMatchObject(refusal)
  })
})

describe('the tokens of a user', () => {
  test('are refreshed for 90 days, without a new refresh token', async () => {
    const { login, logIn, emulator } = setup()
    const { tokens } = await logIn()
    await emulator.clock.advance(89 * day)
    const fresh = await login.refresh(tokens.refreshToken)
    expect(fresh).toMatchObject({ refreshToken: tokens.refreshToken, expiresAt: emulator.clock.now() + 30 * day })
    expect(fresh.accessToken).not.toBe(tokens.accessToken)
    await emulator.clock.advance(day)
    await expect(login.refresh(tokens.refreshToken)).rejects.toMatchObject({ status: 400 })
  })

  test('can be revoked, are refused for another channel and expire', async () => {
    const { login, logIn, emulator } = setup()
    const { tokens } = await logIn()
    const { channelId } = emulator.createLoginChannel()
    const other = createLoginClient({ channelId, fetch: emulator.fetch, clock: emulator.clock })
    expect(await login.verifyAccessToken(tokens.accessToken)).toMatchObject({
      scope: ['profile', 'openid'],
      expiresAt: tokens.expiresAt,
    })
    expect((await refused(other.verifyAccessToken(tokens.accessToken))).reason).toBe('channel')
    await login.revoke(tokens.accessToken)
    expect((await refused(login.verifyAccessToken(tokens.accessToken))).reason).toBe('access-token')
    const second = await logIn()
    await emulator.clock.advance(30 * day)
    expect((await refused(login.verifyAccessToken(second.tokens.accessToken))).reason).toBe('access-token')
  })

  test('end when the person withdraws the consent between two calls', async () => {
    const { login, logIn, person, channel } = setup()
    const { tokens } = await logIn()
    await login.profile(tokens.accessToken)
    person.revokeConsent(channel)
    await expect(login.profile(tokens.accessToken)).rejects.toMatchObject({ status: 401 })
    await expect(login.refresh(tokens.refreshToken)).rejects.toMatchObject({ status: 400 })
    await expect(login.deauthorize(tokens.accessToken)).rejects.toMatchObject({ status: 400 })
  })

  test('end when the app deauthorizes itself, after which consent is needed again', async () => {
    const { login, logIn, userId } = setup()
    const { tokens } = await logIn()
    await login.deauthorize(tokens.accessToken)
    expect((await refused(login.verifyAccessToken(tokens.accessToken))).reason).toBe('access-token')
    expect((await refused(logIn({ prompt: 'none' }, { by: 'linesso' }))).reason).toBe('interaction-required')
    expect((await logIn()).userId).toBe(userId)
  })

  test('read the profile only with its scope', async () => {
    const { login, logIn, userId } = setup()
    const { tokens } = await logIn({ scope: ['openid'] })
    await expect(login.profile(tokens.accessToken)).rejects.toMatchObject({ status: 403 })
    expect(await login.userInfo(tokens.accessToken)).toEqual({ sub: userId })
  })
})

describe('ID tokens', () => {
  test('are verified by LINE with the result of finish', async () => {
    const { login, logIn, emulator, userId } = setup()
    const { idToken = '', claims } = await logIn()
    expect(await login.verifyIdToken(idToken, { userId })).toEqual(claims)
    expect((await refused(login.verifyIdToken(idToken, { nonce: 'x' }))).reason).toBe('nonce')
    expect((await refused(login.verifyIdToken(idToken, { userId: 'U1' }))).reason).toBe('subject')
    expect((await refused(login.verifyIdToken('x'))).reason).toBe('signature')
    await emulator.clock.advance(60 * minute)
    expect((await refused(login.verifyIdToken(idToken))).reason).toBe('expired')
    expect(
      (
        await refused(
          login
            .authenticateLiff(`Bearer ${idToken}`)
            .then((answer) => Promise.reject(answer.ok ? answer : answer.error)),
        )
      ).reason,
    ).toBe('expired')
  })

  test('are refused for another channel', async () => {
    const { logIn, emulator } = setup()
    const { idToken = '' } = await logIn()
    const { channelId, channelSecret } = emulator.createLoginChannel()
    const other = { channelId, channelSecret, clock: emulator.clock }
    expect((await refused(verifyIdToken(idToken, other))).reason).toBe('signature')
    const back = createLoginClient({ channelId, fetch: emulator.fetch })
    expect((await refused(back.verifyIdToken(idToken))).reason).toBe('audience')
  })
})

describe('a LIFF backend', () => {
  test('accepts an ES256 ID token and an access token', async () => {
    const { login, emulator, person, channel, userId } = setup()
    const { accessToken, idToken } = await emulator.issueLiffTokens(person, channel)
    expect(await login.authenticateLiff(`Bearer ${idToken}`)).toMatchObject({
      ok: true,
      user: { userId, name: 'Mika' },
    })
    expect(await login.authenticateLiff(`Bearer ${accessToken}`)).toMatchObject({
      ok: true,
      user: { userId, scope: ['profile', 'openid'] },
    })
  })

  test('refuses tokens of another channel, expired tokens and tokens without consent', async () => {
    const { login, emulator, person, channel } = setup()
    const other = emulator.createLoginChannel({ published: true })
    const foreign = await emulator.issueLiffTokens(person, other)
    const reasonOf = async (token: string | undefined) => {
      const answer = await login.authenticateLiff(`Bearer ${token}`)
      return answer.ok ? undefined : [answer.response.status, answer.reason]
    }
    expect(await reasonOf(foreign.idToken)).toEqual([401, 'audience'])
    expect(await reasonOf(foreign.accessToken)).toEqual([401, 'channel'])
    const own = await emulator.issueLiffTokens(person, channel)
    person.revokeConsent(channel)
    expect(await reasonOf(own.accessToken)).toEqual([401, 'access-token'])
    await emulator.clock.advance(60 * minute)
    expect(await reasonOf(own.idToken)).toEqual([401, 'expired'])
  })

  test('requests the keys once for 1,000 tokens', async () => {
    const { emulator, person, channel } = setup()
    let asked = 0
    const fetch: typeof globalThis.fetch = (input, init) => {
      asked += 1
      return emulator.fetch(input, init)
    }
    const { idToken } = await emulator.issueLiffTokens(person, channel)
    const back = createLoginClient({ channelId: channel.channelId, fetch, clock: emulator.clock })
    const answers = await Promise.all(Array.from({ length: 1000 }, () => back.authenticateLiff(`Bearer ${idToken}`)))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(asked).toBe(1)
  })
})
