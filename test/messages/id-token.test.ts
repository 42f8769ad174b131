// Every message of line-oa/id-token, whole. No other test asserts one.

import { type IdTokenKeys, lineKeySet, type VerifyIdTokenOptions, verifyIdToken } from 'line-oa/id-token'
import { expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { byHmac, channelId, channelSecret, claims, hs256, jwt, lineKey, now, standing } from '../login/signed-tokens.js'
import { type ErrorRow, errorOf } from './error-of.js'

const key = lineKey('key-of-line')
const keys: IdTokenKeys = { get: async () => undefined }
const verify =
  (token: string, options: Partial<VerifyIdTokenOptions> = {}) =>
  () =>
    verifyIdToken(token, { channelId, channelSecret, keys, clock: standing, ...options })
const signed = (header: object, payload: object | string) =>
  jwt({ ...header }, payload as string, byHmac(channelSecret))

/** Looks for a key of LINE where the key set is answered as given. */
const search = (answer: typeof fetch) => () => {
  const clock = new TestClock()
  return clock.settle(lineKeySet({ fetch: answer, clock }).get('key-of-line'))
}

test.each<readonly [what: string, call: () => unknown, ...ErrorRow]>([
  [
    'lineKeySet: null',
    () => lineKeySet(null as never),
    'LINE_INPUT',
    undefined,
    'lineKeySet: the options must be an object',
  ],
  [
    'lineKeySet: fetch',
    () => lineKeySet({ fetch: 'no' } as never),
    'LINE_INPUT',
    undefined,
    'lineKeySet: fetch must be a function',
  ],
  [
    'lineKeySet: a clock without timers',
    () => lineKeySet({ clock: { now: () => 0 } } as never),
    'LINE_INPUT',
    undefined,
    'lineKeySet: clock must be an object with setTimeout()',
  ],
  [
    'lineKeySet: timeout 0',
    () => lineKeySet({ timeout: 0 } as never),
    'LINE_INPUT',
    undefined,
    'lineKeySet: timeout must be a number of milliseconds above 0',
  ],
  [
    'channelId: empty',
    verify(hs256(), { channelId: '' }),
    'LINE_INPUT',
    undefined,
    'verifyIdToken: channelId is missing or empty',
  ],
  [
    'channelSecret: empty',
    verify(hs256(), { channelSecret: '' }),
    'LINE_INPUT',
    undefined,
    'verifyIdToken: channelSecret is missing or empty',
  ],
  [
    'no JWT',
    verify('hello'),
    'LINE_LOGIN',
    'malformed',
    'The token is not an ID token from LINE: it is not a JWT, or its header contains parameters that LINE does not use',
  ],
  [
    'a header with a key',
    verify(signed({ alg: 'HS256', jwk: key.jwk }, claims)),
    'LINE_LOGIN',
    'malformed',
    'The token is not an ID token from LINE: it is not a JWT, or its header contains parameters that LINE does not use',
  ],
  [
    'HS256 without a channel secret',
    verify(hs256(), { channelSecret: undefined }),
    'LINE_LOGIN',
    'algorithm',
    'The ID token is signed with a channel secret (HS256); pass channelSecret to verify it',
  ],
  [
    'ES256 without a kid',
    verify(key.token({}, { kid: undefined })),
    'LINE_LOGIN',
    'malformed',
    'The ID token has no key ID',
  ],
  [
    'a key that LINE does not have',
    verify(key.token()),
    'LINE_LOGIN',
    'unknown-key',
    "The key ID of the ID token is not in LINE's key set",
  ],
  [
    'another algorithm',
    verify(signed({ alg: 'RS256' }, claims)),
    'LINE_LOGIN',
    'algorithm',
    'The ID token is signed with an algorithm other than HS256 and ES256, which LINE uses',
  ],
  [
    'a wrong signature',
    verify(hs256({}, {}, 'another secret')),
    'LINE_LOGIN',
    'signature',
    'Signature verification of the ID token failed: it was not signed by LINE for this channel, or the channel secret is wrong',
  ],
  [
    'a payload that is not an object',
    verify(signed({ alg: 'HS256' }, '[]')),
    'LINE_LOGIN',
    'malformed',
    'The ID token has no claims',
  ],
  [
    'another issuer',
    verify(hs256({ iss: 'https://evil.example' })),
    'LINE_LOGIN',
    'issuer',
    'The issuer of the ID token is not LINE',
  ],
  [
    'another channel',
    verify(hs256({ aud: '999' })),
    'LINE_LOGIN',
    'audience',
    'The ID token was issued for another channel',
  ],
  ['no user', verify(hs256({ sub: '' })), 'LINE_LOGIN', 'subject', 'The ID token has no user ID'],
  [
    'a claim of the wrong type',
    verify(hs256({ exp: 'soon' })),
    'LINE_LOGIN',
    'malformed',
    'The ID token has a claim of the wrong type',
  ],
  [
    'expired a second ago',
    verify(hs256({ exp: now - 1 })),
    'LINE_LOGIN',
    'expired',
    'The ID token expired 1 second ago; log in again',
  ],
  [
    'issued 11 seconds in the future',
    verify(hs256({ iat: now + 11 })),
    'LINE_LOGIN',
    'issued-in-future',
    "The ID token was issued 11 seconds in the future; check this machine's clock",
  ],
  [
    'another nonce',
    verify(hs256(), { nonce: 'other' }),
    'LINE_LOGIN',
    'nonce',
    'The nonce of the ID token is not that of this attempt',
  ],
  [
    'a login that is too old',
    verify(hs256({ auth_time: now - 61 }), { maxAge: 60 }),
    'LINE_LOGIN',
    'auth-time',
    'The ID token does not show that the user logged in within the last 60 seconds',
  ],
  [
    'another login method',
    verify(hs256(), { amr: ['mfa', 'linesso'] }),
    'LINE_LOGIN',
    'amr',
    'The user did not log in with one of: mfa, linesso',
  ],
  [
    'key set: status 500',
    search(async () => new Response('oops', { status: 500 })),
    'LINE_API',
    undefined,
    'GET /oauth2/v2.1/certs -> 500 the key set is not available',
  ],
  [
    'key set: HTML',
    search(async () => new Response('<html>')),
    'LINE_API',
    undefined,
    'GET /oauth2/v2.1/certs -> 200 the response contains no ES256 keys',
  ],
  [
    'key set: no keys',
    search(async () => Response.json({ keys: [] })),
    'LINE_API',
    undefined,
    'GET /oauth2/v2.1/certs -> 200 the response contains no ES256 keys',
  ],
  [
    'key set: no connection',
    search(() => Promise.reject(new TypeError('fetch failed'))),
    'LINE_NETWORK',
    undefined,
    'GET /oauth2/v2.1/certs: could not connect',
  ],
  [
    'key set: no answer',
    search(() => new Promise(() => {})),
    'LINE_TIMEOUT',
    undefined,
    'GET /oauth2/v2.1/certs: timed out after 5000 ms',
  ],
])('%s', async (_what, call, ...row) => {
  expect(await errorOf(call)).toEqual(row)
})
