/**
 * What a coupon to create is worth, told apart by its `type`. LINE sets the currency by the account's country: TWD, THB, or else JPY.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-coupon-reward-object
 */
export type CreateCouponReward = CreateDiscountReward | CreateCashBackReward | FreeReward | GiftReward | OthersReward

/** Something for nothing. */
export interface FreeReward {
  type: 'free'
}

/** A gift. */
export interface GiftReward {
  type: 'gift'
}

/** Anything else. */
export interface OthersReward {
  type: 'others'
}

/** A discount. */
export interface CreateDiscountReward {
  type: 'discount'
  priceInfo: CreateFixedPrice | CreatePercentagePrice | CreateExplicitPrice
}

/** Money back. */
export interface CreateCashBackReward {
  type: 'cashBack'
  priceInfo: CreateFixedPrice | CreatePercentagePrice
}

/** An amount off, or back. */
export interface CreateFixedPrice {
  type: 'fixed'
  /** The amount, from 1. */
  fixedAmount: number
}

/** A share off, or back. */
export interface CreatePercentagePrice {
  type: 'percentage'
  /** 1 to 99 percent. */
  percentage: number
}

/** The price before, crossed out, and the price now. */
export interface CreateExplicitPrice {
  type: 'explicit'
  /** The price before, from 1. */
  originalPrice: number
  /** The price now, from 1. */
  priceAfterDiscount: number
}

/**
 * What a coupon is worth, told apart by its `type`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-coupon-reward-object
 */
export type CouponReward = DiscountReward | CashBackReward | FreeReward | GiftReward | OthersReward

/** A discount. */
export interface DiscountReward {
  type: 'discount'
  priceInfo: FixedPrice | PercentagePrice | ExplicitPrice
}

/** Money back. */
export interface CashBackReward {
  type: 'cashBack'
  priceInfo: FixedPrice | PercentagePrice
}

/** An amount off, or back. */
export interface FixedPrice {
  type: 'fixed'
  /** The amount, in `currency`. */
  fixedAmount: number
  currency: 'JPY' | 'TWD' | 'THB' | (string & {})
}

/** A share off, or back. */
export interface PercentagePrice {
  type: 'percentage'
  /** 1 to 99 percent. */
  percentage: number
}

/** The price before, crossed out, and the price now. */
export interface ExplicitPrice {
  type: 'explicit'
  /** The price before, in `currency`. */
  originalPrice: number
  /** The price now, in `currency`. */
  priceAfterDiscount: number
  currency: 'JPY' | 'TWD' | 'THB' | (string & {})
}
