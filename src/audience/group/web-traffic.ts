/** What visits of a website an audience is made from. The list of shared audiences tells the first four members only. */
export interface AudienceWebTraffic {
  /** Whether the LINE Tag is one of this account. `false` for every Tracking Tag. */
  webtrafficIsMyTag: boolean
  /** Whether Business Manager shares the tag; `ERROR` when LINE cannot say just now. */
  webtrafficBmTagSharingStatus: 'SHARED' | 'UNSHARED' | 'ERROR' | (string & {})
  /** Whether the LINE Tag has been deleted. `false` for every Tracking Tag. */
  webtrafficIsTagDeleted: boolean
  /** Where the audience was made. */
  webtrafficTagCreateRoute: 'OA_MANAGER' | 'AD_MANAGER' | 'BUSINESS_MANAGER' | (string & {})
  /** Which visits count: all, those of some URLs, or those with an event. */
  webtrafficVisitType?: 'VISIT_ALL' | 'URL_MATCHING' | 'EVENT_MATCHING' | (string & {}) | undefined
  /** How many days a visit counts. A number in LINE's samples; its page calls it a text. */
  webtrafficRetentionDays?: number | undefined
  /** Only with `EVENT_MATCHING`. */
  webtrafficTagEventType?: 'CONVERSION_EVENT' | 'CUSTOM_EVENT' | (string & {}) | undefined
  /** Only with `CUSTOM_EVENT`. */
  webtrafficCustomEventName?: string | undefined
  /** Always `NORMAL`. Only with `EVENT_MATCHING` and `URL_MATCHING`. */
  webtrafficMatchingType?: 'NORMAL' | (string & {}) | undefined
  webtrafficConditionGroup?: AudienceWebTrafficCondition[] | undefined
  webtrafficTagId?: string | undefined
  /** Who issued the LINE Tag. */
  webtrafficTagOwnerName?: string | undefined
}

/** Which words make a visit count. */
export interface AudienceWebTrafficCondition {
  conditionType: 'CONTAIN' | 'NOT_CONTAIN' | 'EQUAL_TO' | (string & {})
  keywords: string[]
}
