import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { Nothing, openSet } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const MessageQuota: Schema<T.MessageQuota> = /* @__PURE__ */ schema(() =>
  z.object({ type: openSet('none', 'limited'), value: z.optional(z.int()) }),
)

export const QuotaConsumption: Schema<T.QuotaConsumption> = /* @__PURE__ */ schema(() =>
  z.object({ totalUsage: z.int() }),
)

export const contracts: Contracts<typeof operations> = {
  getMessageQuota: { input: Nothing, output: MessageQuota },
  getMessageQuotaConsumption: { input: Nothing, output: QuotaConsumption },
}
