import { assertionKey } from 'line-oa/keys'
import { createLoginClient, LineLoginError } from 'line-oa/login'
import { getAllLIFFApps, getFollowers } from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { testKid, testPem } from '../keys/fixed-key.js'
import { fakeLine, issued, json, setup } from './fake-line.js'
import { channelId, channelSecret, hs256, now, userId } from './signed-tokens.js'

const token = 'user-token'

describe('an access token', () => {
  test('of this channel is accepted, with its scopes and its expiry', async () => {
    const { login, seen } = setup()
    expect(await login.verifyAccessToken(token)).toEqual({
      channelId,
      scope: ['profile', 'openid'],
      expiresAt: (now + 100) * 1000,
    })
    expect(seen[0]).toMatchObject({ call: 'GET /oauth2/v2.1/verify', query: { access_token: token } })
  })

  test('of another channel is refused, although LINE answers 200', async () => {
    const { login } = setup({
      'GET /oauth2/v2.1/verify': () => json({ scope: 'profile', client_id: '999', expires_in: 100 }),
    })
    await expect(login.verifyAccessToken(token)).rejects.toMatchObject({ code: 'LINE_LOGIN', reason: 'channel' })
  })

  test.each([0, -1, null, undefined])(
    'with %j seconds left is refused, although LINE answers 200',
    async (expires_in) => {
      const { login } = setup({
        'GET /oauth2/v2.1/verify': () => json({ scope: 'profile', client_id: channelId, expires_in }),
      })
      await expect(login.verifyAccessToken(token)).rejects.toMatchObject({ code: 'LINE_LOGIN', reason: 'access-token' })
    },
  )

  test.each(['The access token not JWS', 'The access token expired', 'The access token revoked'])(
    'is refused when LINE answers %s',
    async (words) => {
      const { login } = setup({
        'GET /oauth2/v2.1/verify': () => json({ error: 'invalid_request', error_description: words }, 400),
      })
      const error: unknown = await login.verifyAccessToken('secret-of-user').catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(LineLoginError)
      expect(error).toMatchObject({ code: 'LINE_LOGIN', reason: 'access-token' })
      expect(JSON.stringify(error)).not.toContain('secret-of-user')
    },
  )

  test('is not refused when LINE fails', async () => {
    const { login, clock } = setup({ 'GET /oauth2/v2.1/verify': () => json({}, 500) })
    await expect(clock.settle(login.verifyAccessToken(token))).rejects.toMatchObject({ code: 'LINE_API', status: 500 })
  })
})

describe('refresh and revoke', () => {
  test('send the channel secret of a web app', async () => {
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

  test('send no channel secret for a native app', async () => {
    const { fetch, seen } = fakeLine({ 'POST /oauth2/v2.1/token': () => json(issued) })
    const login = createLoginClient({ channelId, fetch })
    await login.refresh('r')
    await login.revoke(token)
    expect(seen.map(({ form }) => form)).toEqual([
      { grant_type: 'refresh_token', refresh_token: 'r', client_id: channelId },
      { access_token: token, client_id: channelId },
    ])
  })

  test('keep the error of LINE for an expired refresh token', async () => {
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

  test('refuse a response without tokens', async () => {
    const { login } = setup({ 'POST /oauth2/v2.1/token': () => new Response('<html>') })
    await expect(login.refresh('r')).rejects.toMatchObject({ code: 'LINE_API', status: 200 })
  })
})

describe('the user', () => {
  test('is read with the profile, the user info and the friendship, by the token of the user', async () => {
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
  ] as const)('is unknown when %s answers without a user ID', async (path, method) => {
    for (const body of [{}, { userId: '', sub: '' }, { userId: 1, sub: 1 }]) {
      const { login } = setup({ [path]: () => json(body) })
      await expect(login[method](token)).rejects.toMatchObject({ code: 'LINE_NETWORK', operation: path })
    }
  })

  test('is not a friend when the response does not say so', async () => {
    const { login } = setup({ 'GET /friendship/v1/status': () => json({}) })
    expect(await login.friendship(token)).toBe(false)
  })

  test.each(['', 'two words', 'null', 'undefined'])('is not requested with the invalid token %j', async (wrong) => {
    const { login, seen } = setup()
    await expect(login.profile(wrong)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(seen).toEqual([])
  })
})

describe('deauthorize', () => {
  test('uses a stateless token, issued by the channel secret', async () => {
    const { login, seen } = setup()
    await login.deauthorize(token)
    expect(
      seen.map(({ call, form, text, authorization }) => [call, form['client_secret'] ?? text, authorization]),
    ).toEqual([
      ['POST /oauth2/v3/token', channelSecret, null],
      ['POST /user/v1/deauthorize', '{"userAccessToken":"user-token"}', 'Bearer channel-token'],
    ])
  })

  test('prefers an assertion key to the channel secret', async () => {
    const { fetch, seen } = fakeLine()
    const key = assertionKey({ kid: testKid, privateKey: testPem })
    await createLoginClient({ channelId, channelSecret, assertionKey: key, fetch }).deauthorize(token)
    expect(seen[0]?.form).toMatchObject({
      grant_type: 'client_credentials',
      client_assertion: expect.stringMatching(/^eyJ/),
    })
    expect(seen[0]?.text).not.toContain(channelSecret)
  })

  test('requires a channel secret or an assertion key', async () => {
    const { fetch, seen } = fakeLine()
    await expect(createLoginClient({ channelId, fetch }).deauthorize(token)).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
    expect(seen).toEqual([])
  })

  test('passes on the error of LINE for a token that was deauthorized before', async () => {
    const message = 'invalid token'
    const { login } = setup({ 'POST /user/v1/deauthorize': () => json({ message }, 400) })
    await expect(login.deauthorize(token)).rejects.toMatchObject({
      code: 'LINE_API',
      status: 400,
      lineMessage: message,
    })
  })

  test('is not retried, because LINE refuses the second time', async () => {
    const { login, seen, clock } = setup({ 'POST /user/v1/deauthorize': () => json({}, 500) })
    await expect(clock.settle(login.deauthorize(token))).rejects.toMatchObject({ code: 'LINE_API', outcome: 'unknown' })
    expect(seen.filter(({ call }) => call === 'POST /user/v1/deauthorize')).toHaveLength(1)
  })
})

describe('an ID token verified by LINE', () => {
  test('returns the claims', async () => {
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
  ])('is refused by %s with the reason %s', async (error_description, reason) => {
    const { login } = setup({
      'POST /oauth2/v2.1/verify': () => json({ error: 'invalid_request', error_description }, 400),
    })
    await expect(login.verifyIdToken(hs256())).rejects.toMatchObject({ code: 'LINE_LOGIN', reason })
  })

  test.each([
    ['HTML', () => new Response('<html>'), 'LINE_API'],
    ['an object without a user', () => json({}), 'LINE_NETWORK'],
  ])('is not refused by %s with status 200', async (_, answer, code) => {
    const { login } = setup({ 'POST /oauth2/v2.1/verify': answer })
    await expect(login.verifyIdToken(hs256())).rejects.toMatchObject({ code, operation: 'POST /oauth2/v2.1/verify' })
  })

  test('passes on any other error of LINE', async () => {
    const { login, clock } = setup({ 'POST /oauth2/v2.1/verify': () => json({ message: 'too many' }, 429) })
    await expect(clock.settle(login.verifyIdToken(hs256()))).rejects.toMatchObject({ code: 'LINE_RATE_LIMIT' })
  })
})

test('call() sends any record that takes the token of a LINE Login channel', async () => {
  const { login, seen } = setup({ 'GET /liff/v1/apps': () => json({ apps: [] }) })
  expect(await login.call(getAllLIFFApps, {})).toEqual({ apps: [] })
  await expect(login.call(getFollowers, { limit: 1 })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  expect(seen.map(({ call, authorization }) => [call, authorization])).toEqual([
    ['POST /oauth2/v3/token', null],
    ['GET /liff/v1/apps', 'Bearer channel-token'],
  ])
})
