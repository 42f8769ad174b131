/** An alias to create. */
export interface CreateRichMenuAliasInput {
  /** Name of the alias: 1 to 32 of `a-z 0-9 _ -`. */
  richMenuAliasId: string
  /** ID of a rich menu of this channel that has its image. */
  richMenuId: string
}

/** Where an alias is to point. */
export interface UpdateRichMenuAliasInput {
  /** Name of the alias. */
  richMenuAliasId: string
  /** ID of a rich menu of this channel that has its image. */
  richMenuId: string
}

/** Which alias. */
export interface RichMenuAliasInput {
  /** Name of the alias. */
  richMenuAliasId: string
}

/** A name that stands for a rich menu, for the action that switches between rich menus. */
export interface RichMenuAlias {
  richMenuAliasId: string
  /** ID of the rich menu that it points to. */
  richMenuId: string
}

/** All aliases of the channel. */
export interface RichMenuAliases {
  /** In one page; empty when there is none. */
  aliases: RichMenuAlias[]
}
