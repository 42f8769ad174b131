/** Input of `createRichMenuAlias`. */
export interface CreateRichMenuAliasInput {
  /** ID of the alias: 1 to 32 characters from `a-z 0-9 _ -`. */
  richMenuAliasId: string
  /** ID of a rich menu of this channel that has an image. */
  richMenuId: string
}

/** Input of `updateRichMenuAlias`. */
export interface UpdateRichMenuAliasInput {
  /** ID of the alias. */
  richMenuAliasId: string
  /** ID of a rich menu of this channel that has an image. */
  richMenuId: string
}

/** Identifies an alias. */
export interface RichMenuAliasInput {
  /** ID of the alias. */
  richMenuAliasId: string
}

/** An alias of a rich menu. Rich menu switch actions use it as their target. */
export interface RichMenuAlias {
  /** ID of the alias. */
  richMenuAliasId: string
  /** ID of the rich menu that the alias points to. */
  richMenuId: string
}

/** All aliases of the channel created through the API. */
export interface RichMenuAliases {
  /** All aliases, without pagination. Empty if no alias exists. */
  aliases: RichMenuAlias[]
}
