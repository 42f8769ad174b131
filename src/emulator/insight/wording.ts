import { refuse } from '../platform/refusal.js'
import type { Wording } from '../platform/words.js'

/** What LINE says here of days that are none, or not in order. */
export const wording: Wording = ({ path, rule, allowed }, input) => {
  const most = path === 'to' && rule === 'other' ? /up to (\d+) days/.exec(allowed)?.[1] : undefined
  if (most === undefined) return refuse(400, 'Bad Request')
  const isBefore = String(Reflect.get(input, 'to')) < String(Reflect.get(input, 'from'))
  return refuse(
    400,
    isBefore
      ? 'Parameter to must be the same date as, or after parameter from.'
      : `Date range exceeds. Max range is ${most} days.`,
  )
}
