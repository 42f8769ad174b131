import * as z from 'zod/mini'
import { property } from '../../core/property.js'
import { type Schema, schema } from '../../core/schema/schema.js'
import { type Breach, filled, looseRule, maxUnits } from '../../core/schema/schema-parts.js'
import { messageOptions } from './option-schemas.js'
import type * as T from './text-v2.js'

export const UserMentionTarget: Schema<T.UserMentionTarget> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('user'), userId: filled() }),
)

export const AllMentionTarget: Schema<T.AllMentionTarget> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('all') }),
)

export const MentionTarget: Schema<T.MentionTarget> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [UserMentionTarget(), AllMentionTarget()]),
)

export const MentionSubstitution: Schema<T.MentionSubstitution> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('mention'), mentionee: MentionTarget() }),
)

export const EmojiSubstitution: Schema<T.EmojiSubstitution> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('emoji'), productId: filled(), emojiId: filled() }),
)

export const Substitution: Schema<T.Substitution> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [MentionSubstitution(), EmojiSubstitution()]),
)

const aKey = /^[0-9A-Za-z_]{1,20}$/

// What stands between braces, in order, and how many braces stand alone. Two in a row are one brace of the text.
function readBraces(text: string): { readonly keys: readonly string[]; readonly alone: number } {
  const keys: string[] = []
  let alone = 0
  for (const [found, key] of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g)) {
    if (key !== undefined) keys.push(key)
    else if (found.length === 1) alone++
  }
  return { keys, alone }
}

const counted = [
  ['mention', 'mentions'],
  ['emoji', 'LINE emoji'],
] as const

const plural = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

function* breachesInText(text: string, substitution: object): Generator<Breach> {
  const { keys, alone } = readBraces(text)
  if (alone > 0)
    yield {
      path: ['text'],
      allowed: 'text whose braces stand in pairs, or twice where they are text',
      found: plural(alone, 'lone brace'),
    }
  const unknown = new Set(keys.filter((key) => !Object.hasOwn(substitution, key)))
  if (unknown.size > 0)
    yield {
      path: ['text'],
      allowed: 'text whose {keys} are all in substitution',
      found: `text with ${plural(unknown.size, 'other key')}`,
    }
  const kinds = keys.map((key) =>
    Object.hasOwn(substitution, key) ? property(Reflect.get(substitution, key), 'type') : undefined,
  )
  for (const [kind, what] of counted) {
    const count = kinds.filter((one) => one === kind).length
    if (count > 20) yield { path: ['text'], allowed: `text with at most 20 ${what}`, found: `text with ${count}` }
  }
}

function* breachesInKeys(substitution: object): Generator<Breach> {
  const keys = Object.keys(substitution)
  if (keys.length > 100)
    yield { path: ['substitution'], allowed: 'an object of at most 100 keys', found: `an object of ${keys.length}` }
  for (const key of keys) {
    if (!aKey.test(key))
      yield { path: ['substitution', key], allowed: 'under a key of 1 to 20 of A-Z a-z 0-9 _', found: 'under another' }
  }
}

export const TextMessageV2: Schema<T.TextMessageV2> = /* @__PURE__ */ schema(() =>
  z
    .object({
      type: z.literal('textV2'),
      text: z.string().check(z.minLength(1), maxUnits(5000)),
      substitution: z.optional(z.record(z.string(), Substitution())),
      quoteToken: z.optional(z.string()),
      ...messageOptions(),
    })
    .check(
      looseRule(({ text, substitution = {} }) => {
        if (typeof substitution !== 'object' || substitution === null) return []
        return [
          ...(typeof text === 'string' ? breachesInText(text, substitution) : []),
          ...breachesInKeys(substitution),
        ]
      }),
    ),
)
