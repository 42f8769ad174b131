import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets the number of messages that the account sent on one day, by type of send.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-number-of-delivery-messages
 */
export const getNumberOfMessageDeliveries: Operation<T.InsightDateInput, T.MessageDeliveries> = {
  method: 'GET',
  path: '/v2/bot/insight/message/delivery',
  query: { date: 'string' },
  repeat: 'safe',
  rate: '60/h',
  docs: 'messaging-api/#get-number-of-delivery-messages',
}

/**
 * Gets the friend numbers at the end of one day: users who have added the account, reachable users, and users who block
 * it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-number-of-followers
 */
export const getNumberOfFollowers: Operation<T.InsightDateInput, T.FollowerNumbers> = {
  method: 'GET',
  path: '/v2/bot/insight/followers',
  query: { date: 'string' },
  repeat: 'safe',
  rate: '60/h',
  docs: 'messaging-api/#get-number-of-followers',
}

/**
 * Gets the demographics of the account's friends, as estimated by LINE. The data is about 3 days old.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-demographic
 */
export const getFriendsDemographics: Operation<Record<string, never>, T.FriendDemographics> = {
  method: 'GET',
  path: '/v2/bot/insight/demographic',
  repeat: 'safe',
  rate: '60/h',
  docs: 'messaging-api/#get-demographic',
}
