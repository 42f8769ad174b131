import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, list, Nothing } from '../../core/schema/schema-parts.js'
import { fitsChat, Messages, noMentions } from '../message/schemas.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const unitNames = () =>
  z.optional(
    list(z.string().check(z.regex(/^[a-zA-Z0-9_]{1,30}$/, { error: '1 to 30 characters from A-Z a-z 0-9 _' })), 0, 1),
  )

export const ReplyMessageInput: Schema<T.ReplyMessageInput> = /* @__PURE__ */ schema(() =>
  z.object({ replyToken: filled(), messages: Messages(), notificationDisabled: z.optional(z.boolean()) }),
)

export const PushMessageInput: Schema<T.PushMessageInput> = /* @__PURE__ */ schema(() =>
  z
    .object({
      to: filled(),
      messages: Messages(),
      notificationDisabled: z.optional(z.boolean()),
      customAggregationUnits: unitNames(),
    })
    .check(fitsChat()),
)

export const MulticastInput: Schema<T.MulticastInput> = /* @__PURE__ */ schema(() =>
  z
    .object({
      to: list(filled(), 1, 500),
      messages: Messages(),
      notificationDisabled: z.optional(z.boolean()),
      customAggregationUnits: unitNames(),
    })
    .check(noMentions()),
)

export const BroadcastInput: Schema<T.BroadcastInput> = /* @__PURE__ */ schema(() =>
  z.object({ messages: Messages(), notificationDisabled: z.optional(z.boolean()) }).check(noMentions()),
)

/** Messages of a reply or push message to validate. */
export const ValidateMessagesInput: Schema<T.ValidateMessagesInput> = /* @__PURE__ */ schema(() =>
  z.object({ messages: Messages() }),
)

/** Messages of a multicast, narrowcast or broadcast to validate. */
export const ValidateManyInput: Schema<T.ValidateMessagesInput> = /* @__PURE__ */ schema(() =>
  z.object({ messages: Messages() }).check(noMentions()),
)

export const SentMessage: Schema<T.SentMessage> = /* @__PURE__ */ schema(() =>
  z.object({ id: z.string(), quoteToken: z.optional(z.string()) }),
)

export const SentMessages: Schema<T.SentMessages> = /* @__PURE__ */ schema(() =>
  z.object({ sentMessages: z.array(SentMessage()) }),
)

export const contracts: Contracts<typeof operations> = {
  replyMessage: { input: ReplyMessageInput, output: SentMessages },
  pushMessage: { input: PushMessageInput, output: SentMessages },
  multicast: { input: MulticastInput, output: Nothing },
  broadcast: { input: BroadcastInput, output: Nothing },
  validateReply: { input: ValidateMessagesInput, output: Nothing },
  validatePush: { input: ValidateMessagesInput, output: Nothing },
  validateMulticast: { input: ValidateManyInput, output: Nothing },
  validateNarrowcast: { input: ValidateManyInput, output: Nothing },
  validateBroadcast: { input: ValidateManyInput, output: Nothing },
}
