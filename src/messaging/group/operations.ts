import type { ListOperation, Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets the name and icon of a group chat that the account is in. LINE responds 404 for any other group.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-group-summary
 */
export const getGroupSummary: Operation<T.GroupInput, T.GroupSummary> = {
  method: 'GET',
  path: '/v2/bot/group/{groupId}/summary',
  repeat: 'safe',
  docs: 'messaging-api/#get-group-summary',
}

/**
 * Gets the number of members in a group chat.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-members-group-count
 */
export const getGroupMemberCount: Operation<T.GroupInput, T.MemberCount> = {
  method: 'GET',
  path: '/v2/bot/group/{groupId}/members/count',
  repeat: 'safe',
  docs: 'messaging-api/#get-members-group-count',
}

/**
 * Lists the user IDs of all members of a group chat, including users who are not friends. For verified and premium
 * accounts only (403 otherwise).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-group-member-user-ids
 */
export const getGroupMembersIds: ListOperation<T.GetGroupMembersIdsInput, T.MemberIds, string> = {
  method: 'GET',
  path: '/v2/bot/group/{groupId}/members/ids',
  query: { start: 'string' },
  page: { items: 'memberIds', cursor: 'start', next: 'next' },
  repeat: 'safe',
  docs: 'messaging-api/#get-group-member-user-ids',
}

/**
 * Gets the profile of a member of a group chat, who does not have to be a friend.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-group-member-profile
 */
export const getGroupMemberProfile: Operation<T.GetGroupMemberProfileInput, T.MemberProfile> = {
  method: 'GET',
  path: '/v2/bot/group/{groupId}/member/{userId}',
  repeat: 'safe',
  docs: 'messaging-api/#get-group-member-profile',
}

/**
 * Leaves a group chat. LINE responds 404 if the account is not in it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#leave-group
 */
export const leaveGroup: Operation<T.GroupInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/group/{groupId}/leave',
  body: 'none',
  // A repeated leave is a 404, as if the account had never been in the group.
  repeat: 'never',
  docs: 'messaging-api/#leave-group',
}

/**
 * Gets the number of members in a multi-person chat.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-members-room-count
 */
export const getRoomMemberCount: Operation<T.RoomInput, T.MemberCount> = {
  method: 'GET',
  path: '/v2/bot/room/{roomId}/members/count',
  repeat: 'safe',
  docs: 'messaging-api/#get-members-room-count',
}

/**
 * Lists the user IDs of all members of a multi-person chat, including users who are not friends. For verified and
 * premium accounts only (403 otherwise).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-room-member-user-ids
 */
export const getRoomMembersIds: ListOperation<T.GetRoomMembersIdsInput, T.MemberIds, string> = {
  method: 'GET',
  path: '/v2/bot/room/{roomId}/members/ids',
  query: { start: 'string' },
  page: { items: 'memberIds', cursor: 'start', next: 'next' },
  repeat: 'safe',
  docs: 'messaging-api/#get-room-member-user-ids',
}

/**
 * Gets the profile of a member of a multi-person chat, who does not have to be a friend.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-room-member-profile
 */
export const getRoomMemberProfile: Operation<T.GetRoomMemberProfileInput, T.MemberProfile> = {
  method: 'GET',
  path: '/v2/bot/room/{roomId}/member/{userId}',
  repeat: 'safe',
  docs: 'messaging-api/#get-room-member-profile',
}

/**
 * Leaves a multi-person chat. Unlike for a group, LINE also accepts the call if the account is not in it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#leave-room
 */
export const leaveRoom: Operation<T.RoomInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/room/{roomId}/leave',
  body: 'none',
  repeat: 'safe',
  docs: 'messaging-api/#leave-room',
}
