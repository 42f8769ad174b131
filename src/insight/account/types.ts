/** Input of the daily statistics. */
export interface InsightDateInput {
  /** The day in UTC+9, as `yyyyMMdd`. `lineDate` formats one. A day is usually counted by the next day. */
  date: string
}

/**
 * Status of the count. `ready`: counted. `unready`: the day is still being counted. `out_of_service`: the day is
 * before LINE began to count.
 */
export type CountingStatus = 'ready' | 'unready' | 'out_of_service' | (string & {})

/** Numbers of messages sent on one day. A field is present if the status is `ready` and there were such messages. */
export interface MessageDeliveries {
  /** Status of the count. */
  status: CountingStatus
  /** Messages sent to all friends from the LINE Official Account Manager. */
  broadcast?: number | undefined
  /** Messages sent to friends selected by attributes from the LINE Official Account Manager. */
  targeting?: number | undefined
  /** Step messages. */
  stepMessage?: number | undefined
  /** Auto-response messages. */
  autoResponse?: number | undefined
  /** Greeting messages to new friends. */
  welcomeResponse?: number | undefined
  /** Messages sent from the chat screen of the LINE Official Account Manager. */
  chat?: number | undefined
  /** Messages sent with `broadcast`. */
  apiBroadcast?: number | undefined
  /** Messages sent with `pushMessage`. */
  apiPush?: number | undefined
  /** Messages sent with `multicast`. */
  apiMulticast?: number | undefined
  /** Messages sent with `narrowcast`. */
  apiNarrowcast?: number | undefined
  /** Messages sent with `replyMessage`. */
  apiReply?: number | undefined
  /** Automatic replies of LINE Chat Plus. */
  ccAutoReply?: number | undefined
  /** Manual replies in LINE Chat Plus. */
  ccManualReply?: number | undefined
  /** LINE notification messages. */
  pnpNoticeMessage?: number | undefined
  /** Call to LINE messages. Call to LINE accepts no new accounts. */
  pnpCallToLine?: number | undefined
  /** Messages sent from third-party chat tools. */
  thirdPartyChatTool?: number | undefined
}

/** Numbers of friends at the end of one day. */
export interface FollowerNumbers {
  /** Status of the count. */
  status: CountingStatus
  /** Number of users who have ever added the account. It never decreases. `null` unless the status is `ready`. */
  followers: number | null
  /** Number of users whom messages filtered by gender, age or area can reach. `null` unless the status is `ready`. */
  targetedReaches: number | null
  /** Number of users who block the account. `null` unless the status is `ready`. */
  blocks: number | null
}

/** Demographics of the account's friends, in percent. All lists are empty if `available` is `false`. */
export interface FriendDemographics {
  /**
   * Whether demographics are available: the account is in Japan, Thailand or Taiwan, and its target reach is at least
   * 20.
   */
  available: boolean
  /** Percentage per gender. */
  genders: GenderShare[]
  /** Percentage per age group. */
  ages: AgeShare[]
  /** Percentage per area. */
  areas: AreaShare[]
  /** Percentage per operating system. */
  appTypes: AppTypeShare[]
  /** Percentage per friendship duration, counted from the day after the user added the account. */
  subscriptionPeriods: SubscriptionPeriodShare[]
}

/** The share of friends of one gender. */
export interface GenderShare {
  /** Gender. */
  gender: 'male' | 'female' | 'unknown' | (string & {})
  /** Percentage, such as 37.6. */
  percentage: number
}

/** The share of friends in one age group. */
export interface AgeShare {
  /**
   * Age group in years. `from50` covers all ages from 50 if LINE does not split them. For accounts in Thailand, ages
   * under 20 count as `unknown`.
   */
  age:
    | 'from0to14'
    | 'from15to19'
    | 'from20to24'
    | 'from25to29'
    | 'from30to34'
    | 'from35to39'
    | 'from40to44'
    | 'from45to49'
    | 'from50'
    | 'from50to54'
    | 'from55to59'
    | 'from60to64'
    | 'from65to69'
    | 'from70'
    | 'unknown'
    | (string & {})
  /** Percentage, such as 37.6. */
  percentage: number
}

/** The share of friends in one area. */
export interface AreaShare {
  /** Area in the language of the account's country, such as `東京`, `台北市` or `Bangkok`; or `unknown`. */
  area: string
  /** Percentage, such as 37.6. */
  percentage: number
}

/** The share of friends with one operating system. */
export interface AppTypeShare {
  /** Operating system. */
  appType: 'ios' | 'android' | 'others' | (string & {})
  /** Percentage, such as 37.6. */
  percentage: number
}

/** The share of friends with one friendship duration. */
export interface SubscriptionPeriodShare {
  /**
   * Friendship duration. Each begins where the previous one ends: `within30days` is at least 7 and fewer than 30 days.
   */
  subscriptionPeriod:
    | 'within7days'
    | 'within30days'
    | 'within90days'
    | 'within180days'
    | 'within365days'
    | 'over365days'
    | 'unknown'
    | (string & {})
  /** Percentage, such as 37.6. */
  percentage: number
}
