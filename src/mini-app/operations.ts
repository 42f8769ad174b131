import type { Operation } from '../core/operation.js'
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
