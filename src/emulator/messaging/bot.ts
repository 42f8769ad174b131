import type * as operations from '../../messaging/bot/operations.js'
import type { Handlers } from '../platform/handler.js'

/** Tells who the account is. */
export const handlers: Handlers<typeof operations> = {
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
