import { createCaller } from '../core/call/caller.js'
import { hosts, operationName } from '../core/call/request.js'
import { systemClock } from '../core/clock.js'
import { LineApiError, LineInputError } from '../core/errors.js'
import { statelessTokens } from '../tokens/stateless.js'
import { insist } from './answer.js'
import { type AttemptSource, askedFor, makeAttempt, mayStartAgain, withoutAutoLogin } from './attempt.js'
import { readCallback } from './callback.js'
import type { LoginBackend, LoginClient } from './client-types.js'
import { type IdTokenFailure, LineLoginError } from './errors.js'
import { lineKeySet } from './id-token/key-set.js'
import { type VerifyIdTokenOptions, verifyIdToken } from './id-token/verify.js'
import { authenticateBearer } from './liff.js'
import {
  deauthorizeUser,
  getFriendshipStatus,
  getUserInfo,
  getUserProfile,
  issueUserToken,
  refreshUserToken,
  revokeUserToken,
  verifyUserIdToken,
  verifyUserToken,
} from './operations.js'
import type { LoginBackendOptions, LoginClientOptions } from './options.js'
import { sameText } from './same-text.js'
import { listScopes, userTokens } from './session.js'

// What LINE says of an ID token that it refuses, by a word that only this text has.
const remoteFailures: readonly (readonly [words: RegExp, reason: IdTokenFailure])[] = [
  [/issuer/i, 'issuer'],
  [/expired/i, 'expired'],
  [/audience/i, 'audience'],
  [/nonce/i, 'nonce'],
  [/subject/i, 'subject'],
  [/./, 'signature'],
]

function refusedByLine(error: unknown): unknown {
  if (!(error instanceof LineApiError) || !/IdToken/i.test(error.lineMessage)) return error
  const [, reason = 'signature'] = remoteFailures.find(([words]) => words.test(error.lineMessage)) ?? []
  return new LineLoginError(reason, `LINE refuses the ID token: ${error.lineMessage}`)
}

// A back end's options, with those of a web app where they are given.
type EitherOptions = LoginBackendOptions & {
  readonly [K in Exclude<keyof LoginClientOptions, keyof LoginBackendOptions>]?: LoginClientOptions[K] | undefined
}

// A foreign answer may hold anything, or nothing.
const isId = (value: unknown) => typeof value === 'string' && value !== ''

const autoLogin = 'Auto login failed, or somebody else made this request; go on at retryUrl, which turns auto login off'
const startOver = 'Start a new login; if it happens again, the browser keeps no cookies, or sessions get lost'

/**
 * Makes a client of a LINE Login channel: the whole login of a web app, or, without a callback URL, what a back end of LIFF and native apps needs.
 *
 * One client is for one channel. With a channel per country make a client for each, and keep the user IDs of different providers apart.
 *
 * @throws {LineInputError} without a channel ID, and with a secret in a browser page unless `allowBrowser` is set.
 * @see https://developers.line.biz/en/docs/line-login/integrate-line-login/
 *
 * @example
 * const login = createLoginClient({ channelId, channelSecret, redirectUri: 'https://example.com/callback' })
 * const attempt = await login.start({ botPrompt: 'normal' }) // keep it in the session, and redirect to attempt.url
 * const { userId, claims, tokens } = await login.finish(request, attempt)
 */
export function createLoginClient<const Provider extends string = string>(
  options: LoginClientOptions<Provider>,
): LoginClient<Provider>
export function createLoginClient<const Provider extends string = string>(
  options: LoginBackendOptions<Provider>,
): LoginBackend<Provider>
export function createLoginClient(options: EitherOptions): LoginClient {
  const {
    channelId,
    channelSecret: given,
    assertionKey,
    redirectUri,
    defaults,
    provider,
    clock = systemClock,
    clockTolerance,
  } = options
  if (typeof channelId !== 'string' || !channelId)
    throw new LineInputError('createLoginClient: channelId is missing; give it as text')
  const channelSecret = typeof given === 'object' ? given.reveal() : given
  if (channelSecret === '') throw new LineInputError('createLoginClient: channelSecret is empty')
  if (redirectUri !== undefined && !channelSecret)
    throw new LineInputError('createLoginClient: the login of a web app takes the channelSecret')
  const credentials = assertionKey ? { channelId, assertionKey } : channelSecret && { channelId, channelSecret }
  const { call } = createCaller({
    ...options,
    channelAccessToken: credentials ? statelessTokens(credentials) : undefined,
  })
  const keys = options.keys ?? lineKeySet({ fetch: options.fetch, baseUrl: options.baseUrl, clock })
  const verifying: VerifyIdTokenOptions = { channelId, channelSecret, keys, clock, clockTolerance }
  const proof = { client_id: channelId, ...(channelSecret && { client_secret: channelSecret }) }
  const source: AttemptSource = {
    origin: options.baseUrl?.replace(/\/+$/, '') ?? hosts.access,
    channelId,
    redirectUri: redirectUri ?? '',
    now: () => clock.now(),
    randomBytes: options.randomBytes,
  }

  const start: LoginClient['start'] = (startOptions = {}) => makeAttempt(source, { ...defaults, ...startOptions })

  const startAgain = async (state: string | undefined) =>
    mayStartAgain(state) && defaults?.prompt !== 'none' ? start({ disableAutoLogin: true }) : undefined

  const finish: LoginClient['finish'] = async (callback, attempt, callOptions) => {
    if (!channelSecret) throw new LineInputError('finish: the exchange of a code takes the channelSecret')
    const { state, code, failure, friendshipStatusChanged } = await readCallback(callback)
    if (!attempt) {
      if (failure) throw failure
      const retry = await startAgain(state)
      throw new LineLoginError(
        'no-attempt',
        `There is no attempt for this callback. ${retry ? autoLogin : startOver}`,
        { retry },
      )
    }
    const asked = askedFor(attempt)
    if (asked.channelId !== channelId) throw new LineInputError('finish: the attempt was started for another channel')
    if (state !== undefined && !sameText(state, attempt.state)) {
      const retry = code && asked.autoLogin ? withoutAutoLogin(attempt, clock.now()) : undefined
      throw new LineLoginError(
        'state',
        `The callback does not belong to this attempt. ${retry ? autoLogin : startOver}`,
        { retry },
      )
    }
    if (failure) throw failure
    const askedAt = clock.now()
    const { redirectUri: redirect_uri, openid, maxAge } = asked
    const { codeVerifier: code_verifier, nonce, startedAt, returnTo } = attempt
    const exchange = { ...proof, client_secret: channelSecret, code, redirect_uri, code_verifier }
    const issued = await call(issueUserToken, { grant_type: 'authorization_code', ...exchange }, callOptions)
    const tokens = userTokens(issued, askedAt)
    const { id_token: idToken } = issued
    if (openid && typeof idToken !== 'string')
      throw new LineLoginError('no-id-token', 'LINE sent no ID token, although openid was asked for')
    // The user had to be fresh when LINE was asked, not now: reading a consent screen takes its time.
    const age = maxAge === undefined ? undefined : maxAge + Math.max(0, Math.ceil((clock.now() - startedAt) / 1000))
    const claims = openid && idToken ? await verifyIdToken(idToken, { ...verifying, nonce, maxAge: age }) : undefined
    return { userId: claims?.sub, claims, idToken: claims && idToken, tokens, friendshipStatusChanged, returnTo }
  }

  const verifyAccessToken: LoginBackend['verifyAccessToken'] = async (accessToken, callOptions) => {
    const askedAt = clock.now()
    const verified = await call(verifyUserToken, { access_token: accessToken }, callOptions).catch((error: unknown) => {
      if (!(error instanceof LineApiError && error.status === 400)) throw error
      throw new LineLoginError('access-token', `LINE refuses the access token: ${error.lineMessage}`)
    })
    if (verified.client_id !== channelId)
      throw new LineLoginError('channel', 'The access token was issued for another channel')
    if (!(verified.expires_in > 0)) throw new LineLoginError('access-token', 'The access token is expired')
    return { channelId, scope: listScopes(verified.scope), expiresAt: askedAt + verified.expires_in * 1000 }
  }

  const profile: LoginBackend['profile'] = async (accessToken, callOptions) => {
    const found = await call(getUserProfile, {}, { ...callOptions, accessToken })
    insist(isId(found.userId), 'user ID', getUserProfile)
    return found
  }

  const userInfo: LoginBackend['userInfo'] = async (accessToken, callOptions) => {
    const found = await call(getUserInfo, {}, { ...callOptions, accessToken })
    insist(isId(found.sub), 'user ID', getUserInfo)
    return found
  }

  return {
    channelId,
    provider,
    start,
    finish,
    verifyAccessToken,
    profile,
    userInfo,
    async call(operation, input, callOptions) {
      if ((operation.auth ?? 'channel') === 'channel' && !callOptions?.accessToken)
        throw new LineInputError(
          `${operationName(operation)}: it takes a token of a Messaging API channel, and this client has a Login channel's`,
        )
      return call(operation, input, callOptions)
    },
    authenticateLiff(request, callOptions) {
      return authenticateBearer(
        {
          idToken: (token) => verifyIdToken(token, verifying),
          accessToken: (token) => verifyAccessToken(token, callOptions),
          profile: (token) => profile(token, callOptions),
          userInfo: (token) => userInfo(token, callOptions),
        },
        request,
      )
    },
    async verifyIdToken(idToken, { nonce, userId, ...callOptions } = {}) {
      const input = { id_token: idToken, client_id: channelId, nonce, user_id: userId }
      const claims = await call(verifyUserIdToken, input, callOptions).catch((error: unknown) => {
        throw refusedByLine(error)
      })
      insist(isId(claims.sub), 'user ID', verifyUserIdToken)
      return claims
    },
    async refresh(refreshToken, callOptions) {
      const askedAt = clock.now()
      const input = { grant_type: 'refresh_token' as const, refresh_token: refreshToken, ...proof }
      return userTokens(await call(refreshUserToken, input, callOptions), askedAt)
    },
    async revoke(accessToken, callOptions) {
      await call(revokeUserToken, { access_token: accessToken, ...proof }, callOptions)
    },
    async friendship(accessToken, callOptions) {
      return (await call(getFriendshipStatus, {}, { ...callOptions, accessToken })).friendFlag === true
    },
    async deauthorize(accessToken, callOptions) {
      if (!credentials)
        throw new LineInputError('deauthorize: it takes a token of the channel; give channelSecret or assertionKey')
      await call(deauthorizeUser, { userAccessToken: accessToken }, callOptions)
    },
  }
}
