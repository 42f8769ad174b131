import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { fileUrl } from './link.js'
import type * as T from './media.js'
import { messageOptions } from './option-schemas.js'

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
      z
        .string()
        .check(z.regex(tracking, { error: '1 to 100 of A-Z a-z 0-9 - . = , + * ( ) % $ & ; : @ { } ! ? < > [ ]' })),
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
