/** Who gets a narrowcast: an audience, those of an earlier narrowcast, or several of them combined. */
export type Recipient = AudienceRecipient | RedeliveryRecipient | OperatorRecipient

/** Everyone in an audience. It needs 50 people when there are several. */
export interface AudienceRecipient {
  type: 'audience'
  /** ID of the audience, whose status must be `READY`. */
  audienceGroupId: number
}

/** Everyone whom an earlier narrowcast was for. */
export interface RedeliveryRecipient {
  type: 'redelivery'
  /** Request ID of that narrowcast. It was accepted less than 14 days ago and its phase is `succeeded`. */
  requestId: string
}

/**
 * Several recipients combined, by exactly one of `and`, `or` and `not`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#narrowcast-recipient
 */
export type OperatorRecipient = AndRecipient | OrRecipient | NotRecipient

/** Those who are in all of these. */
export interface AndRecipient {
  type: 'operator'
  /** At least one. */
  and: readonly Recipient[]
  or?: undefined
  not?: undefined
}

/** Those who are in any of these. */
export interface OrRecipient {
  type: 'operator'
  /** At least one. */
  or: readonly Recipient[]
  and?: undefined
  not?: undefined
}

/** Those who are not in this. */
export interface NotRecipient {
  type: 'operator'
  not: Recipient
  and?: undefined
  or?: undefined
}

/** Which recipients get a narrowcast, by gender, age, app, area, time as a friend, or several of them combined. */
export type DemographicFilter =
  | GenderFilter
  | AgeFilter
  | AppTypeFilter
  | AreaFilter
  | SubscriptionPeriodFilter
  | OperatorFilter

/** Those of one of these genders. */
export interface GenderFilter {
  type: 'gender'
  oneOf: readonly ('male' | 'female')[]
}

/** Those of an age. At least one of `gte` and `lt` is needed. */
export interface AgeFilter {
  type: 'age'
  /** At least so old; below `lt`. */
  gte?: Age | undefined
  /** Younger than this; above `gte`. */
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

/** Those who use LINE on one of these. */
export interface AppTypeFilter {
  type: 'appType'
  oneOf: readonly ('ios' | 'android')[]
}

/** Those in one of these areas. */
export interface AreaFilter {
  type: 'area'
  oneOf: readonly Area[]
}

/**
 * An area: a prefecture of Japan (`jp_13` is Tokyo), a city or county of Taiwan (`tw_01` is Taipei City), a region of Thailand (`th_01` is Bangkok)
 * or of Indonesia (`id_01` is Bali; in LINE's OpenAPI file only, no longer on its page).
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

/** Those who have been friends for some time. At least one of `gte` and `lt` is needed. */
export interface SubscriptionPeriodFilter {
  type: 'subscriptionPeriod'
  /** At least so many days; below `lt`. */
  gte?: SubscriptionPeriod | undefined
  /** Fewer days than this; above `gte`. */
  lt?: SubscriptionPeriod | undefined
}

/** A time as a friend, in days. */
export type SubscriptionPeriod = 'day_7' | 'day_30' | 'day_90' | 'day_180' | 'day_365'

/** Several filters combined, by exactly one of `and`, `or` and `not`. */
export type OperatorFilter = AndFilter | OrFilter | NotFilter

/** Those who pass all of these. */
export interface AndFilter {
  type: 'operator'
  /** At least one. */
  and: readonly DemographicFilter[]
  or?: undefined
  not?: undefined
}

/** Those who pass any of these. */
export interface OrFilter {
  type: 'operator'
  /** At least one. */
  or: readonly DemographicFilter[]
  and?: undefined
  not?: undefined
}

/** Those who do not pass this. */
export interface NotFilter {
  type: 'operator'
  not: DemographicFilter
  and?: undefined
  or?: undefined
}
