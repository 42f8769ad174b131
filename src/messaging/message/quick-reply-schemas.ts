import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { list, maxUnits } from '../../core/schema/schema-parts.js'
import { fillInFits, momentsFit, showsOneText } from '../action/rules.js'
import { maxGraphemes } from './graphemes.js'
import { fileUrl, linkUri } from './link.js'
import type * as T from './quick-reply.js'

const label = () => z.string().check(z.minLength(1), maxGraphemes(20))

const shown = () => z.string().check(maxGraphemes(300))

const postbackData = () => z.string().check(maxUnits(300))

export const PostbackAction: Schema<T.PostbackAction> = /* @__PURE__ */ schema(() =>
  z
    .object({
      type: z.literal('postback'),
      label: label(),
      data: postbackData(),
      displayText: z.optional(shown()),
      text: z.optional(shown()),
      inputOption: z.optional(z.enum(['closeRichMenu', 'openRichMenu', 'openKeyboard', 'openVoice'])),
      fillInText: z.optional(shown()),
    })
    .check(showsOneText(), fillInFits()),
)

export const MessageAction: Schema<T.MessageAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('message'), label: label(), text: z.string().check(z.minLength(1), maxGraphemes(300)) }),
)

export const UriAction: Schema<T.UriAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('uri'), label: label(), uri: linkUri() }),
)

export const DatetimePickerAction: Schema<T.DatetimePickerAction> = /* @__PURE__ */ schema(() =>
  z
    .object({
      type: z.literal('datetimepicker'),
      label: label(),
      data: postbackData(),
      mode: z.enum(['date', 'time', 'datetime']),
      initial: z.optional(z.string()),
      max: z.optional(z.string()),
      min: z.optional(z.string()),
    })
    .check(momentsFit()),
)

export const CameraAction: Schema<T.CameraAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('camera'), label: label() }),
)

export const CameraRollAction: Schema<T.CameraRollAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('cameraRoll'), label: label() }),
)

export const LocationAction: Schema<T.LocationAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('location'), label: label() }),
)

export const ClipboardAction: Schema<T.ClipboardAction> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('clipboard'),
    label: label(),
    clipboardText: z.string().check(z.minLength(1), maxUnits(1000)),
  }),
)

export const QuickReplyAction: Schema<T.QuickReplyAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [
    PostbackAction(),
    MessageAction(),
    UriAction(),
    DatetimePickerAction(),
    CameraAction(),
    CameraRollAction(),
    LocationAction(),
    ClipboardAction(),
  ]),
)

export const QuickReplyItem: Schema<T.QuickReplyItem> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('action'), imageUrl: z.optional(fileUrl()), action: QuickReplyAction() }),
)

export const QuickReply: Schema<T.QuickReply> = /* @__PURE__ */ schema(() =>
  z.object({ items: list(QuickReplyItem(), 0, 13) }),
)
