import type { Operation } from '../../core/operation.js'
import type { RichMenuId } from '../rich-menu/types.js'
import type * as T from './types.js'

// Links are states, not events: whoever links or unlinks twice has what they had after the first time. So all of these may be repeated.

/**
 * Links a rich menu to a user, in the place of the one before. It goes before the default one.
 * LINE also accepts it for people who are no friends, and does nothing.
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
 * Gets the ID of the rich menu that is linked to a user. LINE answers 404 when there is none; the user then sees the default one.
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
 * Takes the linked rich menu from a user, who then sees the default one.
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
 * Links a rich menu to up to 500 users. LINE only accepts it here and links within seconds: {@link getRichMenuIdOfUser} tells when it is done.
 * It does nothing for people who are no friends.
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
 * Takes the linked rich menus from up to 500 users. LINE only accepts it here and unlinks within seconds.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#unlink-rich-menu-from-users
 */
export const unlinkRichMenuIdFromUsers: Operation<T.UnlinkRichMenuIdFromUsersInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/bulk/unlink',
  repeat: 'safe',
  docs: 'messaging-api/#unlink-rich-menu-from-users',
}
