import * as operations from '../../messaging/read/operations.js'
import { chatOf, markRead, readTokens } from '../chat.js'
import { assumedMessages, errorMessages } from '../platform/error-messages.js'
import { type Handlers, type Route, route } from '../platform/handler.js'
import { isOfForm, refuse } from '../platform/refusal.js'

/** Marks messages as read, which users can see. */
const handlers: Handlers<typeof operations> = {
  // LINE documents that Chat must be on, but not its answer when it is off.
  markMessagesAsReadByToken({ markAsReadToken }, { account }) {
    const token = readTokens(account).get(markAsReadToken)
    if (!token) return refuse(400, errorMessages.readToken)
    if (!account.settings.chat) refuse(400, assumedMessages.chatIsOff)
    markRead(chatOf(account, token.chatId), token.messageId)
    return {}
  },

  // The older operation requires LINE's approval, and does not work while Chat is on.
  markMessagesAsRead({ chat: { userId } }, { account }) {
    if (!account.settings.markAsReadByUser || account.settings.chat) refuse(403, errorMessages.notAvailable)
    if (!isOfForm('userId', userId)) refuse(400, errorMessages.property('chat.chatId'))
    markRead(chatOf(account, userId))
    return {}
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers)
