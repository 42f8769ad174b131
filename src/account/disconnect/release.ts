import { isApiError } from '../../core/response-errors.js'
import { setWebhookEndpoint } from '../../messaging/webhook-endpoint/operations.js'
import { revokeChannelToken, revokeChannelTokenByJWT } from '../../tokens/operations.js'
import { type Calls, type DataOrRefusal, errorFacts, isUnavailable } from '../check/check-run.js'
import type { ParsedOptions } from '../check/parse-options.js'
import { hostOf, readEndpoint, sameUrl } from '../check/webhook.js'
import type { HeldToken } from '../registry/clients.js'
import type { Leftover, Unread } from './inventory.js'

/** The result of restoring the webhook URL. */
export interface RestoredWebhook {
  /** The webhook URL as a leftover. Missing when no URL is set. */
  readonly leftover?: Leftover | undefined
  /** Why the webhook URL could not be read. */
  readonly unread?: Unread | undefined
}

type Rest = Pick<Leftover, 'action'> & Partial<Pick<Leftover, 'madeBy' | 'reason'>>

const leftover = (url: string | undefined, rest: Rest): RestoredWebhook => ({
  leftover: { kind: 'webhook-url', id: hostOf(url) ?? '', madeBy: 'this-tool', ...rest },
})

// The URL may still be set, so it is reported for a person to check.
const notRead = (url: string | undefined): RestoredWebhook =>
  url === undefined ? {} : leftover(url, { action: 'kept', reason: 'it could not be read' })

/** Sets the webhook URL back to the previous one, if this tool's URL is still set and `restore` is true. No API removes a webhook URL. */
export async function restoreWebhook(
  calls: Calls | undefined,
  { webhookUrl, previousWebhookUrl }: ParsedOptions,
  restore: boolean,
  dryRun: boolean,
): Promise<RestoredWebhook> {
  if (!calls) return notRead(webhookUrl)
  try {
    const { url } = await readEndpoint(calls)
    if (url === undefined) return {}
    if (!sameUrl(url, webhookUrl)) return leftover(url, { madeBy: 'unattributed', action: 'kept' })
    if (!restore) return leftover(url, { action: 'kept' })
    if (previousWebhookUrl === undefined)
      return leftover(url, { action: 'kept', reason: 'no webhook URL was set before' })
    if (dryRun) return leftover(url, { action: 'would-restore' })
    const { refusal } = await calls(setWebhookEndpoint, { endpoint: previousWebhookUrl })
    if (!refusal) return leftover(url, { action: 'restored' })
    // LINE would refuse it again. An unreachable URL of another tool must not prevent disconnecting the account.
    return leftover(url, { action: 'kept', reason: `LINE does not accept the previous URL (${refusal.status})` })
  } catch (error) {
    if (isUnavailable(error))
      return { unread: { kind: 'webhook-url', reason: 'unavailable', status: errorFacts(error).status } }
    if (isApiError(error))
      return { ...notRead(webhookUrl), unread: { kind: 'webhook-url', reason: 'refused', status: error.status } }
    throw error
  }
}

/** The tokens of a connection, and what to do with them. */
export interface RevokeOptions {
  readonly parsed: ParsedOptions
  /** The stored token that the SDK issued. */
  readonly held: HeldToken | undefined
  /** Whether to revoke the long-lived token too. */
  readonly revokeLongLived: boolean
  /** Whether to revoke now. `false` in a dry run, and if other steps remain. */
  readonly act: boolean
  readonly dryRun: boolean
}

const shared = 'other tools may use it'

async function revoke(leftover: Leftover, call: () => Promise<DataOrRefusal<object>>): Promise<Leftover> {
  try {
    const { refusal } = await call()
    // Revoking a revoked token succeeds; LINE refuses only a string that never was a token.
    return refusal
      ? { ...leftover, action: 'kept', reason: `LINE refused to revoke it (${refusal.status})` }
      : { ...leftover, action: 'removed' }
  } catch (error) {
    if (!isUnavailable(error)) throw error
    return { ...leftover, action: 'failed', reason: error.message }
  }
}

function notNow(leftover: Leftover, dryRun: boolean, reason?: string): Leftover {
  if (!dryRun) return { ...leftover, action: 'kept', reason: 'it is revoked last, and something remains to be done' }
  return { ...leftover, action: 'would-remove', ...(reason !== undefined && { reason }) }
}

async function revokeHeld(calls: Calls, { parsed, held, act, dryRun }: RevokeOptions): Promise<readonly Leftover[]> {
  if (!held) return []
  const leftover: Leftover = { kind: 'minted-token', id: held.kind, madeBy: 'this-tool', action: 'kept' }
  if (!act) return [notNow(leftover, dryRun)]
  const { channelId, channelSecret } = parsed.messaging
  const access_token = held.token.reveal()
  if (held.kind === 'v2.1' && (!channelId || !channelSecret)) {
    // LINE does not accept an assertion here.
    await held.forget()
    const reason = 'a channel access token v2.1 cannot be revoked without the channel secret; it expires within 30 days'
    return [{ ...leftover, reason }]
  }
  const after = await revoke(leftover, () =>
    held.kind === 'short-lived' || !channelId || !channelSecret
      ? calls(revokeChannelToken, { access_token })
      : calls(revokeChannelTokenByJWT, { client_id: channelId, client_secret: channelSecret.reveal(), access_token }),
  )
  if (after.action !== 'failed') await held.forget()
  return [after]
}

async function revokePasted(
  calls: Calls,
  { parsed, revokeLongLived, act, dryRun }: RevokeOptions,
): Promise<readonly Leftover[]> {
  const { token } = parsed.messaging
  if (!token) return []
  const leftover: Leftover = { kind: 'long-lived-token', id: 'pasted', madeBy: 'unattributed', action: 'kept' }
  if (!revokeLongLived) return [{ ...leftover, reason: shared }]
  if (!act) return [notNow(leftover, dryRun, shared)]
  return [await revoke(leftover, () => calls(revokeChannelToken, { access_token: token.reveal() }))]
}

/** Revokes the token that the SDK issued and, if requested, the long-lived one. Stateless tokens do not have to be revoked. Rule: token-is-not-reissued. */
export async function revokeTokens(calls: Calls, options: RevokeOptions): Promise<readonly Leftover[]> {
  return [...(await revokeHeld(calls, options)), ...(await revokePasted(calls, options))]
}
