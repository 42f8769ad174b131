import * as operations from '../../messaging/webhook-endpoint/operations.js'
import { isWebhookUrl, post, signerOf } from '../delivery/post.js'
import { errorMessages } from '../platform/error-messages.js'
import { type Handlers, type Route, route } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'

/** Manages and tests the webhook URL. */
const handlers: Handlers<typeof operations> = {
  setWebhookEndpoint({ endpoint }, { account }) {
    if (!isWebhookUrl(endpoint)) refuse(400, errorMessages.webhookUrl)
    account.settings.webhookUrl = endpoint
    return {}
  },

  getWebhookEndpoint(_, { account: { settings } }) {
    return { endpoint: settings.webhookUrl ?? refuse(404, errorMessages.noWebhook), active: settings.webhook }
  },

  async testWebhookEndpoint({ endpoint }, { world, account, now }) {
    const url = endpoint ?? account.settings.webhookUrl ?? refuse(404, errorMessages.noWebhook)
    if (!isWebhookUrl(url)) refuse(400, errorMessages.webhookUrl)
    const { status, reason, detail } = await post(world, signerOf(account), url, [])
    if (detail === 'Unknown host') refuse(400, errorMessages.webhookUrl)
    return {
      success: reason === 'ok',
      timestamp: new Date(now).toISOString(),
      statusCode: status ?? 0,
      reason: reason.toUpperCase(),
      detail: status === undefined ? `${detail}: ${url}` : detail,
    }
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers)
