/** Identifies an audience. */
export interface AudienceGroupIdInput {
  /**
   * Audience ID, an integer. If the audience does not exist, LINE responds 400 with `AUDIENCE_GROUP_NOT_FOUND`, not
   * 404.
   */
  audienceGroupId: number
}

/** Input of `updateAudienceGroupDescription`. */
export interface UpdateAudienceGroupDescriptionInput {
  /** Audience ID, an integer. */
  audienceGroupId: number
  /** New name, 1 to 120 UTF-16 code units, without control characters, not only spaces. Case-insensitive. */
  description: string
}

/** Input of `getAudienceGroups`. */
export interface GetAudienceGroupsInput {
  /** Page number, at least 1. */
  page: number
  /** Part of the name, case-insensitive. Default: all audiences. */
  description?: string | undefined
  /** Status to filter by. Default: all. */
  status?: AudienceStatus | undefined
  /** Page size, 1 to 40. Default: 20. */
  size?: number | undefined
  /** Whether to include the public audiences of the account's other channels. Default: `true`. */
  includesExternalPublicGroups?: boolean | undefined
  /** Origin to filter by. Default: all. */
  createRoute?: AudienceCreateRoute | undefined
}

/** Input of `getSharedAudienceGroups`. */
export interface GetSharedAudienceGroupsInput {
  /** Page number, at least 1. */
  page: number
  /** Part of the name, case-insensitive. Default: all audiences. */
  description?: string | undefined
  /** Status to filter by. Default: all. */
  status?: AudienceStatus | undefined
  /** Page size, 1 to 40. Default: 20. */
  size?: number | undefined
  /** Origin to filter by. Default: all. */
  createRoute?: AudienceCreateRoute | undefined
  /** Whether to include the account's own audiences. Default: `false`. */
  includesOwnedAudienceGroups?: boolean | undefined
}

/**
 * Status of an audience. `READY`: can be sent to. `IN_PROGRESS`: being filled, which can take hours, and does not end
 * while it has too few users. `FAILED`: see `failedType`. `EXPIRED`: deleted a month later. `INACTIVE` and
 * `ACTIVATING`: for audiences from advertising.
 */
export type AudienceStatus = 'IN_PROGRESS' | 'READY' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'ACTIVATING' | (string & {})

/** Where an audience was created. `BUSINESS_MANAGER` and `YAHOO_DISPLAY_ADS` occur for shared audiences only. */
export type AudienceCreateRoute =
  | 'OA_MANAGER'
  | 'MESSAGING_API'
  | 'POINT_AD'
  | 'AD_MANAGER'
  | 'BUSINESS_MANAGER'
  | 'YAHOO_DISPLAY_ADS'
  | (string & {})

/** Why an audience or a job failed: fewer than 50 users, or an internal error at LINE. */
export type AudienceFailedType = 'AUDIENCE_GROUP_AUDIENCE_INSUFFICIENT' | 'INTERNAL_ERROR' | (string & {})

/** An audience. */
export interface AudienceGroup {
  /** Audience ID, a 64-bit integer. IDs in LINE's samples have 13 digits, which a `number` represents exactly. */
  audienceGroupId: number
  /** Where the audience was created. */
  createRoute: AudienceCreateRoute
  /** What the audience is based on. */
  type: AudienceType
  /** Name of the audience. */
  description: string
  /** Status of the audience. It stays `READY` while IDs are added; see `jobs` for the status of the upload. */
  status: AudienceStatus
  /**
   * Number of users, including users who blocked the account. LINE reports 0 for fewer than 20 users, except for
   * uploaded user IDs and chat tags.
   */
  audienceCount: number
  /** Time of creation, in seconds since 1970. */
  created: number
  /** How the account can use the audience. */
  permission: AudiencePermission
  /** Whether the audience consists of advertising IDs instead of user IDs. */
  isIfaAudience: boolean
  /** Expiration time, in seconds since 1970. Only for some types. */
  expireTimestamp?: number | undefined
  /** Request ID of the message. Only for `CLICK` and `IMP`. */
  requestId?: string | undefined
  /** URL of the link. Only for `CLICK`, if the audience is based on one link. */
  clickUrl?: string | undefined
  /** Reason for the failure. Only if the audience failed, or failed before it expired. */
  failedType?: AudienceFailedType | null | undefined
  /** Time of activation, in seconds since 1970. Only for audiences from advertising. */
  activated?: number | undefined
  /**
   * Time when the audience becomes inactive, in seconds since 1970. Only for audiences from advertising. LINE's
   * samples use this name; the reference says `inactivatedTimestamp`.
   */
  inactiveTimestamp?: number | undefined
}

/** An upload of IDs to an audience. */
export interface AudienceGroupJob {
  /** Job ID, a 64-bit integer. */
  audienceGroupJobId: number
  /** Audience ID, a 64-bit integer. */
  audienceGroupId: number
  /** The `uploadDescription` of the upload. `null` if it was omitted. */
  description: string | null
  /** Always `DIFF_ADD`: IDs were added. */
  type: 'DIFF_ADD' | (string & {})
  /**
   * Status of the job. The IDs are in the audience once it is `FINISHED`. At most 10 jobs can be `QUEUED` or `WORKING`
   * at a time.
   */
  jobStatus: 'QUEUED' | 'WORKING' | 'FINISHED' | 'FAILED' | (string & {})
  /** Reason for the failure. `null` if the job has not failed. */
  failedType: AudienceFailedType | null
  /** Number of users added. */
  audienceCount: number
  /** Time of creation, in seconds since 1970. */
  created: number
}

/** An audience and the status of its uploads. */
export interface AudienceData {
  /** The audience. */
  audienceGroup: AudienceGroup
  /** The uploads, at most 50. Empty if the audience is not based on uploaded IDs. */
  jobs: AudienceGroupJob[]
  /** The advertising account. Only for audiences from advertising. */
  adaccount?: AudienceAdAccount | undefined
}

/** The advertising account of an audience. */
export interface AudienceAdAccount {
  /** Name of the advertising account. */
  name: string
}

/** A page of audiences. */
export interface AudienceGroups {
  /** The audiences. */
  audienceGroups: AudienceGroup[]
  /** Whether there is a next page. */
  hasNextPage: boolean
  /** Number of matching audiences on all pages. */
  totalCount: number
  /** Number of matching audiences that the account can change. */
  readWriteAudienceGroupTotalCount: number
  /** Page number. */
  page: number
  /** Page size. */
  size: number
}

/** An audience shared through Business Manager. */
export interface SharedAudienceGroup extends AudienceGroup {
  /** Conditions on website visits. Only for `WEBTRAFFIC` and `TRACKINGTAG_WEBTRAFFIC`. */
  webtraffic?: AudienceWebTraffic | undefined
}

/** A shared audience, its owner, and the status of its uploads. */
export interface SharedAudienceData {
  /** The audience. */
  audienceGroup: SharedAudienceGroup
  /** The uploads, at most 50. Empty if the audience is not based on uploaded IDs. */
  jobs: AudienceGroupJob[]
  /** The owner of the audience. */
  owner: AudienceOwner
}

/** The owner of a shared audience. */
export interface AudienceOwner {
  /** Service of the owner: `bm` Business Manager, `lap` LINE Ads, `account` LINE Official Account, `yda` LY Ads. */
  serviceType: 'bm' | 'lap' | 'account' | 'yda' | (string & {})
  /** ID of the owner in that service. */
  id: string
  /** Name of the owner in that service. */
  name: string
}

/** A page of shared audiences. */
export interface SharedAudienceGroups {
  /** The audiences. */
  audienceGroups: SharedAudienceGroup[]
  /** Whether there is a next page. */
  hasNextPage: boolean
  /** Number of matching audiences on all pages. */
  totalCount: number
  /** Number of matching audiences that the account can change. */
  readWriteAudienceGroupTotalCount: number
  /** Page number. */
  page: number
  /** Page size. */
  size: number
}

/** How an audience can be used: `READ` to send to it, `READ_WRITE` to also change it. */
export type AudiencePermission = 'READ' | 'READ_WRITE' | (string & {})

/** The response to the creation of an audience. LINE fills the audience later; see `getAudienceData`. */
export interface CreatedAudience {
  /** Audience ID, a 64-bit integer. IDs in LINE's samples have 13 digits, which a `number` represents exactly. */
  audienceGroupId: number
  /** Always `MESSAGING_API`. */
  createRoute: 'MESSAGING_API' | (string & {})
  /** What the audience is based on. */
  type: AudienceType
  /** Name of the audience. */
  description: string
  /** Time of creation, in seconds since 1970. */
  created: number
  /** How the account can use the audience. */
  permission: AudiencePermission
  /** Expiration time, in seconds since 1970: at most 180 days after the creation. */
  expireTimestamp: number
  /** Whether the audience consists of advertising IDs instead of user IDs. */
  isIfaAudience: boolean
}

/**
 * What an audience is based on: `UPLOAD` uploaded IDs, `CLICK` clicks in a message, `IMP` impressions of a message,
 * `CHAT_TAG` chat tags, `FRIEND_PATH` how users became friends, `RESERVATION` reservations, `RICHMENU_IMP` and
 * `RICHMENU_CLICK` impressions and clicks of a rich menu, `APP_EVENT` app events, `VIDEO_VIEW` video views,
 * `WEBTRAFFIC` and `TRACKINGTAG_WEBTRAFFIC` website visits tracked by LINE Tag or Tracking Tag, `IMAGE_CLICK` image
 * clicks, `POP_AD_IMP` ads of the LINE Beacon Network.
 */
export type AudienceType =
  | 'UPLOAD'
  | 'CLICK'
  | 'IMP'
  | 'CHAT_TAG'
  | 'FRIEND_PATH'
  | 'RESERVATION'
  | 'APP_EVENT'
  | 'VIDEO_VIEW'
  | 'WEBTRAFFIC'
  | 'IMAGE_CLICK'
  | 'RICHMENU_IMP'
  | 'RICHMENU_CLICK'
  | 'POP_AD_IMP'
  | 'TRACKINGTAG_WEBTRAFFIC'
  | (string & {})

/**
 * The website visits that an audience is based on. In lists of shared audiences only the first four fields are
 * present.
 */
export interface AudienceWebTraffic {
  /** Whether the LINE Tag belongs to this account. `false` for a Tracking Tag. */
  webtrafficIsMyTag: boolean
  /** Whether the tag is shared through Business Manager. `ERROR` if LINE cannot determine it at the moment. */
  webtrafficBmTagSharingStatus: 'SHARED' | 'UNSHARED' | 'ERROR' | (string & {})
  /** Whether the LINE Tag has been deleted. `false` for a Tracking Tag. */
  webtrafficIsTagDeleted: boolean
  /** Where the audience was created. */
  webtrafficTagCreateRoute: 'OA_MANAGER' | 'AD_MANAGER' | 'BUSINESS_MANAGER' | (string & {})
  /** Which visits count: all visits, visits to matching URLs, or visits with a matching event. */
  webtrafficVisitType?: 'VISIT_ALL' | 'URL_MATCHING' | 'EVENT_MATCHING' | (string & {}) | undefined
  /** Number of days for which a visit counts. A number in LINE's samples; the reference says string. */
  webtrafficRetentionDays?: number | undefined
  /** Type of the event. Only for `EVENT_MATCHING`. */
  webtrafficTagEventType?: 'CONVERSION_EVENT' | 'CUSTOM_EVENT' | (string & {}) | undefined
  /** Name of the custom event. Only for `CUSTOM_EVENT`. */
  webtrafficCustomEventName?: string | undefined
  /** Always `NORMAL`. Only for `EVENT_MATCHING` and `URL_MATCHING`. */
  webtrafficMatchingType?: 'NORMAL' | (string & {}) | undefined
  /** Conditions on the keywords of a visit. */
  webtrafficConditionGroup?: AudienceWebTrafficCondition[] | undefined
  /** ID of the tag. */
  webtrafficTagId?: string | undefined
  /** Owner of the LINE Tag. */
  webtrafficTagOwnerName?: string | undefined
}

/** A condition on the keywords of a visit. */
export interface AudienceWebTrafficCondition {
  /** How the keywords are compared. */
  conditionType: 'CONTAIN' | 'NOT_CONTAIN' | 'EQUAL_TO' | (string & {})
  /** The keywords. */
  keywords: string[]
}
