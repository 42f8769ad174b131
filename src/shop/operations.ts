import type { Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Allows a user to download mission stickers. LINE must have enabled it for the channel (403 otherwise).
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#send-mission-stickers-v3
 */
export const missionStickerV3: Operation<T.MissionStickerInput, Record<string, never>> = {
  method: 'POST',
  path: '/shop/v3/mission',
  repeat: 'never',
  docs: 'partner-docs/#send-mission-stickers-v3',
}
