import type { BinaryContent } from '../../core/call/response.js'
import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Creates a rich menu. Nobody sees it before it has its image and is the default or linked. An account holds 1,000 of them made by the API;
 * LINE refuses to create one more (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-rich-menu
 */
export const createRichMenu: Operation<T.RichMenuInput, T.RichMenuId> = {
  method: 'POST',
  path: '/v2/bot/richmenu',
  repeat: 'never',
  rate: '100/h',
  lost: 'error',
  docs: 'messaging-api/#create-rich-menu',
}

/**
 * Has LINE check a rich menu. Nothing is created.
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
 * Gives a rich menu its image. It cannot be replaced (400): for another image create another rich menu.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#upload-rich-menu-image
 */
export const setRichMenuImage: Operation<T.SetRichMenuImageInput, Record<string, never>> = {
  method: 'POST',
  host: 'data',
  path: '/v2/bot/richmenu/{richMenuId}/content',
  body: { raw: 'image' },
  // To upload it again is a 400, which would read as if the rich menu had another image.
  repeat: 'never',
  docs: 'messaging-api/#upload-rich-menu-image',
}

/**
 * Gets the image of a rich menu. LINE answers 404 when it has none.
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
 * Gets all rich menus that were made by the API; those of the Official Account Manager are not among them.
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
 * Gets a rich menu that was made by the API. LINE answers 404 for any other.
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
 * Deletes a rich menu. Those who had it linked see the default one.
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
 * Makes a rich menu the default, in the place of the one before. It goes before that of the Official Account Manager, and takes up to a minute to have effect.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#set-default-rich-menu
 */
export const setDefaultRichMenu: Operation<T.RichMenuId, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/user/all/richmenu/{richMenuId}',
  body: 'none',
  // Whoever sets it twice has what they had after the first time.
  repeat: 'safe',
  docs: 'messaging-api/#set-default-rich-menu',
}

/**
 * Gets the ID of the default rich menu. LINE answers 404 when there is none, and 403 when another channel or the Official Account Manager has set it.
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
 * Leaves the account without a default rich menu of the API; that of the Official Account Manager shows again.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#cancel-default-rich-menu
 */
export const cancelDefaultRichMenu: Operation<Record<string, never>, Record<string, never>> = {
  method: 'DELETE',
  path: '/v2/bot/user/all/richmenu',
  repeat: 'safe',
  docs: 'messaging-api/#cancel-default-rich-menu',
}
