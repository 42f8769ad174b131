import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets the profile and settings of the account. Use it to check that a token works and which account it belongs to.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-bot-info
 */
export const getBotInfo: Operation<Record<string, never>, T.BotInfo> = {
  method: 'GET',
  path: '/v2/bot/info',
  repeat: 'safe',
  docs: 'messaging-api/#get-bot-info',
}
