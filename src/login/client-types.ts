import type { CallOptions, Operation } from '../core/operation.js'
import type { LoginAttempt } from './attempt.js'
import type { LoginCallback } from './callback.js'
import type { BearerInput, LiffAuthentication } from './liff.js'
import type { LoginCallOptions, StartOptions } from './options.js'
import type { LoginSession, UserTokens } from './session.js'
import type { IdTokenClaims, UserInfo, UserProfile } from './types.js'
import type { UserIdOf } from './user-id.js'

/** What a user access token is good for, when it is this channel's. */
export interface CheckedAccessToken {
  readonly channelId: string
  /** What the user granted. It never has `email`. */
  readonly scope: readonly string[]
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt: number
}

/** How LINE is asked to check an ID token. */
export interface RemoteIdTokenOptions extends LoginCallOptions {
  /** The nonce that the token must hold. */
  readonly nonce?: string | undefined
  /** The user that the token must be about. */
  readonly userId?: string | undefined
}

/** What a back end does with the tokens of its users. Each method can be taken off the client. */
export interface LoginBackend<Provider extends string = string> {
  readonly channelId: string
  readonly provider: Provider | undefined
  /**
   * Finds out who a request comes from, by the ID token or access token in its `Authorization: Bearer` header, as `liff.getIDToken()` and
   * `liff.getAccessToken()` give them. An ID token costs no call; an access token costs two.
   *
   * A token that is expired, forged or of another channel is an answer with `ok: false`, and `response` is ready to be sent.
   *
   * @throws {LineError} when LINE cannot be asked; that is no fault of the user.
   * @example
   * const auth = await login.authenticateLiff(request)
   * if (!auth.ok) return auth.response
   * console.log(auth.user.userId)
   */
  authenticateLiff(request: BearerInput, options?: LoginCallOptions): Promise<LiffAuthentication<Provider>>
  /**
   * Has LINE check a user access token, and checks that it is this channel's and still lives: LINE says 200 to the tokens of any channel.
   *
   * @throws {LineLoginError} `access-token` or `channel`.
   * @see https://developers.line.biz/en/docs/line-login/secure-login-process/
   */
  verifyAccessToken(accessToken: string, options?: LoginCallOptions): Promise<CheckedAccessToken>
  /**
   * Has LINE check an ID token and gives its claims. `verifyIdToken` of `line-oa/id-token` does it without a call.
   *
   * @throws {LineLoginError} with the reason when LINE refuses it.
   * @see https://developers.line.biz/en/reference/line-login/#verify-id-token
   */
  verifyIdToken(idToken: string, options?: RemoteIdTokenOptions): Promise<IdTokenClaims>
  /**
   * Gets a new access token. The refresh token stays the same, and its 90 days are not extended.
   *
   * @throws {LineApiError} 400 `invalid_grant` when the refresh token is expired or the user took the consent back.
   * @see https://developers.line.biz/en/reference/line-login/#refresh-access-token
   */
  refresh(refreshToken: string, options?: LoginCallOptions): Promise<UserTokens>
  /**
   * Ends an access token at once: a logout. What the user granted stays granted, and the refresh token goes on.
   *
   * @see https://developers.line.biz/en/reference/line-login/#revoke-access-token
   */
  revoke(accessToken: string, options?: LoginCallOptions): Promise<void>
  /**
   * Gets the user's main profile. It takes the scope `profile`.
   *
   * @throws {LineApiError} 401 when the token is over or the user took the consent back, 403 without the scope.
   * @see https://developers.line.biz/en/reference/line-login/#get-user-profile
   */
  profile(
    accessToken: string,
    options?: LoginCallOptions,
  ): Promise<UserProfile & { readonly userId: UserIdOf<Provider> }>
  /**
   * Gets who the user is. It takes the scope `openid`, and `profile` for name and image.
   *
   * @throws {LineApiError} 401 when the token is over or the user took the consent back, 403 without the scope.
   * @see https://developers.line.biz/en/reference/line-login/#userinfo
   */
  userInfo(accessToken: string, options?: LoginCallOptions): Promise<UserInfo & { readonly sub: UserIdOf<Provider> }>
  /**
   * Tells whether the user is a friend of the Official Account that is linked to the channel, and does not block it. It takes the scope `profile`.
   *
   * @throws {LineApiError} 401 when the token is over or the user took the consent back, 403 without the scope. What LINE says where no account is
   * linked is not known.
   * @see https://developers.line.biz/en/reference/line-login/#get-friendship-status
   */
  friendship(accessToken: string, options?: LoginCallOptions): Promise<boolean>
  /**
   * Takes back all that the user granted to the channel, as LINE demands when a user leaves your service. All tokens of the user end with it.
   *
   * @throws {LineApiError} 400 `invalid token` when that was done before.
   * @see https://developers.line.biz/en/reference/line-login/#deauthorize
   */
  deauthorize(accessToken: string, options?: LoginCallOptions): Promise<void>
  /**
   * Calls a record under a token of the Login channel, where it takes that: the operations of LIFF apps, and service messages of a LINE MINI App.
   *
   * @throws {LineInputError} before anything is sent, for an operation of a Messaging API channel without a token in the options.
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

/** LINE Login for a web app. Each method can be taken off the client. */
export interface LoginClient<Provider extends string = string> extends LoginBackend<Provider> {
  /**
   * Starts a login: gives the URL to send the browser to, and what to keep until it comes back. State, nonce and PKCE are always part of it.
   *
   * @throws {LineInputError} for what LINE would refuse.
   * @see https://developers.line.biz/en/docs/line-login/integrate-line-login/#making-an-authorization-request
   */
  start(options?: StartOptions): Promise<LoginAttempt>
  /**
   * Finishes a login: checks that the callback belongs to the attempt, trades its code for tokens and checks the ID token.
   *
   * Give `undefined` for an attempt that is gone; the error then says how to go on. An attempt is good for one login: forget it afterwards.
   *
   * @throws {LineLoginError} when the login failed or cannot be believed. Where auto login may be the cause, `retryUrl` and `retryAttempt` go on.
   * @throws {LineApiError} when LINE does not take the code: it was used before, is older than 10 minutes, or the secret is wrong.
   * @throws {LineInputError} when the attempt lost a part while it was kept, or was started for another channel.
   * @throws {LineError} `LINE_NETWORK` or `LINE_TIMEOUT` when LINE cannot be asked. The code may be used up by then: start again.
   * @see https://developers.line.biz/en/docs/line-login/integrate-line-login/#receiving-the-authorization-response-or-error-response-with-a-web-app
   */
  finish(
    callback: LoginCallback,
    attempt: LoginAttempt | undefined,
    options?: LoginCallOptions,
  ): Promise<LoginSession<Provider>>
}
