import { createHmac, createPublicKey, verify as verifySignature } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { call, form, oauthRefusal, read } from '../setup.js'
import { callbackUrl, minute, part, setup } from './setup.js'

describe('an ID token', () => {
  const start = Date.UTC(2026, 0, 1) / 1000

  test('of a web login is signed with HS256 and the channel secret, without a kid', async () => {
    const { tokens, channel, person } = setup()
    const { id_token } = await tokens({ nonce: 'n1', max_age: '100' })
    expect(part(id_token, 0)).toEqual({ typ: 'JWT', alg: 'HS256' })
    expect(part(id_token, 1)).toEqual({
      iss: 'https://access.line.me',
      sub: person.userIdFor(channel),
      aud: channel.channelId,
      iat: start,
      exp: start + 3600,
      auth_time: start,
      nonce: 'n1',
      amr: ['pwd'],
      name: 'Mika',
      picture: 'https://profile.line-scdn.net/mika',
    })
    const [head, body, tail] = id_token.split('.')
    expect(createHmac('sha256', channel.channelSecret).update(`${head}.${body}`).digest('base64url')).toBe(tail)
  })

  test.each(['lineqr', 'lineautologin', 'linesso'] as const)('has the login method %s as amr', async (by) => {
    const { tokens } = setup()
    const claims = part((await tokens({ scope: 'openid' }, { by })).id_token, 1)
    expect(claims).toMatchObject({ amr: [by] })
    for (const absent of ['nonce', 'auth_time', 'name', 'picture', 'email']) expect(claims).not.toHaveProperty(absent)
  })

  test('has the email address if it was granted, which the scope of the token does not list', async () => {
    const world = setup({ settings: { callbackUrls: [callbackUrl], emailPermission: true } })
    const granted = await world.tokens({ scope: 'profile openid email' })
    expect(part(granted.id_token, 1)['email']).toBe('mika@example.com')
    expect(granted.scope).toBe('profile openid')
    expect(part((await world.tokens({ scope: 'openid email' })).id_token, 1)['email']).toBe('mika@example.com')
    const withheld = await world.tokens({ scope: 'openid email', prompt: 'consent' }, { email: false })
    expect(part(withheld.id_token, 1)).not.toHaveProperty('email')
  })

  test('of LIFF and native apps is signed with ES256 and a key of the JWK set', async () => {
    const { emulator, person, channel } = setup()
    for (const issue of [emulator.issueLiffTokens, emulator.issueNativeTokens]) {
      const { idToken = '' } = await issue(person, channel, { nonce: 'n' })
      const { body } = await call(emulator, 'GET /oauth2/v2.1/certs')
      const [jwk] = (body as { keys: (JsonWebKey & { kid: string })[] }).keys
      expect(jwk).toEqual({
        kty: 'EC',
        alg: 'ES256',
        use: 'sig',
        kid: expect.stringMatching(/^[0-9a-f]{64}$/),
        crv: 'P-256',
        x: jwk?.x,
        y: jwk?.y,
      })
      expect(part(idToken, 0)).toEqual({ typ: 'JWT', alg: 'ES256', kid: jwk?.kid })
      expect(part(idToken, 1)).toMatchObject({ aud: channel.channelId, nonce: 'n', name: 'Mika' })
      const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
      const [head, body64, tail = ''] = idToken.split('.')
      const signature = Buffer.from(tail, 'base64url')
      expect(
        verifySignature('sha256', Buffer.from(`${head}.${body64}`), { key, dsaEncoding: 'ieee-p1363' }, signature),
      ).toBe(true)
    }
  })

  test('is verified by LINE, with its signature, audience, nonce, subject, issuer and expiry', async () => {
    const { emulator, tokens, secret, person, channel } = setup()
    const other = emulator.createLoginChannel()
    const { id_token } = await tokens({ nonce: 'n1' })
    const { idToken = '' } = await emulator.issueLiffTokens(person, channel)
    const check = (fields: { readonly [name: string]: string }) =>
      form(emulator, '/oauth2/v2.1/verify', { id_token, client_id: secret.client_id, ...fields })
    const userId = person.userIdFor(channel)
    expect(await check({ nonce: 'n1', user_id: userId })).toMatchObject({ status: 200, body: part(id_token, 1) })
    expect(await check({ id_token: idToken })).toMatchObject({ status: 200, body: { sub: userId } })
    const [head, , tail] = id_token.split('.')
    const forged = [
      head,
      Buffer.from(JSON.stringify({ ...part(id_token, 1), sub: 'U1' })).toString('base64url'),
      tail,
    ].join('.')
    const none = [Buffer.from('{"alg":"none"}').toString('base64url'), id_token.split('.')[1], ''].join('.')
    for (const bad of ['x', 'a.b.c', forged, none, `${id_token}x`, `${id_token}.x`])
      expect(await check({ id_token: bad })).toMatchObject(oauthRefusal('invalid_request'))
    expect(await check({ client_id: other.channelId })).toMatchObject(oauthRefusal('invalid_request'))
    expect(await check({ nonce: 'n2' })).toMatchObject(oauthRefusal('invalid_request'))
    expect(await check({ user_id: 'U1' })).toMatchObject(oauthRefusal('invalid_request'))
    const issuer = { ...part(id_token, 1), iss: 'https://evil.example' }
    const foreign = [head, Buffer.from(JSON.stringify(issuer)).toString('base64url')].join('.')
    const signature = createHmac('sha256', secret.client_secret).update(foreign).digest('base64url')
    expect(await check({ id_token: `${foreign}.${signature}` })).toMatchObject(oauthRefusal('invalid_request'))
    expect(await check({ client_id: '1' })).toMatchObject(oauthRefusal('invalid_client'))
    await emulator.clock.advance(60 * minute)
    expect(await check({})).toMatchObject(oauthRefusal('invalid_request'))
  })
})

test('the OpenID configuration lists ES256 only, and the endpoints of its host', async () => {
  const { emulator } = setup()
  const discover = async (origin: string) =>
    (await read(await emulator.fetch(`${origin}/.well-known/openid-configuration`))).body
  expect(await discover('https://access.line.me')).toEqual({
    issuer: 'https://access.line.me',
    authorization_endpoint: 'https://access.line.me/oauth2/v2.1/authorize',
    token_endpoint: 'https://api.line.me/oauth2/v2.1/token',
    revocation_endpoint: 'https://api.line.me/oauth2/v2.1/revoke',
    userinfo_endpoint: 'https://api.line.me/oauth2/v2.1/userinfo',
    scopes_supported: ['openid', 'profile', 'email'],
    jwks_uri: 'https://api.line.me/oauth2/v2.1/certs',
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
  })
  expect(await discover('http://127.0.0.1:1')).toMatchObject({
    issuer: 'https://access.line.me',
    token_endpoint: 'http://127.0.0.1:1/oauth2/v2.1/token',
  })
})
