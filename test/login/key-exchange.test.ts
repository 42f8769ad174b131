import { createPublicKey, verify } from 'node:crypto'
import { type ProvePrivateKey, proveAssertionKey, startKeyExchange } from 'line-oa/login'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { testJwk, testKid, testPem } from '../keys/fixed-key.js'
import { fakeLine, json } from './fake-line.js'
import { now } from './tokens-by-hand.js'

const channelId = '1657000001'

function setup(answers: Parameters<typeof fakeLine>[0] = {}) {
  const line = fakeLine({ 'GET /oauth2/v2.1/tokens/kid': () => json({ kids: ['a', 'b'] }), ...answers })
  const clock = new TestClock(now * 1000)
  const prove = (input: Partial<ProvePrivateKey> = {}) =>
    proveAssertionKey({ channelId, kid: testKid, privateKey: testPem, fetch: line.fetch, clock, ...input })
  return { ...line, clock, prove }
}

const claimsOf = (assertion = '') => JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString())

describe('what a wizard shows', () => {
  test('is the public half, in the form of the console: no kid, no private part', async () => {
    const { pair, publicKeyText } = await startKeyExchange()
    const shown = JSON.parse(publicKeyText)
    expect(shown).toEqual({ kty: 'RSA', alg: 'RS256', use: 'sig', n: expect.any(String), e: 'AQAB' })
    expect(shown).toEqual(pair.publicJwk)
  })

  test('belongs to the private half that is kept', async () => {
    const { pair, publicKeyText } = await startKeyExchange()
    const { prove, seen } = setup()
    expect(await prove({ privateKey: await pair.exportPem() })).toMatchObject({ status: 'proven' })
    const [head, body, signature = ''] = seen[0]?.form['client_assertion']?.split('.') ?? []
    const key = createPublicKey({ key: JSON.parse(publicKeyText), format: 'jwk' })
    expect(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  })
})

describe('the proof', () => {
  test('is a stateless token and the list of tokens, and takes up no place', async () => {
    const { prove, seen } = setup()
    expect(await prove()).toMatchObject({ status: 'proven', channelId, tokensInUse: 2, key: { kid: testKid } })
    expect(seen.map(({ call }) => call)).toEqual(['POST /oauth2/v3/token', 'GET /oauth2/v2.1/tokens/kid'])
    const assertions = [seen[0]?.form['client_assertion'], seen[1]?.query['client_assertion']]
    for (const assertion of assertions)
      expect(claimsOf(assertion)).toMatchObject({ iss: channelId, sub: channelId, exp: now + 900 })
  })

  test('issues a v2.1 token of 60 seconds only when asked to', async () => {
    const { prove, seen } = setup({
      'POST /oauth2/v2.1/token': () => json({ access_token: 't', expires_in: 60, key_id: 'c' }),
    })
    expect(await prove({ issueToken: true })).toMatchObject({ status: 'proven', tokensInUse: 3 })
    expect(seen.at(-1)?.call).toBe('POST /oauth2/v2.1/token')
    expect(claimsOf(seen.at(-1)?.form['client_assertion'])).toMatchObject({ token_exp: 60 })
  })

  test('takes what a person typed: spaces, full-width digits, a private JWK', async () => {
    const { prove } = setup()
    expect(
      await prove({ channelId: ' １６５７０００００１\n', kid: ` ${testKid} `, privateKey: { ...testJwk } }),
    ).toMatchObject({
      status: 'proven',
      channelId,
      key: { kid: testKid },
    })
  })

  test('the key that it gives signs for the channel', async () => {
    const proof = await setup().prove()
    if (proof.status !== 'proven') throw new Error(proof.message)
    expect(claimsOf(await proof.key.assertion({ channelId, now: now * 1000 }))).toMatchObject({ iss: channelId })
  })
})

describe('what is wrong is named', () => {
  const refusing = (body: object, status = 400, date?: number) => {
    const headers = date === undefined ? {} : { date: new Date(date * 1000).toUTCString() }
    return setup({ 'POST /oauth2/v3/token': () => Response.json(body, { status, headers }) })
  }
  const late = { error: 'invalid_client', error_description: 'Invalid exp' }

  test('404: LINE knows no such kid', async () => {
    const { prove } = refusing({ message: 'Cannot find channel key that satisfies the conditions' }, 404)
    expect(await prove()).toMatchObject({
      status: 'refused',
      code: 'unknown_kid',
      error: { code: 'LINE_NOT_FOUND', status: 404 },
    })
  })

  test('400: the key is registered on another channel', async () => {
    const { prove } = refusing({ error: 'invalid_client', error_description: 'iss and clientId of key do not match' })
    expect(await prove()).toMatchObject({
      status: 'refused',
      code: 'key_mismatch',
      message: expect.stringContaining('another channel'),
    })
  })

  test.each([
    ['behind', 1000, -1000, '17 minutes behind'],
    ['ahead', -3600, 3600, '60 minutes ahead'],
  ])('400 with clocks apart: this one is %s', async (_, lineAhead, clockAhead, words) => {
    const { prove } = refusing(late, 400, now + lineAhead)
    expect(await prove()).toMatchObject({ code: 'clock_skew', clockAhead, message: expect.stringContaining(words) })
  })

  test('400 with clocks that agree, or without LINE’s time: the assertion is over', async () => {
    expect(await refusing(late, 400, now + 2).prove()).toMatchObject({ code: 'assertion_expired' })
    expect(await refusing(late).prove()).toMatchObject({ code: 'assertion_expired' })
  })

  test('400 for another reason: most likely another key was registered', async () => {
    const { prove } = refusing({ error: 'invalid_client', error_description: 'Invalid signature' })
    expect(await prove()).toMatchObject({ code: 'refused', error: { lineMessage: 'Invalid signature' } })
  })

  test('a refusal of the second step counts as much', async () => {
    const { prove } = setup({
      'GET /oauth2/v2.1/tokens/kid': () => json({ error: 'invalid_client', error_description: 'Invalid exp' }, 400),
    })
    expect(await prove()).toMatchObject({ status: 'refused', code: 'assertion_expired' })
  })

  test('no place for the token that was asked for', async () => {
    const message = 'The maximum number of access tokens has already been issued'
    const { prove } = setup({ 'POST /oauth2/v2.1/token': () => json({ message }, 400) })
    expect(await prove({ issueToken: true })).toMatchObject({ code: 'no_place_left' })
  })

  test('no message holds an assertion', async () => {
    const proof = await refusing(late).prove()
    expect(JSON.stringify(proof)).not.toMatch(/eyJ/)
  })
})

describe('what is no word on the key is thrown', () => {
  test('LINE fails between any two steps', async () => {
    for (const call of ['POST /oauth2/v3/token', 'GET /oauth2/v2.1/tokens/kid']) {
      const { prove, clock } = setup({ [call]: () => json({}, 500) })
      await expect(clock.settle(prove({ random: () => 0 }))).rejects.toMatchObject({ code: 'LINE_API', status: 500 })
    }
  })

  test('something else answers in the place of LINE', async () => {
    await expect(setup({ 'GET /oauth2/v2.1/tokens/kid': () => new Response('<html>') }).prove()).rejects.toMatchObject({
      status: 200,
    })
    await expect(setup({ 'GET /oauth2/v2.1/tokens/kid': () => json({}) }).prove()).rejects.toMatchObject({
      code: 'LINE_NETWORK',
    })
  })

  test('values in the wrong fields are all named, and nothing is sent', async () => {
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
