import * as z from 'zod/mini'
import { day } from '../../core/schema/date-schemas.js'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { Nothing, openSet } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const status = () => openSet('ready', 'unready', 'out_of_service')

const count = () => z.optional(z.int())

const numberWhenReady = () => z.nullable(z.int())

export const InsightDateInput: Schema<T.InsightDateInput> = /* @__PURE__ */ schema(() => z.object({ date: day() }))

export const MessageDeliveries: Schema<T.MessageDeliveries> = /* @__PURE__ */ schema(() =>
  z.object({
    status: status(),
    broadcast: count(),
    targeting: count(),
    stepMessage: count(),
    autoResponse: count(),
    welcomeResponse: count(),
    chat: count(),
    apiBroadcast: count(),
    apiPush: count(),
    apiMulticast: count(),
    apiNarrowcast: count(),
    apiReply: count(),
    ccAutoReply: count(),
    ccManualReply: count(),
    pnpNoticeMessage: count(),
    pnpCallToLine: count(),
    thirdPartyChatTool: count(),
  }),
)

export const FollowerNumbers: Schema<T.FollowerNumbers> = /* @__PURE__ */ schema(() =>
  z.object({
    status: status(),
    followers: numberWhenReady(),
    targetedReaches: numberWhenReady(),
    blocks: numberWhenReady(),
  }),
)

export const GenderShare: Schema<T.GenderShare> = /* @__PURE__ */ schema(() =>
  z.object({ gender: openSet('male', 'female', 'unknown'), percentage: z.number() }),
)

export const AgeShare: Schema<T.AgeShare> = /* @__PURE__ */ schema(() =>
  z.object({
    age: openSet(
      'from0to14',
      'from15to19',
      'from20to24',
      'from25to29',
      'from30to34',
      'from35to39',
      'from40to44',
      'from45to49',
      'from50',
      'from50to54',
      'from55to59',
      'from60to64',
      'from65to69',
      'from70',
      'unknown',
    ),
    percentage: z.number(),
  }),
)

export const AreaShare: Schema<T.AreaShare> = /* @__PURE__ */ schema(() =>
  z.object({ area: z.string(), percentage: z.number() }),
)

export const AppTypeShare: Schema<T.AppTypeShare> = /* @__PURE__ */ schema(() =>
  z.object({ appType: openSet('ios', 'android', 'others'), percentage: z.number() }),
)

export const SubscriptionPeriodShare: Schema<T.SubscriptionPeriodShare> = /* @__PURE__ */ schema(() =>
  z.object({
    subscriptionPeriod: openSet(
      'within7days',
      'within30days',
      'within90days',
      'within180days',
      'within365days',
      'over365days',
      'unknown',
    ),
    percentage: z.number(),
  }),
)

export const FriendDemographics: Schema<T.FriendDemographics> = /* @__PURE__ */ schema(() =>
  z.object({
    available: z.boolean(),
    genders: z.array(GenderShare()),
    ages: z.array(AgeShare()),
    areas: z.array(AreaShare()),
    appTypes: z.array(AppTypeShare()),
    subscriptionPeriods: z.array(SubscriptionPeriodShare()),
  }),
)

export const contracts: Contracts<typeof operations> = {
  getNumberOfMessageDeliveries: { input: InsightDateInput, output: MessageDeliveries },
  getNumberOfFollowers: { input: InsightDateInput, output: FollowerNumbers },
  getFriendsDemographics: { input: Nothing, output: FriendDemographics },
}
