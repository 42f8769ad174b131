import * as z from 'zod/mini'
import type * as T from './values.js'

const spacings = ['none', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl'] as const
const fontSizes = ['xxs', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl', '3xl', '4xl', '5xl'] as const

/** The keywords of each kind of value. */
export const keywords = {
  spacing: spacings,
  padding: spacings,
  offset: spacings,
  borderWidth: ['none', 'light', 'normal', 'medium', 'semi-bold', 'bold'],
  fontSize: fontSizes,
  imageSize: [...fontSizes, 'full'],
} as const

const pixels = /^\d+(?:\.\d+)?px$/
const length = /^\d+(?:\.\d+)?(?:px|%)$/
const shift = /^-?\d+(?:\.\d+)?(?:px|%)$/
const hex = /^#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/

/** Text of a form that a type says better than a pattern. */
// @__NO_SIDE_EFFECTS__
function form<Value extends string>(allowed: string, fits: (text: string) => boolean): z.ZodMiniType<Value> {
  const checked: unknown = z.string().check(
    z.check(({ value, issues }) => {
      if (!fits(value))
        issues.push({ code: 'invalid_format', format: 'regex', message: allowed, input: value, continue: true })
    }),
  )
  return checked as z.ZodMiniType<Value> // what fits is text of that form
}

// @__NO_SIDE_EFFECTS__
function sized<Value extends string>(words: readonly string[], pattern: RegExp, more: string): z.ZodMiniType<Value> {
  const known = new Set(words)
  return form(`one of ${words.join(', ')}, ${more}`, (text) => known.has(text) || pattern.test(text))
}

const inPixels = 'or pixels such as 12px'
const inBoth = 'or pixels such as 12px, or a percentage such as 50%'

// @__NO_SIDE_EFFECTS__
export const flexPixels = (): z.ZodMiniType<T.FlexPixels> => form('pixels such as 12px', (text) => pixels.test(text))

// @__NO_SIDE_EFFECTS__
export const flexLength = (): z.ZodMiniType<T.FlexLength> =>
  form('pixels such as 12px, or a percentage such as 50%', (text) => length.test(text))

// @__NO_SIDE_EFFECTS__
export const flexSpacing = (): z.ZodMiniType<T.FlexSpacing> => sized(keywords.spacing, pixels, inPixels)

// @__NO_SIDE_EFFECTS__
export const flexPadding = (): z.ZodMiniType<T.FlexPadding> => sized(keywords.padding, length, inBoth)

// @__NO_SIDE_EFFECTS__
export const flexOffset = (): z.ZodMiniType<T.FlexOffset> => sized(keywords.offset, shift, inBoth)

// @__NO_SIDE_EFFECTS__
export const flexBorderWidth = (): z.ZodMiniType<T.FlexBorderWidth> => sized(keywords.borderWidth, pixels, inPixels)

// @__NO_SIDE_EFFECTS__
export const flexFontSize = (): z.ZodMiniType<T.FlexFontSize> => sized(keywords.fontSize, pixels, inPixels)

// @__NO_SIDE_EFFECTS__
export const flexImageSize = (): z.ZodMiniType<T.FlexImageSize> => sized(keywords.imageSize, length, inBoth)

function isRatio(text: string): boolean {
  const [, width, height] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(text)?.map(Number) ?? []
  if (width === undefined || height === undefined) return false
  return [width, height].every((side) => side >= 1 && side <= 100_000) && height <= 3 * width
}

// @__NO_SIDE_EFFECTS__
export const flexAspectRatio = (): z.ZodMiniType<T.FlexAspectRatio> =>
  form('width:height such as 20:13, both from 1 to 100000, the height at most 3 times the width', isRatio)

const isUpTo = (text: string, pattern: RegExp, fits: (amount: number) => boolean) => {
  const [, amount] = pattern.exec(text) ?? []
  return amount !== undefined && fits(Number(amount))
}

// @__NO_SIDE_EFFECTS__
export const flexAngle = (): z.ZodMiniType<T.FlexAngle> =>
  form('an angle such as 90deg, from 0deg to below 360deg', (text) =>
    isUpTo(text, /^(\d+(?:\.\d+)?)deg$/, (angle) => angle < 360),
  )

// @__NO_SIDE_EFFECTS__
export const flexPosition = (): z.ZodMiniType<T.FlexPercentage> =>
  form('a percentage from 0% to 100%', (text) => isUpTo(text, /^(\d+(?:\.\d+)?)%$/, (part) => part <= 100))

// @__NO_SIDE_EFFECTS__
export const flexColor = (): z.ZodMiniType<string> =>
  form('a color such as #06C755, or #06C755FF', (text) => hex.test(text))
