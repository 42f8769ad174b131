import * as z from 'zod/mini'
import { property } from '../../core/property.js'
import { closedObject } from '../../core/schema/closed-object.js'
import { type Schema, schema } from '../../core/schema/schema.js'
import { type Breach, filled, list, looseRule } from '../../core/schema/schema-parts.js'
import { FlexAreaAction, FlexButtonAction, FlexVideoAction } from '../action/schemas.js'
import { fileUrl } from '../message/schema-parts.js'
import type * as T from './components.js'
import {
  flexAngle,
  flexAspectRatio,
  flexBorderWidth,
  flexColor,
  flexFontSize,
  flexImageSize,
  flexLength,
  flexOffset,
  flexPadding,
  flexPixels,
  flexPosition,
  flexSpacing,
} from './value-schemas.js'

const item = () => ({ flex: z.optional(z.int().check(z.minimum(0))) })

const spaced = () => ({ margin: z.optional(flexSpacing()) })

const placed = () => ({
  position: z.optional(z.enum(['relative', 'absolute'])),
  offsetTop: z.optional(flexOffset()),
  offsetBottom: z.optional(flexOffset()),
  offsetStart: z.optional(flexOffset()),
  offsetEnd: z.optional(flexOffset()),
})

const gravity = () => z.optional(z.enum(['top', 'bottom', 'center']))

const alignment = () => z.optional(z.enum(['start', 'end', 'center']))

const shrinking = () => z.optional(z.literal('shrink-to-fit'))

const area = () => z.optional(FlexAreaAction())

export const FlexBoxLinearGradient: Schema<T.FlexBoxLinearGradient> = /* @__PURE__ */ schema(() =>
  closedObject({
    type: z.literal('linearGradient'),
    angle: flexAngle(),
    startColor: flexColor(),
    endColor: flexColor(),
    centerColor: z.optional(flexColor()),
    centerPosition: z.optional(flexPosition()),
  }),
)

// The components that LINE documents for each layout:
// https://developers.line.biz/en/docs/messaging-api/flex-message-layout/#available-child-components
const inBaseline: readonly unknown[] = ['icon', 'text', 'filler']
const ofBaselineOnly = 'icon'

function* misplaced(layout: unknown, contents: readonly unknown[]): Generator<Breach> {
  const isBaseline = layout === 'baseline'
  for (const [at, component] of contents.entries()) {
    const type = property(component, 'type')
    if (isBaseline && !inBaseline.includes(type))
      yield {
        path: ['contents', at, 'type'],
        allowed: 'icon, text or filler in a baseline box',
        found: 'another component',
      }
    if (!isBaseline && type === ofBaselineOnly)
      yield {
        path: ['contents', at, 'type'],
        allowed: 'a type other than icon, except in a baseline box',
        found: 'an icon',
      }
  }
}

export const FlexBox: Schema<T.FlexBox> = /* @__PURE__ */ schema(() =>
  closedObject({
    type: z.literal('box'),
    layout: z.enum(['horizontal', 'vertical', 'baseline']),
    contents: list(z.lazy(FlexBoxContent)),
    ...item(),
    ...spaced(),
    ...placed(),
    backgroundColor: z.optional(flexColor()),
    borderColor: z.optional(flexColor()),
    borderWidth: z.optional(flexBorderWidth()),
    cornerRadius: z.optional(flexSpacing()),
    width: z.optional(flexLength()),
    maxWidth: z.optional(flexLength()),
    height: z.optional(flexLength()),
    maxHeight: z.optional(flexLength()),
    spacing: z.optional(flexSpacing()),
    paddingAll: z.optional(flexPadding()),
    paddingTop: z.optional(flexPadding()),
    paddingBottom: z.optional(flexPadding()),
    paddingStart: z.optional(flexPadding()),
    paddingEnd: z.optional(flexPadding()),
    action: area(),
    justifyContent: z.optional(
      z.enum(['center', 'flex-start', 'flex-end', 'space-between', 'space-around', 'space-evenly']),
    ),
    alignItems: z.optional(z.enum(['center', 'flex-start', 'flex-end'])),
    background: z.optional(FlexBoxLinearGradient()),
  }).check(looseRule(({ layout, contents }) => (Array.isArray(contents) ? [...misplaced(layout, contents)] : []))),
)

export const FlexButton: Schema<T.FlexButton> = /* @__PURE__ */ schema(() =>
  closedObject({
    type: z.literal('button'),
    action: FlexButtonAction(),
    ...item(),
    ...spaced(),
    ...placed(),
    height: z.optional(z.enum(['sm', 'md'])),
    style: z.optional(z.enum(['primary', 'secondary', 'link'])),
    color: z.optional(flexColor()),
    gravity: gravity(),
    adjustMode: shrinking(),
    scaling: z.optional(z.boolean()),
  }),
)

export const FlexImage: Schema<T.FlexImage> = /* @__PURE__ */ schema(() =>
  closedObject({
    type: z.literal('image'),
    url: fileUrl(),
    ...item(),
    ...spaced(),
    ...placed(),
    align: alignment(),
    gravity: gravity(),
    size: z.optional(flexImageSize()),
    aspectRatio: z.optional(flexAspectRatio()),
    aspectMode: z.optional(z.enum(['cover', 'fit'])),
    backgroundColor: z.optional(flexColor()),
    action: area(),
    animated: z.optional(z.boolean()),
  }),
)

export const FlexVideo: Schema<T.FlexVideo> = /* @__PURE__ */ schema(() =>
  closedObject({
    type: z.literal('video'),
    url: fileUrl(),
    previewUrl: fileUrl(),
    altContent: z.discriminatedUnion('type', [FlexBox(), FlexImage()]),
    aspectRatio: z.optional(flexAspectRatio()),
    action: z.optional(FlexVideoAction()),
  }),
)

export const FlexIcon: Schema<T.FlexIcon> = /* @__PURE__ */ schema(() =>
  closedObject({
    type: z.literal('icon'),
    url: fileUrl(),
    ...spaced(),
    ...placed(),
    size: z.optional(flexFontSize()),
    aspectRatio: z.optional(flexAspectRatio()),
    scaling: z.optional(z.boolean()),
  }),
)

const letters = () => ({
  size: z.optional(flexFontSize()),
  color: z.optional(flexColor()),
  weight: z.optional(z.enum(['regular', 'bold'])),
  style: z.optional(z.enum(['normal', 'italic'])),
  decoration: z.optional(z.enum(['none', 'underline', 'line-through'])),
})

export const FlexSpan: Schema<T.FlexSpan> = /* @__PURE__ */ schema(() =>
  closedObject({ type: z.literal('span'), text: z.optional(z.string()), ...letters() }),
)

export const FlexText: Schema<T.FlexText> = /* @__PURE__ */ schema(() =>
  closedObject({
    type: z.literal('text'),
    text: z.optional(filled()),
    contents: z.optional(list(FlexSpan())),
    ...letters(),
    ...item(),
    ...spaced(),
    ...placed(),
    adjustMode: shrinking(),
    scaling: z.optional(z.boolean()),
    align: alignment(),
    gravity: gravity(),
    wrap: z.optional(z.boolean()),
    lineSpacing: z.optional(flexPixels()),
    maxLines: z.optional(z.int().check(z.minimum(0))),
    action: area(),
  }).check(
    looseRule(({ text, contents }) =>
      text === undefined && contents === undefined
        ? [{ path: [], allowed: 'an object with `text` or `contents`', found: 'an object with neither' }]
        : [],
    ),
  ),
)

export const FlexSeparator: Schema<T.FlexSeparator> = /* @__PURE__ */ schema(() =>
  closedObject({ type: z.literal('separator'), ...spaced(), color: z.optional(flexColor()) }),
)

export const FlexFiller: Schema<T.FlexFiller> = /* @__PURE__ */ schema(() =>
  closedObject({ type: z.literal('filler'), ...item() }),
)

export const FlexBoxContent: Schema<T.FlexBoxContent> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [
    FlexBox(),
    FlexButton(),
    FlexImage(),
    FlexIcon(),
    FlexText(),
    FlexSeparator(),
    FlexFiller(),
  ]),
)
