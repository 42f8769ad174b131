import type * as accountLink from '../../messaging/account-link/operations.js'
import type * as follower from '../../messaging/follower/operations.js'
import type * as group from '../../messaging/group/operations.js'
import type * as membership from '../../messaging/membership/operations.js'
import type * as profile from '../../messaging/profile/operations.js'
import type { Answers } from './types.js'
import { displayName, done, groupId, newYear, otherUserId, pictureUrl, userId } from './values.js'

type Operations = typeof accountLink & typeof follower & typeof group & typeof membership & typeof profile

const member = () => ({ userId, displayName, pictureUrl })

const plan = () => ({
  membershipId: 3189,
  title: 'Tea circle',
  description: 'A tea of the month, and a seat at the tastings.',
  benefits: ['Tea of the month', 'Tastings'],
  price: 500,
  currency: 'JPY',
})

/** Answers about people, groups, rooms and memberships. */
export const people: Answers<Operations> = {
  getProfile: () => ({ ...member(), statusMessage: 'Hello, LINE!', language: 'ja' }),
  getFollowers: () => ({ userIds: [userId, otherUserId] }),
  issueLinkToken: () => ({ linkToken: 'aBcDeFgHiJkLmNoPqRsTuVwXyZ012345' }),
  getGroupSummary: () => ({
    groupId,
    groupName: 'Tea friends',
    pictureUrl: 'https://profile.line-scdn.net/0habcdef0123456789',
  }),
  getGroupMemberCount: () => ({ count: 2 }),
  getGroupMembersIds: () => ({ memberIds: [userId, otherUserId] }),
  getGroupMemberProfile: member,
  leaveGroup: done,
  getRoomMemberCount: () => ({ count: 2 }),
  getRoomMembersIds: () => ({ memberIds: [userId, otherUserId] }),
  getRoomMemberProfile: member,
  leaveRoom: done,
  getMembershipSubscription: () => ({
    subscriptions: [
      {
        membership: plan(),
        user: { membershipNo: 12, joinedTime: newYear, nextBillingDate: '2026-02-01', totalSubscriptionMonths: 1 },
      },
    ],
  }),
  getMembershipList: () => ({
    memberships: [{ ...plan(), memberCount: 2, memberLimit: null, isInAppPurchase: true, isPublished: true }],
  }),
  getJoinedMembershipUsers: () => ({ userIds: [userId, otherUserId] }),
}
