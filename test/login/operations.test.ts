import type { Endpoint } from 'line-oa'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { createMatcher } from '../../src/core/call/match.js'
import { buildRequest } from '../../src/core/call/request.js'
import * as operations from '../../src/login/operations.js'
import { contracts } from '../../src/login/schemas.js'
import * as tokens from '../../src/tokens/operations.js'
import { claims } from './tokens-by-hand.js'

const records: readonly [string, Endpoint][] = Object.entries(operations)

const takes = (name: keyof typeof contracts, part: 'input' | 'output', value: unknown) =>
  z.safeParse(contracts[name][part](), value).success

test('each of the twelve records goes where LINE says', () => {
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

describe('paths that are shared with the tokens of channels', () => {
  const names = new Map<Endpoint, string>(
    [...records, ...Object.entries<Endpoint>(tokens)].map(([name, record]) => [record, name]),
  )
  const match = createMatcher(names.keys(), { limit: 1e6 })
  const found = async (operation: Endpoint, input: object) => {
    const { url, method, headers, body } = buildRequest(operation, input)
    const candidates = await match(new Request(url, { method, headers, body: typeof body === 'string' ? body : null }))
    return candidates.map((candidate) => names.get(candidate.operation)).sort()
  }

  test('the token endpoint is told apart by the grant', async () => {
    expect(await found(operations.issueUserToken, { grant_type: 'authorization_code', code: 'c' })).toEqual([
      'issueUserToken',
    ])
    expect(await found(operations.refreshUserToken, { grant_type: 'refresh_token' })).toEqual(['refreshUserToken'])
    expect(await found(tokens.issueChannelTokenByJWT, { grant_type: 'client_credentials' })).toEqual([
      'issueChannelTokenByJWT',
    ])
  })

  test('verify and revoke serve both, and the token tells', async () => {
    expect(await found(operations.verifyUserToken, { access_token: 't' })).toEqual([
      'verifyChannelTokenByJWT',
      'verifyUserToken',
    ])
    expect(await found(operations.revokeUserToken, { access_token: 't' })).toEqual([
      'revokeChannelTokenByJWT',
      'revokeUserToken',
    ])
    expect(await found(operations.verifyUserIdToken, { id_token: 't' })).toEqual(['verifyUserIdToken'])
  })
})

describe('contracts', () => {
  const exchange = {
    grant_type: 'authorization_code',
    code: 'c',
    redirect_uri: 'https://a.example',
    client_id: '1',
    client_secret: 's',
  }

  test('an exchange takes a verifier of 43 to 128 characters of the right kind', () => {
    expect(takes('issueUserToken', 'input', exchange)).toBe(true)
    for (const length of [43, 128])
      expect(takes('issueUserToken', 'input', { ...exchange, code_verifier: 'a'.repeat(length) })).toBe(true)
    for (const wrong of ['a'.repeat(42), 'a'.repeat(129), '+'.repeat(43), `${'a'.repeat(43)}\n`])
      expect(takes('issueUserToken', 'input', { ...exchange, code_verifier: wrong })).toBe(false)
    expect(takes('issueUserToken', 'input', { ...exchange, code_verifier: 'aZ0-._~'.repeat(7) })).toBe(true)
  })

  test.each(['code', 'redirect_uri', 'client_id', 'client_secret', 'grant_type'])(
    'an exchange without %s is refused',
    (name) => {
      expect(takes('issueUserToken', 'input', { ...exchange, [name]: undefined })).toBe(false)
      expect(takes('issueUserToken', 'input', { ...exchange, [name]: '' })).toBe(false)
    },
  )

  test('refreshing and revoking need no secret', () => {
    const refresh = { grant_type: 'refresh_token', refresh_token: 'r', client_id: '1' }
    expect(takes('refreshUserToken', 'input', refresh)).toBe(true)
    expect(takes('refreshUserToken', 'input', { ...refresh, grant_type: 'authorization_code' })).toBe(false)
    expect(takes('revokeUserToken', 'input', { access_token: 't', client_id: '1' })).toBe(true)
    expect(takes('revokeUserToken', 'input', { access_token: 't' })).toBe(false)
  })

  test("LINE's own samples pass as answers, with what LINE may add", () => {
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

  test('the key set and the discovery document as LINE serves them', () => {
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
