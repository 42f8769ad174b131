/** Which day to count. */
export interface InsightDateInput {
  /** A day in UTC+9, as `yyyyMMdd`; `lineDate` writes one. Counting a day usually takes until the next one. */
  date: string
}

/** Whether LINE has counted: `unready` a day that is still being counted, `out_of_service` one from before LINE began to count. */
export type CountingStatus = 'ready' | 'unready' | 'out_of_service' | (string & {})

/** How many messages the account sent on one day. A number is there when the status is `ready` and there were such messages. */
export interface MessageDeliveries {
  status: CountingStatus
  /** To all friends, from LINE Official Account Manager. */
  broadcast?: number | undefined
  /** To friends picked by attributes, from LINE Official Account Manager. */
  targeting?: number | undefined
  /** Step messages. */
  stepMessage?: number | undefined
  /** Automatic answers to messages. */
  autoResponse?: number | undefined
  /** Greetings to new friends. */
  welcomeResponse?: number | undefined
  /** From the chat screen of LINE Official Account Manager. */
  chat?: number | undefined
  /** By `broadcast`. */
  apiBroadcast?: number | undefined
  /** By `pushMessage`. */
  apiPush?: number | undefined
  /** By `multicast`. */
  apiMulticast?: number | undefined
  /** By `narrowcast`. */
  apiNarrowcast?: number | undefined
  /** By `replyMessage`. */
  apiReply?: number | undefined
  /** Automatic answers of LINE Chat Plus. */
  ccAutoReply?: number | undefined
  /** Answers of people in LINE Chat Plus. */
  ccManualReply?: number | undefined
  /** LINE notification messages. */
  pnpNoticeMessage?: number | undefined
  /** Call to LINE, which takes no new accounts any more. */
  pnpCallToLine?: number | undefined
  /** From chat tools of others. */
  thirdPartyChatTool?: number | undefined
}

/** How many people the account reaches at the end of one day. */
export interface FollowerNumbers {
  status: CountingStatus
  /** How many people have ever added the account; it never falls. `null` unless the status is `ready`. */
  followers: number | null
  /** How many people messages by gender, age or area can reach. `null` unless the status is `ready`. */
  targetedReaches: number | null
  /** How many people block the account. `null` unless the status is `ready`. */
  blocks: number | null
}

/** Who the friends of the account are, in percent. All lists are empty while LINE tells nothing. */
export interface FriendDemographics {
  /** Whether LINE tells: the account is of Japan, Thailand or Taiwan, and its target reach is 20 or more. */
  available: boolean
  genders: GenderShare[]
  ages: AgeShare[]
  areas: AreaShare[]
  appTypes: AppTypeShare[]
  /** How long they have been friends, from the day after they added the account. */
  subscriptionPeriods: SubscriptionPeriodShare[]
}

/** How many of the friends are of one gender. */
export interface GenderShare {
  gender: 'male' | 'female' | 'unknown' | (string & {})
  /** In percent, from 0 to 100, such as 37.6. */
  percentage: number
}

/** How many of the friends are of one age. */
export interface AgeShare {
  /** In years. `from50` holds everyone from 50 on, where LINE does not split them up. Accounts of Thailand count all under 20 as `unknown`. */
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
  /** In percent, from 0 to 100, such as 37.6. */
  percentage: number
}

/** How many of the friends are of one area. */
export interface AreaShare {
  /** In the language of the account's country, such as `東京`, `台北市` or `Bangkok`; or `unknown`. */
  area: string
  /** In percent, from 0 to 100, such as 37.6. */
  percentage: number
}

/** How many of the friends use LINE on one system. */
export interface AppTypeShare {
  appType: 'ios' | 'android' | 'others' | (string & {})
  /** In percent, from 0 to 100, such as 37.6. */
  percentage: number
}

/** How many of the friends have been so for one span of time. */
export interface SubscriptionPeriodShare {
  /** Each begins where the one before ends: `within30days` is 7 days or more and less than 30. */
  subscriptionPeriod:
    | 'within7days'
    | 'within30days'
    | 'within90days'
    | 'within180days'
    | 'within365days'
    | 'over365days'
    | 'unknown'
    | (string & {})
  /** In percent, from 0 to 100, such as 37.6. */
  percentage: number
}
