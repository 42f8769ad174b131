import type { Operation } from '../../core/operation.js'
import type { GetNumberOfMessagesInput, NumberOfMessages } from '../delivery/types.js'
import type * as T from './types.js'

/**
 * Sends messages to the person with a phone number, friend or not: a LINE notification message (flexible). It takes no retry key and is never repeated.
 *
 * For accounts that LINE has approved for it; phone numbers of Japan, Thailand and Taiwan. LINE answers 422 when there is no such person, or they refuse
 * these messages. Accepted is not delivered: without a `delivery` event within 24 hours it was not. Restricting the channel's IP addresses breaks it.
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
 * Gets how many LINE notification messages (flexible) were delivered on one day.
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
 * Sends a message of one of LINE's templates to the person with a phone number, friend or not: a LINE notification message (template).
 * It takes no retry key and is never repeated.
 *
 * Who can send it, to whom, and what LINE answers is as with {@link pushMessagesByPhone}.
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
 * Gets how many LINE notification messages (template) were delivered on one day.
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
