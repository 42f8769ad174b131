import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Shows the loading animation in a one-on-one chat, until the account's next message or the end of the time. A second call sets the time anew.
 * LINE also accepts it where nothing is shown: to someone who is not looking at the chat, or is no friend.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator
 */
export const showLoadingAnimation: Operation<T.ShowLoadingAnimationInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/chat/loading/start',
  // Shown twice is shown once, for a moment longer.
  repeat: 'safe',
  rate: '100/s',
  docs: 'messaging-api/#display-a-loading-indicator',
}
