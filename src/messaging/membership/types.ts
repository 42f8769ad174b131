/** Input of `getMembershipSubscription`. */
export interface GetMembershipSubscriptionInput {
  /** User ID of the member. */
  userId: string
}

/** The memberships that a user has subscribed to. */
export interface MembershipSubscriptions {
  /** One entry per membership. */
  subscriptions: MembershipSubscription[]
}

/** A membership of a user. */
export interface MembershipSubscription {
  /** The plan that the user has subscribed to. */
  membership: SubscribedMembership
  /** The user's data as a member. */
  user: MembershipSubscriber
}

/** A plan that a user has subscribed to. */
export interface SubscribedMembership {
  /** ID of the plan. */
  membershipId: number
  /** Title of the plan. */
  title: string
  /** Description of the plan. */
  description: string
  /** Benefits for members, at most 5. */
  benefits: string[]
  /** Monthly price in `currency`, with decimals. */
  price: number
  /** Currency of the price. */
  currency: 'JPY' | 'TWD' | 'THB' | (string & {})
}

/** A user's data as a member of a plan. */
export interface MembershipSubscriber {
  /** Membership number of the user in the plan. */
  membershipNo: number
  /** Time when the user joined, in seconds since 1970. */
  joinedTime: number
  /** Date of the next payment in UTC+9, such as `2026-06-18`. */
  nextBillingDate: string
  /** Number of months since the user last joined. */
  totalSubscriptionMonths: number
}

/** The plans that the account offers. */
export interface MembershipPlans {
  /** At most 5 plans. */
  memberships: MembershipPlan[]
}

/** A plan that the account offers. */
export interface MembershipPlan extends SubscribedMembership {
  /** Number of members. */
  memberCount: number
  /** Maximum number of members. `null` if there is no limit. */
  memberLimit: number | null
  /** Whether members pay in the LINE app. If `false`, they pay in a browser. */
  isInAppPurchase: boolean
  /** Whether users can join. A discontinued plan is no longer published, but continues for its members. */
  isPublished: boolean
}

/** Input of `getJoinedMembershipUsers`. */
export interface GetJoinedMembershipUsersInput {
  /** ID of the plan. */
  membershipId: number
  /** Cursor: the `next` value of the previous page. Valid for 24 hours. */
  start?: string | undefined
  /** Page size, 1 to 1000. Default: 300. */
  limit?: number | undefined
}

/** A page of the members of a plan. */
export interface JoinedMembershipUsers {
  /**
   * User IDs of members who are friends and share their profile. A page can be short, or even empty, while `next` is
   * present.
   */
  userIds: string[]
  /** Cursor for the next page. Absent on the last page. */
  next?: string | undefined
}
