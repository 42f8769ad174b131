import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets the profile of a friend, or of someone who wrote to the account without being one. LINE answers 404 for everyone else, the blocked included.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-profile
 */
export const getProfile: Operation<T.GetProfileInput, T.Profile> = {
  method: 'GET',
  path: '/v2/bot/profile/{userId}',
  repeat: 'safe',
  docs: 'messaging-api/#get-profile',
}
