import type { BinaryContent } from '../../core/call/response.js'
import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Creates a rich menu. It is visible once it has an image and is the default or linked to a user. An account can have
 * 1,000 rich menus created through the API. LINE rejects more (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-rich-menu
 */
export const createRichMenu: Operation<T.RichMenuInput, T.RichMenuId> = {
  method: 'POST',
  path: '/v2/bot/richmenu',
  repeat: 'never',
  rate: '100/h',
  onLostResponse: 'error',
  docs: 'messaging-api/#create-rich-menu',
}

/**
 * Validates a rich menu. Creates nothing.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#validate-rich-menu-object
 */
export const validateRichMenuObject: Operation<T.RichMenuInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/validate',
  repeat: 'safe',
  docs: 'messaging-api/#validate-rich-menu-object',
}

/**
 * Sets the image of a rich menu. The image cannot be replaced (400); create another rich menu instead.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#upload-rich-menu-image
 */
export const setRichMenuImage: Operation<T.SetRichMenuImageInput, Record<string, never>> = {
  method: 'POST',
  host: 'data',
  path: '/v2/bot/richmenu/{richMenuId}/content',
  body: { raw: 'image' },
  // A repeated upload is a 400, as if the rich menu had another image.
  repeat: 'never',
  docs: 'messaging-api/#upload-rich-menu-image',
}

/**
 * Gets the image of a rich menu. LINE responds 404 if it has none.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#download-rich-menu-image
 */
export const getRichMenuImage: Operation<T.RichMenuId, BinaryContent> = {
  method: 'GET',
  host: 'data',
  path: '/v2/bot/richmenu/{richMenuId}/content',
  response: 'binary',
  repeat: 'safe',
  docs: 'messaging-api/#download-rich-menu-image',
}

/**
 * Gets all rich menus created through the API. Rich menus from the LINE Official Account Manager are not included.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-rich-menu-list
 */
export const getRichMenuList: Operation<Record<string, never>, T.RichMenuList> = {
  method: 'GET',
  path: '/v2/bot/richmenu/list',
  repeat: 'safe',
  rate: '10/s',
  docs: 'messaging-api/#get-rich-menu-list',
}

/**
 * Gets a rich menu created through the API. LINE responds 404 for any other.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-rich-menu
 */
export const getRichMenu: Operation<T.RichMenuId, T.RichMenu> = {
  method: 'GET',
  path: '/v2/bot/richmenu/{richMenuId}',
  repeat: 'safe',
  docs: 'messaging-api/#get-rich-menu',
}

/**
 * Deletes a rich menu. Users that it was linked to see the default rich menu.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#delete-rich-menu
 */
export const deleteRichMenu: Operation<T.RichMenuId, Record<string, never>> = {
  method: 'DELETE',
  path: '/v2/bot/richmenu/{richMenuId}',
  repeat: 'safe',
  rate: '100/h',
  docs: 'messaging-api/#delete-rich-menu',
}

/**
 * Sets the default rich menu, replacing the previous one. It takes precedence over the default of the LINE Official
 * Account Manager. The change takes up to a minute.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#set-default-rich-menu
 */
export const setDefaultRichMenu: Operation<T.RichMenuId, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/user/all/richmenu/{richMenuId}',
  body: 'none',
  // Setting the same default again changes nothing.
  repeat: 'safe',
  docs: 'messaging-api/#set-default-rich-menu',
}

/**
 * Gets the default rich menu's ID. LINE responds 404 if no default is set, and 403 if another channel or the LINE
 * Official Account Manager has set it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-default-rich-menu-id
 */
export const getDefaultRichMenuId: Operation<Record<string, never>, T.RichMenuId> = {
  method: 'GET',
  path: '/v2/bot/user/all/richmenu',
  repeat: 'safe',
  docs: 'messaging-api/#get-default-rich-menu-id',
}

/**
 * Clears the default rich menu set through the API. The default of the LINE Official Account Manager is shown again.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#cancel-default-rich-menu
 */
export const cancelDefaultRichMenu: Operation<Record<string, never>, Record<string, never>> = {
  method: 'DELETE',
  path: '/v2/bot/user/all/richmenu',
  repeat: 'safe',
  docs: 'messaging-api/#cancel-default-rich-menu',
}
