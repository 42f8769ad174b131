import type { AudiencePermission, AudienceType } from '../created.js'
import type { AudienceWebTraffic } from './web-traffic.js'

export type { AudienceWebTraffic, AudienceWebTrafficCondition } from './web-traffic.js'

/** Which audience. */
export interface AudienceGroupIdInput {
  /** Audience ID, an integer. LINE answers 400 with `AUDIENCE_GROUP_NOT_FOUND`, not 404, when there is no such audience. */
  audienceGroupId: number
}

/** A new name for an audience. */
export interface UpdateAudienceGroupDescriptionInput {
  /** Audience ID, an integer. */
  audienceGroupId: number
  /** The new name, 1 to 120 UTF-16 units, no control characters, not spaces only. Its case does not count. */
  description: string
}

/** Which audiences to list. */
export interface GetAudienceGroupsInput {
  /** The number of the page, from 1. */
  page: number
  /** Part of the name. Its case does not count. */
  description?: string | undefined
  status?: AudienceStatus | undefined
  /** Page size, 1 to 40. LINE uses 20 when it is left out. */
  size?: number | undefined
  /** Whether to list the public audiences of the account's other channels too. LINE uses `true` when it is left out. */
  includesExternalPublicGroups?: boolean | undefined
  createRoute?: AudienceCreateRoute | undefined
}

/** Which shared audiences to list. */
export interface GetSharedAudienceGroupsInput {
  /** The number of the page, from 1. */
  page: number
  /** Part of the name. Its case does not count. */
  description?: string | undefined
  status?: AudienceStatus | undefined
  /** Page size, 1 to 40. LINE uses 20 when it is left out. */
  size?: number | undefined
  createRoute?: AudienceCreateRoute | undefined
  /** Whether to list the account's own audiences too. LINE uses `false` when it is left out. */
  includesOwnedAudienceGroups?: boolean | undefined
}

/**
 * Whether an audience can be sent to: `READY` it can; `IN_PROGRESS` not yet, which may last hours, and for ever while it holds too few people;
 * `FAILED`, see its `failedType`; `EXPIRED`, deleted a month later; `INACTIVE` or `ACTIVATING`, for audiences from advertising.
 */
export type AudienceStatus = 'IN_PROGRESS' | 'READY' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'ACTIVATING' | (string & {})

/** Where an audience was made. The last two are told of shared audiences only. */
export type AudienceCreateRoute =
  | 'OA_MANAGER'
  | 'MESSAGING_API'
  | 'POINT_AD'
  | 'AD_MANAGER'
  | 'BUSINESS_MANAGER'
  | 'YAHOO_DISPLAY_ADS'
  | (string & {})

/** Why an audience or a job failed: under 50 people, or an error of LINE's. */
export type AudienceFailedType = 'AUDIENCE_GROUP_AUDIENCE_INSUFFICIENT' | 'INTERNAL_ERROR' | (string & {})

/** An audience. */
export interface AudienceGroup {
  /** Audience ID: an integer of 64 bits, of 13 digits in LINE's samples, which a `number` holds exactly. */
  audienceGroupId: number
  createRoute: AudienceCreateRoute
  type: AudienceType
  /** The audience's name. */
  description: string
  /** It stays `READY` while IDs are added: the `jobs` tell when those are in. */
  status: AudienceStatus
  /** How many people are in it, those who blocked the account included. LINE says 0 for under 20, except of uploaded user IDs and chat tags. */
  audienceCount: number
  /** When it was made, in seconds since 1970. */
  created: number
  permission: AudiencePermission
  /** Whether it holds advertising IDs instead of user IDs. */
  isIfaAudience: boolean
  /** When it expires, in seconds since 1970. Only of some kinds. */
  expireTimestamp?: number | undefined
  /** The request ID of the message. Only with `CLICK` and `IMP`. */
  requestId?: string | undefined
  /** The link in the message. Only with `CLICK`, when it is about one link. */
  clickUrl?: string | undefined
  /** Only when it failed, or failed before it expired. */
  failedType?: AudienceFailedType | null | undefined
  /** When it was activated, in seconds since 1970. Only of audiences from advertising. */
  activated?: number | undefined
  /** When it becomes inactive, in seconds since 1970. Only of audiences from advertising. So named in LINE's samples; its page says `inactivatedTimestamp`. */
  inactiveTimestamp?: number | undefined
}

/** One upload of IDs to an audience. */
export interface AudienceGroupJob {
  /** Job ID, an integer of 64 bits. */
  audienceGroupJobId: number
  /** Audience ID, an integer of 64 bits. */
  audienceGroupId: number
  /** What `uploadDescription` called it; `null` when it was left out. */
  description: string | null
  /** Always `DIFF_ADD`: IDs were added. */
  type: 'DIFF_ADD' | (string & {})
  /** The IDs are in the audience when it is `FINISHED`. LINE takes 10 jobs that are `QUEUED` or `WORKING` at a time. */
  jobStatus: 'QUEUED' | 'WORKING' | 'FINISHED' | 'FAILED' | (string & {})
  /** `null` unless it failed. */
  failedType: AudienceFailedType | null
  /** How many people it added. */
  audienceCount: number
  /** When it was made, in seconds since 1970. */
  created: number
}

/** An audience, and how the uploads to it are doing. */
export interface AudienceData {
  audienceGroup: AudienceGroup
  /** At most 50. Empty unless IDs are uploaded to the audience. */
  jobs: AudienceGroupJob[]
  /** Only of audiences from advertising. */
  adaccount?: AudienceAdAccount | undefined
}

/** The advertising account that an audience is from. */
export interface AudienceAdAccount {
  name: string
}

/** One page of audiences. */
export interface AudienceGroups {
  audienceGroups: AudienceGroup[]
  /** Whether there is another page. */
  hasNextPage: boolean
  /** How many audiences fit, on all pages. */
  totalCount: number
  /** How many of those can be changed. */
  readWriteAudienceGroupTotalCount: number
  /** The number of this page. */
  page: number
  /** The page size. */
  size: number
}

/** An audience as Business Manager shares it. */
export interface SharedAudienceGroup extends AudienceGroup {
  /** Only with `WEBTRAFFIC` and `TRACKINGTAG_WEBTRAFFIC`. */
  webtraffic?: AudienceWebTraffic | undefined
}

/** A shared audience, who owns it, and how the uploads to it are doing. */
export interface SharedAudienceData {
  audienceGroup: SharedAudienceGroup
  /** At most 50. Empty unless IDs are uploaded to the audience. */
  jobs: AudienceGroupJob[]
  owner: AudienceOwner
}

/** Who made a shared audience. */
export interface AudienceOwner {
  /** `bm` Business Manager, `lap` LINE Ads, `account` an Official Account, `yda` LY Ads. */
  serviceType: 'bm' | 'lap' | 'account' | 'yda' | (string & {})
  /** The ID of the account there. */
  id: string
  /** The name of the account there. */
  name: string
}

/** One page of shared audiences. */
export interface SharedAudienceGroups {
  audienceGroups: SharedAudienceGroup[]
  /** Whether there is another page. */
  hasNextPage: boolean
  /** How many audiences fit, on all pages. */
  totalCount: number
  /** How many of those can be changed. */
  readWriteAudienceGroupTotalCount: number
  /** The number of this page. */
  page: number
  /** The page size. */
  size: number
}
