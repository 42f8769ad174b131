import * as z from 'zod/mini'
import { day } from '../../core/schema/date-schemas.js'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { openSet } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const GetNumberOfMessagesInput: Schema<T.GetNumberOfMessagesInput> = /* @__PURE__ */ schema(() =>
  z.object({ date: day() }),
)

export const NumberOfMessages: Schema<T.NumberOfMessages> = /* @__PURE__ */ schema(() =>
  z.object({
    status: openSet('ready', 'unready', 'unavailable_for_privacy', 'out_of_service'),
    success: z.optional(z.int()),
  }),
)

export const contracts: Contracts<typeof operations> = {
  getNumberOfSentReplyMessages: { input: GetNumberOfMessagesInput, output: NumberOfMessages },
  getNumberOfSentPushMessages: { input: GetNumberOfMessagesInput, output: NumberOfMessages },
  getNumberOfSentMulticastMessages: { input: GetNumberOfMessagesInput, output: NumberOfMessages },
  getNumberOfSentBroadcastMessages: { input: GetNumberOfMessagesInput, output: NumberOfMessages },
}
