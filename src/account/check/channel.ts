import type { LineApiError } from '../../core/errors.js'
import type { Secret } from '../../credentials/secret.js'
import type { AssertionKey } from '../../keys/types.js'
import { getAllLIFFApps } from '../../liff/operations.js'
import { assertionGrant, secretGrant } from '../../tokens/minted.js'
import { issueChannelToken, issueStatelessChannelToken, revokeChannelToken } from '../../tokens/operations.js'
import { ask } from '../ask.js'
import { type Finding, found, passed } from '../checks.js'
import type { Calls } from '../run.js'

/** How the door of a channel was tried: what was found, and the token behind it. */
export interface Opened {
  readonly finding: Finding
  readonly token?: string | undefined
}

function wrongSecret(refusal: LineApiError, told: 'told' | 'guessed'): Finding {
  const facts = { line: refusal.lineMessage }
  if (/client_id/i.test(refusal.lineMessage))
    return found('failed', 'bad_channel_id', 'LINE knows no channel with this ID', facts)
  if (told === 'told')
    return found(
      'failed',
      'bad_channel_secret',
      'The channel secret is not that of this channel; it may be of another one, or reissued',
      facts,
    )
  return found(
    'failed',
    'bad_channel_secret',
    'Channel ID and channel secret do not belong together; LINE does not say which is wrong',
    facts,
  )
}

/**
 * Tries ID and secret by a stateless token, which leaves nothing behind to be revoked.
 * Where LINE does not say which of the two is wrong, the older endpoint for short-lived tokens does; it issues nothing for a pair that does not fit.
 * Rule: secret-proved-by-token.
 */
export async function openBySecret(calls: Calls, channelId: string, channelSecret: Secret): Promise<Opened> {
  const grant = secretGrant({ channelId, channelSecret })
  const { data, refusal } = await ask(calls(issueStatelessChannelToken, grant))
  if (!refusal)
    return {
      token: data.access_token,
      finding: passed('Channel ID and channel secret belong together', { channelId, by: 'secret' }),
    }
  if (/client_id|client_secret/i.test(refusal.lineMessage)) return { finding: wrongSecret(refusal, 'told') }
  const second = await ask(calls(issueChannelToken, grant))
  if (second.refusal) {
    const told = /client_id|client_secret/i.test(second.refusal.lineMessage)
    return { finding: wrongSecret(told ? second.refusal : refusal, told ? 'told' : 'guessed') }
  }
  // The secret became right between two calls. Whatever happened there, no token stays behind.
  await ask(calls(revokeChannelToken, { access_token: second.data.access_token }))
  return {
    finding: found('unknown', 'line_unavailable', 'LINE answered twice in different ways', {
      line: refusal.lineMessage,
    }),
  }
}

function wrongKey(refusal: LineApiError): Finding {
  const { lineMessage, status } = refusal
  const facts = { line: lineMessage }
  if (status === 404)
    return found(
      'failed',
      'unknown_kid',
      'LINE knows no key of this kid: it was mistyped, not registered, or deleted',
      facts,
    )
  if (/clientid of key/i.test(lineMessage))
    return found('failed', 'key_mismatch', 'The key is registered on another channel than this one', facts)
  if (/\bexp\b|expired/i.test(lineMessage))
    return found(
      'failed',
      'clock_skew',
      'LINE takes the assertion for expired: the clock of this machine differs from LINE’s',
      facts,
    )
  return found(
    'failed',
    'key_refused',
    'LINE does not take what the key signs: the registered public key is not its other half',
    facts,
  )
}

/** Tries a key by a stateless token: key registered, `kid` right, key and channel belong together. It uses up none of the places for v2.1 tokens. Rule: key-exchange. */
export async function openByKey(calls: Calls, channelId: string, key: AssertionKey, now: number): Promise<Opened> {
  const { data, refusal } = await ask(
    calls(issueStatelessChannelToken, await assertionGrant({ channelId, assertionKey: key }, now)),
  )
  if (refusal) return { finding: wrongKey(refusal) }
  return {
    token: data.access_token,
    finding: passed('The key is registered on this channel under this kid', { channelId, by: 'key', kid: key.kid }),
  }
}

/** Tells whether a token is that of a LINE Login channel: only such may list LIFF apps, and a channel without one is told so by a 404. */
export async function isLoginChannel(callsWithToken: Calls): Promise<boolean> {
  const { refusal } = await ask(callsWithToken(getAllLIFFApps, {}))
  return refusal === undefined || refusal.status === 404
}
