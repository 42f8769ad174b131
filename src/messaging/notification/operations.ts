import type { Operation } from '../../core/operation.js'
import type { GetNumberOfMessagesInput, NumberOfMessages } from '../delivery/types.js'
import type * as T from './types.js'

/**
 * Sends messages to the user with a given phone number, who does not have to be a friend: a LINE notification message
 * (flexible). Accepts no retry key and is never retried.
 *
 * For accounts that LINE has approved, and for phone numbers in Japan, Thailand and Taiwan. LINE responds 422 if no
 * user has the number, or if the user rejects notification messages. Accepted does not mean delivered: if no
 * `delivery` event arrives within 24 hours, the message was not delivered. Does not work if the channel restricts IP
 * addresses.
 *
 * @see https://developers.line.biz/en/reference/line-notification-messages/#send-line-notification-message-flexible
 */
export const pushMessagesByPhone: Operation<T.PushMessagesByPhoneInput, Record<string, never>> = {
  method: 'POST',
  path: '/bot/pnp/push',
  headers: { deliveryTag: 'x-line-delivery-tag' },
  repeat: 'never',
  docs: 'line-notification-messages/#send-line-notification-message-flexible',
}

/**
 * Gets the number of LINE notification messages (flexible) delivered on one day.
 *
 * @see https://developers.line.biz/en/reference/line-notification-messages/#get-number-of-sent-line-notification-messages-flexible
 */
export const getPNPMessageStatistics: Operation<GetNumberOfMessagesInput, NumberOfMessages> = {
  method: 'GET',
  path: '/v2/bot/message/delivery/pnp',
  query: { date: 'string' },
  repeat: 'safe',
  docs: 'line-notification-messages/#get-number-of-sent-line-notification-messages-flexible',
}

/**
 * Sends a message from one of LINE's templates to the user with a given phone number, who does not have to be a
 * friend: a LINE notification message (template). Accepts no retry key and is never retried.
 *
 * The requirements and responses are the same as for {@link pushMessagesByPhone}.
 *
 * @see https://developers.line.biz/en/reference/line-notification-messages/#send-line-notification-message-template
 */
export const pushTemplatedMessageByPhone: Operation<T.PushTemplatedMessageByPhoneInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/pnp/templated/push',
  headers: { deliveryTag: 'x-line-delivery-tag' },
  repeat: 'never',
  docs: 'line-notification-messages/#send-line-notification-message-template',
}

/**
 * Gets the number of LINE notification messages (template) delivered on one day.
 *
 * @see https://developers.line.biz/en/reference/line-notification-messages/#get-number-of-sent-line-notification-messages-template
 */
export const getTemplatedPNPMessageStatistics: Operation<GetNumberOfMessagesInput, NumberOfMessages> = {
  method: 'GET',
  path: '/v2/bot/message/delivery/pnp/templated',
  query: { date: 'string' },
  repeat: 'safe',
  docs: 'line-notification-messages/#get-number-of-sent-line-notification-messages-template',
}
