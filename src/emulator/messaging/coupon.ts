import type * as operations from '../../messaging/coupon/operations.js'
import type {
  CouponReward,
  CreateCouponReward,
  CreateFixedPrice,
  CreatePercentagePrice,
  FixedPrice,
  PercentagePrice,
} from '../../messaging/coupon/reward.js'
import type { Coupon, CreateCouponInput } from '../../messaging/coupon/types.js'
import { currencyOf } from '../currency.js'
import type { BotCall, Handlers } from '../platform/handler.js'
import { turnPage } from '../platform/paging.js'
import { refuse } from '../platform/refusal.js'
import { mistakes, ours, type Wording, words } from '../platform/words.js'
import type { AccountState } from '../state.js'
import { keep } from '../world.js'

/** How many valid coupons an account may have. */
const mostCoupons = 5000

interface CouponState {
  readonly coupon: Omit<Coupon, 'status'>
  /** Whether it was closed before its end. */
  closed: boolean
}

// By coupon ID, the oldest first.
const coupons = keep<AccountState, Map<string, CouponState>>(() => new Map())

function statusOf({ coupon, closed }: CouponState, now: number): 'RUNNING' | 'CLOSED' {
  return closed || now >= coupon.endTimestamp * 1000 ? 'CLOSED' : 'RUNNING'
}

function known(couponId: string, { account }: BotCall): CouponState {
  return coupons(account).get(couponId) ?? refuse(404, mistakes({ message: words.noCoupon, property: '' }))
}

const priceFields: { readonly [type in 'fixed' | 'percentage' | 'explicit']: readonly string[] } = {
  fixed: ['fixedAmount'],
  percentage: ['percentage'],
  explicit: ['originalPrice', 'priceAfterDiscount'],
}

function checkPrice(reward: CreateCouponReward): void {
  if (reward.type !== 'discount' && reward.type !== 'cashBack') return
  const { priceInfo } = reward
  const strange = Object.values(priceFields)
    .flat()
    .filter((field) => Object.hasOwn(priceInfo, field) && !priceFields[priceInfo.type].includes(field))
  if (strange.length > 0)
    refuse(
      400,
      mistakes(...strange.map((field) => ({ message: words.notToBeThere, property: `reward.priceInfo.${field}` }))),
    )
}

type Currency = ReturnType<typeof currencyOf>

function priceOf(price: CreateFixedPrice | CreatePercentagePrice, currency: Currency): FixedPrice | PercentagePrice {
  if (price.type === 'percentage') return { type: price.type, percentage: price.percentage }
  return { type: price.type, fixedAmount: price.fixedAmount, currency }
}

function rewardOf(reward: CreateCouponReward, currency: Currency): CouponReward {
  if (reward.type === 'cashBack') return { type: reward.type, priceInfo: priceOf(reward.priceInfo, currency) }
  if (reward.type !== 'discount') return { type: reward.type }
  const { priceInfo } = reward
  if (priceInfo.type !== 'explicit') return { type: reward.type, priceInfo: priceOf(priceInfo, currency) }
  const { type, originalPrice, priceAfterDiscount } = priceInfo
  return { type: reward.type, priceInfo: { type, originalPrice, priceAfterDiscount, currency } }
}

function acquisitionOf(condition: CreateCouponInput['acquisitionCondition']): Coupon['acquisitionCondition'] {
  if (condition.type === 'normal') return { type: condition.type }
  const { type, lotteryProbability, maxAcquireCount } = condition
  return { type, lotteryProbability, maxAcquireCount }
}

function couponOf(input: CreateCouponInput, { world, account, now }: BotCall): CouponState['coupon'] {
  const {
    title,
    description,
    usageCondition,
    maxUseCountPerTicket,
    startTimestamp,
    endTimestamp,
    timezone,
    visibility,
    couponCode,
  } = input
  // LINE keeps pictures under addresses of its own.
  const copyOf = (url: string | undefined) => url && `https://oa-coupon.line-scdn.net/${world.ids.opaque(80)}`
  const [imageUrl, barcodeImageUrl] = [copyOf(input.imageUrl), copyOf(input.barcodeImageUrl)]
  return {
    couponId: world.ids.ulid(now),
    title,
    ...(description && { description }),
    ...(usageCondition && { usageCondition }),
    reward: rewardOf(input.reward, currencyOf(account)),
    acquisitionCondition: acquisitionOf(input.acquisitionCondition),
    maxUseCountPerTicket,
    maxTicketPerUser: 1,
    startTimestamp,
    endTimestamp,
    timezone,
    visibility,
    createdTimestamp: Math.floor(now / 1000),
    ...(imageUrl && { imageUrl }),
    ...(couponCode && { couponCode }),
    ...(barcodeImageUrl && { barcodeImageUrl }),
  }
}

/** What LINE says of coupons that cannot be, and of lists of them. */
export const wording: Wording = ({ rule, path, maximum }) => {
  if (path === 'reward.type' && rule === 'value') return { message: words.couponRewards, property: path }
  if (path.startsWith('status')) return { message: words.couponStates, property: 'status' }
  if (path === 'limit' && rule === 'range')
    return { message: maximum === undefined ? words.atLeast(1) : words.atMost(maximum), property: path }
  if (rule !== 'length') return undefined
  return { message: path === 'title' ? words.size(1, 60) : words.size(0, maximum ?? 0), property: path }
}

/** Makes, lists and closes coupons. */
export const handlers: Handlers<typeof operations> = {
  createCoupon(input, call) {
    const { account, now } = call
    checkPrice(input.reward)
    if (input.endTimestamp * 1000 <= now) refuse(400, mistakes({ message: ours.couponEnd, property: 'endTimestamp' }))
    const all = coupons(account)
    const countValid = () => [...all.values()].filter((state) => statusOf(state, now) === 'RUNNING').length
    if (all.size >= mostCoupons && countValid() >= mostCoupons)
      refuse(400, mistakes({ message: words.couponLimit, property: '' }))
    const coupon = couponOf(input, call)
    all.set(coupon.couponId, { coupon, closed: false })
    return { couponId: coupon.couponId }
  },

  listCoupon({ status, start, limit = 20 }, call) {
    const { account, now } = call
    const all = coupons(account)
    const listAll = () =>
      [...all.values()]
        .filter((state) => !status?.length || status.includes(statusOf(state, now)))
        .map(({ coupon }) => coupon.couponId)
        .reverse()
    const { items, ...more } = turnPage(call, { list: 'coupons', start, limit }, listAll)
    return { items: items.map((couponId) => ({ couponId, title: all.get(couponId)?.coupon.title ?? '' })), ...more }
  },

  getCouponDetail({ couponId }, call) {
    const state = known(couponId, call)
    return { ...state.coupon, status: statusOf(state, call.now) }
  },

  closeCoupon({ couponId }, call) {
    const state = known(couponId, call)
    if (state.closed) refuse(410, mistakes({ message: words.couponClosed, property: '' }))
    state.closed = true
    return {}
  },
}
