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
    'channelId: empty',
    verify(hs256(), { channelId: '' }),
    'LINE_INPUT',
    undefined,
    'verifyIdToken: channelId is missing; give it as text',
  ],
  [
    'channelSecret: empty',
    verify(hs256(), { channelSecret: '' }),
    'LINE_INPUT',
    undefined,
    'verifyIdToken: channelSecret is empty',
  ],
  [
    'no JWT',
    verify('hello'),
    'LINE_LOGIN',
    'malformed',
    'This is no ID token of LINE: it is no JWT, or its header holds what LINE never puts there',
  ],
  [
    'a header with a key',
    verify(signed({ alg: 'HS256', jwk: key.jwk }, claims)),
    'LINE_LOGIN',
    'malformed',
    'This is no ID token of LINE: it is no JWT, or its header holds what LINE never puts there',
  ],
  [
    'HS256 without a channel secret',
    verify(hs256(), { channelSecret: undefined }),
    'LINE_LOGIN',
    'algorithm',
    'The ID token is signed with a channel secret (HS256), and no channelSecret was given',
  ],
  [
    'ES256 without a kid',
    verify(key.token({}, { kid: undefined })),
    'LINE_LOGIN',
    'malformed',
    "The ID token does not say which of LINE's keys signed it",
  ],
  [
    'a key that LINE does not have',
    verify(key.token()),
    'LINE_LOGIN',
    'unknown-key',
    'The ID token names a key that LINE does not have',
  ],
  [
    'another algorithm',
    verify(signed({ alg: 'RS256' }, claims)),
    'LINE_LOGIN',
    'algorithm',
    'The ID token is signed by another algorithm than HS256 and ES256, which are all that LINE uses',
  ],
  [
    'a wrong signature',
    verify(hs256({}, {}, 'another secret')),
    'LINE_LOGIN',
    'signature',
    'The signature of the ID token is not that of LINE for this channel',
  ],
  [
    'a payload that is not an object',
    verify(signed({ alg: 'HS256' }, '[]')),
    'LINE_LOGIN',
    'malformed',
    'The ID token holds no claims',
  ],
  [
    'another issuer',
    verify(hs256({ iss: 'https://evil.example' })),
    'LINE_LOGIN',
    'issuer',
    'The ID token names another issuer than LINE',
  ],
  [
    'another channel',
    verify(hs256({ aud: '999' })),
    'LINE_LOGIN',
    'audience',
    'The ID token was issued for another channel',
  ],
  ['no user', verify(hs256({ sub: '' })), 'LINE_LOGIN', 'subject', 'The ID token names no user'],
  [
    'a claim of the wrong type',
    verify(hs256({ exp: 'soon' })),
    'LINE_LOGIN',
    'malformed',
    'The ID token has a claim of the wrong kind',
  ],
  [
    'expired a second ago',
    verify(hs256({ exp: now - 1 })),
    'LINE_LOGIN',
    'expired',
    'The ID token expired 1 s ago; log in again',
  ],
  [
    'issued 11 seconds in the future',
    verify(hs256({ iat: now + 11 })),
    'LINE_LOGIN',
    'issued-in-future',
    'The ID token is from 11 s in the future; this clock is slow, or the token is forged',
  ],
  [
    'another nonce',
    verify(hs256(), { nonce: 'other' }),
    'LINE_LOGIN',
    'nonce',
    'The ID token does not hold the nonce of this attempt',
  ],
  [
    'a login that is too old',
    verify(hs256({ auth_time: now - 61 }), { maxAge: 60 }),
    'LINE_LOGIN',
    'auth-time',
    'The user did not log in within the last 60 s, or the ID token does not say when',
  ],
  [
    'another login method',
    verify(hs256(), { amr: ['mfa', 'linesso'] }),
    'LINE_LOGIN',
    'amr',
    'The user logged in by none of: mfa, linesso',
  ],
  [
    'key set: status 500',
    search(async () => new Response('oops', { status: 500 })),
    'LINE_API',
    undefined,
    "GET /oauth2/v2.1/certs -> 500 LINE's keys cannot be had",
  ],
  [
    'key set: HTML',
    search(async () => new Response('<html>')),
    'LINE_API',
    undefined,
    'GET /oauth2/v2.1/certs -> 200 the answer is no set of ES256 keys',
  ],
  [
    'key set: no keys',
    search(async () => Response.json({ keys: [] })),
    'LINE_API',
    undefined,
    'GET /oauth2/v2.1/certs -> 200 the answer is no set of ES256 keys',
  ],
  [
    'key set: no connection',
    search(() => Promise.reject(new TypeError('fetch failed'))),
    'LINE_NETWORK',
    undefined,
    'GET /oauth2/v2.1/certs: the connection failed',
  ],
  [
    'key set: no answer',
    search(() => new Promise(() => {})),
    'LINE_TIMEOUT',
    undefined,
    "GET /oauth2/v2.1/certs: LINE's keys did not arrive in time",
  ],
])('%s', async (_what, call, ...row) => {
  expect(await errorOf(call)).toEqual(row)
})
