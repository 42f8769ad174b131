/** Whose memberships to get. */
export interface GetMembershipSubscriptionInput {
  /** User ID. */
  userId: string
}

/** The memberships that a person pays for. */
export interface MembershipSubscriptions {
  subscriptions: MembershipSubscription[]
}

/** One membership of one person. */
export interface MembershipSubscription {
  membership: SubscribedMembership
  user: MembershipSubscriber
}

/** The plan that a person has joined. */
export interface SubscribedMembership {
  /** ID of the plan. */
  membershipId: number
  title: string
  description: string
  /** What members get, at most 5 entries. */
  benefits: string[]
  /** Price of a month, in `currency`, with decimals. */
  price: number
  currency: 'JPY' | 'TWD' | 'THB' | (string & {})
}

/** A person as a member of a plan. */
export interface MembershipSubscriber {
  /** The number of this member in the plan. */
  membershipNo: number
  /** When the person joined, in seconds since 1970. */
  joinedTime: number
  /** When the next payment is due: the day in UTC+9, as `2026-06-18`. */
  nextBillingDate: string
  /** For how many months, since the person last joined. */
  totalSubscriptionMonths: number
}

/** The plans that the account offers, at most 5. */
export interface MembershipPlans {
  memberships: MembershipPlan[]
}

/** A plan that the account offers. */
export interface MembershipPlan extends SubscribedMembership {
  /** How many members it has. */
  memberCount: number
  /** How many it may have; `null` when there is no limit. */
  memberLimit: number | null
  /** Whether members pay in the app; else in a browser. */
  isInAppPurchase: boolean
  /** Whether it can be joined. A plan that was ended is private and still goes on for its members. */
  isPublished: boolean
}

/** Which members of a plan to list. */
export interface GetJoinedMembershipUsersInput {
  /** ID of the plan. */
  membershipId: number
  /** Where to go on from: `next` of the page before. LINE takes it for 24 hours. */
  start?: string | undefined
  /** Page size, 1 to 1000. LINE uses 300 when it is left out. */
  limit?: number | undefined
}

/** One page of the members of a plan. */
export interface JoinedMembershipUsers {
  /** User IDs of members who are friends and share their profile. A page may be short, even empty, while there is a `next`. */
  userIds: string[]
  /** Where the next page starts; missing on the last page. */
  next?: string | undefined
}
