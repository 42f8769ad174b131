import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Creates an alias of a rich menu. An account can have 1,000 aliases created through the API. LINE rejects more (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-rich-menu-alias
 */
export const createRichMenuAlias: Operation<T.CreateRichMenuAliasInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/alias',
  // A repeated creation is a 400, as if the ID had been taken before.
  repeat: 'never',
  docs: 'messaging-api/#create-rich-menu-alias',
}

/**
 * Gets the rich menu that an alias points to. LINE responds 404 if the alias does not exist.
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
 * Points an alias to another rich menu. Users may see the old rich menu for a while.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#update-rich-menu-alias
 */
export const updateRichMenuAlias: Operation<T.UpdateRichMenuAliasInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/alias/{richMenuAliasId}',
  // A repeated update changes nothing.
  repeat: 'safe',
  docs: 'messaging-api/#update-rich-menu-alias',
}

/**
 * Deletes an alias. The rich menu is kept.
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
 * Gets all aliases created through the API.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-rich-menu-alias-list
 */
export const getRichMenuAliasList: Operation<Record<string, never>, T.RichMenuAliases> = {
  method: 'GET',
  path: '/v2/bot/richmenu/alias/list',
  repeat: 'safe',
  docs: 'messaging-api/#get-rich-menu-alias-list',
}
