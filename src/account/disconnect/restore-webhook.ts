import { LineApiError } from '../../core/errors.js'
import { setWebhookEndpoint } from '../../messaging/webhook-endpoint/operations.js'
import { type Calls, errorFacts, isUnavailable } from '../check/check-run.js'
import type { ParsedOptions } from '../check/parse-options.js'
import { hostOf, readEndpoint, sameUrl } from '../check/webhook.js'
import type { Leftover, Unread } from './inventory.js'

/** What became of the webhook URL. */
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

// The URL may still be set, so it is reported for a person to look at.
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
    // LINE would refuse it again: the dead URL of another tool must not keep the account from being disconnected.
    return leftover(url, { action: 'kept', reason: `LINE does not accept the previous URL (${refusal.status})` })
  } catch (error) {
    if (isUnavailable(error))
      return { unread: { kind: 'webhook-url', reason: 'unavailable', status: errorFacts(error).status } }
    if (error instanceof LineApiError)
      return { ...notRead(webhookUrl), unread: { kind: 'webhook-url', reason: 'refused', status: error.status } }
    throw error
  }
}
