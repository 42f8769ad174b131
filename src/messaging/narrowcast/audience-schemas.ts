import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { filled, list, rule } from '../../core/schema/schema-parts.js'
import { Area } from './area-schema.js'
import type * as T from './audience.js'

// An operator that stands alone leaves out the other two.
const absent = () => z.optional(z.undefined())

const operator = () => z.literal('operator')

const recipients = () => list(z.lazy(Recipient), 1)

export const AudienceRecipient: Schema<T.AudienceRecipient> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('audience'), audienceGroupId: z.int() }),
)

export const RedeliveryRecipient: Schema<T.RedeliveryRecipient> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('redelivery'), requestId: filled() }),
)

export const AndRecipient: Schema<T.AndRecipient> = /* @__PURE__ */ schema(() =>
  z.object({ type: operator(), and: recipients(), or: absent(), not: absent() }),
)

export const OrRecipient: Schema<T.OrRecipient> = /* @__PURE__ */ schema(() =>
  z.object({ type: operator(), or: recipients(), and: absent(), not: absent() }),
)

export const NotRecipient: Schema<T.NotRecipient> = /* @__PURE__ */ schema(() =>
  z.object({ type: operator(), not: z.lazy(Recipient), and: absent(), or: absent() }),
)

export const Recipient: Schema<T.Recipient> = /* @__PURE__ */ schema(() =>
  z.union([AudienceRecipient(), RedeliveryRecipient(), AndRecipient(), OrRecipient(), NotRecipient()]),
)

export const GenderFilter: Schema<T.GenderFilter> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('gender'), oneOf: list(z.enum(['male', 'female'])) }),
)

export const AppTypeFilter: Schema<T.AppTypeFilter> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('appType'), oneOf: list(z.enum(['ios', 'android'])) }),
)

export const AreaFilter: Schema<T.AreaFilter> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('area'), oneOf: list(Area()) }),
)

// The values of both end in their number.
const amount = (value: string) => Number(value.slice(value.indexOf('_') + 1))

interface Range {
  readonly gte?: string | undefined
  readonly lt?: string | undefined
}

const bounds = () =>
  rule<Range>(({ gte, lt }) => {
    if (gte === undefined && lt === undefined)
      return [{ path: [], allowed: 'an object with `gte`, `lt` or both', found: 'an object without them' }]
    return gte === undefined || lt === undefined || amount(gte) < amount(lt)
      ? []
      : [{ path: ['gte'], allowed: 'smaller than lt' }]
  })

export const Age: Schema<T.Age> = /* @__PURE__ */ schema(() =>
  z.enum([
    'age_15',
    'age_20',
    'age_25',
    'age_30',
    'age_35',
    'age_40',
    'age_45',
    'age_50',
    'age_55',
    'age_60',
    'age_65',
    'age_70',
  ]),
)

export const AgeFilter: Schema<T.AgeFilter> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('age'), gte: z.optional(Age()), lt: z.optional(Age()) }).check(bounds()),
)

export const SubscriptionPeriod: Schema<T.SubscriptionPeriod> = /* @__PURE__ */ schema(() =>
  z.enum(['day_7', 'day_30', 'day_90', 'day_180', 'day_365']),
)

export const SubscriptionPeriodFilter: Schema<T.SubscriptionPeriodFilter> = /* @__PURE__ */ schema(() =>
  z
    .object({
      type: z.literal('subscriptionPeriod'),
      gte: z.optional(SubscriptionPeriod()),
      lt: z.optional(SubscriptionPeriod()),
    })
    .check(bounds()),
)

const filters = () => list(z.lazy(DemographicFilter), 1)

export const AndFilter: Schema<T.AndFilter> = /* @__PURE__ */ schema(() =>
  z.object({ type: operator(), and: filters(), or: absent(), not: absent() }),
)

export const OrFilter: Schema<T.OrFilter> = /* @__PURE__ */ schema(() =>
  z.object({ type: operator(), or: filters(), and: absent(), not: absent() }),
)

export const NotFilter: Schema<T.NotFilter> = /* @__PURE__ */ schema(() =>
  z.object({ type: operator(), not: z.lazy(DemographicFilter), and: absent(), or: absent() }),
)

export const DemographicFilter: Schema<T.DemographicFilter> = /* @__PURE__ */ schema(() =>
  z.union([
    GenderFilter(),
    AgeFilter(),
    AppTypeFilter(),
    AreaFilter(),
    SubscriptionPeriodFilter(),
    AndFilter(),
    OrFilter(),
    NotFilter(),
  ]),
)
