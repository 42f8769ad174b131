import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Shows the loading animation in a one-on-one chat until the account's next message, or until the time is up. A second
 * call restarts the time. LINE also accepts the call if the animation is not shown, because the user is not viewing
 * the chat or is not a friend.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator
 */
export const showLoadingAnimation: Operation<T.ShowLoadingAnimationInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/chat/loading/start',
  // A repeated call only shows the animation a moment longer.
  repeat: 'safe',
  rate: '100/s',
  docs: 'messaging-api/#display-a-loading-indicator',
}
