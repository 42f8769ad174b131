import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { maxUnits } from '../../core/schema/schema-parts.js'
import { maxGraphemes } from '../message/graphemes.js'
import { linkUri } from '../message/link.js'
import { fillInFits, momentsFit, showsOneText } from './rules.js'
import type * as T from './types.js'

const shown = () => z.string().check(maxGraphemes(300))

const data = () => z.string().check(maxUnits(300))

const mode = () => z.enum(['date', 'time', 'datetime'])

const inputOption = () => z.enum(['closeRichMenu', 'openRichMenu', 'openKeyboard', 'openVoice'])

// How long a label may be, and whether it may be left out, differs with the place.
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

/** What a button of a template message does. */
export const TemplateButtonAction: Schema<T.ButtonAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', actions(buttonLabel(20))),
)

/** What an image of an image carousel does. */
export const ImageCarouselAction: Schema<T.AreaAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', actions(areaLabel(12))),
)

/** What a button of a Flex Message does. */
export const FlexButtonAction: Schema<T.ButtonAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', actions(buttonLabel(40))),
)

/** What anything but a button does in a Flex Message. */
export const FlexAreaAction: Schema<T.AreaAction> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', actions(areaLabel(40))),
)

/** What a video of a Flex Message does. */
export const FlexVideoAction: Schema<T.AreaUriAction> = /* @__PURE__ */ schema(() => uri(areaLabel(40)))

/**
 * An action as LINE answers with it: the same fields, without limits, which LINE may have changed since it was set.
 * Its values are those that somebody could set, so they are not open to others.
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
