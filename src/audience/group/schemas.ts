import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { maxUnits, Nothing, openSet, rule } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const AudienceStatus: Schema<T.AudienceStatus> = /* @__PURE__ */ schema(() =>
  openSet('IN_PROGRESS', 'READY', 'FAILED', 'EXPIRED', 'INACTIVE', 'ACTIVATING'),
)

export const AudienceCreateRoute: Schema<T.AudienceCreateRoute> = /* @__PURE__ */ schema(() =>
  openSet('OA_MANAGER', 'MESSAGING_API', 'POINT_AD', 'AD_MANAGER', 'BUSINESS_MANAGER', 'YAHOO_DISPLAY_ADS'),
)

export const AudienceFailedType: Schema<T.AudienceFailedType> = /* @__PURE__ */ schema(() =>
  openSet('AUDIENCE_GROUP_AUDIENCE_INSUFFICIENT', 'INTERNAL_ERROR'),
)

const filter = () => ({
  page: z.int().check(z.minimum(1)),
  description: z.optional(z.string()),
  status: z.optional(AudienceStatus()),
  size: z.optional(z.int().check(z.minimum(1), z.maximum(40))),
  createRoute: z.optional(AudienceCreateRoute()),
})

const group = () => ({
  audienceGroupId: z.int(),
  createRoute: AudienceCreateRoute(),
  type: AudienceType(),
  description: z.string(),
  status: AudienceStatus(),
  audienceCount: z.int(),
  created: z.int(),
  permission: AudiencePermission(),
  isIfaAudience: z.boolean(),
  expireTimestamp: z.optional(z.int()),
  requestId: z.optional(z.string()),
  clickUrl: z.optional(z.string()),
  failedType: z.optional(z.nullable(AudienceFailedType())),
  activated: z.optional(z.int()),
  inactiveTimestamp: z.optional(z.int()),
})

const page = () => ({
  hasNextPage: z.boolean(),
  totalCount: z.int(),
  readWriteAudienceGroupTotalCount: z.int(),
  page: z.int(),
  size: z.int(),
})

export const AudienceGroupIdInput: Schema<T.AudienceGroupIdInput> = /* @__PURE__ */ schema(() =>
  z.object({ audienceGroupId: z.int() }),
)

export const UpdateAudienceGroupDescriptionInput: Schema<T.UpdateAudienceGroupDescriptionInput> =
  /* @__PURE__ */ schema(() => z.object({ audienceGroupId: z.int(), description: audienceName() }))

export const GetAudienceGroupsInput: Schema<T.GetAudienceGroupsInput> = /* @__PURE__ */ schema(() =>
  z.object({ ...filter(), includesExternalPublicGroups: z.optional(z.boolean()) }),
)

export const GetSharedAudienceGroupsInput: Schema<T.GetSharedAudienceGroupsInput> = /* @__PURE__ */ schema(() =>
  z.object({ ...filter(), includesOwnedAudienceGroups: z.optional(z.boolean()) }),
)

export const AudienceGroup: Schema<T.AudienceGroup> = /* @__PURE__ */ schema(() => z.object(group()))

export const AudienceGroupJob: Schema<T.AudienceGroupJob> = /* @__PURE__ */ schema(() =>
  z.object({
    audienceGroupJobId: z.int(),
    audienceGroupId: z.int(),
    description: z.nullable(z.string()),
    type: openSet('DIFF_ADD'),
    jobStatus: openSet('QUEUED', 'WORKING', 'FINISHED', 'FAILED'),
    failedType: z.nullable(AudienceFailedType()),
    audienceCount: z.int(),
    created: z.int(),
  }),
)

export const AudienceAdAccount: Schema<T.AudienceAdAccount> = /* @__PURE__ */ schema(() =>
  z.object({ name: z.string() }),
)

export const AudienceData: Schema<T.AudienceData> = /* @__PURE__ */ schema(() =>
  z.object({
    audienceGroup: AudienceGroup(),
    jobs: z.array(AudienceGroupJob()),
    adaccount: z.optional(AudienceAdAccount()),
  }),
)

export const AudienceGroups: Schema<T.AudienceGroups> = /* @__PURE__ */ schema(() =>
  z.object({ audienceGroups: z.array(AudienceGroup()), ...page() }),
)

export const AudienceWebTrafficCondition: Schema<T.AudienceWebTrafficCondition> = /* @__PURE__ */ schema(() =>
  z.object({ conditionType: openSet('CONTAIN', 'NOT_CONTAIN', 'EQUAL_TO'), keywords: z.array(z.string()) }),
)

export const AudienceWebTraffic: Schema<T.AudienceWebTraffic> = /* @__PURE__ */ schema(() =>
  z.object({
    webtrafficIsMyTag: z.boolean(),
    webtrafficBmTagSharingStatus: openSet('SHARED', 'UNSHARED', 'ERROR'),
    webtrafficIsTagDeleted: z.boolean(),
    webtrafficTagCreateRoute: openSet('OA_MANAGER', 'AD_MANAGER', 'BUSINESS_MANAGER'),
    webtrafficVisitType: z.optional(openSet('VISIT_ALL', 'URL_MATCHING', 'EVENT_MATCHING')),
    webtrafficRetentionDays: z.optional(z.int()),
    webtrafficTagEventType: z.optional(openSet('CONVERSION_EVENT', 'CUSTOM_EVENT')),
    webtrafficCustomEventName: z.optional(z.string()),
    webtrafficMatchingType: z.optional(openSet('NORMAL')),
    webtrafficConditionGroup: z.optional(z.array(AudienceWebTrafficCondition())),
    webtrafficTagId: z.optional(z.string()),
    webtrafficTagOwnerName: z.optional(z.string()),
  }),
)

export const SharedAudienceGroup: Schema<T.SharedAudienceGroup> = /* @__PURE__ */ schema(() =>
  z.object({ ...group(), webtraffic: z.optional(AudienceWebTraffic()) }),
)

export const AudienceOwner: Schema<T.AudienceOwner> = /* @__PURE__ */ schema(() =>
  z.object({ serviceType: openSet('bm', 'lap', 'account', 'yda'), id: z.string(), name: z.string() }),
)

export const SharedAudienceData: Schema<T.SharedAudienceData> = /* @__PURE__ */ schema(() =>
  z.object({ audienceGroup: SharedAudienceGroup(), jobs: z.array(AudienceGroupJob()), owner: AudienceOwner() }),
)

export const SharedAudienceGroups: Schema<T.SharedAudienceGroups> = /* @__PURE__ */ schema(() =>
  z.object({ audienceGroups: z.array(SharedAudienceGroup()), ...page() }),
)

/** The name of an audience in an input. */
// @__NO_SIDE_EFFECTS__
export function audienceName(): z.ZodMiniString {
  return z.string().check(
    z.minLength(1),
    maxUnits(120),
    rule((text) => {
      if (/\p{Cc}/u.test(text)) return [{ path: [], allowed: 'a string without control characters' }]
      return text && !text.trim() ? [{ path: [], allowed: 'a string with a character that is not a space' }] : []
    }),
  )
}

export const AudienceType: Schema<T.AudienceType> = /* @__PURE__ */ schema(() =>
  openSet(
    'UPLOAD',
    'CLICK',
    'IMP',
    'CHAT_TAG',
    'FRIEND_PATH',
    'RESERVATION',
    'APP_EVENT',
    'VIDEO_VIEW',
    'WEBTRAFFIC',
    'IMAGE_CLICK',
    'RICHMENU_IMP',
    'RICHMENU_CLICK',
    'POP_AD_IMP',
    'TRACKINGTAG_WEBTRAFFIC',
  ),
)

export const AudiencePermission: Schema<T.AudiencePermission> = /* @__PURE__ */ schema(() =>
  openSet('READ', 'READ_WRITE'),
)

export const CreatedAudience: Schema<T.CreatedAudience> = /* @__PURE__ */ schema(() => z.object(created()))

/** The common fields of all responses that create an audience. */
// @__NO_SIDE_EFFECTS__
export const created = () => ({
  audienceGroupId: z.int(),
  createRoute: openSet('MESSAGING_API'),
  type: AudienceType(),
  description: z.string(),
  created: z.int(),
  permission: AudiencePermission(),
  expireTimestamp: z.int(),
  isIfaAudience: z.boolean(),
})

export const contracts: Contracts<typeof operations> = {
  updateAudienceGroupDescription: { input: UpdateAudienceGroupDescriptionInput, output: Nothing },
  deleteAudienceGroup: { input: AudienceGroupIdInput, output: Nothing },
  getAudienceData: { input: AudienceGroupIdInput, output: AudienceData },
  getAudienceGroups: { input: GetAudienceGroupsInput, output: AudienceGroups },
  getSharedAudienceData: { input: AudienceGroupIdInput, output: SharedAudienceData },
  getSharedAudienceGroups: { input: GetSharedAudienceGroupsInput, output: SharedAudienceGroups },
}
