import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../core/schema/schema.js'
import { filled, maxUnits } from '../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const IssueNotificationTokenInput: Schema<T.IssueNotificationTokenInput> = /* @__PURE__ */ schema(() =>
  z.object({ liffAccessToken: filled() }),
)

export const IssuedNotificationToken: Schema<T.IssuedNotificationToken> = /* @__PURE__ */ schema(() =>
  z.object({ notificationToken: z.string(), expiresIn: z.int(), remainingCount: z.int(), sessionId: z.string() }),
)

export const SendServiceMessageInput: Schema<T.SendServiceMessageInput> = /* @__PURE__ */ schema(() =>
  z.object({
    target: z.literal('service'),
    templateName: filled().check(maxUnits(30)),
    params: z.record(z.string(), z.string()),
    notificationToken: filled(),
  }),
)

export const SentServiceMessage: Schema<T.SentServiceMessage> = /* @__PURE__ */ schema(() =>
  z.object({
    notificationToken: z.optional(z.string()),
    expiresIn: z.int(),
    remainingCount: z.int(),
    sessionId: z.optional(z.string()),
  }),
)

export const contracts: Contracts<typeof operations> = {
  issueNotificationToken: { input: IssueNotificationTokenInput, output: IssuedNotificationToken },
  sendServiceMessage: { input: SendServiceMessageInput, output: SentServiceMessage },
}
