import * as z from 'zod/mini'
import { list, rule } from '../../core/parts.js'
import { type Schema, schema } from '../../core/schema.js'
import { maxGraphemes } from './graphemes.js'
import { fileUrl, linkUri } from './link.js'
import type * as T from './quick-reply.js'

const label = () => z.string().check(z.minLength(1), maxGraphemes(20))

const shown = () => z.string().check(maxGraphemes(300))

const postbackData = () => z.string().check(z.maxLength(300))

export const PostbackAction: Schema<T.PostbackAction> = /* @__PURE__ */ schema(() =>
  z
    .object({
      type: z.literal('postback'),
      label: label(),
      data: postbackData(),
      displayText: z.optional(shown()),
      inputOption: z.optional(z.enum(['closeRichMenu', 'openRichMenu', 'openKeyboard', 'openVoice'])),
      fillInText: z.optional(shown()),
    })
    .check(
      rule(({ fillInText, inputOption }) =>
        fillInText !== undefined && inputOption !== 'openKeyboard'
          ? [{ path: ['fillInText'], allowed: "left out, or come with inputOption 'openKeyboard'" }]
          : [],
      ),
    ),
)

export const MessageAction: Schema<T.MessageAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('message'), label: label(), text: z.string().check(z.minLength(1), maxGraphemes(300)) }),
)

export const UriAction: Schema<T.UriAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('uri'), label: label(), uri: linkUri() }),
)

const date = /^(19\d\d|20\d\d|2100)-(\d\d)-(\d\d)$/
const time = /^(?:[01]\d|2[0-3]):[0-5]\d$/

function isDate(text: string | undefined): boolean {
  const [, year, month, day] = date.exec(text ?? '')?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  // A day that its month does not have comes back as one of another month.
  const found = new Date(Date.UTC(year, month - 1, day))
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day
}

const moments: {
  readonly [mode in T.DatetimePickerAction['mode']]: { readonly fits: (text: string) => boolean; readonly allowed: string }
} = {
  date: { fits: isDate, allowed: 'a date such as 2026-06-18, from 1900-01-01 to 2100-12-31' },
  time: { fits: (text) => time.test(text), allowed: 'a time such as 06:15' },
  datetime: {
    fits: (text) => {
      const [day, hour, ...more] = text.split(/t/i)
      return isDate(day) && time.test(hour ?? '') && more.length === 0
    },
    allowed: 'a date and time such as 2026-06-18T06:15, from 1900-01-01T00:00 to 2100-12-31T23:59',
  },
}

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
    .check(
      rule((action) => {
        const { fits, allowed } = moments[action.mode]
        const wrong = (['initial', 'max', 'min'] as const).filter((name) => {
          const text = action[name]
          return text !== undefined && !fits(text)
        })
        if (wrong.length > 0) return wrong.map((name) => ({ path: [name], allowed }))
        // Moments of one form are in order as text, but for the case of their T.
        const [min, max] = [action.min?.toUpperCase(), action.max?.toUpperCase()]
        return min !== undefined && max !== undefined && max <= min ? [{ path: ['max'], allowed: 'later than min' }] : []
      }),
    ),
)

export const CameraAction: Schema<T.CameraAction> = /* @__PURE__ */ schema(() => z.object({ type: z.literal('camera'), label: label() }))

export const CameraRollAction: Schema<T.CameraRollAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('cameraRoll'), label: label() }),
)

export const LocationAction: Schema<T.LocationAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('location'), label: label() }),
)

export const ClipboardAction: Schema<T.ClipboardAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('clipboard'), label: label(), clipboardText: z.string().check(z.minLength(1), z.maxLength(1000)) }),
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

export const QuickReply: Schema<T.QuickReply> = /* @__PURE__ */ schema(() => z.object({ items: list(QuickReplyItem(), 0, 13) }))
