import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Answers an event. It costs nothing of the month's quota, takes no retry key and is never repeated.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-reply-message
 */
export const replyMessage: Operation<T.ReplyMessageInput, T.SentMessages> = {
  method: 'POST',
  path: '/v2/bot/message/reply',
  repeat: 'never',
  lost: { sentMessages: [] },
  docs: 'messaging-api/#send-reply-message',
}

/**
 * Sends messages to one user, group chat or multi-person chat at any time. LINE also accepts what it will not deliver, to users who blocked the account say.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-push-message
 */
export const pushMessage: Operation<T.PushMessageInput, T.SentMessages> = {
  method: 'POST',
  path: '/v2/bot/message/push',
  repeat: 'keyed',
  lost: { sentMessages: [] },
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
 * Sends the same messages to all friends of the account. Statistics about it are asked for by its request ID.
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
 * Has LINE check the messages of a reply. Nothing is sent.
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
 * Has LINE check the messages of a push. Nothing is sent.
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
 * Has LINE check the messages of a multicast. Nothing is sent.
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
 * Has LINE check the messages of a narrowcast. Nothing is sent; recipients and filters are not looked at.
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
 * Has LINE check the messages of a broadcast. Nothing is sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#validate-message-objects-of-broadcast-message
 */
export const validateBroadcast: Operation<T.ValidateMessagesInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/validate/broadcast',
  repeat: 'safe',
  docs: 'messaging-api/#validate-message-objects-of-broadcast-message',
}
