import { assertionKey } from 'line-oa/keys'
import { createLoginClient, LineLoginError } from 'line-oa/login'
import { getAllLIFFApps, getFollowers } from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { testKid, testPem } from '../keys/fixed-key.js'
import { fakeLine, issued, json, setup } from './fake-line.js'
import { channelId, channelSecret, hs256, now, userId } from './tokens-by-hand.js'

const token = 'user-token'

describe('an access token', () => {
  test('of this channel passes, with its scopes and its end', async () => {
    const { login, seen } = setup()
    expect(await login.verifyAccessToken(token)).toEqual({
      channelId,
      scope: ['profile', 'openid'],
      expiresAt: (now + 100) * 1000,
    })
    expect(seen[0]).toMatchObject({ call: 'GET /oauth2/v2.1/verify', query: { access_token: token } })
  })

  test('of another channel is refused, although LINE says 200', async () => {
    const { login } = setup({
      'GET /oauth2/v2.1/verify': () => json({ scope: 'profile', client_id: '999', expires_in: 100 }),
    })
    await expect(login.verifyAccessToken(token)).rejects.toMatchObject({ code: 'LINE_LOGIN', reason: 'channel' })
  })

  test.each([0, -1, null, undefined])('with %j seconds left is refused, although LINE says 200', async (expires_in) => {
    const { login } = setup({
      'GET /oauth2/v2.1/verify': () => json({ scope: 'profile', client_id: channelId, expires_in }),
    })
    await expect(login.verifyAccessToken(token)).rejects.toMatchObject({ code: 'LINE_LOGIN', reason: 'access-token' })
  })

  test.each(['The access token not JWS', 'The access token expired', 'The access token revoked'])(
    'LINE: %s',
    async (words) => {
      const { login } = setup({
        'GET /oauth2/v2.1/verify': () => json({ error: 'invalid_request', error_description: words }, 400),
      })
      const error: unknown = await login.verifyAccessToken('secret-of-user').catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(LineLoginError)
      expect(error).toMatchObject({ reason: 'access-token', message: expect.stringContaining(words) })
      expect(JSON.stringify(error)).not.toContain('secret-of-user')
    },
  )

  test('a failure of LINE is no word on the token', async () => {
    const { login, clock } = setup({ 'GET /oauth2/v2.1/verify': () => json({}, 500) })
    await expect(clock.settle(login.verifyAccessToken(token))).rejects.toMatchObject({ code: 'LINE_API', status: 500 })
  })
})

describe('refresh and revoke', () => {
  test('a web app proves itself by its secret', async () => {
    const { login, seen } = setup({ 'POST /oauth2/v2.1/token': () => json(issued) })
    expect(await login.refresh('r')).toEqual({
      accessToken: issued.access_token,
      refreshToken: issued.refresh_token,
      expiresAt: (now + issued.expires_in) * 1000,
      scope: ['profile', 'openid'],
    })
    await login.revoke(token)
    const proof = { client_id: channelId, client_secret: channelSecret }
    expect(seen.map(({ call, form }) => [call, form])).toEqual([
      ['POST /oauth2/v2.1/token', { grant_type: 'refresh_token', refresh_token: 'r', ...proof }],
      ['POST /oauth2/v2.1/revoke', { access_token: token, ...proof }],
    ])
  })

  test('a channel of a native app needs none', async () => {
    const { fetch, seen } = fakeLine({ 'POST /oauth2/v2.1/token': () => json(issued) })
    const login = createLoginClient({ channelId, fetch })
    await login.refresh('r')
    await login.revoke(token)
    expect(seen.map(({ form }) => form)).toEqual([
      { grant_type: 'refresh_token', refresh_token: 'r', client_id: channelId },
      { access_token: token, client_id: channelId },
    ])
  })

  test('a refresh token that is expired keeps the words of LINE', async () => {
    const { login } = setup({
      'POST /oauth2/v2.1/token': () =>
        json({ error: 'invalid_grant', error_description: 'invalid refresh token' }, 400),
    })
    await expect(login.refresh('secret-r')).rejects.toMatchObject({
      code: 'LINE_API',
      status: 400,
      oauthError: 'invalid_grant',
    })
  })

  test('an answer without tokens is no refresh', async () => {
    const { login } = setup({ 'POST /oauth2/v2.1/token': () => new Response('<html>') })
    await expect(login.refresh('r')).rejects.toMatchObject({ code: 'LINE_API', status: 200 })
  })
})

describe('who the user is', () => {
  test('profile, user info and friendship, each under the token of the user', async () => {
    const { login, seen } = setup()
    expect(await login.profile(token)).toMatchObject({ userId, displayName: 'Brown' })
    expect(await login.userInfo(token)).toEqual({ sub: userId, name: 'Brown' })
    expect(await login.friendship(token)).toBe(true)
    expect(seen.map(({ call, authorization }) => [call, authorization])).toEqual([
      ['GET /v2/profile', `Bearer ${token}`],
      ['GET /oauth2/v2.1/userinfo', `Bearer ${token}`],
      ['GET /friendship/v1/status', `Bearer ${token}`],
    ])
  })

  test.each([
    ['GET /v2/profile', 'profile'],
    ['GET /oauth2/v2.1/userinfo', 'userInfo'],
  ] as const)('an answer of %s that names nobody is not LINE’s', async (path, method) => {
    for (const body of [{}, { userId: '', sub: '' }, { userId: 1, sub: 1 }]) {
      const { login } = setup({ [path]: () => json(body) })
      await expect(login[method](token)).rejects.toMatchObject({ code: 'LINE_NETWORK', operation: path })
    }
  })

  test('nobody is a friend by an answer that does not say so', async () => {
    const { login } = setup({ 'GET /friendship/v1/status': () => json({}) })
    expect(await login.friendship(token)).toBe(false)
  })

  test.each(['', 'two words', 'a\nb'])('the token %j is refused before it is sent', async (wrong) => {
    const { login, seen } = setup()
    await expect(login.profile(wrong)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(seen).toEqual([])
  })
})

describe('taking the consent back', () => {
  test('goes under a stateless token, minted by the secret', async () => {
    const { login, seen } = setup()
    await login.deauthorize(token)
    expect(
      seen.map(({ call, form, text, authorization }) => [call, form['client_secret'] ?? text, authorization]),
    ).toEqual([
      ['POST /oauth2/v3/token', channelSecret, null],
      ['POST /user/v1/deauthorize', '{"userAccessToken":"user-token"}', 'Bearer channel-token'],
    ])
  })

  test('or by an assertion key, which goes before the secret', async () => {
    const { fetch, seen } = fakeLine()
    const key = assertionKey({ kid: testKid, privateKey: testPem })
    await createLoginClient({ channelId, channelSecret, assertionKey: key, fetch }).deauthorize(token)
    expect(seen[0]?.form).toMatchObject({
      grant_type: 'client_credentials',
      client_assertion: expect.stringMatching(/^eyJ/),
    })
    expect(seen[0]?.text).not.toContain(channelSecret)
  })

  test('needs one of them', async () => {
    const { fetch, seen } = fakeLine()
    await expect(createLoginClient({ channelId, fetch }).deauthorize(token)).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
    expect(seen).toEqual([])
  })

  test('a second time is refused by LINE', async () => {
    const { login } = setup({ 'POST /user/v1/deauthorize': () => json({ message: 'invalid token' }, 400) })
    await expect(login.deauthorize(token)).rejects.toMatchObject({
      code: 'LINE_API',
      status: 400,
      lineMessage: 'invalid token',
    })
  })

  test('is not repeated, since a repeat of what was done is refused', async () => {
    const { login, seen, clock } = setup({ 'POST /user/v1/deauthorize': () => json({}, 500) })
    await expect(clock.settle(login.deauthorize(token))).rejects.toMatchObject({ code: 'LINE_API', outcome: 'unknown' })
    expect(seen.filter(({ call }) => call === 'POST /user/v1/deauthorize')).toHaveLength(1)
  })
})

describe('an ID token checked by LINE', () => {
  test('gives the claims', async () => {
    const { login, seen } = setup({ 'POST /oauth2/v2.1/verify': () => json({ sub: userId, future: 1 }) })
    expect(await login.verifyIdToken(hs256(), { nonce: 'n', userId })).toEqual({ sub: userId, future: 1 })
    expect(seen[0]?.form).toEqual({ id_token: hs256(), client_id: channelId, nonce: 'n', user_id: userId })
    await login.verifyIdToken(hs256())
    expect(seen[1]?.form).toEqual({ id_token: hs256(), client_id: channelId })
  })

  test.each([
    ['Invalid IdToken.', 'signature'],
    ['Invalid IdToken Issuer.', 'issuer'],
    ['IdToken expired.', 'expired'],
    ['Invalid IdToken Audience.', 'audience'],
    ['Invalid IdToken Nonce.', 'nonce'],
    ['Invalid IdToken Subject Identifier.', 'subject'],
  ])('%s', async (error_description, reason) => {
    const { login } = setup({
      'POST /oauth2/v2.1/verify': () => json({ error: 'invalid_request', error_description }, 400),
    })
    await expect(login.verifyIdToken(hs256())).rejects.toMatchObject({ code: 'LINE_LOGIN', reason })
  })

  test.each([
    ['HTML', () => new Response('<html>'), 'LINE_API'],
    ['an object without a user', () => json({}), 'LINE_NETWORK'],
  ])('%s with status 200 is no word of LINE', async (_, answer, code) => {
    const { login } = setup({ 'POST /oauth2/v2.1/verify': answer })
    await expect(login.verifyIdToken(hs256())).rejects.toMatchObject({ code, operation: 'POST /oauth2/v2.1/verify' })
  })

  test('another refusal is left as it is', async () => {
    const { login, clock } = setup({ 'POST /oauth2/v2.1/verify': () => json({ message: 'too many' }, 429) })
    await expect(clock.settle(login.verifyIdToken(hs256()))).rejects.toMatchObject({ code: 'LINE_RATE_LIMIT' })
  })
})

test('any record that takes the token of a Login channel can be called', async () => {
  const { login, seen } = setup({ 'GET /liff/v1/apps': () => json({ apps: [] }) })
  expect(await login.call(getAllLIFFApps, {})).toEqual({ apps: [] })
  await expect(login.call(getFollowers, { limit: 1 })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  expect(seen.map(({ call, authorization }) => [call, authorization])).toEqual([
    ['POST /oauth2/v3/token', null],
    ['GET /liff/v1/apps', 'Bearer channel-token'],
  ])
})
