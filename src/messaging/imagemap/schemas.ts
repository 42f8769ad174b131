import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { list, maxUnits } from '../../core/schema/schema-parts.js'
import { altText, messageOptions } from '../message/option-schemas.js'
import { fileUrl, linkUri } from '../message/schema-parts.js'
import type * as T from './types.js'

const pixels = (least: number) => z.int().check(z.minimum(least))

export const ImagemapBaseSize: Schema<T.ImagemapBaseSize> = /* @__PURE__ */ schema(() =>
  z.object({ width: pixels(1), height: pixels(1) }),
)

export const ImagemapArea: Schema<T.ImagemapArea> = /* @__PURE__ */ schema(() =>
  z.object({ x: pixels(0), y: pixels(0), width: pixels(1), height: pixels(1) }),
)

export const ImagemapExternalLink: Schema<T.ImagemapExternalLink> = /* @__PURE__ */ schema(() =>
  z.object({ linkUri: linkUri(), label: z.string().check(z.minLength(1), maxUnits(30)) }),
)

export const ImagemapVideo: Schema<T.ImagemapVideo> = /* @__PURE__ */ schema(() =>
  z.object({
    originalContentUrl: fileUrl(),
    previewImageUrl: fileUrl(),
    area: ImagemapArea(),
    externalLink: z.optional(ImagemapExternalLink()),
  }),
)

const common = () => ({ label: z.optional(z.string().check(maxUnits(100))), area: ImagemapArea() })

export const UriImagemapAction: Schema<T.UriImagemapAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('uri'), linkUri: linkUri(), ...common() }),
)

export const MessageImagemapAction: Schema<T.MessageImagemapAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('message'), text: z.string().check(z.minLength(1), maxUnits(400)), ...common() }),
)

export const ClipboardImagemapAction: Schema<T.ClipboardImagemapAction> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('clipboard'),
    clipboardText: z.string().check(z.minLength(1), maxUnits(1000)),
    ...common(),
  }),
)

export const ImagemapAction: Schema<T.ImagemapAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [UriImagemapAction(), MessageImagemapAction(), ClipboardImagemapAction()]),
)

export const ImagemapMessage: Schema<T.ImagemapMessage> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('imagemap'),
    baseUrl: fileUrl(),
    altText: altText(),
    baseSize: ImagemapBaseSize(),
    video: z.optional(ImagemapVideo()),
    actions: list(ImagemapAction(), 0, 50),
    ...messageOptions(),
  }),
)
