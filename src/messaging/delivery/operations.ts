import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets the number of reply messages sent through the API on one day.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-number-of-reply-messages
 */
export const getNumberOfSentReplyMessages: Operation<T.GetNumberOfMessagesInput, T.NumberOfMessages> = {
  method: 'GET',
  path: '/v2/bot/message/delivery/reply',
  query: { date: 'string' },
  repeat: 'safe',
  docs: 'messaging-api/#get-number-of-reply-messages',
}

/**
 * Gets the number of push messages sent through the API on one day.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-number-of-push-messages
 */
export const getNumberOfSentPushMessages: Operation<T.GetNumberOfMessagesInput, T.NumberOfMessages> = {
  method: 'GET',
  path: '/v2/bot/message/delivery/push',
  query: { date: 'string' },
  repeat: 'safe',
  docs: 'messaging-api/#get-number-of-push-messages',
}

/**
 * Gets the number of multicast messages sent through the API on one day.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-number-of-multicast-messages
 */
export const getNumberOfSentMulticastMessages: Operation<T.GetNumberOfMessagesInput, T.NumberOfMessages> = {
  method: 'GET',
  path: '/v2/bot/message/delivery/multicast',
  query: { date: 'string' },
  repeat: 'safe',
  docs: 'messaging-api/#get-number-of-multicast-messages',
}

/**
 * Gets the number of broadcast messages sent through the API on one day.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-number-of-broadcast-messages
 */
export const getNumberOfSentBroadcastMessages: Operation<T.GetNumberOfMessagesInput, T.NumberOfMessages> = {
  method: 'GET',
  path: '/v2/bot/message/delivery/broadcast',
  query: { date: 'string' },
  repeat: 'safe',
  docs: 'messaging-api/#get-number-of-broadcast-messages',
}
