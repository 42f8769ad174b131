import { dayNumber, lineDate } from '../../core/dates.js'
import type { NumberOfMessages } from '../../messaging/delivery/types.js'
import type { AccountState } from '../state.js'
import { keep } from '../world.js'

/** What LINE counts apart from each other. */
export type SentKind = 'reply' | 'push' | 'multicast' | 'broadcast' | 'notification' | 'templated notification'

/** LINE has counted since this day. */
const firstDay = '20180331'

// By kind and day.
const counts = keep<AccountState, Map<string, number>>(() => new Map())

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
