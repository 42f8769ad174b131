import type { Message } from '../message/types.js'

/** Input of `narrowcast`. */
export interface NarrowcastInput {
  /** The messages to send: 1 to 5. */
  messages: readonly Message[]
  /** The audiences to send to: at most 10 audiences and redeliveries in total. Default: all friends. */
  recipient?: Recipient | undefined
  /** Demographic filter on the recipients. */
  filter?: NarrowcastFilter | undefined
  /** Limit on the number of recipients. */
  limit?: NarrowcastLimit | undefined
  /** Whether to deliver the messages without a push notification. Default: `false`. */
  notificationDisabled?: boolean | undefined
}

/** Filters of a narrowcast. */
export interface NarrowcastFilter {
  /**
   * At most 10 filters in total. The demographic data is about 3 days old, and LINE rejects filters while the target
   * reach is below 100 (403). Default: no filter, which includes users without demographic data.
   */
  demographic?: DemographicFilter | undefined
}

/**
 * Limit on the number of recipients, who are selected at random.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-narrowcast-limit
 */
export interface NarrowcastLimit {
  /** Maximum number of recipients, at least 1. */
  max?: number | undefined
  /** Whether to send only as many messages as are left in the monthly quota. Default: `false`. */
  upToRemainingQuota?: boolean | undefined
  /**
   * Whether to send nothing instead of sending to only some recipients. Requires `upToRemainingQuota: true`. Default:
   * `false`.
   */
  forbidPartialDelivery?: boolean | undefined
}

/** Input of `getNarrowcastProgress`. */
export interface GetNarrowcastProgressInput {
  /** Request ID of the narrowcast, from its response. */
  requestId: string
}

/** Progress of a narrowcast. */
export interface NarrowcastProgress {
  /**
   * `waiting`: LINE is selecting the recipients. `sending`: in progress. `succeeded`: done. `failed`: see `errorCode`.
   */
  phase: 'waiting' | 'sending' | 'succeeded' | 'failed' | (string & {})
  /** Number of users the messages were sent to. Absent while `waiting`. */
  successCount?: number | undefined
  /** Number of users the messages could not be sent to. Absent while `waiting`. */
  failureCount?: number | undefined
  /** Number of intended recipients. Absent while `waiting`. */
  targetCount?: number | undefined
  /** Reason for the failure, as text from LINE. */
  failedDescription?: string | undefined
  /**
   * Reason for the failure: 1: internal error, 2: too few recipients, 3: retry of a request that was already accepted,
   * 4: an audience has fewer than 50 members, 5: `forbidPartialDelivery` prevented the send.
   */
  errorCode?: number | undefined
  /** Time when LINE accepted the narrowcast: ISO 8601 in UTC, with milliseconds. */
  acceptedTime: string
  /** Time when the narrowcast succeeded or failed: ISO 8601 in UTC, with milliseconds. */
  completedTime?: string | undefined
}

/** The recipients of a narrowcast: an audience, the recipients of an earlier narrowcast, or a combination. */
export type Recipient = AudienceRecipient | RedeliveryRecipient | OperatorRecipient

/** The members of an audience. If several audiences are combined, each needs at least 50 members. */
export interface AudienceRecipient {
  /** Always `audience`. */
  type: 'audience'
  /** Audience ID. The status of the audience must be `READY`. */
  audienceGroupId: number
}

/** The recipients of an earlier narrowcast. */
export interface RedeliveryRecipient {
  /** Always `redelivery`. */
  type: 'redelivery'
  /**
   * Request ID of the earlier narrowcast. It must have been accepted within the last 14 days, and its phase must be
   * `succeeded`.
   */
  requestId: string
}

/**
 * A combination of recipients by exactly one of `and`, `or` and `not`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#narrowcast-recipient
 */
export type OperatorRecipient = AndRecipient | OrRecipient | NotRecipient

/** The users in all of the combined objects. */
export interface AndRecipient {
  /** Always `operator`. */
  type: 'operator'
  /** The objects to combine, at least 1. */
  and: readonly Recipient[]
  /** Not allowed with `and`. */
  or?: undefined
  /** Not allowed with `and`. */
  not?: undefined
}

/** The users in at least one of the combined objects. */
export interface OrRecipient {
  /** Always `operator`. */
  type: 'operator'
  /** The objects to combine, at least 1. */
  or: readonly Recipient[]
  /** Not allowed with `or`. */
  and?: undefined
  /** Not allowed with `or`. */
  not?: undefined
}

/** The users who are not in the object. */
export interface NotRecipient {
  /** Always `operator`. */
  type: 'operator'
  /** The object to exclude. */
  not: Recipient
  /** Not allowed with `not`. */
  and?: undefined
  /** Not allowed with `not`. */
  or?: undefined
}

/** A filter by gender, age, operating system, area or friendship duration, or a combination. */
export type DemographicFilter =
  | GenderFilter
  | AgeFilter
  | AppTypeFilter
  | AreaFilter
  | SubscriptionPeriodFilter
  | OperatorFilter

/** Filters by gender. */
export interface GenderFilter {
  /** Always `gender`. */
  type: 'gender'
  /** The genders to include. */
  oneOf: readonly ('male' | 'female')[]
}

/** Filters by age. At least one of `gte` and `lt` is required. */
export interface AgeFilter {
  /** Always `age`. */
  type: 'age'
  /** Minimum age, inclusive. Must be below `lt`. */
  gte?: Age | undefined
  /** Maximum age, exclusive. Must be above `gte`. */
  lt?: Age | undefined
}

/** An age in years. */
export type Age =
  | 'age_15'
  | 'age_20'
  | 'age_25'
  | 'age_30'
  | 'age_35'
  | 'age_40'
  | 'age_45'
  | 'age_50'
  | 'age_55'
  | 'age_60'
  | 'age_65'
  | 'age_70'

/** Filters by operating system. */
export interface AppTypeFilter {
  /** Always `appType`. */
  type: 'appType'
  /** The operating systems to include. */
  oneOf: readonly ('ios' | 'android')[]
}

/** Filters by area. */
export interface AreaFilter {
  /** Always `area`. */
  type: 'area'
  /** The areas to include. */
  oneOf: readonly Area[]
}

/**
 * An area: a prefecture of Japan (`jp_13` is Tokyo), a city or county of Taiwan (`tw_01` is Taipei City), a region of
 * Thailand (`th_01` is Bangkok) or of Indonesia (`id_01` is Bali; only in LINE's OpenAPI file, no longer in its
 * reference).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#narrowcast-demographic-filter
 */
export type Area = JapanArea | TaiwanArea | ThailandArea | IndonesiaArea

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'
type OneToNine = Exclude<Digit, '0'>

/** A prefecture of Japan, from Hokkaido to Okinawa in the official order. */
export type JapanArea = `jp_0${OneToNine}` | `jp_${'1' | '2' | '3'}${Digit}` | `jp_4${Exclude<Digit, '8' | '9'>}`

/** A city or county of Taiwan. */
export type TaiwanArea = `tw_0${OneToNine}` | `tw_1${Digit}` | 'tw_20' | 'tw_21' | 'tw_22'

/** A region of Thailand. */
export type ThailandArea = `th_0${Exclude<OneToNine, '9'>}`

/** A region of Indonesia. */
export type IndonesiaArea = `id_0${OneToNine}` | 'id_10' | 'id_11' | 'id_12'

/** Filters by friendship duration. At least one of `gte` and `lt` is required. */
export interface SubscriptionPeriodFilter {
  /** Always `subscriptionPeriod`. */
  type: 'subscriptionPeriod'
  /** Minimum number of days, inclusive. Must be below `lt`. */
  gte?: SubscriptionPeriod | undefined
  /** Maximum number of days, exclusive. Must be above `gte`. */
  lt?: SubscriptionPeriod | undefined
}

/** A friendship duration in days. */
export type SubscriptionPeriod = 'day_7' | 'day_30' | 'day_90' | 'day_180' | 'day_365'

/** A combination of filters by exactly one of `and`, `or` and `not`. */
export type OperatorFilter = AndFilter | OrFilter | NotFilter

/** The users who match all filters. */
export interface AndFilter {
  /** Always `operator`. */
  type: 'operator'
  /** The filters to combine, at least 1. */
  and: readonly DemographicFilter[]
  /** Not allowed with `and`. */
  or?: undefined
  /** Not allowed with `and`. */
  not?: undefined
}

/** The users who match at least one filter. */
export interface OrFilter {
  /** Always `operator`. */
  type: 'operator'
  /** The filters to combine, at least 1. */
  or: readonly DemographicFilter[]
  /** Not allowed with `or`. */
  and?: undefined
  /** Not allowed with `or`. */
  not?: undefined
}

/** The users who do not match the filter. */
export interface NotFilter {
  /** Always `operator`. */
  type: 'operator'
  /** The filter to negate. */
  not: DemographicFilter
  /** Not allowed with `not`. */
  and?: undefined
  /** Not allowed with `not`. */
  or?: undefined
}
