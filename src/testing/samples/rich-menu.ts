import type * as richMenuOperations from '../../messaging/rich-menu/operations.js'
import type { RichMenu } from '../../messaging/rich-menu/types.js'
import type * as alias from '../../messaging/rich-menu-alias/operations.js'
import type * as batch from '../../messaging/rich-menu-batch/operations.js'
import type * as link from '../../messaging/rich-menu-link/operations.js'
import type { Answers } from './types.js'
import { done, image, otherRichMenuId, richMenuId } from './values.js'

type Operations = typeof richMenuOperations & typeof alias & typeof batch & typeof link

const menu = (): RichMenu => ({
  richMenuId,
  size: { width: 2500, height: 1686 },
  selected: true,
  name: 'Tea House menu',
  chatBarText: 'Menu',
  areas: [
    { bounds: { x: 0, y: 0, width: 1250, height: 1686 }, action: { type: 'message', label: 'Teas', text: 'Teas' } },
    {
      bounds: { x: 1250, y: 0, width: 1250, height: 1686 },
      action: { type: 'uri', label: 'Shop', uri: 'https://example.com/shop' },
    },
  ],
})

/** Answers about rich menus, their aliases, batches and links. */
export const richMenu: Answers<Operations> = {
  createRichMenu: () => ({ richMenuId }),
  validateRichMenuObject: done,
  setRichMenuImage: done,
  getRichMenuImage: image,
  getRichMenuList: () => ({ richmenus: [menu()] }),
  getRichMenu: menu,
  deleteRichMenu: done,
  setDefaultRichMenu: done,
  getDefaultRichMenuId: () => ({ richMenuId }),
  cancelDefaultRichMenu: done,
  createRichMenuAlias: done,
  getRichMenuAlias: () => ({ richMenuAliasId: 'main', richMenuId }),
  updateRichMenuAlias: done,
  deleteRichMenuAlias: done,
  getRichMenuAliasList: () => ({
    aliases: [
      { richMenuAliasId: 'main', richMenuId },
      { richMenuAliasId: 'shop', richMenuId: otherRichMenuId },
    ],
  }),
  richMenuBatch: done,
  validateRichMenuBatchRequest: done,
  getRichMenuBatchProgress: () => ({
    phase: 'succeeded',
    acceptedTime: '2026-01-01T00:00:00.000Z',
    completedTime: '2026-01-01T00:00:12.345Z',
  }),
  linkRichMenuIdToUser: done,
  getRichMenuIdOfUser: () => ({ richMenuId }),
  unlinkRichMenuIdFromUser: done,
  linkRichMenuIdToUsers: done,
  unlinkRichMenuIdFromUsers: done,
}
