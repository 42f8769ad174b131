import { type ModuleAuthorizeOptions, moduleAuthorizeUrl, moduleCodeGrant } from 'line-oa'
import { attachModule } from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { inputProblems } from '../contracts/check.js'

const request = {
  channelId: '1234567890',
  redirectUri: 'https://example.com/auth?param1=value1&param2=value2',
  scope: ['message:send', 'message:receive'],
  region: 'JP',
  basicSearchId: '@linedevelopers',
  brandType: ['premium', 'verified'],
} as const

const challenge = 'BSCQwo_m8Wf0fpjmwkIKmPAJ1A7tiuRSNDnXzODS7QI'

describe('the authorization URL', () => {
  test('is the one of LINE’s page, with spaces encoded as %20', () => {
    expect(moduleAuthorizeUrl({ ...request, state: 'c5rfT0ken' })).toBe(
      'https://manager.line.biz/module/auth/v1/authorize?response_type=code&client_id=1234567890' +
        '&redirect_uri=https%3A%2F%2Fexample.com%2Fauth%3Fparam1%3Dvalue1%26param2%3Dvalue2' +
        '&scope=message%3Asend%20message%3Areceive&state=c5rfT0ken&region=JP&basic_search_id=%40linedevelopers&brand_type=premium%20verified',
    )
  })

  test('leaves out options that are not given', () => {
    const url = new URL(
      moduleAuthorizeUrl({ channelId: '1', redirectUri: 'https://example.com/', scope: ['profile:read'], state: 's' }),
    )
    expect([...url.searchParams.keys()]).toEqual(['response_type', 'client_id', 'redirect_uri', 'scope', 'state'])
  })

  test('holds the code challenge with its method', () => {
    const url = new URL(moduleAuthorizeUrl({ ...request, state: 's', codeChallenge: challenge }))
    expect(url.searchParams.get('code_challenge')).toBe(challenge)
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
  })

  test('has the origin of baseUrl', () => {
    expect(moduleAuthorizeUrl({ ...request, state: 's', baseUrl: 'http://127.0.0.1:8080/' })).toMatch(
      /^http:\/\/127\.0\.0\.1:8080\/module\/auth\/v1\/authorize\?/,
    )
  })

  test.each<[string, Partial<ModuleAuthorizeOptions>]>([
    ['no channel ID', { channelId: '' }],
    ['a redirect URL without a host', { redirectUri: '/auth' }],
    ['no state', { state: '' }],
    ['a state in base64', { state: 'a+b/c=' }],
    ['several scopes in one text', { scope: ['message:send message:receive'] }],
    ['several brand types in one text', { brandType: ['premium verified'] }],
    ['a challenge with padding', { codeChallenge: `${challenge}=` }],
    ['the verifier itself', { codeChallenge: 'x'.repeat(64) }],
  ])('is refused with %s', (_, wrong) => {
    const options = { ...request, state: 's', ...wrong }
    expect(() => moduleAuthorizeUrl(options)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })
})

describe('the authorization code grant', () => {
  test('repeats the options of the request', () => {
    const grant = moduleCodeGrant(request, { code: 'abc', codeVerifier: 'x'.repeat(43) })
    expect(grant).toEqual({
      grant_type: 'authorization_code',
      code: 'abc',
      redirect_uri: request.redirectUri,
      code_verifier: 'x'.repeat(43),
      region: 'JP',
      basic_search_id: '@linedevelopers',
      scope: 'message:send message:receive',
      brand_type: 'premium verified',
    })
    expect(inputProblems(attachModule, { ...grant, client_id: '1', client_secret: 's' })).toEqual([])
  })

  test('leaves out options that are not given', () => {
    const grant = moduleCodeGrant(
      { channelId: '1', redirectUri: 'https://example.com/', scope: ['profile:read'] },
      { code: 'abc' },
    )
    expect(JSON.parse(JSON.stringify(grant))).toEqual({
      grant_type: 'authorization_code',
      code: 'abc',
      redirect_uri: 'https://example.com/',
      scope: 'profile:read',
    })
  })
})
