// The whole key exchange of a connect wizard: the SDK against the console and the token endpoints of the emulator.

import type { Clock } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey, generateAssertionKey, proveAssertionKey, startKeyExchange } from 'line-oa/keys'
import { createLoginClient } from 'line-oa/login'
import { describe, expect, test } from 'vitest'
import { testJwk, testPem } from './fixed-key.js'

const { kty, alg, use, n, e } = testJwk
const publicJwk = { kty, alg, use, n, e }
const minute = 60_000

function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const channel = emulator.createLoginChannel({ published: true })
  const kid = emulator.console.registerAssertionKey(channel, publicJwk)
  const requests: string[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    requests.push(`${init?.method} ${new URL(String(input)).pathname}`)
    return emulator.fetch(input, init)
  }
  const { channelId } = channel
  const here = { channelId, fetch, clock: emulator.clock as Clock }
  return {
    emulator,
    channel,
    channelId,
    kid,
    requests,
    here,
    prove: () => proveAssertionKey({ ...here, kid, privateKey: testPem }),
  }
}

/** A clock that is a number of milliseconds ahead of LINE's. */
const ahead = (clock: Clock, ms: number): Clock => ({ ...clock, now: () => clock.now() + ms })

describe('a key exchange', () => {
  test('leads from a new pair to a token that deauthorizes, without the channel secret', async () => {
    const { emulator, channel, here, requests } = setup()
    const { pair, publicKeyText } = await startKeyExchange()
    // The person registers the public key in the console; meanwhile the wizard stores the private key.
    const kid = emulator.console.registerAssertionKey(channel, publicKeyText)
    const stored = await pair.exportPem()
    const proof = await proveAssertionKey({ ...here, kid, privateKey: stored })
    if (proof.status !== 'proven') return expect.unreachable(proof.message)
    expect(requests).toEqual(['POST /oauth2/v3/token', 'GET /oauth2/v2.1/tokens/kid', 'GET /v2/bot/info'])
    const login = createLoginClient({ ...here, assertionKey: proof.key })
    const person = emulator.createPerson({ displayName: 'Mika' })
    const { accessToken } = await emulator.issueLiffTokens(person, channel)
    await login.deauthorize(accessToken)
    await expect(login.verifyAccessToken(accessToken)).rejects.toMatchObject({ reason: 'access-token' })
  })

  test('on a Messaging API channel is flagged, and refused for a wizard that needs a LINE Login channel', async () => {
    const { emulator } = setup()
    const account = emulator.createAccount({ name: 'Tea House' })
    const kid = emulator.console.registerAssertionKey(account, publicJwk)
    const input = {
      channelId: account.channelId,
      kid,
      privateKey: testPem,
      fetch: emulator.fetch,
      clock: emulator.clock as Clock,
    }
    expect(await proveAssertionKey(input)).toMatchObject({
      status: 'proven',
      channelKind: 'messaging',
      code: 'messaging_channel_given',
    })
    expect(await proveAssertionKey({ ...input, channelKind: 'login' })).toMatchObject({
      status: 'refused',
      code: 'messaging_channel_given',
    })
  })

  test('uses none of the 30 places for a proof, and one with issueToken', async () => {
    const { emulator, here, kid, prove } = setup()
    for (let i = 0; i < 40; i++) expect(await prove()).toMatchObject({ status: 'proven', tokensInUse: 0 })
    const issuing = { ...here, kid, privateKey: testPem, issueToken: true }
    expect(await proveAssertionKey(issuing)).toMatchObject({ status: 'proven', tokensInUse: 1 })
    expect(await prove()).toMatchObject({ tokensInUse: 1 })
    await emulator.clock.advance(minute - 1)
    expect(await prove()).toMatchObject({ tokensInUse: 1 })
    await emulator.clock.advance(1)
    expect(await prove()).toMatchObject({ tokensInUse: 0 })
    for (let i = 0; i < 30; i++)
      expect(await proveAssertionKey(issuing)).toMatchObject({ status: 'proven', tokensInUse: i + 1 })
    expect(await proveAssertionKey(issuing)).toMatchObject({ status: 'refused', code: 'no_place_left' })
    expect(await prove()).toMatchObject({ status: 'proven', tokensInUse: 30 })
  })

  test('accepts a key with a remote signer', async () => {
    const { here, kid } = setup()
    const key = await crypto.subtle.importKey('jwk', testJwk, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, [
      'sign',
    ])
    const remote = assertionKey({
      kid,
      sign: (input) => crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, new Uint8Array(input)),
    })
    expect(await proveAssertionKey({ ...here, key: remote })).toMatchObject({ status: 'proven', key: remote })
  })

  test('accepts a key from assertionKey() or its parts, not both', async () => {
    const { here, kid, requests } = setup()
    const key = assertionKey({ kid, privateKey: testPem })
    const both: object = { ...here, key, kid, privateKey: testPem }
    const text: object = { ...here, key: testPem }
    for (const wrong of [both, text, here]) {
      const given: unknown = wrong
      const proof = proveAssertionKey(given as Parameters<typeof proveAssertionKey>[0])
      await expect(proof).rejects.toMatchObject({
        code: 'LINE_INPUT',
        problems: expect.arrayContaining([expect.anything()]),
      })
      await expect(proof).rejects.toMatchObject({ message: expect.not.stringContaining(testPem.split('\n')[1] ?? '') })
    }
    expect(requests).toEqual([])
  })
})

describe('a refused key has a code', () => {
  test('unknown_kid for a kid that LINE does not know', async () => {
    const { here } = setup()
    const mistyped = { ...here, kid: '01234567-89ab-cdef-0123-456789abcdef', privateKey: testPem }
    expect(await proveAssertionKey(mistyped)).toMatchObject({
      status: 'refused',
      code: 'unknown_kid',
      error: { status: 404 },
    })
  })

  test('key_mismatch for the ID of another channel', async () => {
    const { emulator, here, kid } = setup()
    const { channelId } = emulator.createLoginChannel()
    expect(await proveAssertionKey({ ...here, channelId, kid, privateKey: testPem })).toMatchObject({
      code: 'key_mismatch',
      error: { status: 400 },
    })
  })

  test('refused for the private half of another pair', async () => {
    const { here, kid } = setup()
    const privateKey = await (await generateAssertionKey()).exportPem()
    expect(await proveAssertionKey({ ...here, kid, privateKey })).toMatchObject({ status: 'refused', code: 'refused' })
  })

  test.each([
    ['16 minutes ahead', 16 * minute, 960],
    ['16 minutes behind', -16 * minute, -960],
    ['an hour behind', -60 * minute, -3600],
  ])('clock_skew for a clock that is %s', async (_, ms, clockAhead) => {
    const { here, kid } = setup()
    const proof = await proveAssertionKey({ ...here, clock: ahead(here.clock, ms), kid, privateKey: testPem })
    expect(proof).toMatchObject({ code: 'clock_skew', clockAhead, error: { status: 400 } })
  })

  test('none for a clock that is 14 minutes off', async () => {
    const { here, kid } = setup()
    for (const ms of [14 * minute, -14 * minute])
      expect(
        await proveAssertionKey({ ...here, clock: ahead(here.clock, ms), kid, privateKey: testPem }),
      ).toMatchObject({
        status: 'proven',
      })
  })

  test('assertion_expired for an assertion that expired before it was sent, although the clocks agree', async () => {
    const { emulator, here, kid } = setup()
    const slow = assertionKey({ kid, privateKey: testPem })
    const key = {
      kid,
      async assertion(request: Parameters<typeof slow.assertion>[0]) {
        const made = await slow.assertion(request)
        // The remote signer is slow.
        await emulator.clock.advance(16 * minute)
        return made
      },
    }
    expect(await proveAssertionKey({ ...here, key })).toMatchObject({ status: 'refused', code: 'assertion_expired' })
  })
})
