import { createPublicKey, verify } from 'node:crypto'
import { type ProvePrivateKey, proveAssertionKey, startKeyExchange } from 'line-oa/keys'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { fakeLine, json } from '../login/fake-line.js'
import { now } from '../login/signed-tokens.js'
import { testJwk, testKid, testPem } from './fixed-key.js'

const channelId = '1657000001'

function setup(answers: Parameters<typeof fakeLine>[0] = {}) {
  const line = fakeLine({
    'GET /oauth2/v2.1/tokens/kid': () => json({ kids: ['a', 'b'] }),
    // A LINE Login channel has no bot.
    'GET /v2/bot/info': () => json({ message: 'Not allowed' }, 403),
    ...answers,
  })
  const clock = new TestClock(now * 1000)
  const prove = (input: Partial<ProvePrivateKey> = {}) =>
    proveAssertionKey({ channelId, kid: testKid, privateKey: testPem, fetch: line.fetch, clock, ...input })
  return { ...line, clock, prove }
}

const claimsOf = (assertion = '') => JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString())

describe('startKeyExchange', () => {
  test('returns the public half as the console expects it: without kid and private members', async () => {
    const { pair, publicKeyText } = await startKeyExchange()
    const shown = JSON.parse(publicKeyText)
    expect(shown).toEqual({ kty: 'RSA', alg: 'RS256', use: 'sig', n: expect.any(String), e: 'AQAB' })
    expect(shown).toEqual(pair.publicJwk)
  })

  test('returns the public half of the private half', async () => {
    const { pair, publicKeyText } = await startKeyExchange()
    const { prove, seen } = setup()
    expect(await prove({ privateKey: await pair.exportPem() })).toMatchObject({ status: 'proven' })
    const [head, body, signature = ''] = seen[0]?.form['client_assertion']?.split('.') ?? []
    const key = createPublicKey({ key: JSON.parse(publicKeyText), format: 'jwk' })
    expect(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  })
})

describe('proveAssertionKey', () => {
  test('issues a stateless token and lists the v2.1 tokens, which uses none of the 30 places', async () => {
    const { prove, seen } = setup()
    expect(await prove()).toMatchObject({ status: 'proven', channelId, tokensInUse: 2, key: { kid: testKid } })
    expect(seen.map(({ call }) => call)).toEqual([
      'POST /oauth2/v3/token',
      'GET /oauth2/v2.1/tokens/kid',
      'GET /v2/bot/info',
    ])
    const assertions = [seen[0]?.form['client_assertion'], seen[1]?.query['client_assertion']]
    for (const assertion of assertions)
      expect(claimsOf(assertion)).toMatchObject({ iss: channelId, sub: channelId, exp: now + 900 })
  })

  test('issues a v2.1 token of 60 seconds only with issueToken', async () => {
    const { prove, seen } = setup({
      'POST /oauth2/v2.1/token': () => json({ access_token: 't', expires_in: 60, key_id: 'c' }),
    })
    expect(await prove({ issueToken: true })).toMatchObject({ status: 'proven', tokensInUse: 3 })
    expect(seen.at(-2)?.call).toBe('POST /oauth2/v2.1/token')
    expect(claimsOf(seen.at(-2)?.form['client_assertion'])).toMatchObject({ token_exp: 60 })
  })

  test('accepts typed values with spaces and full-width digits, and a private JWK', async () => {
    const { prove } = setup()
    expect(
      await prove({ channelId: ' １６５７０００００１\n', kid: ` ${testKid} `, privateKey: { ...testJwk } }),
    ).toMatchObject({
      status: 'proven',
      channelId,
      key: { kid: testKid },
    })
  })

  test('returns a key that signs for the channel', async () => {
    const proof = await setup().prove()
    if (proof.status !== 'proven') throw new Error(proof.message)
    expect(claimsOf(await proof.key.assertion({ channelId, now: now * 1000 }))).toMatchObject({ iss: channelId })
  })
})

describe('a refused key has a code', () => {
  const refusing = (body: object, status = 400, date?: number) => {
    const headers = date === undefined ? {} : { date: new Date(date * 1000).toUTCString() }
    return setup({ 'POST /oauth2/v3/token': () => Response.json(body, { status, headers }) })
  }
  const late = { error: 'invalid_client', error_description: 'Invalid exp' }

  test('unknown_kid for status 404', async () => {
    const { prove } = refusing({ message: 'Cannot find channel key that satisfies the conditions' }, 404)
    expect(await prove()).toMatchObject({
      status: 'refused',
      code: 'unknown_kid',
      error: { code: 'LINE_NOT_FOUND', status: 404 },
    })
  })

  test('key_mismatch for a key of another channel', async () => {
    const { prove } = refusing({ error: 'invalid_client', error_description: 'iss and clientId of key do not match' })
    expect(await prove()).toMatchObject({ status: 'refused', code: 'key_mismatch' })
  })

  test.each([
    ['behind', 1000, -1000],
    ['ahead', -3600, 3600],
  ])('clock_skew for a clock that is %s', async (_, lineAhead, clockAhead) => {
    const { prove } = refusing(late, 400, now + lineAhead)
    expect(await prove()).toMatchObject({ code: 'clock_skew', clockAhead })
  })

  test('assertion_expired for clocks that agree, or when the response has no date', async () => {
    expect(await refusing(late, 400, now + 2).prove()).toMatchObject({ code: 'assertion_expired' })
    expect(await refusing(late).prove()).toMatchObject({ code: 'assertion_expired' })
  })

  test('refused for any other reason', async () => {
    const error_description = 'Invalid signature'
    const { prove } = refusing({ error: 'invalid_client', error_description })
    expect(await prove()).toMatchObject({ code: 'refused', error: { lineMessage: error_description } })
  })

  test('a refusal of the second call counts like one of the first', async () => {
    const { prove } = setup({
      'GET /oauth2/v2.1/tokens/kid': () => json({ error: 'invalid_client', error_description: 'Invalid exp' }, 400),
    })
    expect(await prove()).toMatchObject({ status: 'refused', code: 'assertion_expired' })
  })

  test('no_place_left for the token of issueToken', async () => {
    const message = 'The maximum number of access tokens has already been issued'
    const { prove } = setup({ 'POST /oauth2/v2.1/token': () => json({ message }, 400) })
    expect(await prove({ issueToken: true })).toMatchObject({ code: 'no_place_left' })
  })

  test('a result contains no assertion', async () => {
    const proof = await refusing(late).prove()
    expect(JSON.stringify(proof)).not.toMatch(/eyJ/)
  })
})

describe('an error that is not about the key is thrown', () => {
  test('for a failure of LINE in any call', async () => {
    for (const call of ['POST /oauth2/v3/token', 'GET /oauth2/v2.1/tokens/kid']) {
      const { prove, clock } = setup({ [call]: () => json({}, 500) })
      await expect(clock.settle(prove({ random: () => 0 }))).rejects.toMatchObject({ code: 'LINE_API', status: 500 })
    }
  })

  test('for a response that is not from LINE', async () => {
    await expect(setup({ 'GET /oauth2/v2.1/tokens/kid': () => new Response('<html>') }).prove()).rejects.toMatchObject({
      status: 200,
    })
    await expect(setup({ 'GET /oauth2/v2.1/tokens/kid': () => json({}) }).prove()).rejects.toMatchObject({
      code: 'LINE_NETWORK',
    })
  })

  test('for values in the wrong fields, all at once and without a request', async () => {
    const { prove, seen } = setup()
    const wrong = prove({ channelId: testKid, kid: channelId })
    await expect(wrong).rejects.toMatchObject({
      code: 'LINE_INPUT',
      problems: [{ path: 'channelId' }, { path: 'kid' }],
    })
    await expect(prove({ privateKey: 'key' })).rejects.toMatchObject({
      code: 'LINE_INPUT',
      problems: [{ path: 'privateKey' }],
    })
    expect(seen).toEqual([])
  })
})
