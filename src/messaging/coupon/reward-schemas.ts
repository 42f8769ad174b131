import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { openSet } from '../../core/schema/schema-parts.js'
import type * as T from './reward.js'

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
