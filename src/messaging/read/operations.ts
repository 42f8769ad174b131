import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Marks a message, and all before it, as read. Only where Chat is switched on; else LINE marks messages by itself.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#mark-as-read
 */
export const markMessagesAsReadByToken: Operation<T.MarkMessagesAsReadByTokenInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/chat/markAsRead',
  // What is read stays read, so marking it again changes nothing.
  repeat: 'safe',
  docs: 'messaging-api/#mark-as-read',
}

/**
 * Marks all messages of a person as read. Only for accounts that LINE has approved for it, and not beside Chat;
 * {@link markMessagesAsReadByToken} is open to all.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#mark-messages-from-users-as-read
 */
export const markMessagesAsRead: Operation<T.MarkMessagesAsReadInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/markAsRead',
  repeat: 'safe',
  docs: 'partner-docs/#mark-messages-from-users-as-read',
}
