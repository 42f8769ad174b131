import { createHash } from 'node:crypto'
import { codeChallenge, createLoginClient } from 'line-oa/login'
import { describe, expect, test } from 'vitest'
import { redirectUri, setup } from './fake-line.js'
import { channelId, channelSecret, now } from './signed-tokens.js'

const query = (url: string) => Object.fromEntries(new URL(url).searchParams)

describe('PKCE', () => {
  test.each([
    [
      'RFC 7636, appendix B',
      'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    ],
    [
      "LINE's own example",
      'wJKN8qz5t8SSI9lMFhBB6qwNkQBkuPZoCxzRhwLRUo1',
      'BSCQwo_m8Wf0fpjmwkIKmPAJ1A7tiuRSNDnXzODS7QI',
    ],
  ])('%s', async (_, verifier, challenge) => {
    expect(await codeChallenge(verifier)).toBe(challenge)
  })

  test('every attempt has a verifier of 43 to 128 characters and its S256 challenge', async () => {
    const { codeVerifier, url } = await setup().login.start()
    expect(codeVerifier).toMatch(/^[A-Za-z0-9]{43,128}$/)
    const challenge = createHash('sha256').update(codeVerifier).digest('base64url')
    expect(query(url)).toMatchObject({ code_challenge: challenge, code_challenge_method: 'S256' })
  })
})

describe('the authorization URL', () => {
  test('has the required parameters and no others', async () => {
    const attempt = await setup().login.start()
    const { state, nonce, url, startedAt } = attempt
    expect(new URL(url).origin + new URL(url).pathname).toBe('https://access.line.me/oauth2/v2.1/authorize')
    const { code_challenge, ...rest } = query(url)
    expect(code_challenge).toHaveLength(43)
    expect(rest).toEqual({
      response_type: 'code',
      client_id: channelId,
      redirect_uri: redirectUri,
      state,
      scope: 'profile openid',
      nonce,
      code_challenge_method: 'S256',
    })
    expect(startedAt).toBe(now * 1000)
    expect(JSON.parse(JSON.stringify(attempt))).toEqual(attempt)
  })

  test('has every documented parameter that is set', async () => {
    const { url } = await setup().login.start({
      scope: ['openid', 'email', 'real_name'],
      prompt: 'consent',
      maxAge: 0,
      uiLocales: ['ja', 'zh-Hant-TW'],
      botPrompt: 'aggressive',
      initialAmrDisplay: 'lineqr',
      switchAmr: false,
      disableAutoLogin: true,
      disableIosAutoLogin: true,
      responseMode: 'form_post',
      redirectUri: 'https://example.com/other',
    })
    expect(query(url)).toMatchObject({
      scope: 'openid email real_name',
      prompt: 'consent',
      max_age: '0',
      ui_locales: 'ja zh-Hant-TW',
      bot_prompt: 'aggressive',
      initial_amr_display: 'lineqr',
      switch_amr: 'false',
      disable_auto_login: 'true',
      disable_ios_auto_login: 'true',
      response_mode: 'form_post',
      redirect_uri: 'https://example.com/other',
    })
  })

  test('omits parameters that are off', async () => {
    const { url } = await setup().login.start({ disableAutoLogin: false, disableIosAutoLogin: false, uiLocales: [] })
    expect(url).not.toMatch(/auto_login|ui_locales/)
  })

  test('encodes a space as %20, as LINE does', async () => {
    expect((await setup().login.start()).url).toContain('scope=profile%20openid&')
  })

  test('has a new alphanumeric state and nonce of 128 bits each time', async () => {
    const { login } = setup()
    const attempts = await Promise.all(Array.from({ length: 100 }, () => login.start()))
    for (const { state, nonce } of attempts) {
      expect(state).toMatch(/^[0-9a-f]{32}$/)
      expect(nonce).toMatch(/^[0-9a-f]{32}$/)
    }
    const secrets = attempts.flatMap(({ state, nonce, codeVerifier }) => [state, nonce, codeVerifier])
    expect(new Set(secrets).size).toBe(300)
  })

  test('uses the randomBytes option', async () => {
    const { login } = setup({}, { randomBytes: (length) => new Uint8Array(length).fill(0xab) })
    expect(await login.start()).toMatchObject({
      state: 'ab'.repeat(16),
      nonce: 'ab'.repeat(16),
      codeVerifier: 'ab'.repeat(32),
    })
  })

  test('uses the defaults of the client unless start overrides them', async () => {
    const { login } = setup({}, { defaults: { scope: ['openid'], botPrompt: 'normal' } })
    expect(query((await login.start()).url)).toMatchObject({ scope: 'openid', bot_prompt: 'normal' })
    expect(query((await login.start({ botPrompt: 'aggressive' })).url)).toMatchObject({
      scope: 'openid',
      bot_prompt: 'aggressive',
    })
  })

  test('uses the base URL of an emulator or a proxy', async () => {
    const { login } = setup({}, { baseUrl: 'http://127.0.0.1:8080/' })
    expect((await login.start()).url).toMatch(/^http:\/\/127\.0\.0\.1:8080\/oauth2\/v2\.1\/authorize\?/)
  })
})

describe('start refuses', () => {
  test.each([
    ['no scope', { scope: [] }],
    ['e-mail alone', { scope: ['email'] }],
    ['e-mail without openid', { scope: ['profile', 'email'] }],
    ...['real_name', 'gender', 'birthdate', 'phone', 'address'].map(
      (name) => [`${name} without openid`, { scope: ['profile', name] }] as const,
    ),
    ['a scope with a space in it', { scope: ['profile openid'] }],
    ['maxAge without an ID token to check it in', { scope: ['profile'], maxAge: 1 }],
    ['maxAge below 0', { maxAge: -1 }],
    ['maxAge with a fraction', { maxAge: 1.5 }],
    ['prompt none without auto login', { prompt: 'none', disableAutoLogin: true }],
    ['a locale that is not a tag', { uiLocales: ['ja_JP'] }],
    ['a callback that is not a URL', { redirectUri: '/callback' }],
    ['a callback with a fragment', { redirectUri: 'https://example.com/callback#a' }],
  ] as const)('%s', async (_, options) => {
    await expect(setup().login.start(options)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test.each([
    ['responseMode', 'jwt'],
    ['responseMode', 'query.jwt'],
    ['responseMode', 'form_post.jwt'],
    ['responseMode', 'fragment'],
    ['prompt', 'select_account'],
    ['botPrompt', 'on'],
    ['initialAmrDisplay', 'pwd'],
  ])('%s %s', async (name, value) => {
    const options: object = { [name]: value }
    await expect(setup().login.start(options)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'evil', '', '/a\nb', '/a\\b'])(
    'a returnTo on another site: %j',
    async (returnTo) => {
      await expect(setup().login.start({ returnTo })).rejects.toMatchObject({ code: 'LINE_INPUT' })
    },
  )

  test('no path of the own site, which it keeps and does not send to LINE', async () => {
    const attempt = await setup().login.start({ returnTo: '/shop?item=1#top' })
    expect(attempt.returnTo).toBe('/shop?item=1#top')
    expect(attempt.url).not.toContain('shop')
  })
})

describe('createLoginClient', () => {
  const missing: unknown = undefined

  test('requires a channel ID, and a channel secret for a web app', () => {
    const wrong = [
      { channelId: '', channelSecret, redirectUri },
      { channelId: missing as string, channelSecret, redirectUri },
      { channelId, channelSecret: '', redirectUri },
      { channelId, channelSecret: missing as string, redirectUri },
    ]
    for (const options of wrong)
      expect(() => createLoginClient(options)).toThrowError(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('returns methods that need no `this`', async () => {
    const { start, profile } = setup().login
    expect((await start()).url).toContain('authorize')
    expect(await profile('token')).toMatchObject({ displayName: 'Brown' })
  })
})
