// Every message of line-oa/login and line-oa/login/seal, whole, but for those of line-oa/id-token. No other test asserts one.

import { type Clock, LineApiError } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import {
  accountLinkUrl,
  createLoginClient,
  type LoginAttempt,
  type LoginCallback,
  type ProveAssertionKeyInput,
  proveAssertionKey,
  type StartOptions,
  startAccountLink,
} from 'line-oa/login'
import { openAttempt, sealAttempt } from 'line-oa/login/seal'
import { getFollowers } from 'line-oa/operations'
import { memoryStore } from 'line-oa/store'
import { expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { testJwk, testKid, testPem } from '../keys/fixed-key.js'
import { fakeLine, issued, json, redirectUri, setup } from '../login/fake-line.js'
import { channelId, hs256, now } from '../login/signed-tokens.js'
import { type ErrorRow, errorOf } from './error-of.js'

type Answers = Parameters<typeof setup>[0]
type Row = readonly [what: string, call: () => unknown, ...ErrorRow]

const start = (options: object) => () => setup().login.start(options as StartOptions) // some are what the types forbid
const callback = (parameters: { readonly [name: string]: string }) =>
  `${redirectUri}&${new URLSearchParams(parameters)}`
const finish =
  (
    made: (state: string) => LoginCallback,
    answers?: Answers,
    change: (attempt: LoginAttempt) => object = (same) => same,
  ) =>
  async () => {
    const { clock, login, start: begin } = setup(answers)
    const attempt = await begin()
    return clock.settle(login.finish(made(attempt.state), change(attempt) as LoginAttempt)) // or what is left of one
  }
const good = (state: string) => callback({ code: 'code-1', state })
const failing = (error: string) => finish((state) => callback({ error, state }))
const foreign = callback({ code: 'c', state: 'foreign' })
const backend = (answers: Answers = {}) =>
  createLoginClient({ channelId, fetch: fakeLine(answers).fetch, clock: new TestClock(now * 1000) })
const login = (answers: Answers) => setup(answers).login

const starts: readonly Row[] = [
  [
    'no scope',
    start({ scope: [] }),
    'LINE_INPUT',
    undefined,
    'start: scope must have profile or openid; LINE refuses it without',
  ],
  [
    'e-mail alone',
    start({ scope: ['email'] }),
    'LINE_INPUT',
    undefined,
    'start: scope must have profile or openid; LINE refuses it without',
  ],
  [
    'e-mail without openid',
    start({ scope: ['profile', 'email'] }),
    'LINE_INPUT',
    undefined,
    'start: the scope email needs openid beside it, because it comes in the ID token',
  ],
  [
    'phone without openid',
    start({ scope: ['profile', 'phone'] }),
    'LINE_INPUT',
    undefined,
    'start: the scope phone needs openid beside it, because it comes in the ID token',
  ],
  [
    'a scope with a space in it',
    start({ scope: ['profile openid'] }),
    'LINE_INPUT',
    undefined,
    'start: scope must be a list of names, such as openid',
  ],
  [
    'maxAge without openid',
    start({ scope: ['profile'], maxAge: 1 }),
    'LINE_INPUT',
    undefined,
    'start: maxAge needs the scope openid, because it is checked in the ID token',
  ],
  [
    'maxAge below 0',
    start({ maxAge: -1 }),
    'LINE_INPUT',
    undefined,
    'start: maxAge must be a whole number of seconds, 0 or more',
  ],
  [
    'prompt none without auto login',
    start({ prompt: 'none', disableAutoLogin: true }),
    'LINE_INPUT',
    undefined,
    "start: prompt 'none' lives on auto login, which is turned off",
  ],
  [
    'a locale that is not a tag',
    start({ uiLocales: ['ja_JP'] }),
    'LINE_INPUT',
    undefined,
    'start: uiLocales must be BCP 47 tags',
  ],
  [
    'a callback URL that is a path',
    start({ redirectUri: '/callback' }),
    'LINE_INPUT',
    undefined,
    'start: redirectUri must be a whole URL, exactly as it is registered',
  ],
  [
    'a callback URL with a fragment',
    start({ redirectUri: 'https://example.com/callback#a' }),
    'LINE_INPUT',
    undefined,
    'start: redirectUri must have no fragment',
  ],
  [
    'a jwt response mode',
    start({ responseMode: 'query.jwt' }),
    'LINE_INPUT',
    undefined,
    'start: responseMode must be one of query, form_post',
  ],
  [
    'an unknown prompt',
    start({ prompt: 'select_account' }),
    'LINE_INPUT',
    undefined,
    'start: prompt must be one of consent, login, none',
  ],
  [
    'an unknown bot prompt',
    start({ botPrompt: 'on' }),
    'LINE_INPUT',
    undefined,
    'start: botPrompt must be one of normal, aggressive',
  ],
  [
    'an unknown initial method',
    start({ initialAmrDisplay: 'pwd' }),
    'LINE_INPUT',
    undefined,
    'start: initialAmrDisplay must be one of lineqr',
  ],
  [
    'returnTo on another site',
    start({ returnTo: '//evil.example' }),
    'LINE_INPUT',
    undefined,
    'start: returnTo must be a path of your own site, beginning with one slash',
  ],
]

const callbacks: readonly Row[] = [
  [
    'ACCESS_DENIED',
    failing('ACCESS_DENIED'),
    'LINE_LOGIN',
    'cancelled',
    'The login failed with ACCESS_DENIED: the user did not consent',
  ],
  [
    'LOGIN_REQUIRED',
    failing('LOGIN_REQUIRED'),
    'LINE_LOGIN',
    'login-required',
    'The login failed with LOGIN_REQUIRED: the user is not logged in to LINE, or auto login cannot work here',
  ],
  [
    'INTERACTION_REQUIRED',
    failing('INTERACTION_REQUIRED'),
    'LINE_LOGIN',
    'interaction-required',
    'The login failed with INTERACTION_REQUIRED: auto login cannot work here',
  ],
  [
    'INVALID_REQUEST',
    failing('INVALID_REQUEST'),
    'LINE_LOGIN',
    'invalid-request',
    'The login failed with INVALID_REQUEST: LINE does not take the parameters of the authorization request',
  ],
  [
    'INVALID_SCOPE',
    failing('INVALID_SCOPE'),
    'LINE_LOGIN',
    'invalid-scope',
    'The login failed with INVALID_SCOPE: LINE does not take the scope',
  ],
  [
    'UNSUPPORTED_RESPONSE_TYPE',
    failing('UNSUPPORTED_RESPONSE_TYPE'),
    'LINE_LOGIN',
    'unsupported-response-type',
    'The login failed with UNSUPPORTED_RESPONSE_TYPE: LINE does not take the response type',
  ],
  [
    'SERVER_ERROR',
    failing('SERVER_ERROR'),
    'LINE_LOGIN',
    'server-error',
    'The login failed with SERVER_ERROR: LINE failed; start the login again',
  ],
  [
    'an unknown code',
    failing('TEMPORARILY_AWAY'),
    'LINE_LOGIN',
    'unknown-error',
    'The login failed with TEMPORARILY_AWAY: LINE does not document it',
  ],
  [
    'a code that is not one',
    failing('x\ny: z'),
    'LINE_LOGIN',
    'unknown-error',
    'The login failed with an error without a proper code: LINE does not document it',
  ],
  [
    'neither code nor error',
    finish((state) => callback({ state })),
    'LINE_LOGIN',
    'callback',
    'The callback cannot be used: it has neither a code nor an error',
  ],
  [
    'no state',
    finish(() => callback({ code: 'code-1' })),
    'LINE_LOGIN',
    'callback',
    'The callback cannot be used: it has no state',
  ],
  [
    'two states',
    finish((state) => `${good(state)}&state=${state}`),
    'LINE_LOGIN',
    'callback',
    'The callback cannot be used: state comes twice',
  ],
  [
    'a state that is not a string',
    finish((state) => ({ code: 'code-1', state: { state } })),
    'LINE_LOGIN',
    'callback',
    'The callback cannot be used: state is no text',
  ],
  [
    'a code and an error',
    finish((state) => callback({ code: 'code-1', state, error: 'ACCESS_DENIED' })),
    'LINE_LOGIN',
    'callback',
    'The callback cannot be used: it has both a code and an error',
  ],
  [
    'a jwt response mode',
    finish(() => callback({ response: hs256() })),
    'LINE_LOGIN',
    'callback',
    'The callback cannot be used: it is in a jwt response mode, which LINE does not specify; use query or form_post',
  ],
  [
    'a body of 65,537 bytes',
    finish(() => new Request(redirectUri, { method: 'POST', body: 'x='.padEnd(65_537, 'x') })),
    'LINE_LOGIN',
    'callback',
    'The callback cannot be used: its body is too large',
  ],
  [
    'a body that was read before',
    async () => {
      const request = new Request(redirectUri, { method: 'POST', body: new URLSearchParams({ code: 'code-1' }) })
      await request.text()
      return finish(() => request)()
    },
    'LINE_INPUT',
    undefined,
    'finish: the body of the request was read before; give the parsed body instead',
  ],
  [
    'another issuer',
    finish((state) => callback({ code: 'c', state, iss: 'https://evil.example' })),
    'LINE_LOGIN',
    'callback-issuer',
    'The callback names another issuer than LINE',
  ],
  [
    'a callback of the LIFF SDK',
    finish((state) => callback({ code: 'c', state, liffClientId: '1' })),
    'LINE_LOGIN',
    'liff-callback',
    'The callback belongs to liff.login(); serve the LIFF app here with the query untouched',
  ],
  [
    'another state, with a retry',
    finish(() => foreign),
    'LINE_LOGIN',
    'state',
    'The callback does not belong to this attempt. Auto login failed, or somebody else made this request; go on at retryUrl, which turns auto login off',
  ],
  [
    'another state, without a retry',
    async () => {
      const world = setup()
      return world.login.finish(foreign, await world.start({ disableAutoLogin: true }))
    },
    'LINE_LOGIN',
    'state',
    'The callback does not belong to this attempt. Start a new login; if it happens again, the browser keeps no cookies, or sessions get lost',
  ],
  [
    'no attempt, with a retry',
    () => setup().login.finish(foreign, undefined),
    'LINE_LOGIN',
    'no-attempt',
    'There is no attempt for this callback. Auto login failed, or somebody else made this request; go on at retryUrl, which turns auto login off',
  ],
  [
    'no attempt, without a retry',
    () => setup({}, { defaults: { prompt: 'none' } }).login.finish(foreign, undefined),
    'LINE_LOGIN',
    'no-attempt',
    'There is no attempt for this callback. Start a new login; if it happens again, the browser keeps no cookies, or sessions get lost',
  ],
  [
    'an attempt that lost a part',
    finish(good, {}, ({ nonce: _, ...rest }) => rest),
    'LINE_INPUT',
    undefined,
    'finish: the attempt is not what start gave; keep it whole',
  ],
  [
    'an attempt of another channel',
    finish(good, {}, (attempt) => ({ ...attempt, url: attempt.url.replace(channelId, '999') })),
    'LINE_INPUT',
    undefined,
    'finish: the attempt was started for another channel',
  ],
  [
    'no ID token',
    finish(good, { 'POST /oauth2/v2.1/token': () => json(issued) }),
    'LINE_LOGIN',
    'no-id-token',
    'LINE sent no ID token, although openid was asked for',
  ],
  [
    'no token',
    finish(good, { 'POST /oauth2/v2.1/token': () => json({ hello: 1 }) }),
    'LINE_NETWORK',
    undefined,
    'POST /oauth2/v2.1/token: the answer holds no token; something between here and LINE answered',
  ],
]

const expired = () => json({ error: 'invalid_request', error_description: 'The access token expired' }, 400)
const refused = (error_description: string) => () => json({ error: 'invalid_request', error_description }, 400)
const verified = (answer: object) => () => json({ scope: 'profile', client_id: channelId, expires_in: 1, ...answer })
/** Lets a request with an access token in, or throws the error it is refused with. */
const enter =
  (answers: Answers, authorization = 'Bearer token') =>
  async () => {
    const entered = await backend(answers).authenticateLiff(authorization)
    if (!entered.ok) throw entered.error
  }
const verifyIdToken = (description: string) => () =>
  login({ 'POST /oauth2/v2.1/verify': refused(description) }).verifyIdToken(hs256())

const tokens: readonly Row[] = [
  [
    'an access token that LINE refuses',
    () => login({ 'GET /oauth2/v2.1/verify': expired }).verifyAccessToken('t'),
    'LINE_LOGIN',
    'access-token',
    'LINE refuses the access token: The access token expired',
  ],
  [
    'an access token of another channel',
    () => login({ 'GET /oauth2/v2.1/verify': verified({ client_id: '9' }) }).verifyAccessToken('t'),
    'LINE_LOGIN',
    'channel',
    'The access token was issued for another channel',
  ],
  [
    'an access token with no time left',
    () => login({ 'GET /oauth2/v2.1/verify': verified({ expires_in: 0 }) }).verifyAccessToken('t'),
    'LINE_LOGIN',
    'access-token',
    'The access token is expired',
  ],
  [
    'an access token with a space',
    () => login({}).profile('two words'),
    'LINE_INPUT',
    undefined,
    'GET /v2/profile: this is no channel access token: it holds what no token has, such as spaces',
  ],
  [
    'a refresh without tokens',
    () => login({ 'POST /oauth2/v2.1/token': () => json({}) }).refresh('r'),
    'LINE_NETWORK',
    undefined,
    'POST /oauth2/v2.1/token: the answer holds no token; something between here and LINE answered',
  ],
  [
    'a profile without a user',
    () => login({ 'GET /v2/profile': () => json({}) }).profile('t'),
    'LINE_NETWORK',
    undefined,
    'GET /v2/profile: the answer holds no user ID; something between here and LINE answered',
  ],
  [
    'user info without a user',
    () => login({ 'GET /oauth2/v2.1/userinfo': () => json({}) }).userInfo('t'),
    'LINE_NETWORK',
    undefined,
    'GET /oauth2/v2.1/userinfo: the answer holds no user ID; something between here and LINE answered',
  ],
  [
    'verified claims without a user',
    () => login({ 'POST /oauth2/v2.1/verify': () => json({}) }).verifyIdToken(hs256()),
    'LINE_NETWORK',
    undefined,
    'POST /oauth2/v2.1/verify: the answer holds no user ID; something between here and LINE answered',
  ],
  [
    'LINE: signature',
    verifyIdToken('Invalid IdToken.'),
    'LINE_LOGIN',
    'signature',
    'LINE refuses the ID token: Invalid IdToken.',
  ],
  [
    'LINE: issuer',
    verifyIdToken('Invalid IdToken Issuer.'),
    'LINE_LOGIN',
    'issuer',
    'LINE refuses the ID token: Invalid IdToken Issuer.',
  ],
  [
    'LINE: expired',
    verifyIdToken('IdToken expired.'),
    'LINE_LOGIN',
    'expired',
    'LINE refuses the ID token: IdToken expired.',
  ],
  [
    'LINE: audience',
    verifyIdToken('Invalid IdToken Audience.'),
    'LINE_LOGIN',
    'audience',
    'LINE refuses the ID token: Invalid IdToken Audience.',
  ],
  [
    'LINE: nonce',
    verifyIdToken('Invalid IdToken Nonce.'),
    'LINE_LOGIN',
    'nonce',
    'LINE refuses the ID token: Invalid IdToken Nonce.',
  ],
  [
    'LINE: subject',
    verifyIdToken('Invalid IdToken Subject Identifier.'),
    'LINE_LOGIN',
    'subject',
    'LINE refuses the ID token: Invalid IdToken Subject Identifier.',
  ],
  [
    'LIFF: no token',
    enter({}, 'Basic dTpw'),
    'LINE_LOGIN',
    'no-token',
    'The request carries no bearer token in its Authorization header',
  ],
  [
    'LIFF: scopes that name no user',
    enter({ 'GET /oauth2/v2.1/verify': verified({ scope: 'email' }) }),
    'LINE_LOGIN',
    'scope',
    'The access token has neither the scope profile nor openid, so it does not tell who the user is',
  ],
  [
    'LIFF: the profile answers 401',
    enter({ 'GET /v2/profile': () => json({}, 401) }),
    'LINE_LOGIN',
    'access-token',
    'LINE refuses the access token, which was good a moment ago',
  ],
  [
    'LIFF: the profile answers 403',
    enter({ 'GET /v2/profile': () => json({}, 403) }),
    'LINE_LOGIN',
    'scope',
    'LINE does not let the access token read who the user is',
  ],
  [
    'deauthorize without credentials',
    () => backend().deauthorize('t'),
    'LINE_INPUT',
    undefined,
    'deauthorize: it takes a token of the channel; give channelSecret or assertionKey',
  ],
  [
    'a record for the other kind of channel',
    () => login({}).call(getFollowers, { limit: 1 }),
    'LINE_INPUT',
    undefined,
    "GET /v2/bot/followers/ids: it takes a token of a Messaging API channel, and this client has a Login channel's",
  ],
]

const missing: unknown = undefined
const store = memoryStore()
const attempt = await setup().login.start()
const key = 'k'.repeat(32)

const others: readonly Row[] = [
  [
    'createLoginClient: no channel ID',
    () => createLoginClient({ channelId: '' }),
    'LINE_INPUT',
    undefined,
    'createLoginClient: channelId is missing; give it as text',
  ],
  [
    'createLoginClient: an empty secret',
    () => createLoginClient({ channelId, channelSecret: '' }),
    'LINE_INPUT',
    undefined,
    'createLoginClient: channelSecret is empty',
  ],
  [
    'createLoginClient: a web app without a secret',
    () => createLoginClient({ channelId, channelSecret: missing as string, redirectUri }),
    'LINE_INPUT',
    undefined,
    'createLoginClient: the login of a web app takes the channelSecret',
  ],
  [
    'accountLinkUrl: no link token',
    () => accountLinkUrl({ linkToken: '', nonce: 'a'.repeat(10) }),
    'LINE_INPUT',
    undefined,
    'accountLinkUrl: linkToken is missing',
  ],
  [
    'accountLinkUrl: a nonce of 9 characters',
    () => accountLinkUrl({ linkToken: 't', nonce: 'a'.repeat(9) }),
    'LINE_INPUT',
    undefined,
    'accountLinkUrl: nonce must have 10 to 255 characters',
  ],
  [
    'startAccountLink: no account',
    () => startAccountLink({ linkToken: 't', accountId: '', store }),
    'LINE_INPUT',
    undefined,
    'startAccountLink: accountId is missing; give it as text',
  ],
  [
    'startAccountLink: no link token',
    () => startAccountLink({ linkToken: '', accountId: 'a', store }),
    'LINE_INPUT',
    undefined,
    'accountLinkUrl: linkToken is missing',
  ],
  [
    'sealAttempt: a key of 31 characters',
    () => sealAttempt(attempt, key.slice(1)),
    'LINE_INPUT',
    undefined,
    'The key that seals attempts is 32 bytes, or a text of 32 random characters and more, such as openssl rand -base64 32 prints',
  ],
  [
    'sealAttempt: a key of 16 bytes',
    () => sealAttempt(attempt, new Uint8Array(16)),
    'LINE_INPUT',
    undefined,
    'The key that seals attempts has 16 bytes; it needs 32',
  ],
  [
    'sealAttempt: no key',
    () => sealAttempt(attempt, [] as never),
    'LINE_INPUT',
    undefined,
    'There is no key to seal the attempt with',
  ],
  [
    'sealAttempt: no attempt',
    () => sealAttempt({ state: '1' } as LoginAttempt, key),
    'LINE_INPUT',
    undefined,
    'finish: the attempt is not what start gave; keep it whole',
  ],
  [
    'openAttempt: a key of 31 characters',
    () => openAttempt('a..b.c.d', key.slice(1)),
    'LINE_INPUT',
    undefined,
    'The key that seals attempts is 32 bytes, or a text of 32 random characters and more, such as openssl rand -base64 32 prints',
  ],
]

test.each([
  ...starts.map(([what, ...row]): Row => [`start: ${what}`, ...row]),
  ...callbacks.map(([what, ...row]): Row => [`finish: ${what}`, ...row]),
  ...tokens,
  ...others,
])('%s', async (_what, call, ...row) => {
  expect(await errorOf(call)).toEqual(row)
})

// The key exchange: what it throws, and what it returns about a key that LINE refuses.
const id = '1657000001'
const exchange = (answers: Answers = {}, input: object = {}) => {
  const { fetch } = fakeLine({ 'GET /oauth2/v2.1/tokens/kid': () => json({ kids: [] }), ...answers })
  const given: object = { channelId: id, kid: testKid, privateKey: testPem, ...input }
  const all: object = { ...given, fetch, clock: new TestClock(now * 1000) }
  return proveAssertionKey(all as ProveAssertionKeyInput) // some are what the types forbid
}
const assertionKey = { kid: testKid, assertion: async () => 'assertion' }

test.each<Row>([
  [
    'values in the wrong fields',
    () => exchange({}, { channelId: testKid, kid: id }),
    'LINE_INPUT',
    'channelId, kid',
    '2 problems\n- channelId: found a UUID, the form of the kid of an assertion key; a channel ID is 5 to 15 digits (10 in all known ones)\n- kid: found 10 digits, the form of a channel ID; the kid of an assertion key is what LINE showed when the public key was registered: a UUID in all known cases, at most 128 letters, digits and - . _ ~. It goes where the channel ID is asked for',
  ],
  [
    'a private key that is not one',
    () => exchange({}, { privateKey: 'key' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found 3 characters; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a key and what it is made of',
    () => exchange({}, { key: assertionKey }),
    'LINE_INPUT',
    'key',
    'key: found a kid or a private key beside it; a key is either of the two',
  ],
  [
    'a text for a key',
    () => exchange({}, { kid: undefined, privateKey: undefined, key: testPem }),
    'LINE_INPUT',
    'key',
    'key: found a string; a key is what assertionKey() made',
  ],
  [
    'neither',
    () => exchange({}, { kid: undefined, privateKey: undefined }),
    'LINE_INPUT',
    'kid, privateKey',
    '2 problems\n- kid is missing; the kid of an assertion key is what LINE showed when the public key was registered: a UUID in all known cases, at most 128 letters, digits and - . _ ~\n- privateKey is missing; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'an answer without a list',
    () => exchange({ 'GET /oauth2/v2.1/tokens/kid': () => json({}) }),
    'LINE_NETWORK',
    undefined,
    'The answer lists no tokens; something between here and LINE answered',
  ],
])('key exchange: %s', async (_what, call, ...row) => {
  expect(await errorOf(call)).toEqual(row)
})

/** The token endpoint refuses, and says what time it is. */
const refusing = (answer: object, status = 400, lineTime?: number): Answers => ({
  'POST /oauth2/v3/token': () => {
    const headers = lineTime === undefined ? {} : { date: new Date(lineTime * 1000).toUTCString() }
    return Response.json(answer, { status, headers })
  },
})
const late = { error: 'invalid_client', error_description: 'Invalid exp' }
const mismatch = { error: 'invalid_client', error_description: 'iss and clientId of key do not match' }
const signature = { error: 'invalid_client', error_description: 'Invalid signature' }
const full = { message: 'The maximum number of access tokens has already been issued' }

test.each<readonly [what: string, call: () => ReturnType<typeof proveAssertionKey>, code: string, message: string]>([
  [
    'status 404',
    () => exchange(refusing({ message: 'Cannot find channel key' }, 404)),
    'unknown_kid',
    'LINE knows no key of this kid: copy it again from the console, where the public key was registered',
  ],
  [
    'a key of another channel',
    () => exchange(refusing(mismatch)),
    'key_mismatch',
    'The key is registered on another channel: give the channel ID of the page on which it was registered',
  ],
  [
    'a clock 17 minutes behind',
    () => exchange(refusing(late, 400, now + 1000)),
    'clock_skew',
    "The clock of this machine is 17 minutes behind LINE's: set it right",
  ],
  [
    'a clock an hour ahead',
    () => exchange(refusing(late, 400, now - 3600)),
    'clock_skew',
    "The clock of this machine is 60 minutes ahead of LINE's: set it right",
  ],
  [
    'a clock 16 minutes ahead',
    () => exchange(refusing(late, 400, now - 960)),
    'clock_skew',
    "The clock of this machine is 16 minutes ahead of LINE's: set it right",
  ],
  [
    'clocks that agree',
    () => exchange(refusing(late, 400, now + 2)),
    'assertion_expired',
    'LINE says that the assertion is over: try again',
  ],
  [
    'another reason',
    () => exchange(refusing(signature)),
    'refused',
    'LINE does not take the key: register the public key that was shown, whole and for this channel, and give its kid',
  ],
  [
    '30 tokens in use',
    () => exchange({ 'POST /oauth2/v2.1/token': () => json(full, 400) }, { issueToken: true }),
    'no_place_left',
    'The key is right, but the channel holds 30 tokens of kind v2.1 already; one has to end first',
  ],
])('key exchange refused: %s', async (_what, call, ...row) => {
  const proof = await call()
  expect(proof.status === 'refused' ? [proof.code, proof.message] : proof).toEqual(row)
})

// What LINE itself answers, in the words of the emulator.
const { kty, alg, use, n, e } = testJwk
const emulatedWorld = () => {
  const emulator = createEmulator({ clock: 'manual' })
  const callbackUrls = [redirectUri, `${redirectUri}/`]
  const channel = emulator.createLoginChannel({ published: true, settings: { callbackUrls } })
  const person = emulator.createPerson({ displayName: 'Mika' })
  const { channelId, channelSecret } = channel
  const own = { fetch: emulator.fetch, clock: emulator.clock as Clock }
  const loginHere = createLoginClient({ ...own, channelId, channelSecret, redirectUri })
  const kid = emulator.console.registerAssertionKey(channel, { kty, alg, use, n, e })
  const prove = async (input: { readonly channelId?: string; readonly kid?: string; readonly clock?: Clock } = {}) => {
    const proof = await proveAssertionKey({ ...own, channelId, kid, privateKey: testPem, ...input })
    if (proof.status === 'refused') throw proof.error
  }
  return { ...own, emulator, channel, person, login: loginHere, prove }
}

test.each<readonly [what: string, call: () => Promise<unknown>, status: number, lineMessage: string]>([
  [
    'an unknown kid',
    () => emulatedWorld().prove({ kid: '01234567-89ab-cdef-0123-456789abcdef' }),
    404,
    'Cannot find channel key that satisfies the conditions',
  ],
  [
    'a key of another channel',
    () => {
      const { emulator, prove } = emulatedWorld()
      return prove({ channelId: emulator.createLoginChannel().channelId })
    },
    400,
    'iss and clientId of key do not match',
  ],
  [
    'an assertion that is over',
    () => {
      const { clock, prove } = emulatedWorld()
      return prove({ clock: { ...clock, now: () => clock.now() - 960_000 } })
    },
    400,
    'Invalid exp',
  ],
  [
    'a code that was issued for another callback URL',
    async () => {
      const { login: client, person } = emulatedWorld()
      const begun = await client.start()
      const request = await person.login(begun.url)
      const url = begun.url.replace(encodeURIComponent(redirectUri), encodeURIComponent(`${redirectUri}/`))
      return client.finish(request, { ...begun, url })
    },
    400,
    'redirect_uri does not match',
  ],
  [
    'a code that was used before',
    async () => {
      const { login: client, person } = emulatedWorld()
      const begun = await client.start()
      const { url } = await person.login(begun.url)
      await client.finish(url, begun)
      return client.finish(url, begun)
    },
    400,
    'invalid authorization code',
  ],
  [
    'a user who has withdrawn the consent',
    async () => {
      const { channel, emulator, login: client, person } = emulatedWorld()
      const { accessToken } = await emulator.issueLiffTokens(person, channel)
      person.revokeConsent(channel)
      return client.deauthorize(accessToken)
    },
    400,
    'invalid token',
  ],
])('LINE refuses %s', async (_what, call, ...row) => {
  const error: unknown = await call().catch((thrown: unknown) => thrown)
  expect(error instanceof LineApiError ? [error.status, error.lineMessage] : error).toEqual(row)
})
