import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Sets the webhook URL. The change takes up to a minute. It does not turn the webhook on.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#set-webhook-endpoint-url
 */
export const setWebhookEndpoint: Operation<T.SetWebhookEndpointInput, Record<string, never>> = {
  method: 'PUT',
  path: '/v2/bot/channel/webhook/endpoint',
  repeat: 'safe',
  rate: '1000/min',
  docs: 'messaging-api/#set-webhook-endpoint-url',
}

/**
 * Gets the webhook URL and whether the webhook is on. LINE responds 404 if no URL is set.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-webhook-endpoint-information
 */
export const getWebhookEndpoint: Operation<Record<string, never>, T.WebhookEndpoint> = {
  method: 'GET',
  path: '/v2/bot/channel/webhook/endpoint',
  repeat: 'safe',
  rate: '1000/min',
  docs: 'messaging-api/#get-webhook-endpoint-information',
}

/**
 * Makes LINE send an empty delivery to the webhook URL, and returns the result. A failed test does not throw; it has
 * `success: false`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#test-webhook-endpoint
 */
export const testWebhookEndpoint: Operation<T.TestWebhookEndpointInput, T.WebhookTestResult> = {
  method: 'POST',
  path: '/v2/bot/channel/webhook/test',
  repeat: 'safe',
  rate: '60/h',
  onLostResponse: 'error',
  docs: 'messaging-api/#test-webhook-endpoint',
}
