import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Replies to an event. A reply does not count towards the monthly quota. It accepts no retry key and is never retried.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-reply-message
 */
export const replyMessage: Operation<T.ReplyMessageInput, T.SentMessages> = {
  method: 'POST',
  path: '/v2/bot/message/reply',
  repeat: 'never',
  onLostResponse: { sentMessages: [] },
  docs: 'messaging-api/#send-reply-message',
}

/**
 * Sends messages to one chat at any time, with a user or with several. LINE also accepts messages that it does not
 * deliver, for example to users who blocked the account.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-push-message
 */
export const pushMessage: Operation<T.PushMessageInput, T.SentMessages> = {
  method: 'POST',
  path: '/v2/bot/message/push',
  repeat: 'keyed',
  onLostResponse: { sentMessages: [] },
  docs: 'messaging-api/#send-push-message',
}

/**
 * Sends the same messages to up to 500 users.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-multicast-message
 */
export const multicast: Operation<T.MulticastInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/multicast',
  repeat: 'keyed',
  rate: '200/s',
  docs: 'messaging-api/#send-multicast-message',
}

/**
 * Sends the same messages to all friends of the account. Use the request ID of the response to get statistics.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-broadcast-message
 */
export const broadcast: Operation<T.BroadcastInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/broadcast',
  repeat: 'keyed',
  rate: '60/h',
  docs: 'messaging-api/#send-broadcast-message',
}

/**
 * Validates the messages of a reply. Sends nothing.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#validate-message-objects-of-reply-message
 */
export const validateReply: Operation<T.ValidateMessagesInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/validate/reply',
  repeat: 'safe',
  docs: 'messaging-api/#validate-message-objects-of-reply-message',
}

/**
 * Validates the messages of a push message. Sends nothing.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#validate-message-objects-of-push-message
 */
export const validatePush: Operation<T.ValidateMessagesInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/validate/push',
  repeat: 'safe',
  docs: 'messaging-api/#validate-message-objects-of-push-message',
}

/**
 * Validates the messages of a multicast. Sends nothing.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#validate-message-objects-of-multicast-message
 */
export const validateMulticast: Operation<T.ValidateMessagesInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/validate/multicast',
  repeat: 'safe',
  docs: 'messaging-api/#validate-message-objects-of-multicast-message',
}

/**
 * Validates the messages of a narrowcast, but not its recipients and filters. Sends nothing.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#validate-message-objects-of-narrowcast-message
 */
export const validateNarrowcast: Operation<T.ValidateMessagesInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/validate/narrowcast',
  repeat: 'safe',
  docs: 'messaging-api/#validate-message-objects-of-narrowcast-message',
}

/**
 * Validates the messages of a broadcast. Sends nothing.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#validate-message-objects-of-broadcast-message
 */
export const validateBroadcast: Operation<T.ValidateMessagesInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/validate/broadcast',
  repeat: 'safe',
  docs: 'messaging-api/#validate-message-objects-of-broadcast-message',
}
