import type * as operations from '../../shop/operations.js'
import type { Answers } from './types.js'
import { done } from './values.js'

/** Answers about mission stickers. */
export const shop: Answers<typeof operations> = { missionStickerV3: done }
