import { LineLoginError } from '../errors.js'
import { sameText } from '../same-text.js'
import type { AuthenticationMethod, IdTokenClaims } from '../types.js'

/** LINE's name in ID tokens and callbacks. */
export const issuer = 'https://access.line.me'

/** What the claims must say. */
export interface ExpectedClaims {
  /** The Login channel that the token must have been issued for. */
  readonly channelId: string
  /** The nonce of the authorization request. Leave it out only where there was none, as in LIFF. */
  readonly nonce?: string | undefined
  /** How long ago the user may have logged in to LINE, in seconds. The authorization request must have asked for it too. */
  readonly maxAge?: number | undefined
  /** The ways of logging in that are good enough: the user must have used one of them. */
  readonly amr?: readonly AuthenticationMethod[] | undefined
  /**
   * How far LINE's clock and this one may be apart, in seconds. Default: 0 for the end of a token, and 10 for its beginning,
   * because a token that has just been issued is from the future for a clock that is a little slow.
   */
  readonly clockTolerance?: number | undefined
}

const arrival = 10

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

/**
 * Checks the claims of a token whose signature has been checked. Time in seconds since 1970.
 *
 * @throws {LineLoginError} with the first claim that is not what it must be.
 */
export function checkClaims(
  claims: { readonly [name: string]: unknown },
  expected: ExpectedClaims,
  now: number,
): IdTokenClaims {
  const { iss, aud, sub, exp, iat, nbf = iat, nonce, auth_time: loggedIn, amr = [] } = claims
  const { clockTolerance: tolerance = 0, maxAge } = expected
  const future = now + Math.max(tolerance, arrival)
  if (iss !== issuer) throw new LineLoginError('issuer', 'The ID token names another issuer than LINE')
  if (aud !== expected.channelId) throw new LineLoginError('audience', 'The ID token was issued for another channel')
  if (typeof sub !== 'string' || !sub) throw new LineLoginError('subject', 'The ID token names no user')
  if (!isTime(exp) || !isTime(iat) || !isTime(nbf) || !Array.isArray(amr))
    throw new LineLoginError('malformed', 'The ID token has a claim of the wrong kind')
  if (exp + tolerance <= now)
    throw new LineLoginError('expired', `The ID token expired ${Math.ceil(now - exp)} s ago; log in again`)
  if (iat > future || nbf > future)
    throw new LineLoginError(
      'issued-in-future',
      `The ID token is from ${Math.ceil(Math.max(iat, nbf) - now)} s in the future; this clock is slow, or the token is forged`,
    )
  if (expected.nonce !== undefined && !(typeof nonce === 'string' && sameText(nonce, expected.nonce)))
    throw new LineLoginError('nonce', 'The ID token does not hold the nonce of this attempt')
  if (maxAge !== undefined && !(isTime(loggedIn) && loggedIn + maxAge + tolerance >= now && loggedIn <= future))
    throw new LineLoginError(
      'auth-time',
      `The user did not log in within the last ${maxAge} s, or the ID token does not say when`,
    )
  if (expected.amr && !expected.amr.some((method) => amr.includes(method)))
    throw new LineLoginError('amr', `The user logged in by none of: ${expected.amr.join(', ')}`)
  const checked: object = claims
  return checked as IdTokenClaims // the claims above were looked at, and LINE has signed the rest
}
