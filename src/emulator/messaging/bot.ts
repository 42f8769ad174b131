import * as operations from '../../messaging/bot/operations.js'
import { type Handlers, type Route, route } from '../platform/handler.js'

/** Returns the bot's profile. */
const handlers: Handlers<typeof operations> = {
  getBotInfo(_, { account }) {
    const { userId, basicId, premiumId, name, pictureUrl, settings } = account
    return {
      userId,
      basicId,
      ...(premiumId && { premiumId }),
      displayName: name,
      ...(pictureUrl && { pictureUrl }),
      chatMode: settings.chat ? 'chat' : 'bot',
      markAsReadMode: settings.chat ? 'manual' : 'auto',
    }
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers)
