import type { LineApiError } from '../../core/errors.js'
import { verifyChannelToken, verifyChannelTokenByJWT } from '../../tokens/operations.js'
import { ask } from '../ask.js'
import { type Finding, found, passed } from '../checks.js'
import type { Calls } from '../run.js'

/** The kinds of channel access tokens that LINE tells about. A stateless token it does not. */
export type KnownTokenKind = 'long-lived' | 'short-lived' | 'v2.1'

/** What LINE tells about a token. */
export interface TokenFacts {
  readonly kind: KnownTokenKind
  readonly channelId: string
  /** In milliseconds since 1970; missing for a long-lived token, which does not end. */
  readonly expiresAt: number | undefined
}

// Tokens that end live for 30 days at most; what is beyond is LINE's way of saying that one does not end.
const longestLife = 30 * 24 * 60 * 60

/** Asks LINE whose token this is, at the endpoint that its form suggests and then at the other. */
export async function lookUpToken(
  calls: Calls,
  token: string,
  now: number,
): Promise<{ readonly facts?: TokenFacts; readonly refusal?: LineApiError }> {
  const endpoints = [verifyChannelToken, verifyChannelTokenByJWT]
  if (token.split('.').length === 3) endpoints.reverse()
  let first: LineApiError | undefined
  for (const endpoint of endpoints) {
    const { data, refusal } = await ask(calls(endpoint, { access_token: token }))
    if (refusal) {
      first ??= refusal
      continue
    }
    const lasting = endpoint === verifyChannelToken && data.expires_in > longestLife
    const kind = endpoint === verifyChannelTokenByJWT ? 'v2.1' : lasting ? 'long-lived' : 'short-lived'
    return { facts: { kind, channelId: data.client_id, expiresAt: lasting ? undefined : now + data.expires_in * 1000 } }
  }
  return first ? { refusal: first } : {}
}

/** A token that LINE does not know any more. */
export function deadToken(refusal: LineApiError | undefined): Finding {
  const line = refusal?.lineMessage
  if (/expired/i.test(line ?? '')) return found('failed', 'token_expired', 'The token has come to its end', { line })
  return found(
    'failed',
    'token_invalidated',
    'LINE does not take the token: it was reissued or revoked, or not copied whole',
    { line },
  )
}

/** Judges a living token by what LINE tells about it. */
export function judgeToken({ kind, channelId, expiresAt }: TokenFacts, wanted: string | undefined): Finding {
  const facts = {
    channelId,
    kind,
    by: 'token',
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
  }
  if (wanted !== undefined && channelId !== wanted)
    return found('failed', 'token_mismatch', 'The token belongs to another channel', { ...facts, wanted })
  if (kind !== 'long-lived')
    return found(
      'warning',
      'token_expires',
      'The token works, but will end; with channel ID and secret the SDK mints its own',
      facts,
    )
  return passed('The token is a long-lived one of this channel', facts)
}
