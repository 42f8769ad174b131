import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../core/schema/schema.js'
import { filled, Nothing } from '../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const MissionStickerInput: Schema<T.MissionStickerInput> = /* @__PURE__ */ schema(() =>
  z.object({
    to: filled(),
    productType: z.literal('STICKER'),
    productId: filled(),
    sendPresentMessage: z.literal(false),
  }),
)

export const contracts: Contracts<typeof operations> = {
  missionStickerV3: { input: MissionStickerInput, output: Nothing },
}
