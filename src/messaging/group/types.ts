/** Which group chat. */
export interface GroupInput {
  /** Group ID, from the source of an event. */
  groupId: string
}

/** Which multi-person chat. */
export interface RoomInput {
  /** Room ID, from the source of an event. */
  roomId: string
}

/** What a group chat is called. */
export interface GroupSummary {
  groupId: string
  groupName: string
  /** An https URL. Missing when the group has no icon. */
  pictureUrl?: string | undefined
}

/** How many people are in a chat. */
export interface MemberCount {
  /** The account itself is not counted; people who are no friends or have blocked it are. */
  count: number
}

/** Which members of a group chat to list. */
export interface GetGroupMembersIdsInput extends GroupInput {
  /** Where to go on from: `next` of the page before. LINE takes it for 24 hours. */
  start?: string | undefined
}

/** Which members of a multi-person chat to list. */
export interface GetRoomMembersIdsInput extends RoomInput {
  /** Where to go on from: `next` of the page before. LINE takes it for 24 hours. */
  start?: string | undefined
}

/** One page of members. */
export interface MemberIds {
  /** User IDs, at most 100 and only of people with LINE for iOS or Android. A page may be short, even empty, while there is a `next`. */
  memberIds: string[]
  /** Where the next page starts; missing on the last page. */
  next?: string | undefined
}

/** Which member of a group chat. */
export interface GetGroupMemberProfileInput extends GroupInput {
  /** User ID. */
  userId: string
}

/** Which member of a multi-person chat. */
export interface GetRoomMemberProfileInput extends RoomInput {
  /** User ID. */
  userId: string
}

/** What a member shows of themselves. There is neither status message nor language in it. */
export interface MemberProfile {
  /** User ID. It is the same in all channels of one provider. */
  userId: string
  /** The name the person has chosen. It is not unique and may change. */
  displayName: string
  /** An https URL; `/large` behind it gives 200 x 200 pixels, `/small` 51 x 51. Missing when there is no picture. */
  pictureUrl?: string | undefined
}
