/** Input of `createCoupon`. A coupon cannot be changed later, only closed. */
export interface CreateCouponInput {
  /** Title, 1 to 60 UTF-16 code units. */
  title: string
  /** Instructions for use, at most 1000 UTF-16 code units. */
  description?: string | undefined
  /** Conditions of use, at most 100 UTF-16 code units. */
  usageCondition?: string | undefined
  /** The reward. */
  reward: CreateCouponReward
  /** How users receive the coupon. */
  acquisitionCondition: CreateAcquisitionCondition
  /** How often a user can use the coupon: `1` for once, `-1` for any number of times. */
  maxUseCountPerTicket: 1 | -1
  /** Start of the validity period, in seconds since 1970. */
  startTimestamp: number
  /** End of the validity period, in seconds since 1970. Must be in the future and after `startTimestamp`. */
  endTimestamp: number
  /** The time zone in which LINE shows the validity period. */
  timezone: CouponTimezone
  /** Whether LY Corporation's services list the coupon. */
  visibility: 'PUBLIC' | 'UNLISTED'
  /** HTTPS URL of the image, at most 2000 UTF-16 code units: a JPEG or PNG of at most 10 MB. LINE copies it immediately. */
  imageUrl?: string | undefined
  /** Code to present in the store, at most 16 UTF-16 code units. */
  couponCode?: string | undefined
  /**
   * HTTPS URL of a barcode to present in the store, at most 2000 UTF-16 code units: a JPEG or PNG of at most 10 MB. LINE
   * copies it immediately.
   */
  barcodeImageUrl?: string | undefined
}

/**
 * How users receive a coupon: every user who requests it, or the winners of a lottery. Referral coupons can only be
 * created in the LINE Official Account Manager.
 */
export type CreateAcquisitionCondition = NormalAcquisition | CreateLotteryAcquisition

/** Every user who requests the coupon receives it. */
export interface NormalAcquisition {
  /** Always `normal`. */
  type: 'normal'
}

/** The winners of a lottery receive the coupon. */
export interface CreateLotteryAcquisition {
  /** Always `lottery`. */
  type: 'lottery'
  /** Chance to win in percent, 1 to 99. */
  lotteryProbability: number
  /** Maximum number of winners: 1 to 999999, or `-1` for no limit. */
  maxAcquireCount: number
}

/** The created coupon. */
export interface CreatedCoupon {
  /** ID of the coupon, to send it in a message. */
  couponId: string
}

/** Identifies a coupon. */
export interface CouponInput {
  /** ID of the coupon. */
  couponId: string
}

/** Input of `listCoupon`. */
export interface ListCouponInput {
  /**
   * Statuses to include, without duplicates. `DRAFT`: saved as a draft. `RUNNING`: valid now or later. `CLOSED`:
   * expired or closed. Default: all.
   */
  status?: readonly ('DRAFT' | 'RUNNING' | 'CLOSED')[] | undefined
  /** Cursor: the `next` value of the previous page. Valid for 24 hours. */
  start?: string | undefined
  /** Page size, 1 to 100. Default: 20. */
  limit?: number | undefined
}

/** A page of coupons, including coupons created in the LINE Official Account Manager. */
export interface CouponList {
  /** The coupons. */
  items: CouponSummary[]
  /** Cursor for the next page. Absent on the last page. */
  next?: string | undefined
}

/** A coupon in a list. */
export interface CouponSummary {
  /** ID of the coupon. */
  couponId: string
  /** Title of the coupon. */
  title: string
}

/** The details of a coupon. */
export interface Coupon {
  /** ID of the coupon. */
  couponId: string
  /** Title of the coupon. */
  title: string
  /** Instructions for use. Absent if not set. */
  description?: string | undefined
  /** Conditions of use. Absent if not set. */
  usageCondition?: string | undefined
  /** The reward. */
  reward: CouponReward
  /** How users receive the coupon. */
  acquisitionCondition: AcquisitionCondition
  /** How often a user can use the coupon. `-1` means any number of times. */
  maxUseCountPerTicket: number
  /** Maximum number of coupons per user: 1, or at most 30 for a referral coupon. */
  maxTicketPerUser: number
  /** Maximum number of coupons that users can receive. Not described in LINE's reference. */
  maxAcquireCount?: number | undefined
  /** Start of the validity period, in seconds since 1970. */
  startTimestamp: number
  /** End of the validity period, in seconds since 1970. */
  endTimestamp: number
  /** The time zone in which LINE shows the validity period. */
  timezone: CouponTimezone | (string & {})
  /** Whether LY Corporation's services list the coupon. */
  visibility: 'PUBLIC' | 'UNLISTED' | 'PRIVATE' | (string & {})
  /** `DRAFT`: saved as a draft. `RUNNING`: valid now or later. `CLOSED`: expired or closed. */
  status: 'DRAFT' | 'RUNNING' | 'CLOSED' | (string & {})
  /** Time of creation, in seconds since 1970. */
  createdTimestamp: number
  /** URL of LINE's copy of the image. Absent if not set. */
  imageUrl?: string | undefined
  /** Code to present in the store. Absent if not set. */
  couponCode?: string | undefined
  /** URL of LINE's copy of the barcode. Absent if not set. */
  barcodeImageUrl?: string | undefined
}

/** How users receive a coupon. */
export type AcquisitionCondition = NormalAcquisition | LotteryAcquisition | ReferralAcquisition

/** The winners of a lottery receive the coupon. */
export interface LotteryAcquisition {
  /** Always `lottery`. */
  type: 'lottery'
  /** Chance to win, in percent. */
  lotteryProbability: number
  /** Maximum number of winners. `-1` means no limit. */
  maxAcquireCount: number
}

/** A user who refers a friend receives the coupon, and so does the friend. */
export interface ReferralAcquisition {
  /** Always `referral`. */
  type: 'referral'
}

/**
 * The reward of a coupon to create. LINE sets the currency by the country of the account: TWD, THB, or otherwise JPY.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-coupon-reward-object
 */
export type CreateCouponReward = CreateDiscountReward | CreateCashBackReward | FreeReward | GiftReward | OthersReward

/** A free item. */
export interface FreeReward {
  /** Always `free`. */
  type: 'free'
}

/** A gift. */
export interface GiftReward {
  /** Always `gift`. */
  type: 'gift'
}

/** Any other reward. */
export interface OthersReward {
  /** Always `others`. */
  type: 'others'
}

/** A discount. */
export interface CreateDiscountReward {
  /** Always `discount`. */
  type: 'discount'
  /** The amount, the percentage, or the old and new prices. */
  priceInfo: CreateFixedPrice | CreatePercentagePrice | CreateExplicitPrice
}

/** Cash back. */
export interface CreateCashBackReward {
  /** Always `cashBack`. */
  type: 'cashBack'
  /** The amount or the percentage. */
  priceInfo: CreateFixedPrice | CreatePercentagePrice
}

/** A fixed amount. */
export interface CreateFixedPrice {
  /** Always `fixed`. */
  type: 'fixed'
  /** The amount, at least 1. */
  fixedAmount: number
}

/** A percentage of the price. */
export interface CreatePercentagePrice {
  /** Always `percentage`. */
  type: 'percentage'
  /** Percentage, 1 to 99. */
  percentage: number
}

/** The original price, crossed out, and the discounted price. */
export interface CreateExplicitPrice {
  /** Always `explicit`. */
  type: 'explicit'
  /** The original price, at least 1. */
  originalPrice: number
  /** The discounted price, at least 1. */
  priceAfterDiscount: number
}

/**
 * The reward of a coupon.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-coupon-reward-object
 */
export type CouponReward = DiscountReward | CashBackReward | FreeReward | GiftReward | OthersReward

/** A discount. */
export interface DiscountReward {
  /** Always `discount`. */
  type: 'discount'
  /** The amount, the percentage, or the old and new prices. */
  priceInfo: FixedPrice | PercentagePrice | ExplicitPrice
}

/** Cash back. */
export interface CashBackReward {
  /** Always `cashBack`. */
  type: 'cashBack'
  /** The amount or the percentage. */
  priceInfo: FixedPrice | PercentagePrice
}

/** A fixed amount. */
export interface FixedPrice {
  /** Always `fixed`. */
  type: 'fixed'
  /** The amount, in `currency`. */
  fixedAmount: number
  /** Currency of the amount. */
  currency: 'JPY' | 'TWD' | 'THB' | (string & {})
}

/** A percentage of the price. */
export interface PercentagePrice {
  /** Always `percentage`. */
  type: 'percentage'
  /** The percentage. */
  percentage: number
}

/** The original price, crossed out, and the discounted price. */
export interface ExplicitPrice {
  /** Always `explicit`. */
  type: 'explicit'
  /** The original price, in `currency`. */
  originalPrice: number
  /** The discounted price, in `currency`. */
  priceAfterDiscount: number
  /** Currency of the prices. */
  currency: 'JPY' | 'TWD' | 'THB' | (string & {})
}

/**
 * The time zone in which LINE shows the validity period of a coupon. `ETC_GMT_MINUS_2` is UTC-02:00, unlike in the tz
 * database.
 */
export type CouponTimezone =
  | 'ETC_GMT_MINUS_12'
  | 'ETC_GMT_MINUS_11'
  | 'PACIFIC_HONOLULU'
  | 'AMERICA_ANCHORAGE'
  | 'AMERICA_LOS_ANGELES'
  | 'AMERICA_PHOENIX'
  | 'AMERICA_CHICAGO'
  | 'AMERICA_NEW_YORK'
  | 'AMERICA_CARACAS'
  | 'AMERICA_SANTIAGO'
  | 'AMERICA_ST_JOHNS'
  | 'AMERICA_SAO_PAULO'
  | 'ETC_GMT_MINUS_2'
  | 'ATLANTIC_CAPE_VERDE'
  | 'EUROPE_LONDON'
  | 'EUROPE_PARIS'
  | 'EUROPE_ISTANBUL'
  | 'EUROPE_MOSCOW'
  | 'ASIA_TEHRAN'
  | 'ASIA_TBILISI'
  | 'ASIA_KABUL'
  | 'ASIA_TASHKENT'
  | 'ASIA_COLOMBO'
  | 'ASIA_KATHMANDU'
  | 'ASIA_ALMATY'
  | 'ASIA_RANGOON'
  | 'ASIA_BANGKOK'
  | 'ASIA_TAIPEI'
  | 'ASIA_TOKYO'
  | 'AUSTRALIA_DARWIN'
  | 'AUSTRALIA_SYDNEY'
  | 'ASIA_VLADIVOSTOK'
  | 'ETC_GMT_PLUS_12'
  | 'PACIFIC_TONGATAPU'
