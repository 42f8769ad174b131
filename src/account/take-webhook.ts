import { setWebhookEndpoint } from '../messaging/webhook-endpoint/operations.js'
import { ask } from './ask.js'
import { type Endpoint, hostOf, judgeSwitch, judgeUrl, readEndpoint, sameUrl, withoutUrl } from './check/webhook.js'
import { found } from './checks.js'
import type { Plan } from './plan.js'
import type { Calls, Run } from './run.js'

/** A change of the webhook URL, and what became of it. */
export interface WebhookChange {
  /** What stood there before; missing when nothing did. */
  readonly from?: string | undefined
  readonly to: string
  /**
   * `made`; `undone`, because a later check failed; `not-undone`, because LINE could not be asked, or nothing stood there before: no API clears
   * a webhook URL; `overtaken`, when another hand set another URL meanwhile, which stays.
   */
  readonly state: 'made' | 'undone' | 'not-undone' | 'overtaken'
}

/**
 * Takes a change back, as far as LINE allows.
 *
 * @throws never: what cannot be undone is told.
 */
export async function undoWebhook(calls: Calls, before: Endpoint, url: string): Promise<WebhookChange> {
  const change = { from: before.url, to: url }
  try {
    const now = await readEndpoint(calls).catch(() => undefined)
    if (now && !sameUrl(now.url, url))
      return { ...change, state: sameUrl(now.url, before.url) || now.url === before.url ? 'undone' : 'overtaken' }
    if (before.url === undefined) return { ...change, state: 'not-undone' }
    const { refusal } = await ask(calls(setWebhookEndpoint, { endpoint: before.url }))
    return { ...change, state: refusal ? 'not-undone' : 'undone' }
  } catch {
    return { ...change, state: 'not-undone' }
  }
}

/**
 * Sets the webhook URL, reads it back, and judges the switch: the checks `webhook-url` and `webhook-switch`. A switch that is off keeps the URL set.
 *
 * @returns the change, if LINE may have made it.
 */
export async function takeWebhook(
  run: Run,
  calls: Calls,
  before: Endpoint,
  url: string,
  plan: Plan,
): Promise<WebhookChange | undefined> {
  const change = { from: before.url, to: url }
  let mayBeSet = sameUrl(before.url, url)
  let now: Endpoint | undefined
  const set = await run.check('webhook-url', async () => {
    if (!mayBeSet) {
      mayBeSet = true
      const { refusal } = await ask(calls(setWebhookEndpoint, { endpoint: url }))
      if (refusal) {
        mayBeSet = false
        return found('failed', 'webhook_unreachable', 'LINE does not take the webhook URL', {
          status: refusal.status,
          line: withoutUrl(refusal.lineMessage, url),
          host: hostOf(url),
        })
      }
    }
    now = await readEndpoint(calls)
    return judgeUrl(now, url)
  })
  if (now && set.status === 'passed') {
    const read = now
    await run.check('webhook-switch', () => judgeSwitch(read, plan.attested, run.clock.now()))
  }
  if (!mayBeSet || sameUrl(before.url, url)) return undefined
  return { ...change, state: set.code === 'webhook_elsewhere' ? 'overtaken' : 'made' }
}
