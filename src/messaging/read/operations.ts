import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Marks a message, and all earlier messages, as read. For accounts with Chat on; otherwise LINE marks messages as read
 * automatically.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#mark-as-read
 */
export const markMessagesAsReadByToken: Operation<T.MarkMessagesAsReadByTokenInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/chat/markAsRead',
  // Marking a message as read again changes nothing.
  repeat: 'safe',
  docs: 'messaging-api/#mark-as-read',
}

/**
 * Marks all messages of a user as read. For accounts that LINE has approved, with Chat off.
 * {@link markMessagesAsReadByToken} is available to all accounts.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#mark-messages-from-users-as-read
 */
export const markMessagesAsRead: Operation<T.MarkMessagesAsReadInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/markAsRead',
  repeat: 'safe',
  docs: 'partner-docs/#mark-messages-from-users-as-read',
}
