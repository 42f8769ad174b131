import { refusalReason } from '../../core/call/api-error.js'
import type { TokenSource } from '../../core/call/token.js'
import type { LineApiError } from '../../core/response-errors.js'
import type { Secret } from '../../credentials/secret.js'
import type { AssertionKey } from '../../keys/types.js'
import { getAllLIFFApps } from '../../liff/operations.js'
import { getBotInfo } from '../../messaging/bot/operations.js'
import type { BotInfo } from '../../messaging/bot/types.js'
import {
  issueChannelToken,
  issueStatelessChannelToken,
  revokeChannelToken,
  verifyChannelToken,
  verifyChannelTokenByJWT,
} from '../../tokens/operations.js'
import { assertionGrant, secretGrant, statelessTokens } from '../../tokens/sources.js'
import type { Calls, CheckRun } from './check-run.js'
import { type Finding, found, notMade, passed } from './findings.js'
import type { ParsedAccess } from './parse-options.js'

function wrongSecret(refusal: LineApiError): Finding<never> | undefined {
  const facts = { line: refusal.lineMessage }
  switch (refusalReason(refusal)) {
    case 'unknown-channel-id':
      return found('failed', 'bad_channel_id', 'No channel has this channel ID', facts)
    case 'wrong-channel-secret':
      return found(
        'failed',
        'bad_channel_secret',
        'The channel secret does not match this channel ID: it belongs to another channel, or was reissued',
        facts,
      )
    default:
      return undefined
  }
}

/**
 * Checks channel ID and channel secret by issuing a stateless token, which does not have to be revoked.
 * If LINE does not report which of the two is wrong, the endpoint for short-lived tokens does. It issues no token for values that do not match.
 * Rule: secret-proved-by-token.
 */
async function openBySecret(calls: Calls, channelId: string, channelSecret: Secret): Promise<Finding<string>> {
  const grant = secretGrant({ channelId, channelSecret })
  const { data, refusal } = await calls(issueStatelessChannelToken, grant)
  if (!refusal)
    return {
      ...passed('The channel ID and the channel secret match', { channelId, by: 'secret' }),
      value: data.access_token,
    }
  const known = wrongSecret(refusal)
  if (known) return known
  const facts = { line: refusal.lineMessage }
  const second = await calls(issueChannelToken, grant)
  if (second.refusal)
    return (
      wrongSecret(second.refusal) ??
      found(
        'failed',
        'bad_channel_secret',
        'The channel ID and the channel secret do not match; LINE does not say which one is wrong',
        facts,
      )
    )
  // The secret became valid between the two calls. The token must be revoked.
  await calls(revokeChannelToken, { access_token: second.data.access_token })
  return found('unknown', 'line_unavailable', 'LINE responded differently to the same credentials', facts)
}

function wrongKey(refusal: LineApiError): Finding<never> {
  const facts = { line: refusal.lineMessage }
  switch (refusal.status === 404 ? 'unknown-kid' : refusalReason(refusal)) {
    case 'unknown-kid':
      return found(
        'failed',
        'unknown_kid',
        'LINE does not know this kid: it was mistyped, is not registered yet, or was deleted',
        facts,
      )
    case 'key-of-another-channel':
      return found('failed', 'key_mismatch', 'The key is registered on another channel', facts)
    case 'assertion-expired':
    case 'token-expired':
      return found(
        'failed',
        'clock_skew',
        "LINE considers the assertion expired: this machine's clock differs from LINE's",
        facts,
      )
    default:
      return found(
        'failed',
        'key_refused',
        'LINE rejected the assertion; most likely the registered public key does not match this private key',
        facts,
      )
  }
}

/** Checks an assertion signing key by issuing a stateless token, which does not count toward the 30 channel access tokens v2.1. Rule: key-exchange. */
async function openByKey(calls: Calls, channelId: string, key: AssertionKey, now: number): Promise<Finding<string>> {
  const grant = await assertionGrant({ channelId, assertionKey: key }, now)
  const { data, refusal } = await calls(issueStatelessChannelToken, grant)
  if (refusal) return wrongKey(refusal)
  return {
    ...passed('The key is registered on this channel under this kid', { channelId, by: 'key', kid: key.kid }),
    value: data.access_token,
  }
}

/** Opens a channel with its secret, its key, or both. The value is a stateless token of the channel. */
export async function openChannel(
  run: CheckRun,
  { channelId, channelSecret, key }: ParsedAccess,
): Promise<Finding<string>> {
  const calls = run.with(undefined)
  if (!channelId || !(key || channelSecret)) return notMade('No credentials for the channel were given')
  const bySecret = channelSecret && (await openBySecret(calls, channelId, channelSecret))
  // A secret in addition to a key verifies webhook signatures, so it must be correct too.
  if (bySecret && (!key || bySecret.value === undefined)) return bySecret
  return key ? openByKey(calls, channelId, key.key, run.clock.now()) : notMade('There is no assertion signing key')
}

/** The tokens of a channel's calls: stateless ones that the SDK issues or, without credentials to issue them, the token that was entered. */
export function tokensFor({ channelId, channelSecret, key, token }: ParsedAccess): TokenSource | string | undefined {
  if (channelId && key) return statelessTokens({ channelId, assertionKey: key.key })
  if (channelId && channelSecret) return statelessTokens({ channelId, channelSecret })
  return token?.reveal()
}

/** Returns whether a token belongs to a LINE Login channel. Only these channels can list LIFF apps, and LINE responds 404 if the channel has no LIFF app. */
export async function isLoginChannel(calls: Calls): Promise<boolean> {
  const { refusal } = await calls(getAllLIFFApps, {})
  return refusal === undefined || refusal.status === 404
}

/** The kinds of channel access tokens that LINE can verify. A stateless token is not one of them. */
type VerifiableKind = 'long-lived' | 'short-lived' | 'v2.1'

/** The facts that LINE reports about a channel access token. */
interface TokenFacts {
  readonly kind: VerifiableKind
  readonly channelId: string
  /** In milliseconds since 1970; `undefined` for a long-lived token, which does not expire. */
  readonly expiresAt: number | undefined
}

// A token that expires has a lifetime of at most 30 days. LINE reports a longer lifetime for a token that does not expire.
const longestLife = 30 * 24 * 60 * 60

/** Looks up a channel access token, first at the endpoint that its form suggests, then at the other one. */
async function lookUpToken(
  calls: Calls,
  token: string,
  now: number,
): Promise<{ readonly facts?: TokenFacts; readonly refusal?: LineApiError }> {
  const endpoints = [verifyChannelToken, verifyChannelTokenByJWT]
  if (token.split('.').length === 3) endpoints.reverse()
  let first: LineApiError | undefined
  for (const endpoint of endpoints) {
    const { data, refusal } = await calls(endpoint, { access_token: token })
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

function invalidToken(refusal: LineApiError | undefined): Finding<never> {
  const facts = { line: refusal?.lineMessage }
  return refusal && refusalReason(refusal) === 'token-expired'
    ? found('failed', 'token_expired', 'The channel access token has expired', facts)
    : found(
        'failed',
        'token_invalidated',
        'LINE does not accept the channel access token: it was reissued or revoked, or was not copied completely',
        facts,
      )
}

function validToken({ kind, channelId, expiresAt }: TokenFacts, wanted: string | undefined): Finding<never> {
  const facts = {
    channelId,
    kind,
    by: 'token',
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
  }
  if (wanted !== undefined && channelId !== wanted)
    return found('failed', 'token_mismatch', 'The channel access token belongs to another channel', {
      ...facts,
      wanted,
    })
  if (kind !== 'long-lived')
    return found(
      'warning',
      'token_expires',
      'The channel access token is valid, but will expire; pass the channel ID and the channel secret, so that the SDK issues tokens',
      facts,
    )
  return passed('The channel access token is a long-lived token of this channel', facts)
}

/** The account of a channel, and the calls for it. */
export interface Identity {
  /** Calls with {@link token}. */
  readonly calls: Calls
  readonly token: string
  readonly bot: BotInfo
  readonly channelId: string | undefined
}

async function notABot(calls: Calls, refusal: LineApiError): Promise<Finding<never>> {
  const facts = { line: refusal.lineMessage, status: refusal.status }
  if (await isLoginChannel(calls))
    return found(
      'failed',
      'login_channel_given',
      'This is a LINE Login channel; a Messaging API channel is required',
      facts,
    )
  if (refusalReason(refusal) === 'address-not-allowed')
    return found('failed', 'ip_denied', 'LINE does not accept the channel access token from this IP address', facts)
  return found(
    'failed',
    'account_suspended',
    'The channel access token is valid, but LINE refuses it; the account may be suspended',
    facts,
  )
}

async function readBot(calls: Calls): Promise<Finding<BotInfo>> {
  const { data: bot, refusal } = await calls(getBotInfo, {})
  if (refusal) return notABot(calls, refusal)
  const { displayName: name, basicId, userId: botUserId } = bot
  const facts = { name, basicId, botUserId }
  return { ...passed('This is the Messaging API channel of an Official Account', facts), value: bot }
}

// Only a long-lived token can be bound to IP addresses: if it is refused while a stateless token of the same channel works, the address is the cause.
async function tokenBesideSecret(run: CheckRun, token: string, channelId: string | undefined): Promise<Finding<never>> {
  const { facts, refusal } = await lookUpToken(run.with(undefined), token, run.clock.now())
  if (!facts) return invalidToken(refusal)
  const finding = validToken(facts, channelId)
  if (finding.status === 'failed') return finding
  const use = await run.with(token)(getBotInfo, {})
  if (!use.refusal) return finding
  return found(
    'failed',
    'ip_denied',
    "LINE refuses this channel access token, but accepts another token of the same channel: most likely this machine's IP address is not in the token's allowlist",
    { line: use.refusal.lineMessage, status: use.refusal.status, kind: facts.kind },
  )
}

async function identifyByToken(
  run: CheckRun,
  token: string,
  wanted: string | undefined,
): Promise<Identity | undefined> {
  const calls = run.with(token)
  const { check, value: channelId } = await run.check('credentials', async () => {
    const { facts, refusal } = await lookUpToken(run.with(undefined), token, run.clock.now())
    if (facts) return { ...validToken(facts, wanted), value: facts.channelId }
    const use = await calls(getBotInfo, {})
    if (use.refusal) return invalidToken(refusal)
    return found(
      'failed',
      'token_expires',
      'This is a stateless channel access token, which expires within 15 minutes; enter a long-lived one',
      { by: 'token', kind: 'stateless' },
    )
  })
  if (check.status === 'failed' || check.status === 'unknown') return undefined
  const { value: bot } = await run.check('channel-kind', () => readBot(calls))
  return bot && { calls, token, bot, channelId }
}

/** Opens the Messaging API channel and identifies its account: the checks `credentials`, `channel-kind` and `token`. */
export async function identify(run: CheckRun, access: ParsedAccess): Promise<Identity | undefined> {
  const { channelId, channelSecret, key } = access
  const pasted = access.token?.reveal()
  if (!key && !channelSecret && pasted) return identifyByToken(run, pasted, channelId)
  const { value: token } = await run.check('credentials', () => openChannel(run, access))
  if (token === undefined) return undefined
  const calls = run.with(token)
  const { value: bot } = await run.check('channel-kind', () => readBot(calls))
  if (!bot) return undefined
  if (pasted) await run.check('token', () => tokenBesideSecret(run, pasted, channelId))
  return { calls, token, bot, channelId }
}
