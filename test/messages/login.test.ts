// Every message of line-oa/login and line-oa/login/seal, whole, but for those of line-oa/id-token. No other test asserts one.

import { type Clock, LineApiError } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import {
  accountLinkUrl,
  createLoginClient,
  type LoginAttempt,
  type LoginCallback,
  type StartOptions,
  startAccountLink,
} from 'line-oa/login'
import { openAttempt, sealAttempt } from 'line-oa/login/seal'
import { getFollowers } from 'line-oa/operations'
import { memoryStore } from 'line-oa/store'
import { expect, test } from 'vitest'
import { TestClock } from '../clock.js'
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
  ['no scope', start({ scope: [] }), 'LINE_INPUT', undefined, 'start: scope must contain profile or openid'],
  ['e-mail alone', start({ scope: ['email'] }), 'LINE_INPUT', undefined, 'start: scope must contain profile or openid'],
  [
    'e-mail without openid',
    start({ scope: ['profile', 'email'] }),
    'LINE_INPUT',
    undefined,
    'start: scope email requires openid, because its data is in the ID token',
  ],
  [
    'phone without openid',
    start({ scope: ['profile', 'phone'] }),
    'LINE_INPUT',
    undefined,
    'start: scope phone requires openid, because its data is in the ID token',
  ],
  [
    'a scope with a space in it',
    start({ scope: ['profile openid'] }),
    'LINE_INPUT',
    undefined,
    'start: scope must be a list of scope names, such as openid',
  ],
  [
    'maxAge without openid',
    start({ scope: ['profile'], maxAge: 1 }),
    'LINE_INPUT',
    undefined,
    'start: maxAge requires the scope openid, because it is checked in the ID token',
  ],
  [
    'maxAge below 0',
    start({ maxAge: -1 }),
    'LINE_INPUT',
    undefined,
    'start: maxAge must be a whole number of seconds, 0 or greater',
  ],
  [
    'prompt none without auto login',
    start({ prompt: 'none', disableAutoLogin: true }),
    'LINE_INPUT',
    undefined,
    "start: prompt: 'none' requires auto login, which disableAutoLogin turns off",
  ],
  [
    'a locale that is not a tag',
    start({ uiLocales: ['ja_JP'] }),
    'LINE_INPUT',
    undefined,
    'start: uiLocales must be a list of BCP 47 tags, such as ja',
  ],
  [
    'a callback URL that is a path',
    start({ redirectUri: '/callback' }),
    'LINE_INPUT',
    undefined,
    'start: redirectUri must be an absolute URL, exactly as registered for the channel',
  ],
  [
    'a callback URL with a fragment',
    start({ redirectUri: 'https://example.com/callback#a' }),
    'LINE_INPUT',
    undefined,
    'start: redirectUri must not have a fragment',
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
    'start: returnTo must be a path on your site that starts with a single slash',
  ],
]

const callbacks: readonly Row[] = [
  [
    'ACCESS_DENIED',
    failing('ACCESS_DENIED'),
    'LINE_LOGIN',
    'cancelled',
    'The login failed with ACCESS_DENIED: the user denied consent',
  ],
  [
    'LOGIN_REQUIRED',
    failing('LOGIN_REQUIRED'),
    'LINE_LOGIN',
    'login-required',
    'The login failed with LOGIN_REQUIRED: the user is not logged in to LINE, or auto login is not possible here',
  ],
  [
    'INTERACTION_REQUIRED',
    failing('INTERACTION_REQUIRED'),
    'LINE_LOGIN',
    'interaction-required',
    'The login failed with INTERACTION_REQUIRED: auto login is not possible here',
  ],
  [
    'INVALID_REQUEST',
    failing('INVALID_REQUEST'),
    'LINE_LOGIN',
    'invalid-request',
    'The login failed with INVALID_REQUEST: LINE rejected the parameters of the authorization request',
  ],
  [
    'INVALID_SCOPE',
    failing('INVALID_SCOPE'),
    'LINE_LOGIN',
    'invalid-scope',
    'The login failed with INVALID_SCOPE: LINE rejected the scope',
  ],
  [
    'UNSUPPORTED_RESPONSE_TYPE',
    failing('UNSUPPORTED_RESPONSE_TYPE'),
    'LINE_LOGIN',
    'unsupported-response-type',
    'The login failed with UNSUPPORTED_RESPONSE_TYPE: LINE rejected the response type',
  ],
  [
    'SERVER_ERROR',
    failing('SERVER_ERROR'),
    'LINE_LOGIN',
    'server-error',
    'The login failed with SERVER_ERROR: LINE had an internal error; start the login again',
  ],
  [
    'an unknown code',
    failing('TEMPORARILY_AWAY'),
    'LINE_LOGIN',
    'unknown-error',
    'The login failed with TEMPORARILY_AWAY: LINE does not document this error',
  ],
  [
    'a code that is not one',
    failing('x\ny: z'),
    'LINE_LOGIN',
    'unknown-error',
    'The login failed with a malformed error code: LINE does not document this error',
  ],
  [
    'neither code nor error',
    finish((state) => callback({ state })),
    'LINE_LOGIN',
    'callback',
    'The callback is invalid: it contains neither a code nor an error',
  ],
  [
    'no state',
    finish(() => callback({ code: 'code-1' })),
    'LINE_LOGIN',
    'callback',
    'The callback is invalid: it contains no state',
  ],
  [
    'two states',
    finish((state) => `${good(state)}&state=${state}`),
    'LINE_LOGIN',
    'callback',
    'The callback is invalid: state is repeated',
  ],
  [
    'a state that is not a string',
    finish((state) => ({ code: 'code-1', state: { state } })),
    'LINE_LOGIN',
    'callback',
    'The callback is invalid: state is not a string',
  ],
  [
    'a code and an error',
    finish((state) => callback({ code: 'code-1', state, error: 'ACCESS_DENIED' })),
    'LINE_LOGIN',
    'callback',
    'The callback is invalid: it contains both a code and an error',
  ],
  [
    'a jwt response mode',
    finish(() => callback({ response: hs256() })),
    'LINE_LOGIN',
    'callback',
    'The callback is invalid: it uses a jwt response mode, which LINE does not document; use query or form_post',
  ],
  [
    'a body of 65,537 bytes',
    finish(() => new Request(redirectUri, { method: 'POST', body: 'x='.padEnd(65_537, 'x') })),
    'LINE_LOGIN',
    'callback',
    'The callback is invalid: the request body is too large',
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
    'finish: the body of the request has already been read; pass the parsed body instead',
  ],
  [
    'a POST request of node:http',
    finish(() => ({ method: 'POST', url: '/callback', headers: {} }) as never),
    'LINE_INPUT',
    undefined,
    'finish: the body of the POST request has not been parsed; use a body parser, or pass the parsed body',
  ],
  [
    'no callback',
    finish(() => undefined as never),
    'LINE_INPUT',
    undefined,
    'finish: callback must be a request, its URL, its query or its parsed parameters',
  ],
  [
    'another issuer',
    finish((state) => callback({ code: 'c', state, iss: 'https://evil.example' })),
    'LINE_LOGIN',
    'callback-issuer',
    'The issuer of the callback is not LINE',
  ],
  [
    'a callback of the LIFF SDK',
    finish((state) => callback({ code: 'c', state, liffClientId: '1' })),
    'LINE_LOGIN',
    'liff-callback',
    'The callback belongs to liff.login(); serve the LIFF app under this URL, with the query unchanged',
  ],
  [
    'another state, with a retry',
    finish(() => foreign),
    'LINE_LOGIN',
    'state',
    'The callback does not belong to this attempt. Either auto login failed, or the request was forged. Redirect to retryUrl, which turns off auto login',
  ],
  [
    'another state, without a retry',
    async () => {
      const world = setup()
      return world.login.finish(foreign, await world.start({ disableAutoLogin: true }))
    },
    'LINE_LOGIN',
    'state',
    'The callback does not belong to this attempt. Start a new login. If it happens again, check that the browser keeps cookies and the server keeps sessions',
  ],
  [
    'no attempt, with a retry',
    () => setup().login.finish(foreign, undefined),
    'LINE_LOGIN',
    'no-attempt',
    'The attempt of this callback is missing. Either auto login failed, or the request was forged. Redirect to retryUrl, which turns off auto login',
  ],
  [
    'no attempt, without a retry',
    () => setup({}, { defaults: { prompt: 'none' } }).login.finish(foreign, undefined),
    'LINE_LOGIN',
    'no-attempt',
    'The attempt of this callback is missing. Start a new login. If it happens again, check that the browser keeps cookies and the server keeps sessions',
  ],
  [
    'an attempt that lost a part',
    finish(good, {}, ({ nonce: _, ...rest }) => rest),
    'LINE_INPUT',
    undefined,
    'The login attempt is incomplete; store what start() returned and pass it unchanged',
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
    'LINE sent no ID token, although openid was requested',
  ],
  [
    'no token',
    finish(good, { 'POST /oauth2/v2.1/token': () => json({ hello: 1 }) }),
    'LINE_NETWORK',
    undefined,
    'POST /oauth2/v2.1/token: the response has no token; it may come from a proxy between this program and LINE',
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
    'a LIFF request without headers',
    () => backend().authenticateLiff({ headers: null } as never),
    'LINE_INPUT',
    undefined,
    'authenticateLiff: request must be a Request, its Headers, or the text of its Authorization header',
  ],
  [
    'an access token that LINE refuses',
    () => login({ 'GET /oauth2/v2.1/verify': expired }).verifyAccessToken('t'),
    'LINE_LOGIN',
    'access-token',
    'LINE rejected the access token: The access token expired',
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
    'The access token has expired',
  ],
  [
    'an access token with a space',
    () => login({}).profile('two words'),
    'LINE_INPUT',
    undefined,
    'accessToken contains characters that are not allowed in a token, such as spaces or quotes; pass only the value',
  ],
  [
    'a refresh without tokens',
    () => login({ 'POST /oauth2/v2.1/token': () => json({}) }).refresh('r'),
    'LINE_NETWORK',
    undefined,
    'POST /oauth2/v2.1/token: the response has no token; it may come from a proxy between this program and LINE',
  ],
  [
    'a profile without a user',
    () => login({ 'GET /v2/profile': () => json({}) }).profile('t'),
    'LINE_NETWORK',
    undefined,
    'GET /v2/profile: the response has no user ID; it may come from a proxy between this program and LINE',
  ],
  [
    'user info without a user',
    () => login({ 'GET /oauth2/v2.1/userinfo': () => json({}) }).userInfo('t'),
    'LINE_NETWORK',
    undefined,
    'GET /oauth2/v2.1/userinfo: the response has no user ID; it may come from a proxy between this program and LINE',
  ],
  [
    'verified claims without a user',
    () => login({ 'POST /oauth2/v2.1/verify': () => json({}) }).verifyIdToken(hs256()),
    'LINE_NETWORK',
    undefined,
    'POST /oauth2/v2.1/verify: the response has no user ID; it may come from a proxy between this program and LINE',
  ],
  [
    'LINE: signature',
    verifyIdToken('Invalid IdToken.'),
    'LINE_LOGIN',
    'signature',
    'LINE rejected the ID token: Invalid IdToken.',
  ],
  [
    'LINE: issuer',
    verifyIdToken('Invalid IdToken Issuer.'),
    'LINE_LOGIN',
    'issuer',
    'LINE rejected the ID token: Invalid IdToken Issuer.',
  ],
  [
    'LINE: expired',
    verifyIdToken('IdToken expired.'),
    'LINE_LOGIN',
    'expired',
    'LINE rejected the ID token: IdToken expired.',
  ],
  [
    'LINE: audience',
    verifyIdToken('Invalid IdToken Audience.'),
    'LINE_LOGIN',
    'audience',
    'LINE rejected the ID token: Invalid IdToken Audience.',
  ],
  [
    'LINE: nonce',
    verifyIdToken('Invalid IdToken Nonce.'),
    'LINE_LOGIN',
    'nonce',
    'LINE rejected the ID token: Invalid IdToken Nonce.',
  ],
  [
    'LINE: subject',
    verifyIdToken('Invalid IdToken Subject Identifier.'),
    'LINE_LOGIN',
    'subject',
    'LINE rejected the ID token: Invalid IdToken Subject Identifier.',
  ],
  [
    'LIFF: no token',
    enter({}, 'Basic dTpw'),
    'LINE_LOGIN',
    'no-token',
    'The request has no bearer token in its Authorization header',
  ],
  [
    'LIFF: scopes that name no user',
    enter({ 'GET /oauth2/v2.1/verify': verified({ scope: 'email' }) }),
    'LINE_LOGIN',
    'scope',
    'The access token has neither the scope profile nor openid, so it does not identify the user',
  ],
  [
    'LIFF: the profile answers 401',
    enter({ 'GET /v2/profile': () => json({}, 401) }),
    'LINE_LOGIN',
    'access-token',
    'LINE rejected the access token, which was valid a moment ago',
  ],
  [
    'LIFF: the profile answers 403',
    enter({ 'GET /v2/profile': () => json({}, 403) }),
    'LINE_LOGIN',
    'scope',
    'LINE did not allow the access token to read the profile of the user',
  ],
  [
    'deauthorize without credentials',
    () => backend().deauthorize('t'),
    'LINE_INPUT',
    undefined,
    'deauthorize: requires a channel access token; create the client with channelSecret or assertionKey',
  ],
  [
    'a record for the other kind of channel',
    () => login({}).call(getFollowers, { limit: 1 }),
    'LINE_INPUT',
    undefined,
    'GET /v2/bot/followers/ids: requires a token of a Messaging API channel; this client is for a Login channel',
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
    'channelId is missing or empty',
  ],
  [
    'createLoginClient: an empty secret',
    () => createLoginClient({ channelId, channelSecret: '' }),
    'LINE_INPUT',
    undefined,
    'channelSecret is missing or empty',
  ],
  [
    'createLoginClient: a web app without a secret',
    () => createLoginClient({ channelId, channelSecret: missing as string, redirectUri }),
    'LINE_INPUT',
    undefined,
    'createLoginClient: redirectUri requires channelSecret',
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
    'accountLinkUrl: nonce must be 10 to 255 characters long',
  ],
  [
    'startAccountLink: no account',
    () => startAccountLink({ linkToken: 't', accountId: '', store }),
    'LINE_INPUT',
    undefined,
    'startAccountLink: accountId must be a non-empty string',
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
    'The sealing key must be 32 bytes, or a string of at least 32 random characters; create one with openssl rand -base64 32',
  ],
  [
    'sealAttempt: a key of 16 bytes',
    () => sealAttempt(attempt, new Uint8Array(16)),
    'LINE_INPUT',
    undefined,
    'The sealing key must have 32 bytes, but has 16',
  ],
  [
    'sealAttempt: no key',
    () => sealAttempt(attempt, [] as never),
    'LINE_INPUT',
    undefined,
    'sealAttempt: keys must contain at least one key',
  ],
  [
    'sealAttempt: no attempt',
    () => sealAttempt({ state: '1' } as LoginAttempt, key),
    'LINE_INPUT',
    undefined,
    'The login attempt is incomplete; store what start() returned and pass it unchanged',
  ],
  [
    'openAttempt: a key of 31 characters',
    () => openAttempt('a..b.c.d', key.slice(1)),
    'LINE_INPUT',
    undefined,
    'The sealing key must be 32 bytes, or a string of at least 32 random characters; create one with openssl rand -base64 32',
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

// What LINE itself answers, in the words of the emulator.
const emulatedWorld = () => {
  const emulator = createEmulator({ clock: 'manual' })
  const callbackUrls = [redirectUri, `${redirectUri}/`]
  const channel = emulator.createLoginChannel({ published: true, settings: { callbackUrls } })
  const person = emulator.createPerson({ displayName: 'Mika' })
  const { channelId, channelSecret } = channel
  const own = { fetch: emulator.fetch, clock: emulator.clock as Clock }
  const loginHere = createLoginClient({ ...own, channelId, channelSecret, redirectUri })
  return { ...own, emulator, channel, person, login: loginHere }
}

test.each<readonly [what: string, call: () => Promise<unknown>, status: number, lineMessage: string]>([
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
      return client.finish(url, begun).catch((error: Error) => Promise.reject(error.cause))
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
