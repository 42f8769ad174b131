import * as z from 'zod/mini'
import { dayNumber } from '../dates.js'
import { rule } from './schema-parts.js'

/** A schema for an existing day, written as `yyyyMMdd`. */
// @__NO_SIDE_EFFECTS__
export function day(): z.ZodMiniString {
  return z.string().check(
    z.regex(/^[0-9]{8}$/, { error: 'a day as yyyyMMdd, such as 20260618', abort: true }),
    rule((text) => (dayNumber(text) === undefined ? [{ path: [], allowed: 'a day that exists' }] : [])),
  )
}

/** A check that `to` is the day of `from`, or up to a number of days after it. */
// @__NO_SIDE_EFFECTS__
export function period(most: number): z.core.$ZodCheck<{ readonly from: string; readonly to: string }> {
  return rule(({ from, to }) => {
    const days = (dayNumber(to) ?? Number.NaN) - (dayNumber(from) ?? Number.NaN)
    // A text that is not a day has its own problem.
    if (Number.isNaN(days) || (days >= 0 && days <= most)) return []
    return [
      {
        path: ['to'],
        allowed: `the day of from, or up to ${most} days after it`,
        found: `${Math.abs(days)} days ${days < 0 ? 'before' : 'after'} it`,
      },
    ]
  })
}
