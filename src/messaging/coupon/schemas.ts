import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, list, maxUnits, Nothing, openSet, rule } from '../../core/schema/schema-parts.js'
import { fileUrl } from '../message/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const NormalAcquisition: Schema<T.NormalAcquisition> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('normal') }),
)

const winners = () =>
  rule<number>((count) =>
    count === -1 || count >= 1 ? [] : [{ path: [], allowed: '1 to 999999, or -1 for no limit' }],
  )

export const CreateLotteryAcquisition: Schema<T.CreateLotteryAcquisition> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('lottery'),
    lotteryProbability: z.int().check(z.minimum(1), z.maximum(99)),
    maxAcquireCount: z.int().check(z.maximum(999_999), winners()),
  }),
)

export const CreateAcquisitionCondition: Schema<T.CreateAcquisitionCondition> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [NormalAcquisition(), CreateLotteryAcquisition()]),
)

export const CreateCouponInput: Schema<T.CreateCouponInput> = /* @__PURE__ */ schema(() =>
  z
    .object({
      title: z.string().check(z.minLength(1), maxUnits(60)),
      description: z.optional(z.string().check(maxUnits(1000))),
      usageCondition: z.optional(z.string().check(maxUnits(100))),
      reward: CreateCouponReward(),
      acquisitionCondition: CreateAcquisitionCondition(),
      maxUseCountPerTicket: z.literal([1, -1]),
      startTimestamp: z.int(),
      endTimestamp: z.int(),
      timezone: CouponTimezone(),
      visibility: z.enum(['PUBLIC', 'UNLISTED']),
      imageUrl: z.optional(fileUrl()),
      couponCode: z.optional(z.string().check(maxUnits(16))),
      barcodeImageUrl: z.optional(fileUrl()),
    })
    .check(
      rule(({ startTimestamp, endTimestamp }) =>
        endTimestamp > startTimestamp ? [] : [{ path: ['endTimestamp'], allowed: 'later than startTimestamp' }],
      ),
    ),
)

export const CreatedCoupon: Schema<T.CreatedCoupon> = /* @__PURE__ */ schema(() => z.object({ couponId: z.string() }))

export const CouponInput: Schema<T.CouponInput> = /* @__PURE__ */ schema(() => z.object({ couponId: filled() }))

const withoutDuplicates = () =>
  rule<readonly string[]>((statuses) =>
    statuses.flatMap((status, at) =>
      statuses.indexOf(status) < at ? [{ path: [at], allowed: 'a status that is not listed twice' }] : [],
    ),
  )

export const ListCouponInput: Schema<T.ListCouponInput> = /* @__PURE__ */ schema(() =>
  z.object({
    status: z.optional(list(z.enum(['DRAFT', 'RUNNING', 'CLOSED'])).check(withoutDuplicates())),
    start: z.optional(z.string()),
    limit: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
  }),
)

export const CouponSummary: Schema<T.CouponSummary> = /* @__PURE__ */ schema(() =>
  z.object({ couponId: z.string(), title: z.string() }),
)

export const CouponList: Schema<T.CouponList> = /* @__PURE__ */ schema(() =>
  z.object({ items: z.array(CouponSummary()), next: z.optional(z.string()) }),
)

export const LotteryAcquisition: Schema<T.LotteryAcquisition> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('lottery'), lotteryProbability: z.int(), maxAcquireCount: z.int() }),
)

export const ReferralAcquisition: Schema<T.ReferralAcquisition> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('referral') }),
)

export const AcquisitionCondition: Schema<T.AcquisitionCondition> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [NormalAcquisition(), LotteryAcquisition(), ReferralAcquisition()]),
)

export const Coupon: Schema<T.Coupon> = /* @__PURE__ */ schema(() =>
  z.object({
    couponId: z.string(),
    title: z.string(),
    description: z.optional(z.string()),
    usageCondition: z.optional(z.string()),
    reward: CouponReward(),
    acquisitionCondition: AcquisitionCondition(),
    maxUseCountPerTicket: z.int(),
    maxTicketPerUser: z.int(),
    maxAcquireCount: z.optional(z.int()),
    startTimestamp: z.int(),
    endTimestamp: z.int(),
    timezone: FoundTimezone(),
    visibility: openSet('PUBLIC', 'UNLISTED', 'PRIVATE'),
    status: openSet('DRAFT', 'RUNNING', 'CLOSED'),
    createdTimestamp: z.int(),
    imageUrl: z.optional(z.string()),
    couponCode: z.optional(z.string()),
    barcodeImageUrl: z.optional(z.string()),
  }),
)

const amount = () => z.int().check(z.minimum(1))

export const FreeReward: Schema<T.FreeReward> = /* @__PURE__ */ schema(() => z.object({ type: z.literal('free') }))

export const GiftReward: Schema<T.GiftReward> = /* @__PURE__ */ schema(() => z.object({ type: z.literal('gift') }))

export const OthersReward: Schema<T.OthersReward> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('others') }),
)

export const CreateFixedPrice: Schema<T.CreateFixedPrice> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('fixed'), fixedAmount: amount() }),
)

export const CreatePercentagePrice: Schema<T.CreatePercentagePrice> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('percentage'), percentage: z.int().check(z.minimum(1), z.maximum(99)) }),
)

export const CreateExplicitPrice: Schema<T.CreateExplicitPrice> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('explicit'), originalPrice: amount(), priceAfterDiscount: amount() }),
)

export const CreateDiscountReward: Schema<T.CreateDiscountReward> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('discount'),
    priceInfo: z.discriminatedUnion('type', [CreateFixedPrice(), CreatePercentagePrice(), CreateExplicitPrice()]),
  }),
)

export const CreateCashBackReward: Schema<T.CreateCashBackReward> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('cashBack'),
    priceInfo: z.discriminatedUnion('type', [CreateFixedPrice(), CreatePercentagePrice()]),
  }),
)

export const CreateCouponReward: Schema<T.CreateCouponReward> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [
    CreateDiscountReward(),
    CreateCashBackReward(),
    FreeReward(),
    GiftReward(),
    OthersReward(),
  ]),
)

const currency = () => openSet('JPY', 'TWD', 'THB')

export const FixedPrice: Schema<T.FixedPrice> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('fixed'), fixedAmount: z.int(), currency: currency() }),
)

export const PercentagePrice: Schema<T.PercentagePrice> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('percentage'), percentage: z.int() }),
)

export const ExplicitPrice: Schema<T.ExplicitPrice> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('explicit'), originalPrice: z.int(), priceAfterDiscount: z.int(), currency: currency() }),
)

export const DiscountReward: Schema<T.DiscountReward> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.literal('discount'),
    priceInfo: z.discriminatedUnion('type', [FixedPrice(), PercentagePrice(), ExplicitPrice()]),
  }),
)

export const CashBackReward: Schema<T.CashBackReward> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('cashBack'), priceInfo: z.discriminatedUnion('type', [FixedPrice(), PercentagePrice()]) }),
)

export const CouponReward: Schema<T.CouponReward> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [DiscountReward(), CashBackReward(), FreeReward(), GiftReward(), OthersReward()]),
)

const zones = [
  'ETC_GMT_MINUS_12',
  'ETC_GMT_MINUS_11',
  'PACIFIC_HONOLULU',
  'AMERICA_ANCHORAGE',
  'AMERICA_LOS_ANGELES',
  'AMERICA_PHOENIX',
  'AMERICA_CHICAGO',
  'AMERICA_NEW_YORK',
  'AMERICA_CARACAS',
  'AMERICA_SANTIAGO',
  'AMERICA_ST_JOHNS',
  'AMERICA_SAO_PAULO',
  'ETC_GMT_MINUS_2',
  'ATLANTIC_CAPE_VERDE',
  'EUROPE_LONDON',
  'EUROPE_PARIS',
  'EUROPE_ISTANBUL',
  'EUROPE_MOSCOW',
  'ASIA_TEHRAN',
  'ASIA_TBILISI',
  'ASIA_KABUL',
  'ASIA_TASHKENT',
  'ASIA_COLOMBO',
  'ASIA_KATHMANDU',
  'ASIA_ALMATY',
  'ASIA_RANGOON',
  'ASIA_BANGKOK',
  'ASIA_TAIPEI',
  'ASIA_TOKYO',
  'AUSTRALIA_DARWIN',
  'AUSTRALIA_SYDNEY',
  'ASIA_VLADIVOSTOK',
  'ETC_GMT_PLUS_12',
  'PACIFIC_TONGATAPU',
] as const

export const CouponTimezone: Schema<T.CouponTimezone> = /* @__PURE__ */ schema(() => z.enum(zones))

/** The time zone in a response. LINE may add others later. */
export const FoundTimezone: Schema<T.CouponTimezone | (string & {})> = /* @__PURE__ */ schema(() => openSet(...zones))

export const contracts: Contracts<typeof operations> = {
  createCoupon: { input: CreateCouponInput, output: CreatedCoupon },
  listCoupon: { input: ListCouponInput, output: CouponList },
  getCouponDetail: { input: CouponInput, output: Coupon },
  closeCoupon: { input: CouponInput, output: Nothing },
}
