import type { ListOperation, Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Issues a service notification token for a user of a LINE MINI App. It is valid for 5 service messages within a year.
 * LINE issues one token per LIFF access token. Requires a stateless or short-lived channel access token.
 *
 * @see https://developers.line.biz/en/reference/line-mini-app/#issue-notification-token
 */
export const issueNotificationToken: Operation<T.IssueNotificationTokenInput, T.IssuedNotificationToken> = {
  method: 'POST',
  path: '/message/v3/notifier/token',
  auth: 'login-channel',
  tokens: ['stateless', 'short-lived'],
  repeat: 'never',
  onLostResponse: 'error',
  docs: 'line-mini-app/#issue-notification-token',
}

/**
 * Sends a service message of a LINE MINI App to the user of the token, and renews the token. Store the token from the
 * response.
 *
 * @see https://developers.line.biz/en/reference/line-mini-app/#send-service-message
 */
export const sendServiceMessage: Operation<T.SendServiceMessageInput, T.SentServiceMessage> = {
  method: 'POST',
  path: '/message/v3/notifier/send',
  query: { target: 'string' },
  auth: 'login-channel',
  tokens: ['stateless', 'short-lived'],
  repeat: 'never',
  onLostResponse: 'error',
  docs: 'line-mini-app/#send-service-message',
}

/**
 * Reserves an in-app purchase for the user of a LINE MINI App, before the app starts the payment with `liff.iap.createPayment()`. Requires the access token of
 * the user, from `liff.getAccessToken()`. Grant the item on the purchase complete event, because a reservation can remain without a payment.
 *
 * @see https://developers.line.biz/en/reference/line-mini-app/#reserve-purchase
 */
export const reservePurchase: Operation<T.ReservePurchaseInput, T.ReservedPurchase> = {
  method: 'POST',
  path: '/iap/v1/product/reserve',
  auth: 'user',
  repeat: 'never',
  onLostResponse: 'error',
  docs: 'line-mini-app/#reserve-purchase',
}

/**
 * Lists the webhook events of in-app purchases that LINE sent within the last 7 days, in the order in which LINE began to send them. Use it to find events
 * that your server did not receive. LINE only lists purchase complete events so far.
 *
 * @see https://developers.line.biz/en/reference/line-mini-app/#webhook-events-history
 */
export const getWebhookEventHistory: ListOperation<
  T.WebhookEventHistoryInput,
  T.WebhookEventHistory,
  T.SentPurchaseEvent
> = {
  method: 'GET',
  path: '/iap/v1/webhook/events',
  query: {
    startEpochSeconds: 'number',
    endEpochSeconds: 'number',
    cursor: 'string',
    pageSize: 'number',
    status: 'string',
  },
  page: { items: 'events', cursor: 'cursor', next: 'nextCursor' },
  auth: 'login-channel',
  repeat: 'safe',
  docs: 'line-mini-app/#webhook-events-history',
}
