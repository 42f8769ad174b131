import * as z from 'zod/mini'
import { filled, list, rule } from '../../core/parts.js'
import { type Schema, schema } from '../../core/schema.js'
import { fileUrl } from './link.js'
import { QuickReply } from './quick-reply-schemas.js'
import type * as T from './types.js'

export const Sender: Schema<T.Sender> = /* @__PURE__ */ schema(() =>
  z.object({ name: z.optional(z.string().check(z.maxLength(20))), iconUrl: z.optional(fileUrl()) }),
)

const options = () => ({ quickReply: z.optional(QuickReply()), sender: z.optional(Sender()) })

export const Emoji: Schema<T.Emoji> = /* @__PURE__ */ schema(() => z.object({ index: z.int(), productId: filled(), emojiId: filled() }))

export const TextMessage: Schema<T.TextMessage> = /* @__PURE__ */ schema(() =>
  z
    .object({
      type: z.literal('text'),
      text: z.string().check(z.minLength(1), z.maxLength(5000)),
      emojis: z.optional(list(Emoji(), 0, 20)),
      quoteToken: z.optional(z.string()),
      ...options(),
    })
    .check(
      rule(({ text, emojis = [] }) =>
        emojis.flatMap(({ index }, at) =>
          text[index] === '$' ? [] : [{ path: ['emojis', at, 'index'], allowed: 'the place of a $ in the text' }],
        ),
      ),
    ),
)

export const ImageMessage: Schema<T.ImageMessage> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('image'), originalContentUrl: fileUrl(), previewImageUrl: fileUrl(), ...options() }),
)

export const StickerMessage: Schema<T.StickerMessage> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('sticker'),
    packageId: filled(),
    stickerId: filled(),
    quoteToken: z.optional(z.string()),
    ...options(),
  }),
)

export const Message: Schema<T.Message> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [TextMessage(), ImageMessage(), StickerMessage()]),
)

/** What every send takes: 1 to 5 messages. */
export const Messages: Schema<readonly T.Message[]> = /* @__PURE__ */ schema(() => list(Message(), 1, 5))
