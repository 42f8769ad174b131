import type * as operations from '../../module/operations.js'
import type { Answers } from './types.js'
import { basicId, botId, done } from './values.js'

/** Answers about module channels. */
export const module: Answers<typeof operations> = {
  attachModule: () => ({ bot_id: botId, scopes: ['message:send', 'message:receive'] }),
  detachModule: done,
  acquireChatControl: done,
  releaseChatControl: done,
  getModules: () => ({
    bots: [{ userId: botId, basicId, displayName: 'Tea House', pictureUrl: 'https://example.com/tea-house.png' }],
  }),
}
