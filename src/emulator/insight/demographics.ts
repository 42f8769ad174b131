import type { FriendDemographics } from '../../insight/types.js'
import type { AccountState, PersonState } from '../state.js'
import { areaName } from './areas.js'

const day = 24 * 60 * 60 * 1000
/** The target reach from which on LINE tells. */
const leastReach = 20

const ageBands = [14, 19, 24, 29, 34, 39, 44, 49] as const
const periods = [7, 30, 90, 180, 365] as const

function ageBand(age: number | undefined): string {
  if (age === undefined) return 'unknown'
  const at = ageBands.findIndex((last) => age <= last)
  return at < 0 ? 'from50' : `from${at ? (ageBands[at - 1] ?? 0) + 1 : 0}to${ageBands[at]}`
}

function period(days: number): string {
  const most = periods.find((end) => days < end)
  return most === undefined ? 'over365days' : `within${most}days`
}

/** The share of each value, in percent with one decimal, the largest first. */
function shares(values: readonly string[]): { readonly value: string; readonly percentage: number }[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, percentage: Math.round((1000 * count) / values.length) / 10 }))
    .sort((one, other) => other.percentage - one.percentage)
}

/** Who the friends of an account are, by what LINE knows of them. */
export function demographicsOf(
  account: AccountState,
  friends: readonly PersonState[],
  now: number,
): FriendDemographics {
  const available = friends.length >= leastReach
  const told = available ? friends : []
  const share = (tell: (person: PersonState) => string) => shares(told.map(tell))
  // LINE counts from the day after they became friends.
  const days = (person: PersonState) => (now - (account.friendships.get(person)?.since ?? now)) / day - 1
  return {
    available,
    genders: share(({ attributes }) => attributes.gender ?? 'unknown').map(({ value, percentage }) => ({
      gender: value,
      percentage,
    })),
    ages: share(({ attributes }) => ageBand(attributes.age)).map(({ value, percentage }) => ({
      age: value,
      percentage,
    })),
    areas: share(({ attributes }) => areaName(attributes.area)).map(({ value, percentage }) => ({
      area: value,
      percentage,
    })),
    appTypes: share(({ attributes }) => attributes.appType ?? 'others').map(({ value, percentage }) => ({
      appType: value,
      percentage,
    })),
    subscriptionPeriods: share((person) => period(days(person))).map(({ value, percentage }) => ({
      subscriptionPeriod: value,
      percentage,
    })),
  }
}
