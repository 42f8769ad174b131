import type { RefusalReason } from '../core/call/api-error.js'
import { createCaller } from '../core/call/caller.js'
import { hosts, operationName } from '../core/call/request.js'
import { systemClock } from '../core/clock.js'
import { readCredential } from '../core/credential-values.js'
import { isSameText } from '../core/crypto.js'
import { LineInputError } from '../core/errors.js'
import { readOrigin } from '../core/origin.js'
import { property } from '../core/property.js'
import { checkOptions, type OptionKind } from '../core/read-options.js'
import { isApiError } from '../core/response-errors.js'
import { assertAnswered, statelessTokens } from '../tokens/sources.js'
import { type AttemptSource, makeAttempt, mayStartAgain, readAttempt, withoutAutoLogin } from './attempt.js'
import { readCallback } from './callback.js'
import type { LoginBackend, LoginBackendOptions, LoginClient, LoginClientOptions, UserTokens } from './client-types.js'
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
import type { RefreshedUserToken } from './types.js'

/** Converts LINE's response: the lifetime of the token becomes a time. */
function userTokens(issued: RefreshedUserToken, requestedAt: number): UserTokens {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, scope } = issued
  assertAnswered(typeof accessToken === 'string' && typeof seconds === 'number', 'token', issueUserToken)
  return { accessToken, refreshToken, expiresAt: requestedAt + seconds * 1000, scope: listScopes(scope) }
}

/** Splits LINE's list of scopes. */
function listScopes(scope: unknown): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ').filter(Boolean) : []
}

const idTokenFailures: { readonly [reason in RefusalReason]?: IdTokenFailure } = {
  'id-token-issuer': 'issuer',
  'id-token-expired': 'expired',
  'id-token-audience': 'audience',
  'id-token-nonce': 'nonce',
  'id-token-subject': 'subject',
  'id-token-invalid': 'signature',
}

// The texts of LINE's errors are loaded with the first error.
const errorTexts = () => import('../core/call/api-error.js')

async function rejectedByLine(error: unknown): Promise<unknown> {
  if (!isApiError(error)) return error
  const reason = (await errorTexts()).refusalReason(error)
  const failure = reason && idTokenFailures[reason]
  return failure ? new LineLoginError(failure, `LINE rejected the ID token: ${error.lineMessage}`) : error
}

// The options of a backend, and those of a web app if they are given.
type EitherOptions = LoginBackendOptions & {
  readonly [K in Exclude<keyof LoginClientOptions, keyof LoginBackendOptions>]?: LoginClientOptions[K] | undefined
}

// A response from a proxy can contain anything.
const isId = (value: unknown) => typeof value === 'string' && value !== ''

const readToken = (accessToken: unknown): string => readCredential(accessToken, 'accessToken', 'token')

const defaultAttemptAge = 3_600_000

const withoutSecret =
  'This client has no channelSecret, and LINE requires it to refresh tokens if the only app type of the channel is web app'

const optionKinds: { readonly [option: string]: OptionKind } = {
  assertionKey: 'with assertion',
  redirectUri: 'string',
  defaults: 'object',
  keys: 'with get',
  maxAttemptAge: 'milliseconds',
  randomBytes: 'function',
}

const autoLogin =
  'Either auto login failed, or the request was forged. Redirect to retryUrl, which turns off auto login'
const startOver =
  'Start a new login. If it happens again, check that the browser keeps cookies and the server keeps sessions'

/**
 * Creates a client for a LINE Login channel: the whole login of a web app, or, without a `redirectUri`, what the backend of LIFF and native apps
 * needs.
 *
 * A client is for one channel. With a channel per country, create a client for each, and keep the user IDs of different providers separate.
 *
 * @throws {LineInputError} if the channel ID is missing, or if a secret is used in a browser without `allowBrowser`.
 * @see https://developers.line.biz/en/docs/line-login/integrate-line-login/
 *
 * @example
 * const login = createLoginClient({ channelId, channelSecret, redirectUri: 'https://example.com/callback' })
 * const attempt = await login.start({ botPrompt: 'normal' }) // store it in the session, and redirect to attempt.url
 * const { userId, claims, tokens } = await login.finish(request, attempt)
 */
export function createLoginClient<const Provider extends string = string>(
  options: LoginClientOptions<Provider>,
): LoginClient<Provider>
export function createLoginClient<const Provider extends string = string>(
  options: LoginBackendOptions<Provider>,
): LoginBackend<Provider>
export function createLoginClient(options: EitherOptions): LoginClient {
  checkOptions('createLoginClient', options, optionKinds)
  const { assertionKey, redirectUri, defaults, provider, clock = systemClock, clockTolerance } = options
  const { maxAttemptAge = defaultAttemptAge } = options
  const channelId = readCredential(options.channelId, 'channelId', 'channelId')
  const channelSecret =
    options.channelSecret === undefined
      ? undefined
      : readCredential(options.channelSecret, 'channelSecret', 'channelSecret')
  if (redirectUri !== undefined && !channelSecret)
    throw new LineInputError('createLoginClient: redirectUri requires channelSecret')
  const credentials = assertionKey ? { channelId, assertionKey } : channelSecret && { channelId, channelSecret }
  const { call } = createCaller({
    ...options,
    channelAccessToken: credentials ? statelessTokens(credentials) : undefined,
  })
  const keys =
    options.keys ??
    lineKeySet({
      fetch: options.fetch,
      baseUrl: options.baseUrl,
      allowInsecure: options.allowInsecure,
      clock,
    })
  const verifying: VerifyIdTokenOptions = { channelId, channelSecret, keys, clock, clockTolerance }
  const proof = { client_id: channelId, ...(channelSecret && { client_secret: channelSecret }) }
  const source: AttemptSource = {
    origin: options.baseUrl === undefined ? hosts.access : readOrigin(options.baseUrl, options.allowInsecure),
    channelId,
    redirectUri: redirectUri ?? '',
    now: () => clock.now(),
    randomBytes: options.randomBytes,
  }

  const start: LoginClient['start'] = (startOptions = {}) => makeAttempt(source, { ...defaults, ...startOptions })

  const startAgain = async (state: string | undefined) =>
    mayStartAgain(state) && defaults?.prompt !== 'none' ? start({ disableAutoLogin: true }) : undefined

  const finish: LoginClient['finish'] = async (callback, attempt, callOptions) => {
    if (!channelSecret) throw new LineInputError('finish: channelSecret is required to exchange the code')
    const { state, code, failure, friendshipStatusChanged } = await readCallback(callback)
    if (!attempt) {
      if (failure) throw failure
      const retry = await startAgain(state)
      throw new LineLoginError(
        'no-attempt',
        `The attempt of this callback is missing. ${retry ? autoLogin : startOver}`,
        { retry },
      )
    }
    const request = readAttempt(attempt)
    if (request.channelId !== channelId) throw new LineInputError('finish: the attempt was started for another channel')
    if (state !== undefined && !isSameText(state, attempt.state)) {
      const retry = code && request.autoLogin ? withoutAutoLogin(attempt, clock.now()) : undefined
      throw new LineLoginError(
        'state',
        `The callback does not belong to this attempt. ${retry ? autoLogin : startOver}`,
        { retry },
      )
    }
    if (failure) throw failure
    const requestedAt = clock.now()
    if (requestedAt - attempt.startedAt > maxAttemptAge)
      throw new LineLoginError(
        'attempt-expired',
        `The login was started more than ${Math.round(maxAttemptAge / 60_000)} minutes ago. Start a new login`,
      )
    const { redirectUri: redirect_uri, openid, maxAge } = request
    const { codeVerifier: code_verifier, nonce, startedAt, returnTo } = attempt
    const exchange = { ...proof, client_secret: channelSecret, code, redirect_uri, code_verifier }
    const issued = await call(issueUserToken, { grant_type: 'authorization_code', ...exchange }, callOptions).catch(
      async (error: unknown) => {
        throw isApiError(error) && (await errorTexts()).refusalReason(error) === 'invalid-code'
          ? new LineLoginError('code', `LINE rejected the authorization code. ${error.hint}`, { cause: error })
          : error
      },
    )
    const tokens = userTokens(issued, requestedAt)
    const { id_token: idToken } = issued
    if (openid && typeof idToken !== 'string')
      throw new LineLoginError('no-id-token', 'LINE sent no ID token, although openid was requested')
    // maxAge applies to the start of the login, not to now: the user may take a while on the consent screen.
    const age = maxAge === undefined ? undefined : maxAge + Math.max(0, Math.ceil((clock.now() - startedAt) / 1000))
    const claims = openid && idToken ? await verifyIdToken(idToken, { ...verifying, nonce, maxAge: age }) : undefined
    return { userId: claims?.sub, claims, idToken: claims && idToken, tokens, friendshipStatusChanged, returnTo }
  }

  const verifyAccessToken: LoginBackend['verifyAccessToken'] = async (accessToken, callOptions) => {
    const requestedAt = clock.now()
    const token = readToken(accessToken)
    const verified = await call(verifyUserToken, { access_token: token }, callOptions).catch((error: unknown) => {
      if (!(isApiError(error) && error.status === 400)) throw error
      throw new LineLoginError('access-token', `LINE rejected the access token: ${error.lineMessage}`)
    })
    if (verified.client_id !== channelId)
      throw new LineLoginError('channel', 'The access token was issued for another channel')
    if (!(verified.expires_in > 0)) throw new LineLoginError('access-token', 'The access token has expired')
    return { channelId, scope: listScopes(verified.scope), expiresAt: requestedAt + verified.expires_in * 1000 }
  }

  const profile: LoginBackend['profile'] = async (accessToken, callOptions) => {
    const found = await call(getUserProfile, {}, { ...callOptions, accessToken: readToken(accessToken) })
    assertAnswered(isId(found.userId), 'user ID', getUserProfile)
    return found
  }

  const userInfo: LoginBackend['userInfo'] = async (accessToken, callOptions) => {
    const found = await call(getUserInfo, {}, { ...callOptions, accessToken: readToken(accessToken) })
    assertAnswered(isId(found.sub), 'user ID', getUserInfo)
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
      // The call itself refuses what is not an operation.
      if (property(operation, 'path') && (operation.auth ?? 'channel') === 'channel' && !callOptions?.accessToken)
        throw new LineInputError(
          `${operationName(operation)}: requires a token of a Messaging API channel; this client is for a Login channel`,
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
    async verifyIdToken(idToken, options = {}) {
      checkOptions('verifyIdToken', options, { nonce: 'string', userId: 'string' })
      const { nonce, userId, ...callOptions } = options
      readCredential(idToken, 'idToken', 'token')
      const input = { id_token: idToken, client_id: channelId, nonce, user_id: userId }
      const claims = await call(verifyUserIdToken, input, callOptions).catch(async (error: unknown) => {
        throw await rejectedByLine(error)
      })
      assertAnswered(isId(claims.sub), 'user ID', verifyUserIdToken)
      return claims
    },
    async refresh(refreshToken, callOptions) {
      const requestedAt = clock.now()
      const token = readCredential(refreshToken, 'refreshToken', 'token')
      const input = { grant_type: 'refresh_token' as const, refresh_token: token, ...proof }
      const refreshed = await call(refreshUserToken, input, callOptions).catch(async (error: unknown) => {
        throw isApiError(error) && !channelSecret && error.status < 404
          ? (await errorTexts()).withFacts(error, { hint: withoutSecret })
          : error
      })
      return userTokens(refreshed, requestedAt)
    },
    async revoke(accessToken, callOptions) {
      await call(revokeUserToken, { access_token: readToken(accessToken), ...proof }, callOptions)
    },
    async friendship(accessToken, callOptions) {
      return (
        (await call(getFriendshipStatus, {}, { ...callOptions, accessToken: readToken(accessToken) })).friendFlag ===
        true
      )
    },
    async deauthorize(accessToken, callOptions) {
      if (!credentials)
        throw new LineInputError(
          'deauthorize: requires a channel access token; create the client with channelSecret or assertionKey',
        )
      await call(deauthorizeUser, { userAccessToken: readToken(accessToken) }, callOptions)
    },
  }
}
