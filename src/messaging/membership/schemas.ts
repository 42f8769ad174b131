import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, Nothing, openSet } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const GetMembershipSubscriptionInput: Schema<T.GetMembershipSubscriptionInput> = /* @__PURE__ */ schema(() =>
  z.object({ userId: filled() }),
)

const plan = () => ({
  membershipId: z.int(),
  title: z.string(),
  description: z.string(),
  benefits: z.array(z.string()),
  price: z.number(),
  currency: openSet('JPY', 'TWD', 'THB'),
})

export const SubscribedMembership: Schema<T.SubscribedMembership> = /* @__PURE__ */ schema(() => z.object(plan()))

export const MembershipSubscriber: Schema<T.MembershipSubscriber> = /* @__PURE__ */ schema(() =>
  z.object({
    membershipNo: z.int(),
    joinedTime: z.int(),
    nextBillingDate: z.string(),
    totalSubscriptionMonths: z.int(),
  }),
)

export const MembershipSubscription: Schema<T.MembershipSubscription> = /* @__PURE__ */ schema(() =>
  z.object({ membership: SubscribedMembership(), user: MembershipSubscriber() }),
)

export const MembershipSubscriptions: Schema<T.MembershipSubscriptions> = /* @__PURE__ */ schema(() =>
  z.object({ subscriptions: z.array(MembershipSubscription()) }),
)

export const MembershipPlan: Schema<T.MembershipPlan> = /* @__PURE__ */ schema(() =>
  z.object({
    ...plan(),
    memberCount: z.int(),
    memberLimit: z.nullable(z.int()),
    isInAppPurchase: z.boolean(),
    isPublished: z.boolean(),
  }),
)

export const MembershipPlans: Schema<T.MembershipPlans> = /* @__PURE__ */ schema(() =>
  z.object({ memberships: z.array(MembershipPlan()) }),
)

export const GetJoinedMembershipUsersInput: Schema<T.GetJoinedMembershipUsersInput> = /* @__PURE__ */ schema(() =>
  z.object({
    membershipId: z.int(),
    start: z.optional(z.string()),
    limit: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
  }),
)

export const JoinedMembershipUsers: Schema<T.JoinedMembershipUsers> = /* @__PURE__ */ schema(() =>
  z.object({ userIds: z.array(z.string()), next: z.optional(z.string()) }),
)

export const contracts: Contracts<typeof operations> = {
  getMembershipSubscription: { input: GetMembershipSubscriptionInput, output: MembershipSubscriptions },
  getMembershipList: { input: Nothing, output: MembershipPlans },
  getJoinedMembershipUsers: { input: GetJoinedMembershipUsersInput, output: JoinedMembershipUsers },
}
