import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets what the account is called and how it is set up: the surest test that a token works and whose it is.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-bot-info
 */
export const getBotInfo: Operation<Record<string, never>, T.BotInfo> = {
  method: 'GET',
  path: '/v2/bot/info',
  repeat: 'safe',
  docs: 'messaging-api/#get-bot-info',
}
