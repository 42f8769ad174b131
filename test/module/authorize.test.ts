import { type ModuleAuthorizeOptions, moduleAuthorizeUrl, moduleCodeGrant } from 'line-oa'
import { describe, expect, test } from 'vitest'
import { AttachModuleInput } from '../../src/module/schemas.js'
import { problems } from '../room.js'

const request = {
  channelId: '1234567890',
  redirectUri: 'https://example.com/auth?param1=value1&param2=value2',
  scope: ['message:send', 'message:receive'],
  region: 'JP',
  basicSearchId: '@linedevelopers',
  brandType: ['premium', 'verified'],
} as const

const challenge = 'BSCQwo_m8Wf0fpjmwkIKmPAJ1A7tiuRSNDnXzODS7QI'

describe('the URL', () => {
  test('is as on the page of LINE, spaces written as %20', () => {
    expect(moduleAuthorizeUrl({ ...request, state: 'c5rfT0ken' })).toBe(
      'https://manager.line.biz/module/auth/v1/authorize?response_type=code&client_id=1234567890' +
        '&redirect_uri=https%3A%2F%2Fexample.com%2Fauth%3Fparam1%3Dvalue1%26param2%3Dvalue2' +
        '&scope=message%3Asend%20message%3Areceive&state=c5rfT0ken&region=JP&basic_search_id=%40linedevelopers&brand_type=premium%20verified',
    )
  })

  test('leaves out what is not asked for', () => {
    const url = new URL(
      moduleAuthorizeUrl({ channelId: '1', redirectUri: 'https://example.com/', scope: ['profile:read'], state: 's' }),
    )
    expect([...url.searchParams.keys()]).toEqual(['response_type', 'client_id', 'redirect_uri', 'scope', 'state'])
  })

  test('holds the challenge with its method', () => {
    const url = new URL(moduleAuthorizeUrl({ ...request, state: 's', codeChallenge: challenge }))
    expect(url.searchParams.get('code_challenge')).toBe(challenge)
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
  })

  test('goes to another origin when one is given', () => {
    expect(moduleAuthorizeUrl({ ...request, state: 's', baseUrl: 'http://127.0.0.1:8080/' })).toMatch(
      /^http:\/\/127\.0\.0\.1:8080\/module\/auth\/v1\/authorize\?/,
    )
  })

  test.each<[string, Partial<ModuleAuthorizeOptions>, RegExp]>([
    ['no channel', { channelId: '' }, /channelId is missing/],
    ['a redirect URL without a host', { redirectUri: '/auth' }, /redirectUri must be a whole URL/],
    ['no state', { state: '' }, /state must be letters and digits/],
    ['a state in base64', { state: 'a+b/c=' }, /state must be letters and digits/],
    ['scopes in one text', { scope: ['message:send message:receive'] }, /scope must be a list of names without spaces/],
    ['kinds in one text', { brandType: ['premium verified'] }, /brandType must be a list of names without spaces/],
    ['a challenge with padding', { codeChallenge: `${challenge}=` }, /codeChallenge must be a SHA-256/],
    ['the verifier itself', { codeChallenge: 'x'.repeat(64) }, /codeChallenge must be a SHA-256/],
  ])('refuses %s', (_, wrong, message) => {
    const options = { ...request, state: 's', ...wrong }
    expect(() => moduleAuthorizeUrl(options)).toThrow(
      expect.objectContaining({ code: 'LINE_INPUT', message: expect.stringMatching(message) }),
    )
  })
})

describe('the grant', () => {
  test('says again what was asked for', () => {
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
    expect(problems(AttachModuleInput, { ...grant, client_id: '1', client_secret: 's' })).toEqual([])
  })

  test('and leaves out the rest', () => {
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
