import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, list, maxUnits, Nothing, openSet, rule } from '../../core/schema/schema-parts.js'
import { fileUrl } from '../message/link.js'
import type * as operations from './operations.js'
import { CouponReward, CreateCouponReward } from './reward-schemas.js'
import { CouponTimezone, FoundTimezone } from './timezone-schema.js'
import type * as T from './types.js'

export const NormalAcquisition: Schema<T.NormalAcquisition> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('normal') }),
)

const winners = () =>
  rule<number>((count) =>
    count === -1 || count >= 1 ? [] : [{ path: [], allowed: '1 to 999999, or -1 for any number' }],
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

const once = () =>
  rule<readonly string[]>((states) =>
    states.flatMap((state, at) =>
      states.indexOf(state) < at ? [{ path: [at], allowed: 'a state that is not listed before' }] : [],
    ),
  )

export const ListCouponInput: Schema<T.ListCouponInput> = /* @__PURE__ */ schema(() =>
  z.object({
    status: z.optional(list(z.enum(['DRAFT', 'RUNNING', 'CLOSED'])).check(once())),
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

export const contracts: Contracts<typeof operations> = {
  createCoupon: { input: CreateCouponInput, output: CreatedCoupon },
  listCoupon: { input: ListCouponInput, output: CouponList },
  getCouponDetail: { input: CouponInput, output: Coupon },
  closeCoupon: { input: CouponInput, output: Nothing },
}
