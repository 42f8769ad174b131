import type { ListOperation, Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets the memberships that a user has subscribed to. LINE responds 404 if the user has not subscribed to any.
 * Memberships are available to accounts in Japan.
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
 * Gets the membership plans that the account offers, except plans under review. LINE responds 404 if it offers no plan.
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
 * Lists the user IDs of the members of a plan. LINE responds 404 if the plan does not belong to the account.
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
