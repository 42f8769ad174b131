import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Issues a link token, which starts the process of linking a user's LINE account to their account in your service.
 * Each call issues a new token.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#issue-link-token
 */
export const issueLinkToken: Operation<T.IssueLinkTokenInput, T.LinkToken> = {
  method: 'POST',
  path: '/v2/bot/user/{userId}/linkToken',
  body: 'none',
  // A token whose response was lost is never used, and expires.
  repeat: 'safe',
  onLostResponse: 'error',
  docs: 'messaging-api/#issue-link-token',
}
