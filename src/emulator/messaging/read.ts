import type * as operations from '../../messaging/read/operations.js'
import { chatOf } from '../chat/chat.js'
import { markRead } from '../chat/received.js'
import type { Handlers } from '../platform/handler.js'
import { isOfForm } from '../platform/identifiers.js'
import { refuse } from '../platform/refusal.js'
import { ours, words } from '../platform/words.js'

/** Marks messages as read, which people see. */
export const handlers: Handlers<typeof operations> = {
  // LINE says that Chat must be on, but not how it answers when it is off.
  markMessagesAsReadByToken({ markAsReadToken }, { world, account }) {
    const token = world.readTokens.get(markAsReadToken)
    if (token?.account !== account) return refuse(400, words.readToken)
    if (!account.settings.chat) refuse(400, ours.chatIsOff)
    markRead(chatOf(account, token.chatId), token.messageId)
    return {}
  },

  // The older way needs LINE's approval, and does not go together with Chat.
  markMessagesAsRead({ chat: { userId } }, { account }) {
    if (!account.settings.markAsReadByUser || account.settings.chat) refuse(403, words.notAvailable)
    if (!isOfForm('userId', userId)) refuse(400, words.property("'chat.chatId'"))
    markRead(chatOf(account, userId))
    return {}
  },
}
