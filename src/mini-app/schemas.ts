import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../core/schema/schema.js'
import { filled, maxUnits, openSet } from '../core/schema/schema-parts.js'
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

// LINE documents UTF-16 code units for the name, and neither emoji nor symbols.
const plainName = /^[^\p{Extended_Pictographic}\p{S}]*$/u

// IPv6 has several forms; each of them has a colon and consists of these characters.
const addressPattern = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[^:]{0,4}:)[0-9A-Fa-f:.]{2,45})$/

export const ReservePurchaseInput: Schema<T.ReservePurchaseInput> = /* @__PURE__ */ schema(() =>
  z.object({
    clientIp: z.string().check(z.regex(addressPattern, { error: 'an IPv4 or IPv6 address' })),
    clientOs: z.enum(['ios', 'android']),
    productId: filled(),
    shopProductName: filled().check(maxUnits(20), z.regex(plainName, { error: 'text without emoji and symbols' })),
  }),
)

export const ReservedPurchase: Schema<T.ReservedPurchase> = /* @__PURE__ */ schema(() =>
  z.object({ orderId: z.string() }),
)

export const WebhookEventHistoryInput: Schema<T.WebhookEventHistoryInput> = /* @__PURE__ */ schema(() =>
  z.object({
    startEpochSeconds: z.int().check(z.minimum(0)),
    endEpochSeconds: z.int().check(z.minimum(0)),
    cursor: z.optional(filled()),
    pageSize: z.int().check(z.minimum(1), z.maximum(100)),
    status: z.optional(z.enum(['SUCCESS', 'FAILED'])),
  }),
)

const purchase = () => ({
  orderId: z.string(),
  productId: z.string(),
  userId: z.string(),
  purchaseTimestamp: z.int(),
  channelId: z.string(),
})

export const SentPurchaseEvent: Schema<T.SentPurchaseEvent> = /* @__PURE__ */ schema(() =>
  z.object({
    transactionType: openSet('PRODUCT'),
    event: z.discriminatedUnion('type', [
      z.object({ type: z.literal('purchaseComplete'), ...purchase() }),
      z.object({ type: z.literal('refundComplete'), ...purchase() }),
    ]),
  }),
)

export const WebhookEventHistory: Schema<T.WebhookEventHistory> = /* @__PURE__ */ schema(() =>
  z.object({ events: z.array(SentPurchaseEvent()), nextCursor: z.optional(z.nullable(z.string())) }),
)

export const contracts: Contracts<typeof operations> = {
  issueNotificationToken: { input: IssueNotificationTokenInput, output: IssuedNotificationToken },
  sendServiceMessage: { input: SendServiceMessageInput, output: SentServiceMessage },
  reservePurchase: { input: ReservePurchaseInput, output: ReservedPurchase },
  getWebhookEventHistory: { input: WebhookEventHistoryInput, output: WebhookEventHistory },
}
