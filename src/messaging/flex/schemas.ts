import * as z from 'zod/mini'
import { property } from '../../core/property.js'
import { closedObject } from '../../core/schema/closed-object.js'
import { type Schema, schema } from '../../core/schema/schema.js'
import { type Breach, list, looseRule } from '../../core/schema/schema-parts.js'
import { FlexAreaAction } from '../action/schemas.js'
import { visitComponents } from '../message/build.js'
import { altText, messageOptions } from '../message/option-schemas.js'
import { FlexBox, FlexImage, FlexVideo } from './component-schemas.js'
import type * as T from './types.js'
import { flexColor } from './value-schemas.js'

export const FlexBlockStyle: Schema<T.FlexBlockStyle> = /* @__PURE__ */ schema(() =>
  closedObject({
    backgroundColor: z.optional(flexColor()),
    separator: z.optional(z.boolean()),
    separatorColor: z.optional(flexColor()),
  }),
)

export const FlexBubbleStyles: Schema<T.FlexBubbleStyles> = /* @__PURE__ */ schema(() => {
  const style = () => z.optional(FlexBlockStyle())
  return closedObject({ header: style(), hero: style(), body: style(), footer: style() })
})

// Values that cannot be serialized are reported elsewhere.
function jsonBytes(value: unknown): number {
  try {
    return new TextEncoder().encode(JSON.stringify(value)).length
  } catch {
    return 0
  }
}

/** Limits the size of the serialized JSON, in kilobytes. */
const tooLarge =
  (kilobytes: number) =>
  (value: unknown): readonly Breach[] => {
    const bytes = jsonBytes(value)
    return bytes > kilobytes * 1024
      ? [
          {
            path: [],
            rule: 'bytes',
            allowed: `at most ${kilobytes} KB (${kilobytes * 1024} bytes) of JSON`,
            found: `${bytes} bytes`,
          },
        ]
      : []
  }

// The default size is `mega`.
const forVideos: readonly unknown[] = [undefined, 'kilo', 'mega', 'giga']

export const FlexBubble: Schema<T.FlexBubble> = /* @__PURE__ */ schema(() =>
  closedObject({
    type: z.literal('bubble'),
    size: z.optional(z.enum(['nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga'])),
    direction: z.optional(z.enum(['ltr', 'rtl'])),
    header: z.optional(FlexBox()),
    hero: z.optional(z.discriminatedUnion('type', [FlexBox(), FlexImage(), FlexVideo()])),
    body: z.optional(FlexBox()),
    footer: z.optional(FlexBox()),
    styles: z.optional(FlexBubbleStyles()),
    action: z.optional(FlexAreaAction()),
  }).check(
    looseRule(tooLarge(30)),
    looseRule(({ header, hero, body, footer }) =>
      [header, hero, body, footer].every((block) => block === undefined)
        ? [{ path: [], allowed: 'a bubble with a header, hero, body or footer', found: 'a bubble with none of them' }]
        : [],
    ),
    looseRule(({ size, hero }) =>
      property(hero, 'type') === 'video' && !forVideos.includes(size)
        ? [
            {
              path: ['hero', 'type'],
              allowed: 'a type other than video in a bubble whose size is not kilo, mega or giga',
              found: 'a video',
            },
          ]
        : [],
    ),
  ),
)

const sizeOf = (bubble: unknown): unknown => property(bubble, 'size') ?? 'mega'

function* wrongInCarousel(bubbles: readonly unknown[]): Generator<Breach> {
  for (const [at, bubble] of bubbles.entries()) {
    if (sizeOf(bubble) !== sizeOf(bubbles[0]))
      yield {
        path: ['contents', at, 'size'],
        allowed: 'the size of the first bubble (default: mega)',
        found: 'another size',
      }
    if (property(property(bubble, 'hero'), 'type') === 'video')
      yield {
        path: ['contents', at, 'hero', 'type'],
        allowed: 'a type other than video in a carousel',
        found: 'a video',
      }
  }
}

export const FlexCarousel: Schema<T.FlexCarousel> = /* @__PURE__ */ schema(() =>
  closedObject({ type: z.literal('carousel'), contents: list(FlexBubble(), 1, 12) }).check(
    looseRule(tooLarge(50)),
    looseRule(({ contents }) => (Array.isArray(contents) ? [...wrongInCarousel(contents)] : [])),
  ),
)

export const FlexContainer: Schema<T.FlexContainer> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [FlexBubble(), FlexCarousel()]),
)

function countAnimated(contents: unknown): number {
  let count = 0
  visitComponents(contents, ({ animated }) => {
    if (animated === true) count++
  })
  return count
}

export const FlexMessage: Schema<T.FlexMessage> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('flex'), altText: altText(), contents: FlexContainer(), ...messageOptions() }).check(
    looseRule(({ contents }) => {
      const count = countAnimated(contents)
      return count > 10
        ? [
            {
              path: ['contents'],
              allowed: 'contents with at most 10 animated images',
              found: `contents with ${count} animated images`,
            },
          ]
        : []
    }),
  ),
)
