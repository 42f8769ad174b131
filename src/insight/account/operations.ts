import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Tells how many messages the account sent on one day, by how they were sent.
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
 * Tells how many people have added the account up to one day, how many it reaches, and how many block it.
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
 * Tells who the friends of the account are, as LINE estimates them. What it tells is about 3 days old.
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
