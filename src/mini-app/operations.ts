import type { Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Issues a service notification token for the user of a LINE MINI App, good for 5 service messages within a year.
 * LINE issues one for each LIFF access token, and takes only stateless and short-lived channel access tokens here.
 *
 * @see https://developers.line.biz/en/reference/line-mini-app/#issue-notification-token
 */
export const issueNotificationToken: Operation<T.IssueNotificationTokenInput, T.IssuedNotificationToken> = {
  method: 'POST',
  path: '/message/v3/notifier/token',
  auth: 'login-channel',
  tokens: ['stateless', 'short-lived'],
  repeat: 'never',
  lost: 'error',
  docs: 'line-mini-app/#issue-notification-token',
}

/**
 * Sends a service message of a LINE MINI App to the user whom the token was issued for, and renews the token: keep the one of the answer.
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
  lost: 'error',
  docs: 'line-mini-app/#send-service-message',
}
