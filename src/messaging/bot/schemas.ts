import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { Nothing, openSet } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const BotInfo: Schema<T.BotInfo> = /* @__PURE__ */ schema(() =>
  z.object({
    userId: z.string(),
    basicId: z.string(),
    premiumId: z.optional(z.string()),
    displayName: z.string(),
    pictureUrl: z.optional(z.string()),
    chatMode: openSet('chat', 'bot'),
    markAsReadMode: openSet('auto', 'manual'),
  }),
)

export const contracts: Contracts<typeof operations> = { getBotInfo: { input: Nothing, output: BotInfo } }
