import * as z from 'zod/mini'
import { maxUnits } from '../../core/schema/schema-parts.js'
import { countGraphemes } from './graphemes.js'

// LINE responds 400 "invalid uri scheme" to characters that RFC 3986 does not allow in a URI.
const httpsUrl = /^https:\/\/[^\s"<>\\^`{|}]+$/i
const openableUri = /^(?:https?:\/\/|line:\/\/|tel:)[^\s"<>\\^`{|}]+$/i

/** The URL of a file that LINE fetches: `https`, at most 2000 UTF-16 code units. */
// @__NO_SIDE_EFFECTS__
export function fileUrl(): z.ZodMiniString {
  return z.string().check(maxUnits(2000), z.regex(httpsUrl, { error: 'an https URL, percent-encoded' }))
}

/** A link that the LINE app opens: `http`, `https`, `line` or `tel`, at most 1000 UTF-16 code units. */
// @__NO_SIDE_EFFECTS__
export function linkUri(): z.ZodMiniString {
  return z
    .string()
    .check(maxUnits(1000), z.regex(openableUri, { error: 'an http, https, line or tel link, percent-encoded' }))
}

/** Limits a string to a number of grapheme clusters. */
// @__NO_SIDE_EFFECTS__
export function maxGraphemes(maximum: number): z.core.$ZodCheck<string> {
  const check = z.check<string>(({ value, issues }) => {
    // A grapheme cluster has at least one UTF-16 code unit, so most strings need no segmentation.
    if (value.length <= maximum) return
    const length = countGraphemes(value)
    if (length > maximum)
      issues.push({
        code: 'too_big',
        origin: 'string',
        maximum,
        inclusive: true,
        unit: 'grapheme',
        length,
        input: value,
        continue: true,
      })
  })
  check._zod.onattach.push((text) => Object.assign(text._zod.bag, { maximum }))
  return check
}
