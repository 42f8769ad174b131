import { decode } from 'jose/base64url'
import { compactVerify } from 'jose/jws/compact/verify'
import { type Clock, systemClock } from '../../core/clock.js'
import { readCredential } from '../../core/credential-values.js'
import { isSameText, nodeCrypto } from '../../core/crypto.js'
import { LineInputError } from '../../core/errors.js'
import { jsonObject } from '../../core/property.js'
import type { Secret } from '../../credentials/secret.js'
import { LineLoginError, type LoginFailure } from '../errors.js'
import type { AuthenticationMethod, IdTokenClaims } from '../types.js'
import { type IdTokenKeys, lineKeySet } from './key-set.js'

/** Options for `verifyIdToken`. */
export interface VerifyIdTokenOptions extends ExpectedClaims {
  /** Channel secret, which LINE signs the tokens of web logins with (HS256). Without it, these tokens are rejected. */
  readonly channelSecret?: string | Secret | undefined
  /** Source of public keys for the tokens of LIFF and native apps (ES256). Default: `lineKeySet()`. */
  readonly keys?: IdTokenKeys | undefined
  /** The clock. Default: the system clock. */
  readonly clock?: Clock | undefined
}

// A token must not contain its own key, or require extensions that are not implemented here.
const forbidden = ['crit', 'b64', 'jwk', 'jku', 'x5c', 'x5u']

async function verifyWithJose(
  token: string,
  key: Parameters<typeof compactVerify>[1],
  algorithm: 'HS256' | 'ES256',
): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: [algorithm] })
    return true
  } catch {
    return false
  }
}

const accessTokenGiven =
  'The token is not an ID token but looks like an access token; in a LIFF app, pass the result of liff.getIDToken()'

function verifyWithSecret(token: string, channelSecret: string | Secret): boolean | Promise<boolean> {
  // With an empty key, anyone could sign.
  const secret = readCredential(channelSecret, 'verifyIdToken: channelSecret', 'channelSecret')
  const end = token.lastIndexOf('.')
  const signature = nodeCrypto()?.createHmac('sha256', secret).update(token.slice(0, end)).digest('base64url')
  return signature
    ? isSameText(signature, token.slice(end + 1))
    : verifyWithJose(token, new TextEncoder().encode(secret), 'HS256')
}

/**
 * Verifies an ID token locally, without a call to LINE, and returns its claims.
 *
 * It accepts tokens signed with the channel secret (HS256, web logins) or with one of LINE's keys (ES256, LIFF and native apps).
 * It always checks issuer, audience and times, and checks `nonce`, `auth_time` and `amr` if expected values are given. An ID token is valid for
 * an hour.
 *
 * @throws {LineLoginError} with the reason, if the token is rejected.
 * @throws {LineError} `LINE_NETWORK`, `LINE_TIMEOUT` or `LINE_API` if LINE's keys cannot be fetched.
 * @throws {LineInputError} if the channel ID is missing, or the channel secret is empty.
 * @see https://developers.line.biz/en/docs/line-login/verify-id-token/
 * @example
 * const { sub, name } = await verifyIdToken(idToken, { channelId, channelSecret, nonce })
 */
export async function verifyIdToken(token: string, options: VerifyIdTokenOptions): Promise<IdTokenClaims> {
  if (typeof options !== 'object' || options === null)
    throw new LineInputError('verifyIdToken: the options must be an object with a channelId')
  const { channelSecret, keys, clock = systemClock } = options
  const channelId = readCredential(options.channelId, 'verifyIdToken: channelId', 'channelId')
  const parts = typeof token === 'string' ? token.split('.') : []
  const header = parts.length === 3 ? readPart(parts[0]) : undefined
  if (!header || forbidden.some((name) => Object.hasOwn(header, name)))
    throw new LineLoginError(
      'malformed',
      'The token is not an ID token from LINE: it is not a JWT, or its header contains parameters that LINE does not use',
    )
  // LINE's access tokens look like JWTs, but their payload is not JSON.
  const reject = (reason: LoginFailure, message: string) =>
    new LineLoginError(reason, readPart(parts[1]) ? message : accessTokenGiven)
  const { alg, kid } = header
  let signed: boolean
  if (alg === 'HS256') {
    if (channelSecret === undefined)
      throw reject('algorithm', 'The ID token is signed with a channel secret (HS256); pass channelSecret to verify it')
    const verified = verifyWithSecret(token, channelSecret)
    signed = typeof verified === 'boolean' ? verified : await verified
  } else if (alg === 'ES256') {
    if (typeof kid !== 'string') throw new LineLoginError('malformed', 'The ID token has no key ID')
    const key = await (keys ?? lineKeySet()).get(kid)
    if (!key) throw new LineLoginError('unknown-key', "The key ID of the ID token is not in LINE's key set")
    signed = await verifyWithJose(token, key, 'ES256')
  } else
    throw new LineLoginError(
      'algorithm',
      'The ID token is signed with an algorithm other than HS256 and ES256, which LINE uses',
    )
  if (!signed)
    throw reject(
      'signature',
      'Signature verification of the ID token failed: it was not signed by LINE for this channel, or the channel secret is wrong',
    )
  const claims = readPart(parts[1])
  if (!claims) throw new LineLoginError('malformed', 'The ID token has no claims')
  return checkClaims(claims, { ...options, channelId }, clock.now() / 1000)
}

/** LINE's issuer identifier in ID tokens and callbacks. */
export const issuer = 'https://access.line.me'

/** The expected claims of an ID token. */
export interface ExpectedClaims {
  /** Channel ID of the Login channel that the token was issued for. */
  readonly channelId: string
  /** Nonce of the authorization request. Omit it only if the request had no nonce, as in LIFF. Default: the nonce is not checked. */
  readonly nonce?: string | undefined
  /** Maximum time since the user logged in to LINE, in seconds. The authorization request must have requested it, too. Default: not checked. */
  readonly maxAge?: number | undefined
  /** Accepted login methods. The user must have used one of them. Default: not checked. */
  readonly amr?: readonly AuthenticationMethod[] | undefined
  /**
   * Tolerated clock difference, in seconds. Default: 0 for the expiry, and 10 for tokens issued in the future, because a new token seems to be
   * issued in the future if this clock is slightly slow.
   */
  readonly clockTolerance?: number | undefined
}

const seconds = (time: number): string => `${Math.ceil(time)} second${Math.ceil(time) === 1 ? '' : 's'}`

const minFutureTolerance = 10

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

/**
 * Checks the claims of a token whose signature was verified. `now` is in seconds since 1970.
 *
 * @throws {LineLoginError} for the first claim with an unexpected value.
 */
function checkClaims(
  claims: { readonly [name: string]: unknown },
  expected: ExpectedClaims,
  now: number,
): IdTokenClaims {
  const { iss, aud, sub, exp, iat, nbf = iat, nonce, auth_time: loggedIn, amr = [] } = claims
  const { clockTolerance: tolerance = 0, maxAge } = expected
  const future = now + Math.max(tolerance, minFutureTolerance)
  if (iss !== issuer) throw new LineLoginError('issuer', 'The issuer of the ID token is not LINE')
  if (aud !== expected.channelId) throw new LineLoginError('audience', 'The ID token was issued for another channel')
  if (typeof sub !== 'string' || !sub) throw new LineLoginError('subject', 'The ID token has no user ID')
  if (!isTime(exp) || !isTime(iat) || !isTime(nbf) || !Array.isArray(amr))
    throw new LineLoginError('malformed', 'The ID token has a claim of the wrong type')
  if (exp + tolerance <= now)
    throw new LineLoginError('expired', `The ID token expired ${seconds(now - exp)} ago; log in again`)
  if (iat > future || nbf > future)
    throw new LineLoginError(
      'issued-in-future',
      `The ID token was issued ${seconds(Math.max(iat, nbf) - now)} in the future; check this machine's clock`,
    )
  if (expected.nonce !== undefined && !(typeof nonce === 'string' && isSameText(nonce, expected.nonce)))
    throw new LineLoginError('nonce', 'The nonce of the ID token is not that of this attempt')
  if (maxAge !== undefined && !(isTime(loggedIn) && loggedIn + maxAge + tolerance >= now && loggedIn <= future))
    throw new LineLoginError(
      'auth-time',
      `The ID token does not show that the user logged in within the last ${maxAge} seconds`,
    )
  if (expected.amr && !expected.amr.some((method) => amr.includes(method)))
    throw new LineLoginError('amr', `The user did not log in with one of: ${expected.amr.join(', ')}`)
  const checked: object = claims
  return checked as IdTokenClaims // the claims above were checked, and LINE has signed the rest
}

/** Reads the JSON object in a part of a JWT, without verifying it. */
export function readPart(part: string | undefined): { readonly [name: string]: unknown } | undefined {
  try {
    return jsonObject(new TextDecoder('utf-8', { fatal: true }).decode(decode(part ?? '')))
  } catch {
    return undefined
  }
}
