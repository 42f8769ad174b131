import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets the profile of a friend, or of a user who has sent the account a message without being a friend. LINE responds
 * 404 for any other user, including users who blocked the account.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-profile
 */
export const getProfile: Operation<T.GetProfileInput, T.Profile> = {
  method: 'GET',
  path: '/v2/bot/profile/{userId}',
  repeat: 'safe',
  docs: 'messaging-api/#get-profile',
}
