/** Identifies a group chat. */
export interface GroupInput {
  /** Group ID, from the source of an event. */
  groupId: string
}

/** Identifies a multi-person chat. */
export interface RoomInput {
  /** Room ID, from the source of an event. */
  roomId: string
}

/** Name and icon of a group chat. */
export interface GroupSummary {
  /** Group ID. */
  groupId: string
  /** Name of the group. */
  groupName: string
  /** HTTPS URL of the group icon. Absent if the group has none. */
  pictureUrl?: string | undefined
}

/** Number of members in a chat. */
export interface MemberCount {
  /**
   * Number of members, without the account itself. Users who are not friends, or who blocked the account, are
   * included.
   */
  count: number
}

/** Input of `getGroupMembersIds`. */
export interface GetGroupMembersIdsInput extends GroupInput {
  /** Cursor: the `next` value of the previous page. Valid for 24 hours. */
  start?: string | undefined
}

/** Input of `getRoomMembersIds`. */
export interface GetRoomMembersIdsInput extends RoomInput {
  /** Cursor: the `next` value of the previous page. Valid for 24 hours. */
  start?: string | undefined
}

/** A page of members. */
export interface MemberIds {
  /**
   * User IDs, at most 100, only of users of LINE for iOS or Android. A page can be short, or even empty, while `next`
   * is present.
   */
  memberIds: string[]
  /** Cursor for the next page. Absent on the last page. */
  next?: string | undefined
}

/** Identifies a member of a group chat. */
export interface GetGroupMemberProfileInput extends GroupInput {
  /** User ID of the member. */
  userId: string
}

/** Identifies a member of a multi-person chat. */
export interface GetRoomMemberProfileInput extends RoomInput {
  /** User ID of the member. */
  userId: string
}

/** Profile of a member. Unlike a friend's profile, it has no status message and no language. */
export interface MemberProfile {
  /** User ID. It is the same in all channels of a provider. */
  userId: string
  /** Display name that the user has chosen. It is not unique and may change. */
  displayName: string
  /**
   * HTTPS URL of the profile picture. Append `/large` for 200 x 200 pixels or `/small` for 51 x 51. Absent if the user
   * has none.
   */
  pictureUrl?: string | undefined
}
