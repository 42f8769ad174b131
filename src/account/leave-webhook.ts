import { LineApiError } from '../core/errors.js'
import { setWebhookEndpoint } from '../messaging/webhook-endpoint/operations.js'
import { aboutError, ask, isUnavailable } from './ask.js'
import { hostOf, readEndpoint, sameUrl } from './check/webhook.js'
import type { Leftover, Unread } from './leftovers.js'
import type { Plan } from './plan.js'
import type { Calls } from './run.js'

/** What became of the webhook URL. */
export interface LeftWebhook {
  readonly leftovers: readonly Leftover[]
  readonly unread: readonly Unread[]
}

/** Gives the webhook back to whom it was taken from, where it is still ours and that is wanted. No API clears a URL. */
export async function leaveWebhook(
  calls: Calls | undefined,
  plan: Plan,
  restore: boolean,
  dryRun: boolean,
): Promise<LeftWebhook> {
  const { webhookUrl, previousWebhookUrl } = plan
  const leftover = (part: Pick<Leftover, 'id' | 'madeBy' | 'action'> & { readonly reason?: string }): LeftWebhook => ({
    leftovers: [{ kind: 'webhook-url', ...part }],
    unread: [],
  })
  // It may still be there, so a person is told, who can look.
  const notSeen = () =>
    leftover({
      id: hostOf(webhookUrl) ?? '',
      madeBy: 'this-tool',
      action: 'kept',
      reason: 'it could not be looked for',
    }).leftovers
  if (!calls) return { leftovers: webhookUrl === undefined ? [] : notSeen(), unread: [] }
  try {
    const { url } = await readEndpoint(calls)
    if (url === undefined) return { leftovers: [], unread: [] }
    const id = hostOf(url) ?? ''
    if (!sameUrl(url, webhookUrl)) return leftover({ id, madeBy: 'unattributed', action: 'kept' })
    if (!restore) return leftover({ id, madeBy: 'this-tool', action: 'kept' })
    if (previousWebhookUrl === undefined)
      return leftover({ id, madeBy: 'this-tool', action: 'kept', reason: 'nothing stood there before' })
    if (dryRun) return leftover({ id, madeBy: 'this-tool', action: 'would-restore' })
    const { refusal } = await ask(calls(setWebhookEndpoint, { endpoint: previousWebhookUrl }))
    // It will be refused again: the URL of a tool that is gone must not keep the account from being disconnected.
    if (refusal)
      return leftover({
        id,
        madeBy: 'this-tool',
        action: 'kept',
        reason: `LINE does not take the previous URL (${refusal.status})`,
      })
    return leftover({ id, madeBy: 'this-tool', action: 'restored' })
  } catch (error) {
    if (isUnavailable(error))
      return {
        leftovers: [],
        unread: [{ kind: 'webhook-url', reason: 'unavailable', status: aboutError(error).status }],
      }
    if (error instanceof LineApiError)
      return {
        leftovers: webhookUrl === undefined ? [] : notSeen(),
        unread: [{ kind: 'webhook-url', reason: 'refused', status: error.status }],
      }
    throw error
  }
}
