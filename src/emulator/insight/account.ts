import { dayNumber, lineDate } from '../../core/dates.js'
import type * as operations from '../../insight/account/operations.js'
import type { CountingStatus, MessageDeliveries } from '../../insight/types.js'
import { reachableFriends } from '../chat/chat.js'
import { unmetFriends } from '../people/crowd.js'
import type { Handlers } from '../platform/handler.js'
import { sentOn } from '../sending/sent-counts.js'
import type { AccountState } from '../state.js'
import { demographicsOf } from './demographics.js'
import { figuresOf } from './figures.js'

const msPerDay = 24 * 60 * 60 * 1000
const utcPlus9 = 9 * 60 * 60 * 1000

/** The days on which LINE began to count. */
const began = { deliveries: '20170301', followers: '20161101' }

function status(account: AccountState, date: string, first: string, now: number): CountingStatus {
  if (date < first) return 'out_of_service'
  return date >= lineDate(now) || figuresOf(account).unready.has(date) ? 'unready' : 'ready'
}

const apiKinds = { apiBroadcast: 'broadcast', apiPush: 'push', apiMulticast: 'multicast', apiReply: 'reply' } as const

/** A number is there only where there were such messages. */
function deliveriesOn(account: AccountState, date: string, now: number): Omit<MessageDeliveries, 'status'> {
  const numbers = Object.entries(apiKinds).map(
    ([name, kind]) => [name, sentOn(account, kind, date, now).success] as const,
  )
  return Object.fromEntries(numbers.filter(([, number]) => number))
}

function followersAt(account: AccountState, date: string) {
  const end = ((dayNumber(date) ?? 0) + 1) * msPerDay - utcPlus9
  // Who has never been a friend has blocked the account as a stranger.
  const everFriends = [...account.friendships.values()].filter(({ friend, since }) => friend && since < end)
  const blocks = everFriends.filter(({ blocked }) => blocked).length
  const followers = everFriends.length + unmetFriends(account, end)
  return { followers, targetedReaches: followers - blocks, blocks }
}

/** Tells what an account sent, and whom it reaches. */
export const handlers: Handlers<typeof operations> = {
  getNumberOfMessageDeliveries({ date }, { account, now }) {
    const counting = status(account, date, began.deliveries, now)
    if (counting !== 'ready') return { status: counting }
    return { status: counting, ...(figuresOf(account).deliveries.get(date) ?? deliveriesOn(account, date, now)) }
  },

  getNumberOfFollowers({ date }, { account, now }) {
    const counting = status(account, date, began.followers, now)
    if (counting !== 'ready') return { status: counting, followers: null, targetedReaches: null, blocks: null }
    return { status: counting, ...(figuresOf(account).followers.get(date) ?? followersAt(account, date)) }
  },

  getFriendsDemographics(_, { account, now }) {
    return figuresOf(account).demographics ?? demographicsOf(account, reachableFriends(account), now)
  },
}
