import { setWebhookEndpoint } from '../../messaging/webhook-endpoint/operations.js'
import type { Calls, CheckRun } from '../check/check-run.js'
import { found } from '../check/findings.js'
import type { ParsedOptions } from '../check/parse-options.js'
import { checkEndpoint, hostOf, readEndpoint, sameUrl, type WebhookEndpoint, withoutUrl } from '../check/webhook.js'

/** A change of the webhook URL. */
export interface WebhookChange {
  /** The URL before. Missing when no URL was set. */
  readonly from?: string | undefined
  /** The URL that this tool set. */
  readonly to: string
  /**
   * - `made`: the URL of this tool is set.
   * - `undone`: the URL was set back because a later check failed.
   * - `not-undone`: the URL could not be set back, because LINE was unavailable, or because no URL was set before and no API removes one.
   * - `overtaken`: another tool or a person has set another URL since; it stays.
   */
  readonly state: 'made' | 'undone' | 'not-undone' | 'overtaken'
}

/** Sets the webhook URL back, as far as LINE allows. It does not throw; the result says what could not be undone. */
export async function undoWebhook(calls: Calls, before: WebhookEndpoint, url: string): Promise<WebhookChange> {
  const change = { from: before.url, to: url }
  try {
    const now = await readEndpoint(calls).catch(() => undefined)
    if (now && !sameUrl(now.url, url))
      return { ...change, state: sameUrl(now.url, before.url) || now.url === before.url ? 'undone' : 'overtaken' }
    if (before.url === undefined) return { ...change, state: 'not-undone' }
    const { refusal } = await calls(setWebhookEndpoint, { endpoint: before.url })
    return { ...change, state: refusal ? 'not-undone' : 'undone' }
  } catch {
    return { ...change, state: 'not-undone' }
  }
}

/**
 * Sets the webhook URL, reads it back, and checks whether the webhook is on: the checks `webhook-url` and `webhook-switch`. The URL stays set when the
 * webhook is off.
 *
 * @returns the change, if LINE may have made it.
 */
export async function setWebhook(
  run: CheckRun,
  calls: Calls,
  before: WebhookEndpoint,
  url: string,
  { confirmations }: ParsedOptions,
): Promise<WebhookChange | undefined> {
  if (sameUrl(before.url, url)) {
    await checkEndpoint(run, calls, url, confirmations)
    return undefined
  }
  const { code } = await checkEndpoint(run, calls, url, confirmations, async () => {
    const { refusal } = await calls(setWebhookEndpoint, { endpoint: url })
    if (!refusal) return undefined
    const facts = { status: refusal.status, line: withoutUrl(refusal.lineMessage, url), host: hostOf(url) }
    return found('failed', 'webhook_unreachable', 'LINE does not accept the webhook URL', facts)
  })
  if (code === 'webhook_unreachable') return undefined
  return { from: before.url, to: url, state: code === 'webhook_elsewhere' ? 'overtaken' : 'made' }
}
