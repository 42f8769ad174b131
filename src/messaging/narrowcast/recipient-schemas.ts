import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { filled, list, rule } from '../../core/schema/schema-parts.js'
import type * as T from './types.js'

// An operator object has exactly one operator.
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

// Values of both types end in their number.
const amount = (value: string) => Number(value.slice(value.indexOf('_') + 1))

interface Range {
  readonly gte?: string | undefined
  readonly lt?: string | undefined
}

const bounds = () =>
  rule<Range>(({ gte, lt }) => {
    if (gte === undefined && lt === undefined)
      return [{ path: [], allowed: 'an object with `gte`, `lt` or both', found: 'an object with neither' }]
    return gte === undefined || lt === undefined || amount(gte) < amount(lt)
      ? []
      : [{ path: ['gte'], allowed: 'less than lt' }]
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

export const Area: Schema<T.Area> = /* @__PURE__ */ schema(() =>
  z.enum([
    'jp_01',
    'jp_02',
    'jp_03',
    'jp_04',
    'jp_05',
    'jp_06',
    'jp_07',
    'jp_08',
    'jp_09',
    'jp_10',
    'jp_11',
    'jp_12',
    'jp_13',
    'jp_14',
    'jp_15',
    'jp_16',
    'jp_17',
    'jp_18',
    'jp_19',
    'jp_20',
    'jp_21',
    'jp_22',
    'jp_23',
    'jp_24',
    'jp_25',
    'jp_26',
    'jp_27',
    'jp_28',
    'jp_29',
    'jp_30',
    'jp_31',
    'jp_32',
    'jp_33',
    'jp_34',
    'jp_35',
    'jp_36',
    'jp_37',
    'jp_38',
    'jp_39',
    'jp_40',
    'jp_41',
    'jp_42',
    'jp_43',
    'jp_44',
    'jp_45',
    'jp_46',
    'jp_47',
    'tw_01',
    'tw_02',
    'tw_03',
    'tw_04',
    'tw_05',
    'tw_06',
    'tw_07',
    'tw_08',
    'tw_09',
    'tw_10',
    'tw_11',
    'tw_12',
    'tw_13',
    'tw_14',
    'tw_15',
    'tw_16',
    'tw_17',
    'tw_18',
    'tw_19',
    'tw_20',
    'tw_21',
    'tw_22',
    'th_01',
    'th_02',
    'th_03',
    'th_04',
    'th_05',
    'th_06',
    'th_07',
    'th_08',
    'id_01',
    'id_02',
    'id_03',
    'id_04',
    'id_05',
    'id_06',
    'id_07',
    'id_08',
    'id_09',
    'id_10',
    'id_11',
    'id_12',
  ]),
)
