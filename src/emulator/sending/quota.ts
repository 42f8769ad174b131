import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import type { AccountState } from '../state.js'

const tokyo = 9 * 60 * 60 * 1000

/** The month that a time falls into. LINE does not say in which time zone its months begin; its other counts are kept in UTC+9. */
export function monthOf(now: number): string {
  return new Date(now + tokyo).toISOString().slice(0, 7)
}

/** How many messages the account has sent in the month of `now`. */
export function usageOf(account: AccountState, now: number): number {
  return account.usage.get(monthOf(now)) ?? 0
}

/** How many messages the account may still send in the month of `now`, less what narrowcasts have set aside. */
export function remaining(account: AccountState, now: number): number {
  return (account.settings.monthlyLimit ?? Number.POSITIVE_INFINITY) - usageOf(account, now) - account.reserved
}

/** Counts messages that have been sent: one for each person reached, however many message objects they got. */
export function count(account: AccountState, people: number, now: number): void {
  account.usage.set(monthOf(now), usageOf(account, now) + people)
}

/** Counts messages about to be sent, and refuses when the month's limit does not hold them all. */
export function charge(account: AccountState, people: number, now: number): void {
  if (people > remaining(account, now)) refuse(429, words.monthlyLimit)
  count(account, people, now)
}
