import * as z from 'zod/mini'
import { plural } from '../../core/plural.js'
import { property } from '../../core/property.js'
import { type Schema, schema } from '../../core/schema/schema.js'
import { type Breach, filled, list, looseRule, maxUnits } from '../../core/schema/schema-parts.js'
import { FlexMessage } from '../flex/schemas.js'
import { ImagemapMessage } from '../imagemap/schemas.js'
import { TemplateMessage } from '../template/schemas.js'
import { messageOptions } from './option-schemas.js'
import { fileUrl } from './schema-parts.js'
import type * as T from './types.js'

export const Emoji: Schema<T.Emoji> = /* @__PURE__ */ schema(() =>
  z.object({ index: z.int(), productId: filled(), emojiId: filled() }),
)

// Other invalid indexes are reported by the field's own check.
function* misplacedEmojis(text: string, emojis: readonly unknown[]): Generator<Breach> {
  for (const [at, emoji] of emojis.entries()) {
    const index = property(emoji, 'index')
    if (Number.isInteger(index) && text[Number(index)] !== '$')
      yield { path: ['emojis', at, 'index'], allowed: 'the index of a $ in text' }
  }
}

export const TextMessage: Schema<T.TextMessage> = /* @__PURE__ */ schema(() =>
  z
    .object({
      type: z.literal('text'),
      text: z.string().check(z.minLength(1), maxUnits(5000)),
      emojis: z.optional(list(Emoji(), 0, 20)),
      quoteToken: z.optional(z.string()),
      ...messageOptions(),
    })
    .check(
      looseRule(({ text, emojis }) =>
        typeof text === 'string' && Array.isArray(emojis) ? [...misplacedEmojis(text, emojis)] : [],
      ),
    ),
)

export const StickerMessage: Schema<T.StickerMessage> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('sticker'),
    packageId: filled(),
    stickerId: filled(),
    quoteToken: z.optional(z.string()),
    ...messageOptions(),
  }),
)

const degrees = (limit: number) => z.number().check(z.minimum(-limit), z.maximum(limit))

export const LocationMessage: Schema<T.LocationMessage> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('location'),
    title: z.string().check(z.minLength(1), maxUnits(100)),
    address: z.string().check(z.minLength(1), maxUnits(100)),
    latitude: degrees(90),
    longitude: degrees(180),
    ...messageOptions(),
  }),
)

export const CouponMessage: Schema<T.CouponMessage> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('coupon'),
    couponId: filled(),
    deliveryTag: z.optional(
      z.string().check(z.regex(/^[A-Za-z0-9_]{1,30}$/, { error: '1 to 30 characters from A-Z a-z 0-9 _' })),
    ),
    ...messageOptions(),
  }),
)

export const Message: Schema<T.Message> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [
    TextMessage(),
    TextMessageV2(),
    StickerMessage(),
    ImageMessage(),
    VideoMessage(),
    AudioMessage(),
    LocationMessage(),
    CouponMessage(),
    ImagemapMessage(),
    TemplateMessage(),
    FlexMessage(),
  ]),
)

/** The messages of a send: 1 to 5. */
export const Messages: Schema<readonly T.Message[]> = /* @__PURE__ */ schema(() => list(Message(), 1, 5))

export const ImageMessage: Schema<T.ImageMessage> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('image'),
    originalContentUrl: fileUrl(),
    previewImageUrl: fileUrl(),
    ...messageOptions(),
  }),
)

const tracking = /^[A-Za-z0-9.=,+*()%$&;:@{}!?<>[\]-]{1,100}$/

export const VideoMessage: Schema<T.VideoMessage> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('video'),
    originalContentUrl: fileUrl(),
    previewImageUrl: fileUrl(),
    trackingId: z.optional(
      z.string().check(
        z.regex(tracking, {
          error: '1 to 100 characters from A-Z a-z 0-9 - . = , + * ( ) % $ & ; : @ { } ! ? < > [ ]',
        }),
      ),
    ),
    ...messageOptions(),
  }),
)

export const AudioMessage: Schema<T.AudioMessage> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('audio'),
    originalContentUrl: fileUrl(),
    duration: z.int().check(z.minimum(0)),
    ...messageOptions(),
  }),
)

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

const validKey = /^[0-9A-Za-z_]{1,20}$/

// The keys between braces, in order, and the number of unpaired braces. A doubled brace is a literal brace.
function readBraces(text: string): { readonly keys: readonly string[]; readonly unpaired: number } {
  const keys: string[] = []
  let unpaired = 0
  for (const [found, key] of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g)) {
    if (key !== undefined) keys.push(key)
    else if (found.length === 1) unpaired++
  }
  return { keys, unpaired }
}

const counted = [
  ['mention', 'mentions'],
  ['emoji', 'LINE emoji'],
] as const

function* breachesInText(text: string, substitution: object): Generator<Breach> {
  const { keys, unpaired } = readBraces(text)
  if (unpaired > 0)
    yield {
      path: ['text'],
      allowed: 'a string whose braces are paired, with literal braces doubled',
      found: `a string with ${plural(unpaired, 'unpaired brace')}`,
    }
  const unknown = new Set(keys.filter((key) => !Object.hasOwn(substitution, key)))
  if (unknown.size > 0)
    yield {
      path: ['text'],
      allowed: 'a string whose {keys} all exist in substitution',
      found: `a string with ${plural(unknown.size, 'unknown key')}`,
    }
  const kinds = keys.map((key) =>
    Object.hasOwn(substitution, key) ? property(Reflect.get(substitution, key), 'type') : undefined,
  )
  for (const [kind, what] of counted) {
    const count = kinds.filter((one) => one === kind).length
    if (count > 20)
      yield { path: ['text'], allowed: `a string with at most 20 ${what}`, found: `a string with ${count} ${what}` }
  }
}

function* breachesInKeys(substitution: object): Generator<Breach> {
  const keys = Object.keys(substitution)
  if (keys.length > 100)
    yield {
      path: ['substitution'],
      allowed: 'an object with at most 100 keys',
      found: `an object with ${keys.length} keys`,
    }
  for (const key of keys) {
    if (!validKey.test(key))
      yield {
        path: ['substitution', key],
        allowed: 'under a key of 1 to 20 characters from A-Z a-z 0-9 _',
        found: 'under another key',
      }
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

interface Sent {
  readonly messages: readonly T.Message[]
}

function* mentionsIn(messages: unknown): Generator<Breach['path']> {
  for (const [at, message] of Array.isArray(messages) ? messages.entries() : []) {
    const substitution = property(message, 'substitution')
    if (typeof substitution !== 'object' || substitution === null) continue
    for (const key of Object.keys(substitution)) {
      if (property(Reflect.get(substitution, key), 'type') === 'mention')
        yield ['messages', at, 'substitution', key, 'type']
    }
  }
}

const noMention = (where: string) => (path: Breach['path']) => ({
  path,
  allowed: `a type other than mention ${where}`,
  found: 'a mention',
})

/** Rejects mentions, for sends that are neither replies nor push messages. */
// @__NO_SIDE_EFFECTS__
export function noMentions(): z.core.$ZodCheck<Sent> {
  return looseRule(({ messages }) =>
    [...mentionsIn(messages)].map(noMention('unless it is in a reply or a push message')),
  )
}

function* trackingIn(messages: unknown): Generator<Breach> {
  for (const [at, message] of Array.isArray(messages) ? messages.entries() : []) {
    if (property(message, 'type') === 'video' && property(message, 'trackingId') !== undefined)
      yield { path: ['messages', at, 'trackingId'], allowed: 'omitted in group chats and multi-person chats' }
  }
}

/** Rejects mentions in one-on-one chats, and tracking IDs of videos in all other chats. */
// @__NO_SIDE_EFFECTS__
export function fitsChat(): z.core.$ZodCheck<Sent & { readonly to: string }> {
  return looseRule(({ to, messages }) => {
    if (typeof to !== 'string') return []
    return to.startsWith('U')
      ? [...mentionsIn(messages)].map(noMention('in a one-on-one chat'))
      : [...trackingIn(messages)]
  })
}
