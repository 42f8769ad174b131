import type { Operation } from '../../core/operation.js'
import type { RichMenuId } from '../rich-menu/types.js'
import type * as T from './types.js'

// Links are state, so linking or unlinking twice has the same result as once. All of these calls can be retried.

/**
 * Links a rich menu to a user, replacing the previous link. A linked rich menu takes precedence over the default rich
 * menu. For users who are not friends, LINE accepts the call without effect.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#link-rich-menu-to-user
 */
export const linkRichMenuIdToUser: Operation<T.LinkRichMenuIdToUserInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/user/{userId}/richmenu/{richMenuId}',
  body: 'none',
  repeat: 'safe',
  docs: 'messaging-api/#link-rich-menu-to-user',
}

/**
 * Gets the ID of the rich menu that is linked to a user. LINE responds 404 if none is linked; the user then sees the
 * default rich menu.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-rich-menu-id-of-user
 */
export const getRichMenuIdOfUser: Operation<T.UserRichMenuInput, RichMenuId> = {
  method: 'GET',
  path: '/v2/bot/user/{userId}/richmenu',
  repeat: 'safe',
  docs: 'messaging-api/#get-rich-menu-id-of-user',
}

/**
 * Unlinks the rich menu from a user, who then sees the default rich menu.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#unlink-rich-menu-from-user
 */
export const unlinkRichMenuIdFromUser: Operation<T.UserRichMenuInput, Record<string, never>> = {
  method: 'DELETE',
  path: '/v2/bot/user/{userId}/richmenu',
  repeat: 'safe',
  docs: 'messaging-api/#unlink-rich-menu-from-user',
}

/**
 * Links a rich menu to up to 500 users. LINE accepts the request and links within seconds: {@link getRichMenuIdOfUser}
 * shows when it is done. Has no effect for users who are not friends.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#link-rich-menu-to-users
 */
export const linkRichMenuIdToUsers: Operation<T.LinkRichMenuIdToUsersInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/bulk/link',
  repeat: 'safe',
  docs: 'messaging-api/#link-rich-menu-to-users',
}

/**
 * Unlinks the rich menus from up to 500 users. LINE accepts the request and unlinks within seconds.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#unlink-rich-menu-from-users
 */
export const unlinkRichMenuIdFromUsers: Operation<T.UnlinkRichMenuIdFromUsersInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/bulk/unlink',
  repeat: 'safe',
  docs: 'messaging-api/#unlink-rich-menu-from-users',
}
