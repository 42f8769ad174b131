import { createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { call, form, setup, text } from './setup.js'

const minute = 60 * 1000
const day = 24 * 60 * minute
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const keys = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }))
const [first, second] = keys as [(typeof keys)[number], (typeof keys)[number]] // made two lines above
const jwkOf = (pair: typeof first) => ({ ...pair.publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' })

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function sign(header: object, claims: object, pair = first): string {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${createSign('RSA-SHA256').update(input).sign(pair.privateKey, 'base64url')}`
}

async function withKey() {
  const world = await setup()
  const { emulator, account } = world
  const { channelId } = account
  const kid = emulator.console.registerAssertionKey(account, jwkOf(first))
  const header = { alg: 'RS256', typ: 'JWT', kid }
  const claims = () => ({
    iss: channelId,
    sub: channelId,
    aud: 'https://api.line.me/',
    exp: Math.floor(emulator.clock.now() / 1000) + 30 * 60,
    token_exp: 86_400,
  })
  const grant = (path: string, assertion: string) =>
    form(emulator, path, {
      grant_type: 'client_credentials',
      client_assertion_type: assertionType,
      client_assertion: assertion,
    })
  const v21 = (changes: object = {}) => grant('/oauth2/v2.1/token', sign(header, { ...claims(), ...changes }))
  const kids = () =>
    call(
      emulator,
      `GET /oauth2/v2.1/tokens/kid?${new URLSearchParams({ client_assertion_type: assertionType, client_assertion: sign(header, claims()) })}`,
    )
  const verify = (token: string) =>
    call(emulator, `GET /oauth2/v2.1/verify?${new URLSearchParams({ access_token: token })}`)
  const works = async (token: string) => (await call(emulator, 'GET /v2/bot/info', undefined, { token })).status === 200
  const secret = { client_id: channelId, client_secret: account.channelSecret }
  return { ...world, kid, header, claims, grant, v21, kids, verify, works, secret }
}

const tokenIn = (body: unknown) => (body as { access_token: string }).access_token // an answer that issued one

describe('stateless tokens', () => {
  test('the secret gives one for 15 minutes', async () => {
    const { emulator, secret, works } = await withKey()
    const { status, body } = await form(emulator, '/oauth2/v3/token', { grant_type: 'client_credentials', ...secret })
    expect({ status, body }).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 900 } })
    await emulator.clock.advance(15 * minute - 1)
    expect(await works(tokenIn(body))).toBe(true)
    await emulator.clock.advance(1)
    expect(await works(tokenIn(body))).toBe(false)
  })

  test('so does an assertion, whatever life it asks for', async () => {
    const { grant, header, claims, works } = await withKey()
    const { token_exp: _, ...rest } = claims()
    const { status, body } = await grant('/oauth2/v3/token', sign(header, rest))
    expect({ status, body }).toMatchObject({ status: 200, body: { expires_in: 900 } })
    expect(await works(tokenIn(body))).toBe(true)
  })

  test('there is no limit to them, and none can be revoked', async () => {
    const { emulator, secret, works } = await withKey()
    const issued = []
    for (let count = 0; count < 40; count++)
      issued.push(
        tokenIn((await form(emulator, '/oauth2/v3/token', { grant_type: 'client_credentials', ...secret })).body),
      )
    expect(new Set(issued).size).toBe(40)
    const [token = ''] = issued
    await form(emulator, '/oauth2/v2.1/revoke', { ...secret, access_token: token })
    await form(emulator, '/v2/oauth/revoke', { access_token: token })
    expect(await works(token)).toBe(true)
  })

  test('a wrong secret and an unknown channel are refused alike', async () => {
    const { emulator, secret } = await withKey()
    for (const wrong of [{ client_secret: '0'.repeat(32) }, { client_id: '1000000000' }]) {
      const answer = await form(emulator, '/oauth2/v3/token', { grant_type: 'client_credentials', ...secret, ...wrong })
      expect(answer).toMatchObject({
        status: 400,
        body: { error: 'invalid_request', error_description: "Invalid 'client_credentials'." },
      })
      expect(answer.headers.get('x-line-request-id')).toBeTruthy()
    }
  })

  test('missing fields and another grant are refused', async () => {
    const { emulator, secret } = await withKey()
    for (const fields of [
      { grant_type: 'client_credentials' },
      { ...secret, grant_type: 'password' },
      { client_id: secret.client_id, grant_type: 'client_credentials' },
    ]) {
      expect(await form(emulator, '/oauth2/v3/token', fields)).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      })
    }
  })
})

describe('assertions', () => {
  const refusals: [string, object, object, number, object][] = [
    [
      'a kid that nobody registered',
      { kid: 'd3b8f0a2-0000-4000-8000-000000000000' },
      {},
      404,
      { message: 'Cannot find channel key that satisfies the conditions' },
    ],
    ['another algorithm', { alg: 'HS256' }, {}, 400, { error: 'invalid_client' }],
    [
      'another issuer',
      {},
      { iss: '1000000000' },
      400,
      { error: 'invalid_client', error_description: 'iss and clientId of key do not match' },
    ],
    ['another subject', {}, { sub: '1000000000' }, 400, { error_description: 'iss and clientId of key do not match' }],
    ['an audience without its slash', {}, { aud: 'https://api.line.me' }, 400, { error: 'invalid_client' }],
    [
      'an end that has come',
      {},
      { exp: Date.UTC(2026, 0, 1) / 1000 },
      400,
      { error: 'invalid_client', error_description: 'Invalid exp' },
    ],
    [
      'an end 30 minutes and a second ahead',
      {},
      { exp: Date.UTC(2026, 0, 1) / 1000 + 1801 },
      400,
      { error_description: 'Invalid exp' },
    ],
    [
      'an end that is text',
      {},
      { exp: String(Date.UTC(2026, 0, 1) / 1000 + 60) },
      400,
      { error_description: 'Invalid exp' },
    ],
    ['a life of 30 days and a second', {}, { token_exp: 2_592_001 }, 400, { error: 'invalid_client' }],
    ['a life that is text', {}, { token_exp: '86400' }, 400, { error: 'invalid_client' }],
    ['no life', {}, { token_exp: undefined }, 400, { error: 'invalid_client' }],
  ]
  test.each(refusals)('%s is refused', async (_, header, claims, status, body) => {
    const world = await withKey()
    const assertion = sign({ ...world.header, ...header }, { ...world.claims(), ...claims })
    expect(await world.grant('/oauth2/v2.1/token', assertion)).toMatchObject({ status, body })
  })

  test('a signature of another key, a changed claim and what is no JWT are refused', async () => {
    const { header, claims, grant } = await withKey()
    const good = sign(header, claims())
    const [head, , tail] = good.split('.')
    const changed = `${head}.${encode({ ...claims(), token_exp: 1 })}.${tail}`
    for (const assertion of [sign(header, claims(), second), changed, 'x', 'a.b.c', `${good}.x`, '{}']) {
      expect(await grant('/oauth2/v2.1/token', assertion)).toMatchObject({
        status: 400,
        body: { error: 'invalid_client' },
      })
    }
  })

  test('a key speaks for its own channel only', async () => {
    const { emulator, header, claims, grant } = await withKey()
    const other = emulator.createAccount({ name: 'Other' })
    const stolen = sign(header, { ...claims(), iss: other.channelId, sub: other.channelId })
    expect(await grant('/oauth2/v3/token', stolen)).toMatchObject({
      status: 400,
      body: { error_description: 'iss and clientId of key do not match' },
    })
  })

  test('the console gives a UUID, and takes the JSON text too', async () => {
    const { emulator, account, kid } = await withKey()
    expect(kid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(emulator.console.registerAssertionKey(account, JSON.stringify(jwkOf(second)))).not.toBe(kid)
  })

  test.each([
    ['a kid', { ...jwkOf(first), kid: 'x' }],
    ['its private half', { ...first.privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }],
    ['no use', { ...jwkOf(first), use: undefined }],
    ['another algorithm', { ...jwkOf(first), alg: 'RS512' }],
    [
      '1024 bits',
      {
        ...generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }),
        alg: 'RS256',
        use: 'sig',
      },
    ],
    ['no JSON', 'nonsense'],
    ['nothing', undefined],
  ])('the console refuses a key with %s', async (_, jwk) => {
    const { emulator, account } = await setup()
    expect(() => emulator.console.registerAssertionKey(account, jwk)).toThrow(
      expect.objectContaining({ code: 'LINE_INPUT' }),
    )
  })

  test('the console refuses a channel that it does not know', async () => {
    const { emulator } = await setup()
    expect(() => emulator.console.registerAssertionKey({ channelId: '1' }, jwkOf(first))).toThrow(
      expect.objectContaining({ code: 'LINE_INPUT' }),
    )
  })
})

describe('v2.1 tokens', () => {
  test('one lives as long as the assertion asks, is verified, listed and revoked', async () => {
    const { emulator, v21, verify, kids, works, secret, account } = await withKey()
    const { body } = await v21({ token_exp: 2_592_000 })
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 2_592_000,
      key_id: expect.stringMatching(/^[\w-]{22}$/),
    })
    expect((await kids()).body).toEqual({ kids: [(body as { key_id: string }).key_id] })
    await emulator.clock.advance(1000)
    expect(await verify(tokenIn(body))).toMatchObject({
      status: 200,
      body: { client_id: account.channelId, expires_in: 2_591_999 },
    })
    const revoked = await form(emulator, '/oauth2/v2.1/revoke', { ...secret, access_token: tokenIn(body) })
    expect(revoked).toMatchObject({ status: 200, body: undefined })
    expect(await works(tokenIn(body))).toBe(false)
    expect((await kids()).body).toEqual({ kids: [] })
    expect(await verify(tokenIn(body))).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'The access token revoked' },
    })
  })

  test('it ends when its life ends', async () => {
    const { emulator, v21, verify, works, kids } = await withKey()
    const token = tokenIn((await v21({ token_exp: 60 })).body)
    await emulator.clock.advance(minute - 1)
    expect(await works(token)).toBe(true)
    await emulator.clock.advance(1)
    expect(await works(token)).toBe(false)
    expect(await verify(token)).toMatchObject({ status: 400, body: { error_description: 'The access token expired' } })
    expect((await kids()).body).toEqual({ kids: [] })
  })

  test('the 31st is refused until one has ended', async () => {
    const { emulator, v21, secret } = await withKey()
    const tokens = []
    for (let count = 0; count < 30; count++) tokens.push(tokenIn((await v21({ token_exp: count ? 86_400 : 60 })).body))
    const refused = { status: 400, body: { message: 'The maximum number of access tokens has already been issued' } }
    expect(await v21()).toMatchObject(refused)
    await emulator.clock.advance(minute)
    expect((await v21()).status).toBe(200)
    expect(await v21()).toMatchObject(refused)
    await form(emulator, '/oauth2/v2.1/revoke', { ...secret, access_token: tokens[1] ?? '' })
    expect((await v21()).status).toBe(200)
  })

  test('revoking needs the secret of the right channel, and says nothing about tokens that are gone', async () => {
    const { emulator, v21, works, secret } = await withKey()
    const token = tokenIn((await v21()).body)
    const other = emulator.createAccount({ name: 'Other' })
    const revoke = (fields: object) =>
      form(emulator, '/oauth2/v2.1/revoke', { ...secret, access_token: token, ...fields })
    expect(await revoke({ client_secret: 'x' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client', error_description: 'invalid client_secret' },
    })
    expect(await revoke({ client_id: '1' })).toMatchObject({
      status: 400,
      body: { error_description: 'invalid client_id' },
    })
    expect(await revoke({ access_token: 'x' })).toMatchObject({
      status: 400,
      body: { error_description: 'The access token not JWS' },
    })
    expect((await revoke({ client_id: other.channelId, client_secret: other.channelSecret })).status).toBe(200)
    expect(await works(token)).toBe(true)
    await revoke({})
    expect((await revoke({})).status).toBe(200)
  })

  test('what is none is refused by verify', async () => {
    const { verify, account } = await withKey()
    expect(await verify('x')).toMatchObject({ status: 400, body: { error_description: 'The access token not JWS' } })
    expect(await verify(account.issueLongLivedToken())).toMatchObject({ status: 400 })
    expect(await verify('eyJ.a.b')).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })
})

describe('short-lived tokens', () => {
  test('one lives for 30 days, is verified and revoked', async () => {
    const { emulator, secret, works, account } = await withKey()
    const { body } = await form(emulator, '/v2/oauth/accessToken', { grant_type: 'client_credentials', ...secret })
    expect(body).toMatchObject({ expires_in: 2_592_000, token_type: 'Bearer' })
    const token = tokenIn(body)
    expect(token).toMatch(/\+.*\/.*=$/)
    const verify = () => form(emulator, '/v2/oauth/verify', { access_token: token })
    expect(await verify()).toMatchObject({ status: 200, body: { client_id: account.channelId, expires_in: 2_592_000 } })
    await emulator.clock.advance(30 * day - 1)
    expect(await works(token)).toBe(true)
    expect(await form(emulator, '/v2/oauth/revoke', { access_token: token })).toMatchObject({
      status: 200,
      body: undefined,
    })
    expect(await works(token)).toBe(false)
    expect(await verify()).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'access_token invalid' },
    })
  })

  test('the 31st ends the oldest without a word', async () => {
    const { emulator, secret, works } = await withKey()
    const tokens = []
    for (let count = 0; count < 31; count++)
      tokens.push(
        tokenIn((await form(emulator, '/v2/oauth/accessToken', { grant_type: 'client_credentials', ...secret })).body),
      )
    expect(await Promise.all(tokens.map(works))).toEqual([false, ...Array.from({ length: 30 }, () => true)])
  })

  test('a wrong ID and a wrong secret have answers of their own', async () => {
    const { emulator, secret } = await withKey()
    const issue = (fields: object) =>
      form(emulator, '/v2/oauth/accessToken', { grant_type: 'client_credentials', ...secret, ...fields })
    expect(await issue({ client_id: '1' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client', error_description: 'invalid client_id' },
    })
    expect(await issue({ client_secret: 'x' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client', error_description: 'invalid client_secret' },
    })
    expect(await issue({ grant_type: 'x' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'some parameters missed or invalid' },
    })
  })

  test('verify and revoke refuse what has not the form of a token', async () => {
    const { emulator } = await withKey()
    expect(await form(emulator, '/v2/oauth/verify', { access_token: 'x' })).toMatchObject({
      status: 400,
      body: { error_description: 'access_token in invalid format' },
    })
    expect((await form(emulator, '/v2/oauth/revoke', { access_token: 'x' })).body).toEqual({ error: 'invalid_request' })
    expect((await form(emulator, '/v2/oauth/revoke', { access_token: 'x'.repeat(172) })).status).toBe(200)
  })
})

describe('the long-lived token', () => {
  test('it has no end, and LINE says so with seconds beyond 32 bits', async () => {
    const { emulator, account, works } = await withKey()
    const token = account.issueLongLivedToken()
    await emulator.clock.advance(1000 * day)
    expect(await works(token)).toBe(true)
    const { body } = await form(emulator, '/v2/oauth/verify', { access_token: token })
    expect((body as { expires_in: number }).expires_in).toBeGreaterThan(2 ** 31)
  })

  test('a new one ends the old one at once, or after the overlap', async () => {
    const { emulator, account, works } = await withKey()
    const old = account.issueLongLivedToken()
    const next = account.issueLongLivedToken()
    expect([await works(old), await works(next)]).toEqual([false, true])
    const last = account.issueLongLivedToken({ overlap: 24 })
    await emulator.clock.advance(day - 1)
    expect([await works(next), await works(last)]).toEqual([true, true])
    await emulator.clock.advance(1)
    expect([await works(next), await works(last)]).toEqual([false, true])
    expect(() => account.issueLongLivedToken({ overlap: 25 })).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })
})

describe('whose token works where', () => {
  test('a Login channel gets tokens too, and none of them opens an account', async () => {
    const { emulator } = await setup()
    const channel = emulator.createLoginChannel()
    const { body } = await form(emulator, '/oauth2/v3/token', {
      grant_type: 'client_credentials',
      client_id: channel.channelId,
      client_secret: channel.channelSecret,
    })
    expect(await call(emulator, 'GET /v2/bot/info', undefined, { token: tokenIn(body) })).toMatchObject({
      status: 403,
      body: { message: 'Access to this API is not available for your account' },
    })
  })

  test('a token of one account never acts for another', async () => {
    const { emulator, push, person } = await setup()
    const other = emulator.createAccount({ name: 'Other' })
    await person.addFriend(other)
    await push(person.userIdFor(other))
    expect(person.chatWith(other)).toEqual([])
    const { body } = await call(emulator, 'GET /v2/bot/info', undefined, { token: other.issueLongLivedToken() })
    expect(body).toMatchObject({ basicId: other.basicId })
  })

  test.each([
    ['no header', undefined],
    ['another scheme', 'Basic abc'],
    ['a made-up token', 'Bearer abc'],
    ['no token', 'Bearer '],
  ])('%s is answered 401', async (_, authorization) => {
    const { emulator } = await setup()
    const headers: Record<string, string> = authorization ? { authorization } : {}
    const answer = await call(emulator, 'POST /v2/bot/message/broadcast', { messages: [text('x')] }, { headers })
    expect(answer).toMatchObject({
      status: 401,
      body: {
        message:
          'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
      },
    })
    expect(answer.headers.get('x-line-request-id')).toBeTruthy()
  })
})
