import type { ListOperation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Lists the user IDs of all friends of the account. For verified and premium accounts only (403 otherwise).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-follower-ids
 */
export const getFollowers: ListOperation<T.GetFollowersInput, T.Followers, string> = {
  method: 'GET',
  path: '/v2/bot/followers/ids',
  query: { start: 'string', limit: 'number' },
  page: { items: 'userIds', cursor: 'start', next: 'next' },
  repeat: 'safe',
  docs: 'messaging-api/#get-follower-ids',
}
