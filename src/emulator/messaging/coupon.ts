import * as operations from '../../messaging/coupon/operations.js'
import type {
  Coupon,
  CouponReward,
  CreateCouponInput,
  CreateCouponReward,
  CreateFixedPrice,
  CreatePercentagePrice,
  FixedPrice,
  PercentagePrice,
} from '../../messaging/coupon/types.js'
import { assumedMessages, errorMessages, type InputMessages, mistakes } from '../platform/error-messages.js'
import { type BotCall, type Handlers, type Route, route } from '../platform/handler.js'
import { nextPage } from '../platform/paging.js'
import { refuse } from '../platform/refusal.js'
import { currencyOf } from '../settings.js'
import type { AccountState } from '../state.js'
import { stateOf } from '../world.js'

/** How many valid coupons an account may have. */
const mostCoupons = 5000

interface CouponState {
  readonly coupon: Omit<Coupon, 'status'>
  /** Whether it was closed before its end. */
  closed: boolean
}

// By coupon ID, the oldest first.
const coupons = stateOf<AccountState, Map<string, CouponState>>(() => new Map())

/** Returns whether an account has a coupon. LINE does not say that it refuses to send one that has ended. */
export function hasCoupon(account: AccountState, couponId: string): boolean {
  return coupons(account).has(couponId)
}

function statusOf({ coupon, closed }: CouponState, now: number): 'RUNNING' | 'CLOSED' {
  return closed || now >= coupon.endTimestamp * 1000 ? 'CLOSED' : 'RUNNING'
}

function known(couponId: string, { account }: BotCall): CouponState {
  return coupons(account).get(couponId) ?? refuse(404, mistakes({ message: errorMessages.noCoupon, property: '' }))
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
      mistakes(
        ...strange.map((field) => ({ message: errorMessages.notToBeThere, property: `reward.priceInfo.${field}` })),
      ),
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
  // LINE stores images under its own URLs.
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

/** LINE's texts for invalid coupons and lists of coupons. */
const inputMessages: InputMessages = ({ rule, path, maximum }) => {
  if (path === 'reward.type' && rule === 'value') return { message: errorMessages.couponRewards, property: path }
  if (path.startsWith('status')) return { message: errorMessages.couponStates, property: 'status' }
  if (path === 'limit' && rule === 'range')
    return { message: maximum === undefined ? errorMessages.atLeast(1) : errorMessages.atMost(maximum), property: path }
  if (rule !== 'length') return undefined
  return { message: path === 'title' ? errorMessages.size(1, 60) : errorMessages.size(0, maximum ?? 0), property: path }
}

/** Creates, lists and closes coupons. */
const handlers: Handlers<typeof operations> = {
  createCoupon(input, call) {
    const { account, now } = call
    checkPrice(input.reward)
    if (input.endTimestamp * 1000 <= now)
      refuse(400, mistakes({ message: assumedMessages.couponEnd, property: 'endTimestamp' }))
    const all = coupons(account)
    const countValid = () => [...all.values()].filter((state) => statusOf(state, now) === 'RUNNING').length
    if (all.size >= mostCoupons && countValid() >= mostCoupons)
      refuse(400, mistakes({ message: errorMessages.couponLimit, property: '' }))
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
    const { items, ...more } = nextPage(call, { list: 'coupons', start, limit }, listAll)
    return { items: items.map((couponId) => ({ couponId, title: all.get(couponId)?.coupon.title ?? '' })), ...more }
  },

  getCouponDetail({ couponId }, call) {
    const state = known(couponId, call)
    return { ...state.coupon, status: statusOf(state, call.now) }
  },

  closeCoupon({ couponId }, call) {
    const state = known(couponId, call)
    if (state.closed) refuse(410, mistakes({ message: errorMessages.couponClosed, property: '' }))
    state.closed = true
    return {}
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers, {
  messages: inputMessages,
})
