import type { CallerOptions } from '../core/call/caller.js'
import type { CallOptions, Operation } from '../core/operation.js'
import type { Secret } from '../credentials/secret.js'
import type { AssertionKey } from '../keys/types.js'
import type { LoginAttempt, RandomBytes } from './attempt.js'
import type { AuthorizeOptions } from './authorize.js'
import type { LoginCallback } from './callback.js'
import type { IdTokenKeys } from './id-token/key-set.js'
import type { BearerInput, LiffAuthentication } from './liff.js'
import type { IdTokenClaims, UserInfo, UserProfile } from './types.js'

/** A verified user access token of this channel. */
export interface CheckedAccessToken {
  /** Channel ID that the token was issued for. */
  readonly channelId: string
  /** Granted scopes. LINE never lists `email` here, even if it was granted. */
  readonly scope: readonly string[]
  /** When the token expires, in milliseconds since 1970. */
  readonly expiresAt: number
}

/** Options for `verifyIdToken` of a login client. */
export interface RemoteIdTokenOptions extends LoginCallOptions {
  /** Expected nonce. Default: the nonce is not checked. */
  readonly nonce?: string | undefined
  /** Expected user ID. Default: the user is not checked. */
  readonly userId?: string | undefined
}

interface WithUserId<Provider extends string> {
  /** User ID of the user, typed as one of the client's provider. */
  readonly userId: UserIdOf<Provider>
}

interface WithSubject<Provider extends string> {
  /** User ID of the user, typed as one of the client's provider. */
  readonly sub: UserIdOf<Provider>
}

/** A client for a backend that gets the tokens of its users from LIFF or a native app. Its methods can be destructured. */
export interface LoginBackend<Provider extends string = string> {
  /** Channel ID. */
  readonly channelId: string
  /** The `provider` option. */
  readonly provider: Provider | undefined
  /**
   * Authenticates the user of a request by the ID token or access token in its `Authorization: Bearer` header, from `liff.getIDToken()` or
   * `liff.getAccessToken()`. An ID token is verified without a call to LINE; an access token requires two calls.
   *
   * If the token is expired, forged or from another channel, the result has `ok: false` and a `response` to send.
   *
   * @throws {LineError} if LINE cannot be reached, which is not the user's fault.
   * @example
   * const auth = await login.authenticateLiff(request)
   * if (!auth.ok) return auth.response
   * console.log(auth.user.userId)
   */
  authenticateLiff(request: BearerInput, options?: LoginCallOptions): Promise<LiffAuthentication<Provider>>
  /**
   * Verifies a user access token with LINE, and checks that it belongs to this channel and has not expired. LINE itself accepts the tokens of
   * any channel.
   *
   * @throws {LineLoginError} with the reason `access-token` or `channel`.
   * @see https://developers.line.biz/en/docs/line-login/secure-login-process/
   */
  verifyAccessToken(accessToken: string, options?: LoginCallOptions): Promise<CheckedAccessToken>
  /**
   * Verifies an ID token with LINE and returns its claims. `verifyIdToken` of `line-oa/id-token` does it without a call.
   *
   * @throws {LineLoginError} with the reason, if LINE rejects it.
   * @see https://developers.line.biz/en/reference/line-login/#verify-id-token
   */
  verifyIdToken(idToken: string, options?: RemoteIdTokenOptions): Promise<IdTokenClaims>
  /**
   * Gets a new access token. The refresh token stays the same, and its lifetime of 90 days is not extended.
   *
   * @throws {LineApiError} 400 `invalid_grant` if the refresh token has expired or the user has withdrawn their consent.
   * @see https://developers.line.biz/en/reference/line-login/#refresh-access-token
   */
  refresh(refreshToken: string, options?: LoginCallOptions): Promise<UserTokens>
  /**
   * Revokes an access token, as for a logout. The user's consent and the refresh token stay valid.
   *
   * @see https://developers.line.biz/en/reference/line-login/#revoke-access-token
   */
  revoke(accessToken: string, options?: LoginCallOptions): Promise<void>
  /**
   * Gets the user's main profile. Requires the scope `profile`.
   *
   * @throws {LineApiError} 401 if the token has expired or the user has withdrawn their consent, 403 if the scope is missing.
   * @see https://developers.line.biz/en/reference/line-login/#get-user-profile
   */
  profile(accessToken: string, options?: LoginCallOptions): Promise<UserProfile & WithUserId<Provider>>
  /**
   * Gets the user's ID. Requires the scope `openid`, and `profile` for the display name and image.
   *
   * @throws {LineApiError} 401 if the token has expired or the user has withdrawn their consent, 403 if the scope is missing.
   * @see https://developers.line.biz/en/reference/line-login/#userinfo
   */
  userInfo(accessToken: string, options?: LoginCallOptions): Promise<UserInfo & WithSubject<Provider>>
  /**
   * Gets whether the user has added the linked Official Account as a friend and has not blocked it. Requires the scope `profile`.
   *
   * @throws {LineApiError} 401 if the token has expired or the user has withdrawn their consent, 403 if the scope is missing. LINE does not
   * document the response for a channel without a linked account.
   * @see https://developers.line.biz/en/reference/line-login/#get-friendship-status
   */
  friendship(accessToken: string, options?: LoginCallOptions): Promise<boolean>
  /**
   * Deauthorizes the channel for the user, as LINE requires when a user leaves your service. All tokens of the user become invalid.
   *
   * @throws {LineApiError} 400 `invalid token` if it was done before.
   * @see https://developers.line.biz/en/reference/line-login/#deauthorize
   */
  deauthorize(accessToken: string, options?: LoginCallOptions): Promise<void>
  /**
   * Calls an operation with a channel access token of the Login channel: the operations of LIFF apps, and of service messages of a LINE MINI App.
   *
   * @throws {LineInputError} before anything is sent, if the operation requires a token of a Messaging API channel and `options` has none.
   * @example
   * import { getAllLIFFApps } from 'line-oa/operations'
   * const apps = (await ifFound(login.call(getAllLIFFApps, {})))?.apps ?? []
   */
  call<Input extends object, Output>(
    operation: Operation<Input, Output>,
    input: NoInfer<Input>,
    options?: CallOptions,
  ): Promise<Output>
}

/** A client for LINE Login in a web app. Its methods can be destructured. */
export interface LoginClient<Provider extends string = string> extends LoginBackend<Provider> {
  /**
   * Starts a login. Returns the URL to redirect the browser to, and the data to store until the callback. It always uses state, nonce and PKCE.
   *
   * @throws {LineInputError} if LINE would reject an option.
   * @see https://developers.line.biz/en/docs/line-login/integrate-line-login/#making-an-authorization-request
   */
  start(options?: StartOptions): Promise<LoginAttempt>
  /**
   * Finishes a login: verifies that the callback belongs to the attempt, exchanges its code for tokens, and verifies the ID token.
   *
   * Pass `undefined` if the attempt is lost; the error then says how to continue. An attempt is valid for one login, so delete it afterwards.
   *
   * @throws {LineLoginError} if the login failed or cannot be trusted. If auto login may be the cause, continue with its `retryUrl` and
   * `retryAttempt`.
   * With the reason `code`, LINE rejected the code: it was used before, or is older than 10 minutes.
   * @throws {LineApiError} if LINE rejects the exchange for another reason, such as a wrong channel secret.
   * @throws {LineInputError} if the attempt is incomplete, or was started for another channel.
   * @throws {LineError} `LINE_NETWORK` or `LINE_TIMEOUT` if LINE cannot be reached. The code may have been used by then, so start a new login.
   * @see https://developers.line.biz/en/docs/line-login/integrate-line-login/#receiving-the-authorization-response-or-error-response-with-a-web-app
   */
  finish(
    callback: LoginCallback,
    attempt: LoginAttempt | undefined,
    options?: LoginCallOptions,
  ): Promise<LoginSession<Provider>>
}

/** Options for the client of a backend that gets its tokens from LIFF or a native app. */
export interface LoginBackendOptions<Provider extends string = string> extends CallerOptions {
  /** Channel ID of the Login channel: a string of digits. */
  readonly channelId: string
  /** Channel secret. LINE requires it to refresh and revoke tokens if the only app type of the channel is web app. */
  readonly channelSecret?: string | Secret | undefined
  /** Assertion signing key of the Login channel, for calls with a channel access token. Default: these calls use the channel secret. */
  readonly assertionKey?: AssertionKey | undefined
  /** Your name for the channel's provider, such as `japan`. It makes the user IDs of different providers incompatible types. */
  readonly provider?: Provider | undefined
  /** Source of LINE's public keys for ES256. Default: `lineKeySet()` with this client's fetch and clock. */
  readonly keys?: IdTokenKeys | undefined
  /** Tolerated clock difference when an ID token is verified, in seconds. Default: 0 for the expiry, and 10 for tokens issued in the future. */
  readonly clockTolerance?: number | undefined
}

/** Options for the client of a web app. */
export interface LoginClientOptions<Provider extends string = string> extends LoginBackendOptions<Provider> {
  /** Channel secret. It is used to exchange the code and to verify the ID token. */
  readonly channelSecret: string | Secret
  /** Callback URL, exactly as registered for the channel. A query may be added. */
  readonly redirectUri: string
  /**
   * Maximum age of an attempt that `finish` accepts, in milliseconds. Default: 3,600,000 (1 hour). An older one is rejected with the reason
   * `attempt-expired`.
   */
  readonly maxAttemptAge?: number | undefined
  /** Default options of `start`. They also apply when a login without its attempt is restarted. Default: LINE's defaults. */
  readonly defaults?: AuthorizeOptions | undefined
  /** Random source for `state`, `nonce` and the PKCE code verifier. It must be unpredictable. Default: `crypto.getRandomValues`. */
  readonly randomBytes?: RandomBytes | undefined
}

/** Options for `start`. */
export interface StartOptions extends AuthorizeOptions {
  /** Path of your site to return to after the login. It must start with a single slash, and is not sent to LINE. */
  readonly returnTo?: string | undefined
}

/** Options for a single call. */
export type LoginCallOptions = Pick<CallOptions, 'signal' | 'timeout' | 'totalTimeout'>

/** A user's tokens. Store them as securely as a password. */
export interface UserTokens {
  /** Access token. It is opaque, and valid for 30 days. */
  readonly accessToken: string
  /** Refresh token, valid until 90 days after the login. Using it does not extend it. */
  readonly refreshToken: string
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt: number
  /** Granted scopes. LINE never lists `email` here, even if it was granted; check for the claim instead. */
  readonly scope: readonly string[]
}

/** The result of a login. */
export interface LoginSession<Provider extends string = string> {
  /** User ID under this channel's provider. Missing without the scope `openid`; get it with `profile()` then. */
  readonly userId: UserIdOf<Provider> | undefined
  /** Claims of the verified ID token. Missing without the scope `openid`. */
  readonly claims: IdTokenClaims | undefined
  /** The ID token itself, to pass to another service. Missing without the scope `openid`. */
  readonly idToken: string | undefined
  /** The user's tokens. */
  readonly tokens: UserTokens
  /** Whether the user added or unblocked the linked Official Account during the login. Missing if LINE did not offer it. */
  readonly friendshipStatusChanged: boolean | undefined
  /** The `returnTo` path that was passed to `start`. */
  readonly returnTo: string | undefined
}

declare const mark: unique symbol

/**
 * A user ID under a provider.
 *
 * A user has a different ID under each provider, and the same ID in all channels of a provider. If a client is created with a `provider`, the
 * types do not accept a user ID of another provider. At run time, it is a plain string.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/getting-user-ids/
 */
export type UserIdOf<Provider extends string = string> = string & {
  /** Never set. It makes the IDs of different providers incompatible. */
  readonly [mark]?: Provider
}
