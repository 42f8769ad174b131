import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Creates an alias of a rich menu. An account holds 1,000 of them made by the API; LINE refuses to create one more (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-rich-menu-alias
 */
export const createRichMenuAlias: Operation<T.CreateRichMenuAliasInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/alias',
  // To create it again is a 400, which would read as if the name had been taken before.
  repeat: 'never',
  docs: 'messaging-api/#create-rich-menu-alias',
}

/**
 * Gets which rich menu an alias points to. LINE answers 404 when there is no such alias.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-rich-menu-alias-by-id
 */
export const getRichMenuAlias: Operation<T.RichMenuAliasInput, T.RichMenuAlias> = {
  method: 'GET',
  path: '/v2/bot/richmenu/alias/{richMenuAliasId}',
  repeat: 'safe',
  docs: 'messaging-api/#get-rich-menu-alias-by-id',
}

/**
 * Points an alias to another rich menu. People may see the old one for a while.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#update-rich-menu-alias
 */
export const updateRichMenuAlias: Operation<T.UpdateRichMenuAliasInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/alias/{richMenuAliasId}',
  // Whoever points it there twice has what they had after the first time.
  repeat: 'safe',
  docs: 'messaging-api/#update-rich-menu-alias',
}

/**
 * Deletes an alias; its rich menu stays.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#delete-rich-menu-alias
 */
export const deleteRichMenuAlias: Operation<T.RichMenuAliasInput, Record<string, never>> = {
  method: 'DELETE',
  path: '/v2/bot/richmenu/alias/{richMenuAliasId}',
  repeat: 'safe',
  rate: '100/h',
  docs: 'messaging-api/#delete-rich-menu-alias',
}

/**
 * Gets all aliases that were made by the API.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-rich-menu-alias-list
 */
export const getRichMenuAliasList: Operation<Record<string, never>, T.RichMenuAliases> = {
  method: 'GET',
  path: '/v2/bot/richmenu/alias/list',
  repeat: 'safe',
  docs: 'messaging-api/#get-rich-menu-alias-list',
}
