import * as z from 'zod/mini'
import { segmentGraphemes } from './segments.js'

/**
 * Counts grapheme clusters, the unit of LINE's limits on what people read on a button: a family emoji is one.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/text-character-count/
 */
export function countGraphemes(text: string): number {
  let count = 0
  for (const _ of segmentGraphemes(text)) count++
  return count
}

/** Holds a text to so many grapheme clusters. */
// @__NO_SIDE_EFFECTS__
export function maxGraphemes(maximum: number): z.core.$ZodCheck<string> {
  const check = z.check<string>(({ value, issues }) => {
    // No cluster is shorter than one UTF-16 unit, so most texts need no counting.
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
