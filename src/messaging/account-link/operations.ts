import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Issues a link token, with which a person's LINE account is linked to their account at another service. Each call makes a new one.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#issue-link-token
 */
export const issueLinkToken: Operation<T.IssueLinkTokenInput, T.LinkToken> = {
  method: 'POST',
  path: '/v2/bot/user/{userId}/linkToken',
  body: 'none',
  // A token that got lost on its way is used by nobody and ends by itself.
  repeat: 'safe',
  lost: 'error',
  docs: 'messaging-api/#issue-link-token',
}
