import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, Nothing } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const MarkMessagesAsReadByTokenInput: Schema<T.MarkMessagesAsReadByTokenInput> = /* @__PURE__ */ schema(() =>
  z.object({ markAsReadToken: filled() }),
)

export const ChatReference: Schema<T.ChatReference> = /* @__PURE__ */ schema(() => z.object({ userId: filled() }))

export const MarkMessagesAsReadInput: Schema<T.MarkMessagesAsReadInput> = /* @__PURE__ */ schema(() =>
  z.object({ chat: ChatReference() }),
)

export const contracts: Contracts<typeof operations> = {
  markMessagesAsReadByToken: { input: MarkMessagesAsReadByTokenInput, output: Nothing },
  markMessagesAsRead: { input: MarkMessagesAsReadInput, output: Nothing },
}
