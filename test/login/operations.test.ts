import { login, tokens } from 'line-oa/catalog'
import { contracts } from 'line-oa/contracts'
import type { Endpoint } from 'line-oa/core'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey } from 'line-oa/keys'
import { describe, expect, test } from 'vitest'
import { testPair } from '../keys/fixed-key.js'
import { claims } from './signed-tokens.js'

const records: readonly [string, Endpoint][] = Object.entries(login)
const validator = contracts()
const pair = await testPair()

const takes = (name: keyof typeof login, part: 'input' | 'output', value: unknown) =>
  validator.check(login[name], part, value).length === 0

test('each of the twelve records has the method, host, path and token that LINE documents', () => {
  const table = records.map(([name, { method, host = 'api', path, auth, body }]) =>
    `${name} ${method} ${host} ${path} ${auth} ${body ?? ''}`.trim(),
  )
  expect(table.sort()).toEqual([
    'deauthorizeUser POST api /user/v1/deauthorize login-channel',
    'getFriendshipStatus GET api /friendship/v1/status user',
    'getIdTokenKeys GET api /oauth2/v2.1/certs none',
    'getOpenIdConfiguration GET access /.well-known/openid-configuration none',
    'getUserInfo GET api /oauth2/v2.1/userinfo user',
    'getUserInfoByPost POST api /oauth2/v2.1/userinfo user none',
    'getUserProfile GET api /v2/profile user',
    'issueUserToken POST api /oauth2/v2.1/token none form',
    'refreshUserToken POST api /oauth2/v2.1/token none form',
    'revokeUserToken POST api /oauth2/v2.1/revoke none form',
    'verifyUserIdToken POST api /oauth2/v2.1/verify none form',
    'verifyUserToken GET api /oauth2/v2.1/verify none',
  ])
})

describe('a path that records for users and for channels share', () => {
  /** An emulator with a token of a user and a v2.1 token of a channel. */
  async function world() {
    const emulator = createEmulator({ clock: 'manual' })
    const channel = emulator.createLoginChannel({ published: true })
    const { accessToken: ofUser } = await emulator.issueLiffTokens(
      emulator.createPerson({ displayName: 'Mika' }),
      channel,
    )
    const { channelId } = emulator.createAccount({ name: 'Tea House' })
    const kid = emulator.console.registerAssertionKey({ channelId }, pair.publicJwk)
    const key = assertionKey({ kid, privateKey: pair })
    const assertion = {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await key.assertion({ channelId, now: emulator.clock.now() }),
    }
    const post = (path: string, form: Record<string, string>) =>
      emulator.fetch(`https://api.line.me${path}`, { method: 'POST', body: new URLSearchParams(form) })
    const issued: { access_token?: string } = await (await post('/oauth2/v2.1/token', assertion)).json()
    return { emulator, channel, post, ofUser, ofChannel: issued.access_token ?? '', assertion }
  }
  type World = Awaited<ReturnType<typeof world>>

  /** The records that the emulator takes a request for: only a fault for such a record answers the request. */
  async function takenFor(send: (world: World) => Promise<Response>): Promise<readonly string[]> {
    const names: string[] = []
    for (const [name, operation] of [...records, ...Object.entries<Endpoint>(tokens)]) {
      const subject = await world()
      subject.emulator.faults.add({ operation, answer: 503 })
      if ((await send(subject)).status === 503) names.push(name)
    }
    return names
  }

  test('tells the token requests apart by their grant', async () => {
    const proof = { client_id: '1', client_secret: 's' }
    const exchange = { grant_type: 'authorization_code', code: 'c', redirect_uri: 'https://a.example', ...proof }
    expect(await takenFor(({ post }) => post('/oauth2/v2.1/token', exchange))).toEqual(['issueUserToken'])
    const refresh = { grant_type: 'refresh_token', refresh_token: 'r', ...proof }
    expect(await takenFor(({ post }) => post('/oauth2/v2.1/token', refresh))).toEqual(['refreshUserToken'])
    expect(await takenFor(({ post, assertion }) => post('/oauth2/v2.1/token', assertion))).toEqual([
      'issueChannelTokenByJWT',
    ])
  })

  test('tells verifying and revoking apart by the token', async () => {
    const verify = (token: (world: World) => string) =>
      takenFor((subject) =>
        subject.emulator.fetch(`https://api.line.me/oauth2/v2.1/verify?access_token=${token(subject)}`),
      )
    expect(await verify(({ ofUser }) => ofUser)).toEqual(['verifyUserToken'])
    expect(await verify(({ ofChannel }) => ofChannel)).toEqual(['verifyChannelTokenByJWT'])
    const revoke = (token: (world: World) => string) =>
      takenFor((subject) =>
        subject.post('/oauth2/v2.1/revoke', {
          client_id: subject.channel.channelId,
          client_secret: subject.channel.channelSecret,
          access_token: token(subject),
        }),
      )
    expect(await revoke(({ ofUser }) => ofUser)).toEqual(['revokeUserToken'])
    expect(await revoke(({ ofChannel }) => ofChannel)).toEqual(['revokeChannelTokenByJWT'])
    expect(await takenFor(({ post }) => post('/oauth2/v2.1/verify', { id_token: 't', client_id: '1' }))).toEqual([
      'verifyUserIdToken',
    ])
  })
})

describe('the contracts', () => {
  const exchange = {
    grant_type: 'authorization_code',
    code: 'c',
    redirect_uri: 'https://a.example',
    client_id: '1',
    client_secret: 's',
  }

  test('accept a code verifier of 43 to 128 characters', () => {
    expect(takes('issueUserToken', 'input', exchange)).toBe(true)
    for (const length of [43, 128])
      expect(takes('issueUserToken', 'input', { ...exchange, code_verifier: 'a'.repeat(length) })).toBe(true)
    for (const wrong of ['a'.repeat(42), 'a'.repeat(129), '+'.repeat(43), `${'a'.repeat(43)}\n`])
      expect(takes('issueUserToken', 'input', { ...exchange, code_verifier: wrong })).toBe(false)
    expect(takes('issueUserToken', 'input', { ...exchange, code_verifier: 'aZ0-._~'.repeat(7) })).toBe(true)
  })

  test.each(['code', 'redirect_uri', 'client_id', 'client_secret', 'grant_type'])(
    'refuse an exchange without %s',
    (name) => {
      expect(takes('issueUserToken', 'input', { ...exchange, [name]: undefined })).toBe(false)
      expect(takes('issueUserToken', 'input', { ...exchange, [name]: '' })).toBe(false)
    },
  )

  test('accept refreshing and revoking without a secret', () => {
    const refresh = { grant_type: 'refresh_token', refresh_token: 'r', client_id: '1' }
    expect(takes('refreshUserToken', 'input', refresh)).toBe(true)
    expect(takes('refreshUserToken', 'input', { ...refresh, grant_type: 'authorization_code' })).toBe(false)
    expect(takes('revokeUserToken', 'input', { access_token: 't', client_id: '1' })).toBe(true)
    expect(takes('revokeUserToken', 'input', { access_token: 't' })).toBe(false)
  })

  test("accept LINE's own samples as responses, with fields that LINE may add", () => {
    const token = {
      access_token: 'a',
      expires_in: 2592000,
      refresh_token: 'r',
      scope: 'profile',
      token_type: 'Bearer',
      future: 1,
    }
    expect(takes('issueUserToken', 'output', { ...token, id_token: 'eyJhbGciOiJIUzI1NiJ9...' })).toBe(true)
    expect(takes('refreshUserToken', 'output', token)).toBe(true)
    expect(takes('verifyUserToken', 'output', { scope: 'profile', client_id: '1440057261', expires_in: 2591659 })).toBe(
      true,
    )
    expect(takes('verifyUserIdToken', 'output', { ...claims, amr: ['pwd', 'future'], gender: 'x', future: {} })).toBe(
      true,
    )
    expect(takes('getUserProfile', 'output', { userId: 'U4af4980629...', displayName: 'Brown' })).toBe(true)
    expect(takes('getFriendshipStatus', 'output', { friendFlag: true })).toBe(true)
    expect(takes('getFriendshipStatus', 'output', { friendFlag: 'true' })).toBe(false)
  })

  test('accept the key set and the discovery document as LINE serves them', () => {
    expect(
      takes('getIdTokenKeys', 'output', {
        keys: [{ kty: 'EC', alg: 'ES256', use: 'sig', kid: 'a', crv: 'P-256', x: 'x', y: 'y' }],
      }),
    ).toBe(true)
    const discovery = {
      issuer: 'https://access.line.me',
      authorization_endpoint: 'https://access.line.me/oauth2/v2.1/authorize',
      token_endpoint: 'https://api.line.me/oauth2/v2.1/token',
      jwks_uri: 'https://api.line.me/oauth2/v2.1/certs',
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['ES256'],
    }
    expect(takes('getOpenIdConfiguration', 'output', discovery)).toBe(true)
    expect(takes('getOpenIdConfiguration', 'output', { ...discovery, issuer: undefined })).toBe(false)
  })
})
