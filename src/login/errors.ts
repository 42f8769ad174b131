import { LineError } from '../core/errors.js'
import type { LoginAttempt } from './attempt.js'

/**
 * The reason of a {@link LineLoginError}.
 *
 * The callback reports that the login failed:
 * - `cancelled`: the user denied consent (`ACCESS_DENIED`).
 * - `login-required`, `interaction-required`: `prompt: 'none'` could not log the user in without showing a screen.
 * - `invalid-request`, `invalid-scope`, `unsupported-response-type`: LINE rejected the authorization request.
 * - `server-error`: LINE had an internal error. Start a new login.
 * - `unknown-error`: LINE sent an error code that it does not document.
 *
 * The callback cannot be trusted:
 * - `state`: it does not belong to this attempt. Either auto login failed, or the request was forged; they cannot be distinguished.
 * - `no-attempt`: the attempt is missing, because its cookie or session is lost. The causes are often the same as for `state`.
 * - `callback`: a parameter is missing or repeated, it contains both a code and an error, or it uses another response mode than requested.
 * - `callback-issuer`: its issuer is not LINE.
 * - `attempt-expired`: the attempt is older than `maxAttemptAge`. Start a new login.
 * - `code`: LINE rejected the authorization code, because it was used before or is older than 10 minutes. Start a new login.
 * - `liff-callback`: it belongs to `liff.login()`. Serve the LIFF app under this URL, with the query unchanged.
 *
 * The ID token is rejected:
 * - `malformed`, `algorithm`, `unknown-key`, `signature`: it was not signed by LINE, or not for this channel.
 * - `issuer`, `audience`, `subject`, `nonce`, `expired`, `issued-in-future`, `auth-time`, `amr`: a claim has an unexpected value.
 * - `no-id-token`: `openid` was requested, but LINE sent no ID token.
 *
 * The access token is rejected:
 * - `access-token`: LINE rejected it because it is expired, revoked or malformed.
 * - `channel`: it was issued for another channel.
 * - `scope`: a scope is missing.
 * - `no-token`: the request has no token.
 */
export type LoginFailure =
  | 'cancelled'
  | 'login-required'
  | 'interaction-required'
  | 'invalid-request'
  | 'invalid-scope'
  | 'unsupported-response-type'
  | 'server-error'
  | 'unknown-error'
  | 'state'
  | 'no-attempt'
  | 'callback'
  | 'callback-issuer'
  | 'attempt-expired'
  | 'code'
  | 'liff-callback'
  | IdTokenFailure
  | 'no-id-token'
  | 'access-token'
  | 'channel'
  | 'scope'
  | 'no-token'

/** The reason why an ID token is rejected. */
export type IdTokenFailure =
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'subject'
  | 'nonce'
  | 'expired'
  | 'issued-in-future'
  | 'auth-time'
  | 'amr'

/** The properties of a {@link LineLoginError} besides its message. */
export interface LoginFacts {
  /** The error description from the callback. */
  readonly description?: string | undefined
  /** The attempt to continue with. */
  readonly retry?: LoginAttempt | undefined
  /** LINE's error, which has the request ID. */
  readonly cause?: unknown
}

/** A login failed, or a user's token was rejected. `cause` is the error of LINE's response, if that is the reason. */
export class LineLoginError extends LineError {
  declare readonly code: 'LINE_LOGIN'
  /** The reason of the error. */
  readonly reason: LoginFailure
  /** The error description from the callback, if there is one. Anyone can forge the callback URL, so escape the description before showing it. */
  readonly description: string | undefined
  // A private field, because the attempt contains state, nonce and code verifier, which must not appear in logs or JSON.
  readonly #retry: LoginAttempt | undefined

  constructor(reason: LoginFailure, message: string, facts: LoginFacts = {}) {
    super('LINE_LOGIN', message)
    this.reason = reason
    const { description, retry, cause } = facts ?? {}
    this.description = description
    this.#retry = retry
    // Not enumerable, as in the language specification.
    if (cause !== undefined) Object.defineProperty(this, 'cause', { value: cause, writable: true, configurable: true })
  }

  /**
   * URL to redirect the browser to: the same authorization request with auto login turned off.
   *
   * It is set if auto login may have failed, and missing if auto login was already turned off, so that there is no redirect loop.
   *
   * @see https://developers.line.biz/en/docs/line-login/how-to-handle-auto-login-failure/
   */
  get retryUrl(): string | undefined {
    return this.#retry?.url
  }

  /** The attempt of {@link retryUrl}. Store it instead of the old one. */
  get retryAttempt(): LoginAttempt | undefined {
    return this.#retry
  }
}
