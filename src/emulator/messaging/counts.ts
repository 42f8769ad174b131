import { dayNumber, lineDate } from '../../core/dates.js'
import * as aggregation from '../../messaging/aggregation/operations.js'
import * as delivery from '../../messaging/delivery/operations.js'
import type { NumberOfMessages } from '../../messaging/delivery/types.js'
import * as quota from '../../messaging/quota/operations.js'
import { errorMessages } from '../platform/error-messages.js'
import { type Handlers, type Route, route } from '../platform/handler.js'
import { nextPage } from '../platform/paging.js'
import { refuse } from '../platform/refusal.js'
import type { AccountState } from '../state.js'
import { stateOf } from '../world.js'

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
  if (people > remaining(account, now)) refuse(429, errorMessages.monthlyLimit)
  count(account, people, now)
}

/** The kinds of messages that LINE counts separately. */
export type SentKind = 'reply' | 'push' | 'multicast' | 'broadcast' | 'notification' | 'templated notification'

/** LINE has counted since this day. */
const firstDay = '20180331'

// By kind and day.
const counts = stateOf<AccountState, Map<string, number>>(() => new Map())

/** Counts messages that the API has sent: one for each person reached, however many message objects they got. */
export function countSent(account: AccountState, kind: SentKind, people: number, now: number): void {
  const key = `${kind} ${lineDate(now)}`
  counts(account).set(key, (counts(account).get(key) ?? 0) + people)
}

/** How many messages of a kind the API has sent on a day. LINE has counted them when the day is over in UTC+9; there it may take a day longer. */
export function sentOn(account: AccountState, kind: SentKind, date: string, now: number): NumberOfMessages {
  const day = dayNumber(date) ?? 0
  if (day < (dayNumber(firstDay) ?? 0)) return { status: 'out_of_service' }
  if (day >= (dayNumber(lineDate(now)) ?? 0)) return { status: 'unready' }
  return { status: 'ready', success: counts(account).get(`${kind} ${date}`) ?? 0 }
}

/** The maximum number of unit names per month. LINE ignores more silently. */
const mostUnits = 1000

// By month.
const units = stateOf<AccountState, Map<string, Set<string>>>(() => new Map())

/** The names that messages of the month of `now` have been counted under. */
export function unitsOf(account: AccountState, now: number): ReadonlySet<string> {
  return units(account).get(monthOf(now)) ?? new Set()
}

/** Counts a sent message under its unit names, up to the maximum. */
export function countUnder(account: AccountState, names: readonly string[] | undefined, now: number): void {
  if (!names) return
  const month = monthOf(now)
  const known = units(account).get(month) ?? new Set()
  units(account).set(month, known)
  for (const name of names) if (known.size < mostUnits) known.add(name)
}

/** Returns the monthly limit and the messages used of it. */
const quotaHandlers: Handlers<typeof quota> = {
  getMessageQuota(_, { account }) {
    const { monthlyLimit } = account.settings
    return monthlyLimit === undefined ? { type: 'none' } : { type: 'limited', value: monthlyLimit }
  },

  getMessageQuotaConsumption(_, { account, now }) {
    return { totalUsage: usageOf(account, now) }
  },
}

/** Returns how many messages were sent on a day. */
const deliveryHandlers: Handlers<typeof delivery> = {
  getNumberOfSentReplyMessages: ({ date }, { account, now }) => sentOn(account, 'reply', date, now),
  getNumberOfSentPushMessages: ({ date }, { account, now }) => sentOn(account, 'push', date, now),
  getNumberOfSentMulticastMessages: ({ date }, { account, now }) => sentOn(account, 'multicast', date, now),
  getNumberOfSentBroadcastMessages: ({ date }, { account, now }) => sentOn(account, 'broadcast', date, now),
}

/** Returns the unit names used in this month. */
const aggregationHandlers: Handlers<typeof aggregation> = {
  getAggregationUnitUsage: (_, { account, now }) => ({ numOfCustomAggregationUnits: unitsOf(account, now).size }),

  getAggregationUnitNameList({ start, limit = 100 }, call) {
    const { items, ...more } = nextPage(call, { list: 'aggregation units', start, limit }, () => [
      ...unitsOf(call.account, call.now),
    ])
    return { customAggregationUnits: [...items], ...more }
  },
}

/** What LINE does at the operations of these topics. */
export const routes: readonly Route[] = [
  ...route('channel', quota, quotaHandlers),
  ...route('channel', delivery, deliveryHandlers),
  ...route('channel', aggregation, aggregationHandlers),
]
