/** Identifies the user whose rich menu to get or unlink. */
export interface UserRichMenuInput {
  /** User ID. */
  userId: string
}

/** Input of `linkRichMenuIdToUser`. */
export interface LinkRichMenuIdToUserInput {
  /** User ID. */
  userId: string
  /** ID of a rich menu that has an image. */
  richMenuId: string
}

/** Input of `linkRichMenuIdToUsers`. */
export interface LinkRichMenuIdToUsersInput {
  /** ID of a rich menu that has an image. */
  richMenuId: string
  /** 1 to 500 user IDs. */
  userIds: readonly string[]
}

/** Input of `unlinkRichMenuIdFromUsers`. */
export interface UnlinkRichMenuIdFromUsersInput {
  /** 1 to 500 user IDs. */
  userIds: readonly string[]
}
