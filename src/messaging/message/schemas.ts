import * as z from 'zod/mini'
import { property } from '../../core/property.js'
import { type Schema, schema } from '../../core/schema/schema.js'
import { type Breach, filled, list, looseRule, maxUnits } from '../../core/schema/schema-parts.js'
import { FlexMessage } from '../flex/schemas.js'
import { ImagemapMessage } from '../imagemap/schemas.js'
import { TemplateMessage } from '../template/schemas.js'
import { AudioMessage, ImageMessage, VideoMessage } from './media-schemas.js'
import { messageOptions } from './option-schemas.js'
import { TextMessageV2 } from './text-v2-schemas.js'
import type * as T from './types.js'

export const Emoji: Schema<T.Emoji> = /* @__PURE__ */ schema(() =>
  z.object({ index: z.int(), productId: filled(), emojiId: filled() }),
)

// Only whole numbers: what else is wrong with an index has been said.
function* besideTheirSigns(text: string, emojis: readonly unknown[]): Generator<Breach> {
  for (const [at, emoji] of emojis.entries()) {
    const index = property(emoji, 'index')
    if (Number.isInteger(index) && text[Number(index)] !== '$')
      yield { path: ['emojis', at, 'index'], allowed: 'the place of a $ in the text' }
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
        typeof text === 'string' && Array.isArray(emojis) ? [...besideTheirSigns(text, emojis)] : [],
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

const degrees = (most: number) => z.number().check(z.minimum(-most), z.maximum(most))

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
    deliveryTag: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_]{1,30}$/, { error: '1 to 30 of A-Z a-z 0-9 _' }))),
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

/** What every send takes: 1 to 5 messages. */
export const Messages: Schema<readonly T.Message[]> = /* @__PURE__ */ schema(() => list(Message(), 1, 5))
