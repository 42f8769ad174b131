import type { AccountState } from '../state.js'
import { keep } from '../world.js'
import { monthOf } from './quota.js'

/** How many names LINE counts messages under in a month. It drops more without a word. */
const mostUnits = 1000

// By month.
const units = keep<AccountState, Map<string, Set<string>>>(() => new Map())

/** The names that messages of the month of `now` have been counted under. */
export function unitsOf(account: AccountState, now: number): ReadonlySet<string> {
  return units(account).get(monthOf(now)) ?? new Set()
}

/** Counts a message that has been sent under its names, as far as there is room for them. */
export function countUnder(account: AccountState, names: readonly string[] | undefined, now: number): void {
  if (!names) return
  const month = monthOf(now)
  const known = units(account).get(month) ?? new Set()
  units(account).set(month, known)
  for (const name of names) if (known.size < mostUnits) known.add(name)
}
