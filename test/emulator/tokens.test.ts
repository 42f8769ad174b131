import { createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { call, form, inputError, oauthRefusal, refusal, setup, text } from './setup.js'

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

const tokenIn = (body: unknown) => (body as { access_token: string }).access_token // the response that issued a token

describe('stateless channel access tokens', () => {
  test('a channel secret gets one that lives for 15 minutes', async () => {
    const { emulator, secret, works } = await withKey()
    const { status, body } = await form(emulator, '/oauth2/v3/token', { grant_type: 'client_credentials', ...secret })
    expect({ status, body }).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 900 } })
    await emulator.clock.advance(15 * minute - 1)
    expect(await works(tokenIn(body))).toBe(true)
    await emulator.clock.advance(1)
    expect(await works(tokenIn(body))).toBe(false)
  })

  test('an assertion gets one that lives for 15 minutes, without token_exp', async () => {
    const { grant, header, claims, works } = await withKey()
    const { token_exp: _, ...rest } = claims()
    const { status, body } = await grant('/oauth2/v3/token', sign(header, rest))
    expect({ status, body }).toMatchObject({ status: 200, body: { expires_in: 900 } })
    expect(await works(tokenIn(body))).toBe(true)
  })

  test('their number is not limited, and they cannot be revoked', async () => {
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

  test('a wrong secret and an unknown channel get the same response', async () => {
    const { emulator, secret } = await withKey()
    for (const wrong of [{ client_secret: '0'.repeat(32) }, { client_id: '1000000000' }]) {
      const answer = await form(emulator, '/oauth2/v3/token', { grant_type: 'client_credentials', ...secret, ...wrong })
      expect(answer).toMatchObject(oauthRefusal('invalid_request'))
      expect(answer.headers.get('x-line-request-id')).toBeTruthy()
    }
  })

  test('missing fields and another grant_type are refused', async () => {
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
  const start = Date.UTC(2026, 0, 1) / 1000

  test('an assertion with an unknown kid is answered with 404', async () => {
    const { header, claims, grant } = await withKey()
    const assertion = sign({ ...header, kid: 'd3b8f0a2-0000-4000-8000-000000000000' }, claims())
    expect(await grant('/oauth2/v2.1/token', assertion)).toMatchObject(refusal(404))
  })

  test.each<[string, object, object]>([
    ['the algorithm HS256', { alg: 'HS256' }, {}],
    ['another issuer', {}, { iss: '1000000000' }],
    ['another subject', {}, { sub: '1000000000' }],
    ['an audience without the slash', {}, { aud: 'https://api.line.me' }],
    ['an exp that has passed', {}, { exp: start }],
    ['an exp 30 minutes and 1 second ahead', {}, { exp: start + 1801 }],
    ['an exp that is a string', {}, { exp: String(start + 60) }],
    ['a token_exp of 30 days and 1 second', {}, { token_exp: 2_592_001 }],
    ['a token_exp that is a string', {}, { token_exp: '86400' }],
    ['no token_exp', {}, { token_exp: undefined }],
  ])('an assertion with %s is refused', async (_, header, claims) => {
    const world = await withKey()
    const assertion = sign({ ...world.header, ...header }, { ...world.claims(), ...claims })
    expect(await world.grant('/oauth2/v2.1/token', assertion)).toMatchObject(oauthRefusal('invalid_client'))
  })

  test('a signature by another key, a changed claim and a string that is not a JWT are refused', async () => {
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

  test('a key is valid for its own channel only', async () => {
    const { emulator, header, claims, grant } = await withKey()
    const other = emulator.createAccount({ name: 'Other' })
    const stolen = sign(header, { ...claims(), iss: other.channelId, sub: other.channelId })
    expect(await grant('/oauth2/v3/token', stolen)).toMatchObject(oauthRefusal('invalid_client'))
  })

  test('the console returns a UUID as the kid, and accepts the key as a JSON string', async () => {
    const { emulator, account, kid } = await withKey()
    expect(kid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(emulator.console.registerAssertionKey(account, JSON.stringify(jwkOf(second)))).not.toBe(kid)
  })

  test.each([
    ['a key with a kid', { ...jwkOf(first), kid: 'x' }],
    ['a private key', { ...first.privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }],
    ['a key without use', { ...jwkOf(first), use: undefined }],
    ['a key for RS512', { ...jwkOf(first), alg: 'RS512' }],
    [
      'a key of 1024 bits',
      {
        ...generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }),
        alg: 'RS256',
        use: 'sig',
      },
    ],
    ['a string that is not JSON', 'nonsense'],
    ['undefined', undefined],
  ])('the console refuses %s', async (_, jwk) => {
    const { emulator, account } = await setup()
    expect(() => emulator.console.registerAssertionKey(account, jwk)).toThrow(inputError)
  })

  test('the console refuses an unknown channel', async () => {
    const { emulator } = await setup()
    expect(() => emulator.console.registerAssertionKey({ channelId: '1' }, jwkOf(first))).toThrow(inputError)
  })
})

describe('channel access tokens v2.1', () => {
  test('one lives as long as token_exp says, and can be verified, listed and revoked', async () => {
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
    expect(await verify(tokenIn(body))).toMatchObject(oauthRefusal('invalid_request'))
  })

  test('one stops working when it expires', async () => {
    const { emulator, v21, verify, works, kids } = await withKey()
    const token = tokenIn((await v21({ token_exp: 60 })).body)
    await emulator.clock.advance(minute - 1)
    expect(await works(token)).toBe(true)
    await emulator.clock.advance(1)
    expect(await works(token)).toBe(false)
    expect(await verify(token)).toMatchObject(oauthRefusal('invalid_request'))
    expect((await kids()).body).toEqual({ kids: [] })
  })

  test('the 31st is refused until another one expires or is revoked', async () => {
    const { emulator, v21, secret } = await withKey()
    const tokens = []
    for (let count = 0; count < 30; count++) tokens.push(tokenIn((await v21({ token_exp: count ? 86_400 : 60 })).body))
    expect(await v21()).toMatchObject(refusal(400))
    await emulator.clock.advance(minute)
    expect((await v21()).status).toBe(200)
    expect(await v21()).toMatchObject(refusal(400))
    await form(emulator, '/oauth2/v2.1/revoke', { ...secret, access_token: tokens[1] ?? '' })
    expect((await v21()).status).toBe(200)
  })

  test('revoking requires the secret of the channel, and succeeds for a revoked token', async () => {
    const { emulator, v21, works, secret } = await withKey()
    const token = tokenIn((await v21()).body)
    const other = emulator.createAccount({ name: 'Other' })
    const revoke = (fields: object) =>
      form(emulator, '/oauth2/v2.1/revoke', { ...secret, access_token: token, ...fields })
    expect(await revoke({ client_secret: 'x' })).toMatchObject(oauthRefusal('invalid_client'))
    expect(await revoke({ client_id: '1' })).toMatchObject(oauthRefusal('invalid_client'))
    expect(await revoke({ access_token: 'x' })).toMatchObject(oauthRefusal('invalid_request'))
    expect((await revoke({ client_id: other.channelId, client_secret: other.channelSecret })).status).toBe(200)
    expect(await works(token)).toBe(true)
    await revoke({})
    expect((await revoke({})).status).toBe(200)
  })

  test('verify refuses a string that is not a token, and a token of another kind', async () => {
    const { verify, account } = await withKey()
    for (const token of ['x', account.issueLongLivedToken(), 'eyJ.a.b'])
      expect(await verify(token)).toMatchObject(oauthRefusal('invalid_request'))
  })
})

describe('short-lived channel access tokens', () => {
  test('one lives for 30 days, and can be verified and revoked', async () => {
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
    expect(await verify()).toMatchObject(oauthRefusal('invalid_request'))
  })

  test('issuing the 31st ends the oldest', async () => {
    const { emulator, secret, works } = await withKey()
    const tokens = []
    for (let count = 0; count < 31; count++)
      tokens.push(
        tokenIn((await form(emulator, '/v2/oauth/accessToken', { grant_type: 'client_credentials', ...secret })).body),
      )
    expect(await Promise.all(tokens.map(works))).toEqual([false, ...Array.from({ length: 30 }, () => true)])
  })

  test('a wrong channel ID, a wrong secret and another grant_type are refused', async () => {
    const { emulator, secret } = await withKey()
    const issue = (fields: object) =>
      form(emulator, '/v2/oauth/accessToken', { grant_type: 'client_credentials', ...secret, ...fields })
    expect(await issue({ client_id: '1' })).toMatchObject(oauthRefusal('invalid_client'))
    expect(await issue({ client_secret: 'x' })).toMatchObject(oauthRefusal('invalid_client'))
    expect(await issue({ grant_type: 'x' })).toMatchObject(oauthRefusal('invalid_request'))
  })

  test('verify and revoke refuse a string that does not look like a token', async () => {
    const { emulator } = await withKey()
    expect(await form(emulator, '/v2/oauth/verify', { access_token: 'x' })).toMatchObject(
      oauthRefusal('invalid_request'),
    )
    expect((await form(emulator, '/v2/oauth/revoke', { access_token: 'x' })).body).toEqual({ error: 'invalid_request' })
    expect((await form(emulator, '/v2/oauth/revoke', { access_token: 'x'.repeat(172) })).status).toBe(200)
  })
})

describe('the long-lived channel access token', () => {
  test('does not expire, which LINE expresses as an expires_in beyond 32 bits', async () => {
    const { emulator, account, works } = await withKey()
    const token = account.issueLongLivedToken()
    await emulator.clock.advance(1000 * day)
    expect(await works(token)).toBe(true)
    const { body } = await form(emulator, '/v2/oauth/verify', { access_token: token })
    expect((body as { expires_in: number }).expires_in).toBeGreaterThan(2 ** 31)
  })

  test('ends when another one is issued, at once or after the overlap', async () => {
    const { emulator, account, works } = await withKey()
    const old = account.issueLongLivedToken()
    const next = account.issueLongLivedToken()
    expect([await works(old), await works(next)]).toEqual([false, true])
    const last = account.issueLongLivedToken({ overlap: 24 })
    await emulator.clock.advance(day - 1)
    expect([await works(next), await works(last)]).toEqual([true, true])
    await emulator.clock.advance(1)
    expect([await works(next), await works(last)]).toEqual([false, true])
    expect(() => account.issueLongLivedToken({ overlap: 25 })).toThrow(inputError)
  })
})

describe('the owner of a token', () => {
  test('a token of a LINE Login channel does not work for an account', async () => {
    const { emulator } = await setup()
    const channel = emulator.createLoginChannel()
    const { body } = await form(emulator, '/oauth2/v3/token', {
      grant_type: 'client_credentials',
      client_id: channel.channelId,
      client_secret: channel.channelSecret,
    })
    expect(await call(emulator, 'GET /v2/bot/info', undefined, { token: tokenIn(body) })).toMatchObject(refusal(403))
  })

  test('a token of one account does not act for another', async () => {
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
  ])('%s is answered with 401', async (_, authorization) => {
    const { emulator } = await setup()
    const headers: Record<string, string> = authorization ? { authorization } : {}
    const answer = await call(emulator, 'POST /v2/bot/message/broadcast', { messages: [text('x')] }, { headers })
    expect(answer).toMatchObject(refusal(401))
    expect(answer.headers.get('x-line-request-id')).toBeTruthy()
  })
})
