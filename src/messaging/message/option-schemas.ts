import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { looseRule, maxUnits } from '../../core/schema/schema-parts.js'
import { fileUrl } from './link.js'
import { QuickReply } from './quick-reply-schemas.js'
import type * as T from './types.js'

// LINE names one of the words that it refuses. In lower case, or inside of a word, it may be part of an honest name.
const taken = /\bLINE\b/

export const Sender: Schema<T.Sender> = /* @__PURE__ */ schema(() =>
  z
    .object({ name: z.optional(z.string().check(maxUnits(20))), iconUrl: z.optional(fileUrl()) })
    .check(
      looseRule(({ name }) =>
        typeof name === 'string' && taken.test(name)
          ? [{ path: ['name'], allowed: 'a name without the word LINE', found: 'one with it' }]
          : [],
      ),
    ),
)

/** What every message object may carry, as parts of its schema. */
// @__NO_SIDE_EFFECTS__
export function messageOptions(): {
  quickReply: z.ZodMiniOptional<ReturnType<typeof QuickReply>>
  sender: z.ZodMiniOptional<ReturnType<typeof Sender>>
} {
  return { quickReply: z.optional(QuickReply()), sender: z.optional(Sender()) }
}

/** What notifications and the list of chats show instead of a message. */
// @__NO_SIDE_EFFECTS__
export function altText(): z.ZodMiniString {
  return z.string().check(z.minLength(1), maxUnits(1500))
}
