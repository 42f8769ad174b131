/** Whose rich menu. */
export interface UserRichMenuInput {
  /** User ID. */
  userId: string
}

/** Which rich menu a user is to see. */
export interface LinkRichMenuIdToUserInput {
  /** User ID. */
  userId: string
  /** ID of a rich menu that has its image. */
  richMenuId: string
}

/** Which rich menu several users are to see. */
export interface LinkRichMenuIdToUsersInput {
  /** ID of a rich menu that has its image. */
  richMenuId: string
  /** 1 to 500 user IDs. */
  userIds: readonly string[]
}

/** Which users are to see the default rich menu again. */
export interface UnlinkRichMenuIdFromUsersInput {
  /** 1 to 500 user IDs. */
  userIds: readonly string[]
}
