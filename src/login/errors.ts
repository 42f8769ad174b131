import { LineError, redact } from '../core/errors.js'
import type { LoginAttempt } from './attempt.js'

/**
 * What is not acceptable, for a program to switch on.
 *
 * The callback says that the login failed:
 * - `cancelled`: the user did not consent (`ACCESS_DENIED`).
 * - `login-required`, `interaction-required`: `prompt: 'none'` could not log the user in without a screen.
 * - `invalid-request`, `invalid-scope`, `unsupported-response-type`: LINE does not take the authorization request.
 * - `server-error`: LINE failed. Start again.
 * - `unknown-error`: LINE gave a code that it does not document.
 *
 * The callback cannot be believed:
 * - `state`: it does not belong to this attempt. Auto login failed, or somebody else made the request; nobody can tell which.
 * - `no-attempt`: there is none, because its cookie or session is gone. Often the same cause as `state`.
 * - `callback`: a parameter is missing or comes twice, there is a code and an error, or it is in a response mode that was not asked for.
 * - `callback-issuer`: it names another issuer than LINE.
 * - `liff-callback`: it belongs to `liff.login()`. Serve the LIFF app under this URL with its query untouched.
 *
 * The ID token is refused:
 * - `malformed`, `algorithm`, `unknown-key`, `signature`: it was not signed by LINE, or not for this channel.
 * - `issuer`, `audience`, `subject`, `nonce`, `expired`, `issued-in-future`, `auth-time`, `amr`: a claim is not what it must be.
 * - `no-id-token`: `openid` was asked for, and LINE sent none.
 *
 * The access token is refused:
 * - `access-token`: LINE says that it is expired, revoked or none at all.
 * - `channel`: it was issued for another channel.
 * - `scope`: it lacks a scope.
 * - `no-token`: the request carries none.
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
  | 'liff-callback'
  | IdTokenFailure
  | 'no-id-token'
  | 'access-token'
  | 'channel'
  | 'scope'
  | 'no-token'

/** Why an ID token is refused. */
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

/** What a {@link LineLoginError} carries beside its message. */
export interface LoginFacts {
  /** What the callback said of the error. */
  readonly description?: string | undefined
  /** The attempt to go on with. */
  readonly retry?: LoginAttempt | undefined
}

/** A login, or a token that a user sent, is not acceptable. */
export class LineLoginError extends LineError {
  declare readonly code: 'LINE_LOGIN'
  /** What is wrong. */
  readonly reason: LoginFailure
  /** What the callback said of an error, if it said anything. It comes from a URL that anybody can write: escape it before you show it. */
  readonly description: string | undefined
  // Private to the language: it holds state, nonce and verifier, which no log or JSON may show.
  readonly #retry: LoginAttempt | undefined

  constructor(reason: LoginFailure, message: string, facts: LoginFacts = {}) {
    super('LINE_LOGIN', message)
    this.reason = reason
    this.description = facts.description && redact(facts.description)
    this.#retry = facts.retry
  }

  /**
   * Where to send the browser next: the same authorization request with auto login turned off.
   *
   * It is there when auto login may be what failed, and missing when it was off already, so that nobody goes round in circles.
   *
   * @see https://developers.line.biz/en/docs/line-login/how-to-handle-auto-login-failure/
   */
  get retryUrl(): string | undefined {
    return this.#retry?.url
  }

  /** The attempt that {@link retryUrl} belongs to. Keep it in place of the old one. */
  get retryAttempt(): LoginAttempt | undefined {
    return this.#retry
  }
}
