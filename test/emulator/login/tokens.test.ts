import { describe, expect, test } from 'vitest'
import { call, form, inputError, oauthRefusal, refusal, tokenFor } from '../setup.js'
import { callbackUrl, challenge, day, minute, part, setup, verifier } from './setup.js'

describe('exchanging an authorization code', () => {
  test('returns access token, refresh token and ID token', async () => {
    const { codeOf, exchange } = setup()
    expect(await exchange(await codeOf())).toMatchObject({
      status: 200,
      body: {
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        expires_in: 2_592_000,
        refresh_token: expect.stringMatching(/^[\w-]{20}$/),
        scope: 'profile openid',
        token_type: 'Bearer',
        id_token: expect.any(String),
      },
    })
  })

  test('returns no ID token without the scope openid', async () => {
    const { tokens } = setup()
    expect(await tokens({ scope: 'profile' })).not.toHaveProperty('id_token')
  })

  test('works once, and within 10 minutes', async () => {
    const { emulator, codeOf, exchange } = setup()
    const code = await codeOf()
    expect((await exchange(code)).status).toBe(200)
    expect(await exchange(code)).toMatchObject(oauthRefusal('invalid_grant'))
    const old = await codeOf()
    await emulator.clock.advance(10 * minute)
    expect(await exchange(old)).toMatchObject(oauthRefusal('invalid_grant'))
  })

  const wrong: [string, Parameters<ReturnType<typeof setup>['exchange']>[1], object][] = [
    ['another redirect_uri', { redirect_uri: `${callbackUrl}/` }, oauthRefusal('invalid_grant')],
    ['a wrong channel secret', { client_secret: 'x' }, oauthRefusal('invalid_client')],
    ['an unknown channel', { client_id: '1' }, oauthRefusal('invalid_client')],
    ['a missing code_verifier', { code_verifier: undefined }, oauthRefusal('invalid_grant')],
    ['a wrong code_verifier', { code_verifier: `${verifier}x` }, oauthRefusal('invalid_grant')],
    ['a malformed code_verifier', { code_verifier: 'x' }, oauthRefusal('invalid_request')],
    ['a missing channel secret', { client_secret: undefined }, oauthRefusal('invalid_request')],
  ]
  test.each(wrong)('refuses %s', async (_, changes, response) => {
    const { codeOf, exchange } = setup()
    const code = await codeOf({ code_challenge: challenge, code_challenge_method: 'S256' })
    expect(await exchange(code, { code_verifier: verifier, ...changes })).toMatchObject(response)
  })

  test.each(wrong.slice(0, 5))('uses the code up when it refuses %s', async (_, changes) => {
    const { codeOf, exchange } = setup()
    const code = await codeOf({ code_challenge: challenge, code_challenge_method: 'S256' })
    await exchange(code, { code_verifier: verifier, ...changes })
    expect(await exchange(code, { code_verifier: verifier })).toMatchObject(oauthRefusal('invalid_grant'))
  })

  test('requires a code_verifier after a code_challenge, and refuses one otherwise', async () => {
    const { codeOf, exchange } = setup()
    const code = await codeOf({ code_challenge: challenge, code_challenge_method: 'S256' })
    expect((await exchange(code, { code_verifier: verifier })).status).toBe(200)
    expect(await exchange(await codeOf(), { code_verifier: verifier })).toMatchObject(oauthRefusal('invalid_grant'))
  })

  test('is refused for another channel', async () => {
    const { emulator, codeOf, exchange } = setup()
    const other = emulator.createLoginChannel()
    const stolen = await exchange(await codeOf(), { client_id: other.channelId, client_secret: other.channelSecret })
    expect(stolen).toMatchObject(oauthRefusal('invalid_grant'))
  })
})

describe('refreshing', () => {
  test('returns a new access token and the same refresh token, which lives for 90 days', async () => {
    const { emulator, tokens, secret, ask } = setup()
    const first = await tokens()
    const refresh = () =>
      form(emulator, '/oauth2/v2.1/token', {
        grant_type: 'refresh_token',
        refresh_token: first.refresh_token,
        ...secret,
      })
    await emulator.clock.advance(89 * day)
    expect(await ask('GET /v2/profile', first.access_token)).toMatchObject(refusal(401))
    const { body } = await refresh()
    expect(body).toEqual({
      access_token: expect.not.stringMatching(first.access_token),
      expires_in: 2_592_000,
      refresh_token: first.refresh_token,
      scope: 'profile openid',
      token_type: 'Bearer',
    })
    expect((await ask('GET /v2/profile', (body as { access_token: string }).access_token)).status).toBe(200)
    await emulator.clock.advance(day)
    expect(await refresh()).toMatchObject(oauthRefusal('invalid_grant'))
  })

  test('requires the channel secret of a web app, and ignores it for a channel with a mobile app', async () => {
    const { emulator, tokens, channel } = setup()
    const { refresh_token } = await tokens()
    const refresh = (more: { readonly [name: string]: string } = {}) =>
      form(emulator, '/oauth2/v2.1/token', {
        grant_type: 'refresh_token',
        refresh_token,
        client_id: channel.channelId,
        ...more,
      })
    expect(await refresh()).toMatchObject(oauthRefusal('invalid_request'))
    expect(await refresh({ client_secret: 'x' })).toMatchObject(oauthRefusal('invalid_client'))
    channel.settings.appTypes = ['web', 'mobile']
    expect((await refresh()).status).toBe(200)
    expect((await refresh({ client_secret: 'x' })).status).toBe(200)
  })

  test('is refused for another channel', async () => {
    const { emulator, tokens } = setup()
    const other = emulator.createLoginChannel()
    const { refresh_token } = await tokens()
    const secret = { client_id: other.channelId, client_secret: other.channelSecret }
    expect(
      await form(emulator, '/oauth2/v2.1/token', { grant_type: 'refresh_token', refresh_token, ...secret }),
    ).toMatchObject(oauthRefusal('invalid_grant'))
  })
})

describe('an access token', () => {
  test('can be verified, which returns the channel that it was issued for', async () => {
    const { emulator, tokens, verify, channel } = setup()
    const { access_token } = await tokens()
    await emulator.clock.advance(1000)
    expect(await verify(access_token)).toMatchObject({
      status: 200,
      body: { scope: 'profile openid', client_id: channel.channelId, expires_in: 2_591_999 },
    })
  })

  test('is distinguished from a channel access token at the same path', async () => {
    const { emulator, verify, channel } = setup()
    expect(await verify('x')).toMatchObject(oauthRefusal('invalid_request'))
    expect(await verify('a.b.c')).toMatchObject(oauthRefusal('invalid_request'))
    expect(await verify(await tokenFor(emulator, channel))).toMatchObject(oauthRefusal('invalid_request'))
  })

  test('expires after 30 days', async () => {
    const { emulator, tokens, verify, ask } = setup()
    const { access_token } = await tokens()
    await emulator.clock.advance(30 * day - 1)
    expect((await ask('GET /v2/profile', access_token)).status).toBe(200)
    await emulator.clock.advance(1)
    expect(await ask('GET /v2/profile', access_token)).toMatchObject(refusal(401))
    expect(await verify(access_token)).toMatchObject(oauthRefusal('invalid_request'))
  })

  test('can be revoked by its own channel only, and its refresh token keeps working', async () => {
    const { emulator, tokens, verify, secret } = setup()
    const other = emulator.createLoginChannel()
    const { access_token, refresh_token } = await tokens()
    const revoke = (fields: { readonly [name: string]: string }) =>
      form(emulator, '/oauth2/v2.1/revoke', { access_token, ...fields })
    expect((await revoke({ client_id: other.channelId, client_secret: other.channelSecret })).status).toBe(200)
    expect((await verify(access_token)).status).toBe(200)
    expect(await revoke({ client_id: secret.client_id })).toMatchObject({ status: 400 })
    expect(await revoke(secret)).toMatchObject({ status: 200, body: undefined })
    expect(await verify(access_token)).toMatchObject(oauthRefusal('invalid_request'))
    expect((await revoke(secret)).status).toBe(200)
    expect(
      (await form(emulator, '/oauth2/v2.1/token', { grant_type: 'refresh_token', refresh_token, ...secret })).status,
    ).toBe(200)
    expect(await revoke({ ...secret, access_token: 'x' })).toMatchObject(oauthRefusal('invalid_request'))
  })

  test('gives access according to its scopes', async () => {
    const { tokens, ask, person, channel } = setup()
    const userId = person.userIdFor(channel)
    const both = await tokens()
    expect((await ask('GET /v2/profile', both.access_token)).body).toEqual({
      userId,
      displayName: 'Mika',
      pictureUrl: 'https://profile.line-scdn.net/mika',
      statusMessage: 'Tea!',
    })
    expect((await ask('GET /oauth2/v2.1/userinfo', both.access_token)).body).toEqual({
      sub: userId,
      name: 'Mika',
      picture: 'https://profile.line-scdn.net/mika',
    })
    const openid = await tokens({ scope: 'openid' })
    expect((await ask('GET /oauth2/v2.1/userinfo', openid.access_token)).body).toEqual({ sub: userId })
    expect((await ask('GET /v2/profile', openid.access_token)).status).toBe(403)
    expect((await ask('GET /friendship/v1/status', openid.access_token)).status).toBe(403)
    const profile = await tokens({ scope: 'profile' })
    for (const method of ['GET', 'POST']) {
      const line = `${method} /oauth2/v2.1/userinfo`
      expect((await ask(line, profile.access_token)).status).toBe(403)
      expect((await ask(line, openid.access_token)).body).toEqual({ sub: userId })
    }
  })

  test('is refused in place of a channel access token, and the reverse', async () => {
    const { emulator, tokens, ask, channel } = setup()
    const { access_token } = await tokens()
    expect(await ask('GET /v2/bot/info', access_token)).toMatchObject(refusal(401))
    expect(await ask('GET /v2/profile', await tokenFor(emulator, channel))).toMatchObject(refusal(401))
    expect(await call(emulator, 'GET /v2/profile')).toMatchObject(refusal(401))
  })

  test('reads the friendship status: friend and not blocked', async () => {
    const { tokens, ask, person, account } = setup()
    const { access_token } = await tokens()
    const isFriend = async () => (await ask('GET /friendship/v1/status', access_token)).body
    expect(await isFriend()).toEqual({ friendFlag: false })
    await person.addFriend(account)
    expect(await isFriend()).toEqual({ friendFlag: true })
    await person.block(account)
    expect(await isFriend()).toEqual({ friendFlag: false })
    const lonely = setup({ linkedAccount: undefined })
    expect((await lonely.ask('GET /friendship/v1/status', (await lonely.tokens()).access_token)).status).toBe(400)
  })
})

describe('revoking consent', () => {
  test('by the user ends all tokens at once, and keeps the user ID', async () => {
    const { emulator, tokens, verify, ask, person, channel, secret, codeOf, exchange, url } = setup()
    const first = await tokens()
    const pending = await codeOf()
    person.revokeConsent(channel)
    expect(await verify(first.access_token)).toMatchObject(oauthRefusal('invalid_request'))
    expect(await ask('GET /v2/profile', first.access_token)).toMatchObject(refusal(401))
    const refreshed = await form(emulator, '/oauth2/v2.1/token', {
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token,
      ...secret,
    })
    expect(refreshed).toMatchObject(oauthRefusal('invalid_grant'))
    expect(await exchange(pending)).toMatchObject(oauthRefusal('invalid_grant'))
    expect((await person.login(url(), { consent: false })).url).toContain('error=ACCESS_DENIED')
    expect(part((await tokens()).id_token, 1)['sub']).toBe(part(first.id_token, 1)['sub'])
  })

  test('by the channel is answered with 204, once', async () => {
    const { emulator, tokens, verify, channel, account } = setup()
    const { access_token } = await tokens()
    const deauthorize = (token: string) =>
      call(emulator, 'POST /user/v1/deauthorize', { userAccessToken: access_token }, { token })
    expect(await deauthorize('x')).toMatchObject({ status: 401 })
    expect(await deauthorize(await tokenFor(emulator, account))).toMatchObject({ status: 403 })
    const token = await tokenFor(emulator, channel)
    expect(await deauthorize(token)).toMatchObject({ status: 204, body: undefined })
    expect(await verify(access_token)).toMatchObject(oauthRefusal('invalid_request'))
    expect(await deauthorize(token)).toMatchObject(refusal(400))
  })

  test('is refused with a short-lived channel access token and for a token of another channel', async () => {
    const { emulator, tokens, channel, secret } = setup()
    const { access_token } = await tokens()
    const { body } = await form(emulator, '/v2/oauth/accessToken', { grant_type: 'client_credentials', ...secret })
    const shortLived = (body as { access_token: string }).access_token
    const deauthorize = (token: string) =>
      call(emulator, 'POST /user/v1/deauthorize', { userAccessToken: access_token }, { token })
    expect((await deauthorize(shortLived)).status).toBe(401)
    const other = await tokenFor(emulator, emulator.createLoginChannel())
    expect(await deauthorize(other)).toMatchObject(refusal(400))
    expect((await deauthorize(await tokenFor(emulator, channel))).status).toBe(204)
  })
})

describe('tokens of apps', () => {
  test('of LIFF live for 12 hours', async () => {
    const { emulator, person, channel, ask } = setup()
    const { accessToken } = await emulator.issueLiffTokens(person, channel)
    await emulator.clock.advance(day / 2 - 1)
    expect((await ask('GET /v2/profile', accessToken)).status).toBe(200)
    await emulator.clock.advance(1)
    expect((await ask('GET /v2/profile', accessToken)).status).toBe(401)
  })

  test('of native apps can be refreshed, and need no secret', async () => {
    const { emulator, person, channel } = setup({ settings: { callbackUrls: [], appTypes: ['mobile'] } })
    const { refreshToken } = await emulator.issueNativeTokens(person, channel, { scope: ['profile'] })
    const fields = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: channel.channelId }
    expect(await form(emulator, '/oauth2/v2.1/token', fields)).toMatchObject({
      status: 200,
      body: { scope: 'profile' },
    })
  })

  test('require a role while the channel is in development, and a LINE Login channel', async () => {
    const { emulator, person, channel, account } = setup({ published: false })
    await expect(emulator.issueLiffTokens(person, channel)).rejects.toEqual(inputError)
    channel.settings.testers = [person]
    expect((await emulator.issueLiffTokens(person, channel, { scope: ['profile'] })).idToken).toBeUndefined()
    const bot = { ...channel, channelId: account.channelId }
    await expect(emulator.issueLiffTokens(person, bot)).rejects.toEqual(inputError)
    expect(() => person.revokeConsent(bot)).toThrow(inputError)
  })
})

describe('person.login()', () => {
  test('returns a POST request for form_post', async () => {
    const { person, url } = setup()
    const request = await person.login(url({ response_mode: 'form_post' }))
    expect([request.method, request.url]).toEqual(['POST', callbackUrl])
    expect(Object.fromEntries(await request.formData())).toEqual({ code: expect.any(String), state: 'state1' })
  })

  test('adds the linked account if it is offered, after the webhook response', async () => {
    const { person, url, account } = setup()
    const added = await person.login(url({ bot_prompt: 'normal' }), { addFriend: true })
    expect(added.url).toContain('friendship_status_changed=true')
    expect(account.deliveries).toMatchObject([{ event: { type: 'follow' } }])
    expect((await person.login(url({ bot_prompt: 'normal', prompt: 'consent' }))).url).not.toContain('friendship')
  })

  test.each([
    ['lineautologin', { disable_auto_login: 'true' }, 'pwd'],
    ['failed-autologin', { disable_auto_login: 'true' }, 'pwd'],
    ['lineautologin', {}, 'lineautologin'],
  ] as const)('by %s with %o logs in with the amr %s', async (by, changes, amr) => {
    const { tokens } = setup()
    expect(part((await tokens(changes, { by })).id_token, 1)['amr']).toEqual([amr])
  })

  test('returns another state when auto login fails', async () => {
    const { person, url, exchange } = setup()
    const { searchParams } = new URL((await person.login(url(), { by: 'failed-autologin' })).url)
    expect(searchParams.get('state')).toMatch(/^[0-9a-f]{32}$/)
    expect((await exchange(searchParams.get('code') ?? '')).status).toBe(400)
  })

  test('answers prompt=none according to the session of the browser', async () => {
    const { person, url } = setup()
    const silent = async (by: 'pwd' | 'linesso') =>
      new URL((await person.login(url({ prompt: 'none' }), { by })).url).searchParams.get('error')
    expect(await silent('pwd')).toBe('LOGIN_REQUIRED')
    expect(await silent('linesso')).toBe('INTERACTION_REQUIRED')
    await person.login(url())
    expect(await silent('linesso')).toBeNull()
  })

  test('throws when LINE shows an error page, and for other URLs', async () => {
    const { person, url, emulator, channel } = setup({ published: false })
    await expect(person.login(url())).rejects.toEqual(inputError)
    await expect(person.login(url({ redirect_uri: 'https://evil.example/' }))).rejects.toEqual(inputError)
    for (const address of [
      'https://access.line.me/',
      url().replace('access', 'api'),
      'https://api.line.me/oauth2/v2.1/token',
    ])
      await expect(person.login(address)).rejects.toEqual(inputError)
    const stranger = emulator.createPerson({ displayName: 'Ren' })
    channel.settings.testers = [person]
    await expect(stranger.login(url())).rejects.toEqual(inputError)
    await expect(person.login(url())).resolves.toBeInstanceOf(Request)
  })
})
