import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { looseRule, maxUnits } from '../../core/schema/schema-parts.js'
import { QuickReply } from '../action/schemas.js'
import { fileUrl } from './schema-parts.js'
import type * as T from './types.js'

// LINE documents one of the words it rejects. Other cases, or the letters inside a longer word, can be part of an
// ordinary name.
const reserved = /\bLINE\b/

export const Sender: Schema<T.Sender> = /* @__PURE__ */ schema(() =>
  z
    .object({ name: z.optional(z.string().check(maxUnits(20))), iconUrl: z.optional(fileUrl()) })
    .check(
      looseRule(({ name }) =>
        typeof name === 'string' && reserved.test(name)
          ? [{ path: ['name'], allowed: 'a name without the word LINE', found: 'a name that contains it' }]
          : [],
      ),
    ),
)

/** The fields that every message object accepts. */
// @__NO_SIDE_EFFECTS__
export function messageOptions(): {
  quickReply: z.ZodMiniOptional<ReturnType<typeof QuickReply>>
  sender: z.ZodMiniOptional<ReturnType<typeof Sender>>
} {
  return { quickReply: z.optional(QuickReply()), sender: z.optional(Sender()) }
}

/** The text shown in notifications and the chat list instead of the message. */
// @__NO_SIDE_EFFECTS__
export function altText(): z.ZodMiniString {
  return z.string().check(z.minLength(1), maxUnits(1500))
}
