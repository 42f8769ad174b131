import { dayNumber, lineDate } from '../../core/dates.js'
import * as operations from '../../insight/account/operations.js'
import type { CountingStatus, FriendDemographics, MessageDeliveries } from '../../insight/types.js'
import { reachableFriends } from '../chat.js'
import { sentOn } from '../messaging/counts.js'
import { pendingBulkFriends } from '../people/bulk-friends.js'
import { type Handlers, type Route, route } from '../platform/handler.js'
import { hasAudiences } from '../settings.js'
import type { AccountState, PersonState } from '../state.js'
import { figuresOf, inputMessages } from './figures.js'

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
  // A user who has never been a friend may still have blocked the account.
  const everFriends = [...account.friendships.values()].filter(({ friend, since }) => friend && since < end)
  const blocks = everFriends.filter(({ blocked }) => blocked).length
  const followers = everFriends.length + pendingBulkFriends(account, end)
  return { followers, targetedReaches: followers - blocks, blocks }
}

/** Returns the sent messages and the followers of an account. */
const handlers: Handlers<typeof operations> = {
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
  const available = friends.length >= leastReach && hasAudiences(account)
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

// In the order of LINE's codes, and in the language of the country, as LINE writes them in its figures.
const names: { readonly [country: string]: readonly string[] } = {
  jp: '北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山 石川 福井 山梨 長野 岐阜 静岡 愛知 三重 滋賀 京都 大阪 兵庫 奈良 和歌山 鳥取 島根 岡山 広島 山口 徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分 宮崎 鹿児島 沖縄'.split(
    ' ',
  ),
  tw: '台北市 新北市 桃園市 台中市 台南市 高雄市 基隆市 新竹市 嘉義市 新竹縣 苗栗縣 彰化縣 南投縣 雲林縣 嘉義縣 屏東縣 宜蘭縣 花蓮縣 台東縣 澎湖縣 金門縣 連江縣'.split(
    ' ',
  ),
  th: 'Bangkok Pattaya Northern Central Southern Eastern NorthEastern Western'.split(' '),
}

/** The name of an area such as `jp_13`; `unknown` where LINE knows none. */
export function areaName(area: string | undefined): string {
  const [country = '', number] = area?.split('_') ?? []
  return names[country]?.[Number(number) - 1] ?? 'unknown'
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers, {
  messages: inputMessages,
})
