import * as z from 'zod/mini'
import type * as T from './types.js'

const spacings = ['none', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl'] as const
const fontSizes = ['xxs', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl', '3xl', '4xl', '5xl'] as const

/** The keywords of each type of value. */
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

/** A string in a format that its type expresses better than a pattern. */
// @__NO_SIDE_EFFECTS__
function formatted<Value extends string>(allowed: string, matches: (text: string) => boolean): z.ZodMiniType<Value> {
  const checked: unknown = z.string().check(
    z.check(({ value, issues }) => {
      if (!matches(value))
        issues.push({ code: 'invalid_format', format: 'regex', message: allowed, input: value, continue: true })
    }),
  )
  return checked as z.ZodMiniType<Value> // a string that matches has this format
}

// @__NO_SIDE_EFFECTS__
function sized<Value extends string>(
  keywords: readonly string[],
  pattern: RegExp,
  others: string,
): z.ZodMiniType<Value> {
  const known = new Set(keywords)
  return formatted(`one of ${keywords.join(', ')}, ${others}`, (text) => known.has(text) || pattern.test(text))
}

const inPixels = 'or pixels such as 12px'
const inBoth = 'or pixels such as 12px, or a percentage such as 50%'

// @__NO_SIDE_EFFECTS__
export const flexPixels = (): z.ZodMiniType<T.FlexPixels> =>
  formatted('pixels such as 12px', (text) => pixels.test(text))

// @__NO_SIDE_EFFECTS__
export const flexLength = (): z.ZodMiniType<T.FlexLength> =>
  formatted('pixels such as 12px, or a percentage such as 50%', (text) => length.test(text))

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
  formatted('width:height such as 20:13, both from 1 to 100000, the height at most 3 times the width', isRatio)

const isUpTo = (text: string, pattern: RegExp, fits: (amount: number) => boolean) => {
  const [, amount] = pattern.exec(text) ?? []
  return amount !== undefined && fits(Number(amount))
}

// @__NO_SIDE_EFFECTS__
export const flexAngle = (): z.ZodMiniType<T.FlexAngle> =>
  formatted('an angle such as 90deg, from 0deg to below 360deg', (text) =>
    isUpTo(text, /^(\d+(?:\.\d+)?)deg$/, (angle) => angle < 360),
  )

// @__NO_SIDE_EFFECTS__
export const flexPosition = (): z.ZodMiniType<T.FlexPercentage> =>
  formatted('a percentage from 0% to 100%', (text) => isUpTo(text, /^(\d+(?:\.\d+)?)%$/, (part) => part <= 100))

// @__NO_SIDE_EFFECTS__
export const flexColor = (): z.ZodMiniType<string> =>
  formatted('a color such as #06C755, or #06C755FF', (text) => hex.test(text))
