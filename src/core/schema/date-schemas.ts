import * as z from 'zod/mini'
import { dayNumber } from '../dates.js'
import { plural } from '../plural.js'
import { rule } from './schema-parts.js'

/** A schema for an existing day, written as `yyyyMMdd`. */
// @__NO_SIDE_EFFECTS__
export function day(): z.ZodMiniString {
  return z.string().check(
    z.regex(/^[0-9]{8}$/, { error: 'a date in the format yyyyMMdd, such as 20260618', abort: true }),
    rule((text) => (dayNumber(text) === undefined ? [{ path: [], allowed: 'a date that exists' }] : [])),
  )
}

/** A check that `to` is the same day as `from`, or at most a number of days later. */
// @__NO_SIDE_EFFECTS__
export function period(most: number): z.core.$ZodCheck<{ readonly from: string; readonly to: string }> {
  return rule(({ from, to }) => {
    const days = (dayNumber(to) ?? Number.NaN) - (dayNumber(from) ?? Number.NaN)
    // A string that is not a date is reported by its own schema.
    if (Number.isNaN(days) || (days >= 0 && days <= most)) return []
    return [
      {
        path: ['to'],
        allowed: `the same day as from, or at most ${most} days later`,
        found: `${plural(Math.abs(days), 'day')} ${days < 0 ? 'earlier' : 'later'}`,
      },
    ]
  })
}
