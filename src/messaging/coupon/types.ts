import type { CouponReward, CreateCouponReward } from './reward.js'
import type { CouponTimezone } from './timezone.js'

/** A coupon to create. It cannot be changed later, only closed. */
export interface CreateCouponInput {
  /** 1 to 60 UTF-16 units. */
  title: string
  /** How to use it, at most 1000 UTF-16 units. */
  description?: string | undefined
  /** When it may be used, at most 100 UTF-16 units. */
  usageCondition?: string | undefined
  /** What it is worth. */
  reward: CreateCouponReward
  /** Who gets it. */
  acquisitionCondition: CreateAcquisitionCondition
  /** How often one coupon can be used: once, or as often as one likes (`-1`). */
  maxUseCountPerTicket: 1 | -1
  /** From when on it is valid, in seconds since 1970. */
  startTimestamp: number
  /** Until when it is valid, in seconds since 1970: in the future, and later than `startTimestamp`. */
  endTimestamp: number
  /** The zone in which LINE shows both times. */
  timezone: CouponTimezone
  /** Whether LY Corporation's services list it. */
  visibility: 'PUBLIC' | 'UNLISTED'
  /** Its picture: an https URL of at most 2000 UTF-16 units, to a JPEG or PNG of at most 10 MB, which LINE copies at once. */
  imageUrl?: string | undefined
  /** Code to show in the shop, at most 16 UTF-16 units. */
  couponCode?: string | undefined
  /** Barcode to show in the shop: an https URL of at most 2000 UTF-16 units, to a JPEG or PNG of at most 10 MB, which LINE copies at once. */
  barcodeImageUrl?: string | undefined
}

/** Who gets a coupon: everyone who asks, or those who win it. Coupons for referrals are only made in the Official Account Manager. */
export type CreateAcquisitionCondition = NormalAcquisition | CreateLotteryAcquisition

/** Everyone who asks gets the coupon. */
export interface NormalAcquisition {
  type: 'normal'
}

/** Those who win it get the coupon. */
export interface CreateLotteryAcquisition {
  type: 'lottery'
  /** Chance to win, 1 to 99 percent. */
  lotteryProbability: number
  /** How many may win: 1 to 999999, or `-1` for any number. */
  maxAcquireCount: number
}

/** The coupon that was created. */
export interface CreatedCoupon {
  /** ID of the coupon, to send it by. */
  couponId: string
}

/** Which coupon. */
export interface CouponInput {
  /** ID of the coupon. */
  couponId: string
}

/** Which coupons to list. */
export interface ListCouponInput {
  /** In which states, each at most once; all when it is left out. `DRAFT`: saved only. `RUNNING`: valid, or will be. `CLOSED`: over, or closed. */
  status?: readonly ('DRAFT' | 'RUNNING' | 'CLOSED')[] | undefined
  /** Where to go on from: `next` of the page before. LINE takes it for 24 hours. */
  start?: string | undefined
  /** Page size, 1 to 100. LINE uses 20 when it is left out. */
  limit?: number | undefined
}

/** One page of coupons, those of the Official Account Manager included. */
export interface CouponList {
  items: CouponSummary[]
  /** Where the next page starts; missing on the last page. */
  next?: string | undefined
}

/** A coupon in a list. */
export interface CouponSummary {
  /** ID of the coupon. */
  couponId: string
  title: string
}

/** All about a coupon. */
export interface Coupon {
  /** ID of the coupon. */
  couponId: string
  title: string
  /** How to use it. Missing when nothing was said. */
  description?: string | undefined
  /** When it may be used. Missing when nothing was said. */
  usageCondition?: string | undefined
  /** What it is worth. */
  reward: CouponReward
  /** Who gets it. */
  acquisitionCondition: AcquisitionCondition
  /** How often one coupon can be used; `-1` means as often as one likes. */
  maxUseCountPerTicket: number
  /** How many one person can get: 1, or up to 30 of a coupon for referrals. */
  maxTicketPerUser: number
  /** How many are given out at most. LINE's page does not describe it. */
  maxAcquireCount?: number | undefined
  /** From when on it is valid, in seconds since 1970. */
  startTimestamp: number
  /** Until when it is valid, in seconds since 1970. */
  endTimestamp: number
  /** The zone in which LINE shows both times. */
  timezone: CouponTimezone | (string & {})
  /** Whether LY Corporation's services list it. */
  visibility: 'PUBLIC' | 'UNLISTED' | 'PRIVATE' | (string & {})
  /** `DRAFT`: saved only. `RUNNING`: valid, or will be. `CLOSED`: over, or closed. */
  status: 'DRAFT' | 'RUNNING' | 'CLOSED' | (string & {})
  /** When it was created, in seconds since 1970. */
  createdTimestamp: number
  /** LINE's copy of its picture. Missing when there is none. */
  imageUrl?: string | undefined
  /** Code to show in the shop. Missing when there is none. */
  couponCode?: string | undefined
  /** LINE's copy of the barcode. Missing when there is none. */
  barcodeImageUrl?: string | undefined
}

/** Who gets a coupon. */
export type AcquisitionCondition = NormalAcquisition | LotteryAcquisition | ReferralAcquisition

/** Those who win it get the coupon. */
export interface LotteryAcquisition {
  type: 'lottery'
  /** Chance to win, 1 to 99 percent. */
  lotteryProbability: number
  /** How many may win; `-1` means any number. */
  maxAcquireCount: number
}

/** Who brings a friend gets the coupon, and so does the friend. */
export interface ReferralAcquisition {
  type: 'referral'
}
