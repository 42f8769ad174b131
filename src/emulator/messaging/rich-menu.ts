import type { BinaryContent } from '../../core/call/response.js'
import { listImageProblems } from '../../messaging/rich-menu/image.js'
import type * as operations from '../../messaging/rich-menu/operations.js'
import type { BotCall, Handlers } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { emptyDetails, ours, type Wording, words } from '../platform/words.js'
import { needImage, type RichMenuState, richMenus } from '../rich-menus.js'

/** How many rich menus the API makes for an account. */
const mostMenus = 1000

function known(richMenuId: string, { account }: BotCall): RichMenuState {
  return richMenus(account).menus.get(richMenuId) ?? refuse(404, words.notFound)
}

function fileOf(blob: Blob): BinaryContent {
  return { stream: blob.stream(), contentType: blob.type, contentLength: blob.size }
}

/** What LINE says of a broken rich menu. */
export const wording: Wording = ({ rule, path }) => {
  if (rule === 'missing') return { message: 'must be specified', property: path }
  return rule === 'form' && path.endsWith('.uri') ? { message: 'invalid uri', property: path } : undefined
}

/** Makes, shows and deletes rich menus, and keeps which is the default. */
export const handlers: Handlers<typeof operations> = {
  createRichMenu({ size, selected, name, chatBarText, areas }, { world, account }) {
    const { menus } = richMenus(account)
    if (menus.size >= mostMenus) refuse(400, emptyDetails(ours.menuLimit))
    const richMenuId = `richmenu-${world.ids.hex(32)}`
    menus.set(richMenuId, {
      menu: { richMenuId, size, selected, name, chatBarText, areas: [...areas] },
      image: undefined,
    })
    return { richMenuId }
  },

  validateRichMenuObject: () => ({}),

  async setRichMenuImage({ richMenuId, image }, call) {
    if (image.type !== 'image/jpeg' && image.type !== 'image/png') refuse(415, words.contentType(image.type))
    const state = known(richMenuId, call)
    const bytes = new Uint8Array(await image.arrayBuffer())
    if (state.image) refuse(400, words.richMenuHasImage)
    if (listImageProblems(bytes).length > 0) refuse(400, words.richMenuImage)
    state.image = image
    return {}
  },

  getRichMenuImage: ({ richMenuId }, call) => fileOf(known(richMenuId, call).image ?? refuse(404, words.notFound)),

  getRichMenuList: (_, { account }) => ({ richmenus: [...richMenus(account).menus.values()].map(({ menu }) => menu) }),

  getRichMenu: ({ richMenuId }, call) => known(richMenuId, call).menu,

  // Whatever showed it shows it no longer. Aliases stay, and lead nowhere.
  deleteRichMenu({ richMenuId }, call) {
    known(richMenuId, call)
    const kept = richMenus(call.account)
    kept.menus.delete(richMenuId)
    for (const [person, linked] of kept.links) if (linked === richMenuId) kept.links.delete(person)
    if (kept.defaultMenu === richMenuId) kept.defaultMenu = undefined
    return {}
  },

  setDefaultRichMenu({ richMenuId }, call) {
    needImage(known(richMenuId, call))
    richMenus(call.account).defaultMenu = richMenuId
    return {}
  },

  getDefaultRichMenuId(_, { account }) {
    const { defaultMenu } = richMenus(account)
    if (defaultMenu !== undefined) return { richMenuId: defaultMenu }
    return account.settings.richMenu
      ? refuse(403, emptyDetails(words.foreignRichMenu))
      : refuse(404, emptyDetails(words.noDefaultRichMenu))
  },

  cancelDefaultRichMenu(_, { account }) {
    richMenus(account).defaultMenu = undefined
    return {}
  },
}
