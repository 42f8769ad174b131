import * as z from 'zod/mini'
import { plural } from '../../core/plural.js'
import { property } from '../../core/property.js'
import { type Schema, schema } from '../../core/schema/schema.js'
import { type Breach, list, looseRule } from '../../core/schema/schema-parts.js'
import { ImageCarouselAction, TemplateButtonAction } from '../action/schemas.js'
import { countGraphemes } from '../message/graphemes.js'
import { altText, messageOptions } from '../message/option-schemas.js'
import { fileUrl, maxGraphemes } from '../message/schema-parts.js'
import type * as T from './types.js'

const text = (limit: number) => z.string().check(z.minLength(1), maxGraphemes(limit))

const imageOptions = () => ({
  imageAspectRatio: z.optional(z.enum(['rectangle', 'square'])),
  imageSize: z.optional(z.enum(['cover', 'contain'])),
})

const card = () => ({
  thumbnailImageUrl: z.optional(fileUrl()),
  imageBackgroundColor: z.optional(
    z.string().check(z.regex(/^#[0-9A-Fa-f]{6}$/, { error: 'a color such as #FFFFFF' })),
  ),
  title: z.optional(text(40)),
  defaultAction: z.optional(TemplateButtonAction()),
})

// Text above the limit without an image or a title is reported by the field's own check.
const textFits = (limit: number) =>
  looseRule<Pick<T.CarouselColumn, 'thumbnailImageUrl' | 'title' | 'text'>>(({ thumbnailImageUrl, title, text }) => {
    if ((thumbnailImageUrl === undefined && title === undefined) || typeof text !== 'string' || text.length <= 60)
      return []
    const length = countGraphemes(text)
    return length > 60 && length <= limit
      ? [
          {
            path: ['text'],
            allowed: 'a string of at most 60 grapheme clusters if the column has an image or a title',
            found: `a string of ${length} grapheme clusters`,
            rule: 'length',
            maximum: 60,
          },
        ]
      : []
  })

export const ButtonsTemplate: Schema<T.ButtonsTemplate> = /* @__PURE__ */ schema(() =>
  z
    .object({
      type: z.literal('buttons'),
      ...imageOptions(),
      ...card(),
      text: text(160),
      actions: list(TemplateButtonAction(), 1, 4),
    })
    .check(textFits(160)),
)

export const ConfirmTemplate: Schema<T.ConfirmTemplate> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('confirm'), text: text(240), actions: list(TemplateButtonAction(), 2, 2) }),
)

export const CarouselColumn: Schema<T.CarouselColumn> = /* @__PURE__ */ schema(() =>
  z.object({ ...card(), text: text(120), actions: list(TemplateButtonAction(), 1, 3) }).check(textFits(120)),
)

// LINE displays all columns at the same height, so they must have the same elements.
function* differencesToFirst(columns: readonly unknown[]): Generator<Breach> {
  const [first, ...others] = columns
  const actions = property(first, 'actions')
  for (const [index, column] of others.entries()) {
    const at = index + 1
    const columnActions = property(column, 'actions')
    if (Array.isArray(actions) && Array.isArray(columnActions) && columnActions.length !== actions.length)
      yield {
        path: ['columns', at, 'actions'],
        allowed: `an array of ${plural(actions.length, 'item')}, as in the first column`,
      }
    for (const name of ['thumbnailImageUrl', 'title'] as const) {
      const isPresent = property(first, name) !== undefined
      if (isPresent !== (property(column, name) !== undefined))
        yield { path: ['columns', at, name], allowed: `${isPresent ? 'present' : 'omitted'}, as in the first column` }
    }
  }
}

export const CarouselTemplate: Schema<T.CarouselTemplate> = /* @__PURE__ */ schema(() =>
  z
    .object({ type: z.literal('carousel'), columns: list(CarouselColumn(), 1, 10), ...imageOptions() })
    .check(looseRule(({ columns }) => (Array.isArray(columns) ? [...differencesToFirst(columns)] : []))),
)

export const ImageCarouselColumn: Schema<T.ImageCarouselColumn> = /* @__PURE__ */ schema(() =>
  z.object({ imageUrl: fileUrl(), action: ImageCarouselAction() }),
)

export const ImageCarouselTemplate: Schema<T.ImageCarouselTemplate> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('image_carousel'), columns: list(ImageCarouselColumn(), 1, 10) }),
)

export const Template: Schema<T.Template> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [ButtonsTemplate(), ConfirmTemplate(), CarouselTemplate(), ImageCarouselTemplate()]),
)

export const TemplateMessage: Schema<T.TemplateMessage> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('template'), altText: altText(), template: Template(), ...messageOptions() }),
)
