import { compactVerify } from 'jose/jws/compact/verify'
import { type Clock, systemClock } from '../../core/clock.js'
import { LineInputError } from '../../core/errors.js'
import type { Secret } from '../../credentials/secret.js'
import { LineLoginError } from '../errors.js'
import { sameText } from '../same-text.js'
import type { IdTokenClaims } from '../types.js'
import { checkClaims, type ExpectedClaims } from './claims.js'
import { nodeHmac } from './hmac.js'
import { type IdTokenKeys, lineKeySet } from './key-set.js'
import { readPart } from './parts.js'

/** What an ID token is checked with. */
export interface VerifyIdTokenOptions extends ExpectedClaims {
  /** The channel secret, which signs the tokens of web logins (HS256). Without it such tokens are refused. */
  readonly channelSecret?: string | Secret | undefined
  /** Where the keys for tokens of LIFF and native apps (ES256) come from. Default: `lineKeySet()`. */
  readonly keys?: IdTokenKeys | undefined
  /** Default: the runtime's time. */
  readonly clock?: Clock | undefined
}

// A header may not bring its own key, nor demand what is not understood here.
const forbidden = ['crit', 'b64', 'jwk', 'jku', 'x5c', 'x5u']

async function isSignedByJose(
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

function isSignedBySecret(token: string, channelSecret: string | Secret): boolean | Promise<boolean> {
  const secret = typeof channelSecret === 'string' ? channelSecret : channelSecret.reveal()
  // An empty key would let anybody sign.
  if (!secret) throw new LineInputError('verifyIdToken: channelSecret is empty')
  const end = token.lastIndexOf('.')
  const signature = nodeHmac(token.slice(0, end), secret)
  return signature
    ? sameText(signature, token.slice(end + 1))
    : isSignedByJose(token, new TextEncoder().encode(secret), 'HS256')
}

/**
 * Checks an ID token here, without asking LINE, and gives what it says.
 *
 * Two kinds pass: HS256 with the channel secret (web logins), and ES256 with a key of LINE's that the token names (LIFF, native apps).
 * Issuer, audience and times are always checked; nonce, `auth_time` and `amr` where you say what they must be. A token lives for an hour.
 *
 * @throws {LineLoginError} with the reason when it is refused.
 * @throws {LineError} `LINE_NETWORK`, `LINE_TIMEOUT` or `LINE_API` when LINE's keys cannot be had.
 * @throws {LineInputError} when there is no channel ID, or the secret is empty.
 * @see https://developers.line.biz/en/docs/line-login/verify-id-token/
 * @example
 * const { sub, name } = await verifyIdToken(idToken, { channelId, channelSecret, nonce })
 */
export async function verifyIdToken(token: string, options: VerifyIdTokenOptions): Promise<IdTokenClaims> {
  const { channelId, channelSecret, keys, clock = systemClock } = options
  if (typeof channelId !== 'string' || !channelId)
    throw new LineInputError('verifyIdToken: channelId is missing; give it as text')
  const parts = typeof token === 'string' ? token.split('.') : []
  const header = parts.length === 3 ? readPart(parts[0]) : undefined
  if (!header || forbidden.some((name) => Object.hasOwn(header, name)))
    throw new LineLoginError(
      'malformed',
      'This is no ID token of LINE: it is no JWT, or its header holds what LINE never puts there',
    )
  const { alg, kid } = header
  let signed: boolean
  if (alg === 'HS256') {
    if (channelSecret === undefined)
      throw new LineLoginError(
        'algorithm',
        'The ID token is signed with a channel secret (HS256), and no channelSecret was given',
      )
    const known = isSignedBySecret(token, channelSecret)
    signed = typeof known === 'boolean' ? known : await known
  } else if (alg === 'ES256') {
    if (typeof kid !== 'string')
      throw new LineLoginError('malformed', "The ID token does not say which of LINE's keys signed it")
    const key = await (keys ?? lineKeySet()).get(kid)
    if (!key) throw new LineLoginError('unknown-key', 'The ID token names a key that LINE does not have')
    signed = await isSignedByJose(token, key, 'ES256')
  } else
    throw new LineLoginError(
      'algorithm',
      'The ID token is signed by another algorithm than HS256 and ES256, which are all that LINE uses',
    )
  if (!signed)
    throw new LineLoginError('signature', 'The signature of the ID token is not that of LINE for this channel')
  const claims = readPart(parts[1])
  if (!claims) throw new LineLoginError('malformed', 'The ID token holds no claims')
  return checkClaims(claims, options, clock.now() / 1000)
}
