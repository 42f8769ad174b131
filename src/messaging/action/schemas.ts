import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { list, looseRule, maxUnits } from '../../core/schema/schema-parts.js'
import { fileUrl, linkUri, maxGraphemes } from '../message/schema-parts.js'
import type * as T from './types.js'

const shown = () => z.string().check(maxGraphemes(300))

const data = () => z.string().check(maxUnits(300))

const mode = () => z.enum(['date', 'time', 'datetime'])

const inputOption = () => z.enum(['closeRichMenu', 'openRichMenu', 'openKeyboard', 'openVoice'])

// The limit of a label, and whether it is required, depend on where the action is used.
const buttonLabel = (most: number) => z.string().check(z.minLength(1), maxGraphemes(most))

const areaLabel = (most: number) => z.optional(z.string().check(maxGraphemes(most)))

type Label = ReturnType<typeof buttonLabel> | ReturnType<typeof areaLabel>

const postback = <L extends Label>(label: L) =>
  z
    .object({
      type: z.literal('postback'),
      label,
      data: data(),
      displayText: z.optional(shown()),
      text: z.optional(shown()),
      inputOption: z.optional(inputOption()),
      fillInText: z.optional(shown()),
    })
    .check(showsOneText(), fillInFits())

const message = <L extends Label>(label: L) =>
  z.object({ type: z.literal('message'), label, text: z.string().check(z.minLength(1), maxGraphemes(300)) })

export const AltUri: Schema<T.AltUri> = /* @__PURE__ */ schema(() => z.object({ desktop: z.optional(linkUri()) }))

const uri = <L extends Label>(label: L) =>
  z.object({ type: z.literal('uri'), label, uri: linkUri(), altUri: z.optional(AltUri()) })

const datetimePicker = <L extends Label>(label: L) =>
  z
    .object({
      type: z.literal('datetimepicker'),
      label,
      data: data(),
      mode: mode(),
      initial: z.optional(z.string()),
      max: z.optional(z.string()),
      min: z.optional(z.string()),
    })
    .check(momentsFit())

const clipboard = <L extends Label>(label: L) =>
  z.object({ type: z.literal('clipboard'), label, clipboardText: z.string().check(z.minLength(1), maxUnits(1000)) })

export const PostbackAction: Schema<T.PostbackAction> = /* @__PURE__ */ schema(() => postback(buttonLabel(20)))

export const MessageAction: Schema<T.MessageAction> = /* @__PURE__ */ schema(() => message(buttonLabel(20)))

export const UriAction: Schema<T.UriAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('uri'), label: buttonLabel(20), uri: linkUri() }),
)

export const DatetimePickerAction: Schema<T.DatetimePickerAction> = /* @__PURE__ */ schema(() =>
  datetimePicker(buttonLabel(20)),
)

export const CameraAction: Schema<T.CameraAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('camera'), label: buttonLabel(20) }),
)

export const CameraRollAction: Schema<T.CameraRollAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('cameraRoll'), label: buttonLabel(20) }),
)

export const LocationAction: Schema<T.LocationAction> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('location'), label: buttonLabel(20) }),
)

export const ClipboardAction: Schema<T.ClipboardAction> = /* @__PURE__ */ schema(() => clipboard(buttonLabel(20)))

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

const actions = <L extends Label>(label: L) =>
  [postback(label), message(label), uri(label), datetimePicker(label), clipboard(label)] as const

export const RichMenuSwitchAction: Schema<T.RichMenuSwitchAction> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('richmenuswitch'),
    label: areaLabel(20),
    richMenuAliasId: z.string().check(maxUnits(32)),
    data: data(),
  }),
)

export const RichMenuAction: Schema<T.RichMenuAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [...actions(areaLabel(20)), RichMenuSwitchAction()]),
)

/** The action of a button in a template message. */
export const TemplateButtonAction: Schema<T.ButtonAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', actions(buttonLabel(20))),
)

/** The action of an image in an image carousel. */
export const ImageCarouselAction: Schema<T.AreaAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', actions(areaLabel(12))),
)

/** The action of a button in a Flex Message. */
export const FlexButtonAction: Schema<T.ButtonAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', actions(buttonLabel(40))),
)

/** The action of any Flex component other than a button. */
export const FlexAreaAction: Schema<T.AreaAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', actions(areaLabel(40))),
)

/** The action of a video in a Flex Message. */
export const FlexVideoAction: Schema<T.AreaUriAction> = /* @__PURE__ */ schema(() => uri(areaLabel(40)))

/**
 * An action in a response. The limits are not checked, because LINE may have changed them since the action was set.
 * The enumerations are closed: a response only contains values that a request could set.
 */
export const FoundRichMenuAction: Schema<T.RichMenuAction> = /* @__PURE__ */ schema(() => {
  const text = () => z.optional(z.string())
  return z.discriminatedUnion('type', [
    z.object({
      type: z.literal('postback'),
      label: text(),
      data: z.string(),
      displayText: text(),
      text: text(),
      inputOption: z.optional(inputOption()),
      fillInText: text(),
    }),
    z.object({ type: z.literal('message'), label: text(), text: z.string() }),
    z.object({
      type: z.literal('uri'),
      label: text(),
      uri: z.string(),
      altUri: z.optional(z.object({ desktop: text() })),
    }),
    z.object({
      type: z.literal('datetimepicker'),
      label: text(),
      data: z.string(),
      mode: mode(),
      initial: text(),
      max: text(),
      min: text(),
    }),
    z.object({ type: z.literal('clipboard'), label: text(), clipboardText: z.string() }),
    z.object({ type: z.literal('richmenuswitch'), label: text(), richMenuAliasId: z.string(), data: z.string() }),
  ])
})

function fillInFits(): z.core.$ZodCheck<Pick<T.PostbackAction, 'fillInText' | 'inputOption'>> {
  return looseRule(({ fillInText, inputOption }) =>
    fillInText !== undefined && inputOption !== 'openKeyboard'
      ? [{ path: ['fillInText'], allowed: "omitted unless inputOption is 'openKeyboard'" }]
      : [],
  )
}

function showsOneText(): z.core.$ZodCheck<Pick<T.PostbackAction, 'displayText' | 'text'>> {
  return looseRule(({ displayText, text }) =>
    displayText !== undefined && text !== undefined
      ? [{ path: ['text'], allowed: 'omitted when displayText is set' }]
      : [],
  )
}

function isDate(text: string | undefined): boolean {
  const [, year, month, day] = /^(19\d\d|20\d\d|2100)-(\d\d)-(\d\d)$/.exec(text ?? '')?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  // Date rolls a day that its month does not have over to another month.
  const parsed = new Date(Date.UTC(year, month - 1, day))
  return parsed.getUTCMonth() === month - 1 && parsed.getUTCDate() === day
}

const isTime = (text: string | undefined): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text ?? '')

function isDatetime(text: string): boolean {
  const [date, time, ...rest] = text.split(/t/i)
  return isDate(date) && isTime(time) && rest.length === 0
}

interface Format {
  readonly matches: (text: string) => boolean
  readonly allowed: string
}

const formats: { readonly [Mode in T.DatetimePickerAction['mode']]: Format } = {
  date: { matches: isDate, allowed: 'a date such as 2026-06-18, from 1900-01-01 to 2100-12-31' },
  time: { matches: isTime, allowed: 'a time such as 06:15' },
  datetime: {
    matches: isDatetime,
    allowed: 'a date and time such as 2026-06-18T06:15, from 1900-01-01T00:00 to 2100-12-31T23:59',
  },
}

const isMode = (mode: unknown): mode is keyof typeof formats => typeof mode === 'string' && Object.hasOwn(formats, mode)

// Each moment must have the format of the mode, and `max` must be later than `min`.
function momentsFit(): z.core.$ZodCheck<Pick<T.DatetimePickerAction, 'mode' | 'initial' | 'max' | 'min'>> {
  return looseRule((action) => {
    const { mode, min, max } = action
    // A wrong mode is reported by the field's own check.
    if (!isMode(mode)) return []
    const { matches, allowed } = formats[mode]
    const invalid = (['initial', 'max', 'min'] as const).filter((name) => {
      const text = action[name]
      return typeof text === 'string' && !matches(text)
    })
    if (invalid.length > 0) return invalid.map((name) => ({ path: [name], allowed }))
    // Moments of one format sort as text. LINE accepts the T of a datetime in either case.
    const isReversed = typeof min === 'string' && typeof max === 'string' && max.toUpperCase() <= min.toUpperCase()
    return isReversed ? [{ path: ['max'], allowed: 'later than min' }] : []
  })
}
