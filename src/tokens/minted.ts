import { LineInputError, LineNetworkError } from '../core/errors.js'
import type { Secret } from '../credentials/secret.js'
import type { AssertionKey } from '../keys/types.js'
import type { Minted } from './renewal.js'
import type { AssertionGrant, ChannelSecretGrant, IssuedToken } from './types.js'

/** A channel that proves itself by its secret. */
export interface ChannelSecretCredentials {
  /** Channel ID, decimal digits as text. */
  readonly channelId: string
  readonly channelSecret: string | Secret
}

/** A channel that proves itself by an assertion signing key. */
export interface AssertionCredentials {
  /** Channel ID, decimal digits as text. */
  readonly channelId: string
  /** Made by `assertionKey` of `line-oa/keys`. */
  readonly assertionKey: AssertionKey
}

/**
 * The request for a token under a channel secret. Spaces and line breaks around the values are what a clipboard or an `.env` file adds.
 *
 * @throws {LineInputError} when they can be no channel ID and no secret, such as each in the place of the other.
 */
export function secretGrant({ channelId, channelSecret }: ChannelSecretCredentials): ChannelSecretGrant {
  const id = String(channelId).trim()
  const secret = String(typeof channelSecret === 'object' ? channelSecret.reveal() : channelSecret).trim()
  if (!/^\d+$/.test(id)) throw new LineInputError('channelId: it is a number; see Basic settings in the console')
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new LineInputError('channelSecret: it is empty, or holds what no secret has, such as spaces')
  return { grant_type: 'client_credentials', client_id: id, client_secret: secret }
}

/** The request for a token under an assertion, signed anew each time: LINE has refused one that it saw twice. */
export async function assertionGrant(
  { channelId, assertionKey }: AssertionCredentials,
  now: number,
  tokenLifetime?: number,
): Promise<AssertionGrant> {
  return {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertionKey.assertion({ channelId, now, tokenLifetime }),
  }
}

/** What LINE issued, with its life counted from before the request. */
export function minted(issued: IssuedToken, mintedAt: number, endpoint: string): Minted {
  const { access_token: token, expires_in: seconds } = issued
  // An answer of a proxy in LINE's place is a 200 too; a token of it would fail every call with a riddle.
  if (typeof token !== 'string' || typeof seconds !== 'number')
    throw new LineNetworkError(`${endpoint}: the answer holds no token; something between here and LINE answered`, {
      operation: endpoint,
    })
  return { token, mintedAt, expiresAt: mintedAt + seconds * 1000 }
}
