import type * as operations from '../../messaging/webhook-endpoint/operations.js'
import { post } from '../delivery/post.js'
import { isWebhookUrl } from '../delivery/webhook-url.js'
import type { Handlers } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'

/** Keeps and tests the webhook URL. */
export const handlers: Handlers<typeof operations> = {
  setWebhookEndpoint({ endpoint }, { account }) {
    if (!isWebhookUrl(endpoint)) refuse(400, words.webhookUrl)
    account.settings.webhookUrl = endpoint
    return {}
  },

  getWebhookEndpoint(_, { account: { settings } }) {
    return { endpoint: settings.webhookUrl ?? refuse(404, words.noWebhook), active: settings.webhook }
  },

  async testWebhookEndpoint({ endpoint }, { world, channel, account, now }) {
    const url = endpoint ?? account.settings.webhookUrl ?? refuse(404, words.noWebhook)
    if (!isWebhookUrl(url)) refuse(400, words.webhookUrl)
    const { status, reason, detail } = await post(world, channel, url, [])
    if (detail === 'Unknown host') refuse(400, words.webhookUrl)
    return {
      success: reason === 'ok',
      timestamp: new Date(now).toISOString(),
      statusCode: status ?? 0,
      reason: reason.toUpperCase(),
      detail: status === undefined ? `${detail}: ${url}` : detail,
    }
  },
}
