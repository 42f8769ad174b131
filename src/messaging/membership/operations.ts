import type { ListOperation, Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets the memberships that a person has joined. LINE answers 404 when there is none. Memberships are for accounts in Japan.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-a-users-membership-subscription-status
 */
export const getMembershipSubscription: Operation<T.GetMembershipSubscriptionInput, T.MembershipSubscriptions> = {
  method: 'GET',
  path: '/v2/bot/membership/subscription/{userId}',
  repeat: 'safe',
  rate: '200/s',
  docs: 'messaging-api/#get-a-users-membership-subscription-status',
}

/**
 * Gets the plans that the account offers, without those in review. LINE answers 404 when there is none.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-membership-plans
 */
export const getMembershipList: Operation<Record<string, never>, T.MembershipPlans> = {
  method: 'GET',
  path: '/v2/bot/membership/list',
  repeat: 'safe',
  rate: '200/s',
  docs: 'messaging-api/#get-membership-plans',
}

/**
 * Lists the IDs of everyone who has joined a plan. LINE answers 404 for a plan that is not the account's.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-membership-user-ids
 */
export const getJoinedMembershipUsers: ListOperation<T.GetJoinedMembershipUsersInput, T.JoinedMembershipUsers, string> =
  {
    method: 'GET',
    path: '/v2/bot/membership/{membershipId}/users/ids',
    kinds: { membershipId: 'number' },
    query: { start: 'string', limit: 'number' },
    page: { items: 'userIds', cursor: 'start', next: 'next' },
    repeat: 'safe',
    rate: '200/s',
    docs: 'messaging-api/#get-membership-user-ids',
  }
