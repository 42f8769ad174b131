import type { BinaryContent } from '../../core/call/response.js'
import { listImageProblems } from '../../messaging/rich-menu/image.js'
import * as richMenu from '../../messaging/rich-menu/operations.js'
import type { RichMenu } from '../../messaging/rich-menu/types.js'
import * as richMenuAlias from '../../messaging/rich-menu-alias/operations.js'
import { reachesFriend } from '../chat.js'
import {
  assumedMessages,
  emptyDetails,
  errorMessages,
  type InputMessages,
  mistakes,
} from '../platform/error-messages.js'
import { type BotCall, type Handlers, type Route, route } from '../platform/handler.js'
import { checkParameter, isOfForm, refuse } from '../platform/refusal.js'
import type { AccountState, PersonState } from '../state.js'
import { stateOf } from '../world.js'

/** A rich menu that was made by the API. */
export interface RichMenuState {
  readonly menu: RichMenu
  /** Once it has one, it keeps it. */
  image: Blob | undefined
}

interface RichMenus {
  /** By ID, as are all that point to one. */
  readonly menus: Map<string, RichMenuState>
  readonly aliases: Map<string, string>
  readonly links: Map<PersonState, string>
  defaultMenu: string | undefined
}

/** What an account has of rich menus. Those of LINE Official Account Manager are not among them: the API does not see them. */
export const richMenus: (account: AccountState) => RichMenus = stateOf(() => ({
  menus: new Map(),
  aliases: new Map(),
  links: new Map(),
  defaultMenu: undefined,
}))

/** The rich menu that a user sees, and why: it is linked to the user, it is the API's default, or it is that of LINE Official Account Manager. */
export type RichMenuShown =
  | {
      /** Why this rich menu is shown. */
      readonly by: 'link' | 'default'
      /** The ID of the rich menu. */
      readonly richMenuId: string
    }
  /** The API does not know its ID. */
  | {
      /** Why this rich menu is shown. */
      readonly by: 'manager'
    }

/** The rich menu that a person sees in the chat with the account. */
export function shownRichMenu(account: AccountState, person: PersonState): RichMenuShown | undefined {
  if (account.friendships.get(person)?.blocked || person.isDeleted) return undefined
  const { defaultMenu } = richMenus(account)
  const linked = linkedRichMenu(account, person)
  if (linked !== undefined) return { by: 'link', richMenuId: linked }
  if (defaultMenu !== undefined) return { by: 'default', richMenuId: defaultMenu }
  return account.settings.richMenu ? { by: 'manager' } : undefined
}

/** The rich menu that is linked to a friend. Users who are not friends have no linked rich menu. */
export function linkedRichMenu(account: AccountState, person: PersonState): string | undefined {
  return reachesFriend(account, person) ? richMenus(account).links.get(person) : undefined
}

/** Links a rich menu to a friend, or removes the link. It does nothing for a user who is not a friend. */
export function linkRichMenu(
  account: AccountState,
  person: PersonState | undefined,
  richMenuId: string | undefined,
): void {
  if (!person || !reachesFriend(account, person)) return
  const { links } = richMenus(account)
  if (richMenuId === undefined) links.delete(person)
  else links.set(person, richMenuId)
}

/** Refuses an invalid rich menu ID in a body. */
export function checkRichMenuId(richMenuId: string, property = 'richMenuId'): void {
  if (!isOfForm('richMenuId', richMenuId)) refuse(400, mistakes({ message: errorMessages.richMenuId, property }))
}

/** Refuses a rich menu without an image where it is to be shown. */
export function needImage({ image }: RichMenuState): void {
  if (!image) refuse(400, emptyDetails(errorMessages.richMenuNeedsImage))
}

/** How many rich menus the API makes for an account. */
const mostMenus = 1000

function known(richMenuId: string, { account }: BotCall): RichMenuState {
  return richMenus(account).menus.get(richMenuId) ?? refuse(404, errorMessages.notFound)
}

function fileOf(blob: Blob): BinaryContent {
  return { stream: blob.stream(), contentType: blob.type, contentLength: blob.size }
}

/** What LINE says of a broken rich menu. */
const inputMessages: InputMessages = ({ rule, path }) => {
  if (rule === 'missing') return { message: 'must be specified', property: path }
  return rule === 'form' && path.endsWith('.uri') ? { message: 'invalid uri', property: path } : undefined
}

/** Manages rich menus and the default rich menu. */
const richMenuHandlers: Handlers<typeof richMenu> = {
  createRichMenu({ size, selected, name, chatBarText, areas }, { world, account }) {
    const { menus } = richMenus(account)
    if (menus.size >= mostMenus) refuse(400, emptyDetails(assumedMessages.menuLimit))
    const richMenuId = `richmenu-${world.ids.hex(32)}`
    menus.set(richMenuId, {
      menu: { richMenuId, size, selected, name, chatBarText, areas: [...areas] },
      image: undefined,
    })
    return { richMenuId }
  },

  validateRichMenuObject: () => ({}),

  async setRichMenuImage({ richMenuId, image }, call) {
    if (image.type !== 'image/jpeg' && image.type !== 'image/png') refuse(415, errorMessages.contentType(image.type))
    const state = known(richMenuId, call)
    const bytes = new Uint8Array(await image.arrayBuffer())
    if (state.image) refuse(400, errorMessages.richMenuHasImage)
    if (listImageProblems(bytes).length > 0) refuse(400, errorMessages.richMenuImage)
    state.image = image
    return {}
  },

  getRichMenuImage: ({ richMenuId }, call) =>
    fileOf(known(richMenuId, call).image ?? refuse(404, errorMessages.notFound)),

  getRichMenuList: (_, { account }) => ({ richmenus: [...richMenus(account).menus.values()].map(({ menu }) => menu) }),

  getRichMenu: ({ richMenuId }, call) => known(richMenuId, call).menu,

  // It is removed from users and from the default. Aliases stay and point to nothing.
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
      ? refuse(403, emptyDetails(errorMessages.foreignRichMenu))
      : refuse(404, emptyDetails(errorMessages.noDefaultRichMenu))
  },

  cancelDefaultRichMenu(_, { account }) {
    richMenus(account).defaultMenu = undefined
    return {}
  },
}

/** How many aliases the API makes for an account. */
const mostAliases = 1000

function knownAlias(richMenuAliasId: string, { account }: BotCall): string {
  checkParameter('richMenuAliasId', richMenuAliasId)
  return richMenus(account).aliases.get(richMenuAliasId) ?? refuse(404, emptyDetails(errorMessages.noAlias))
}

function checkTarget(richMenuId: string, { account }: BotCall): void {
  checkRichMenuId(richMenuId)
  if (!richMenus(account).menus.get(richMenuId)?.image) refuse(400, emptyDetails(errorMessages.noRichMenu))
}

/** Manages rich menu aliases. */
const richMenuAliasHandlers: Handlers<typeof richMenuAlias> = {
  createRichMenuAlias({ richMenuAliasId, richMenuId }, call) {
    const { aliases } = richMenus(call.account)
    checkTarget(richMenuId, call)
    if (aliases.has(richMenuAliasId)) refuse(400, emptyDetails(errorMessages.aliasTaken))
    if (aliases.size >= mostAliases) refuse(400, emptyDetails(assumedMessages.aliasLimit))
    aliases.set(richMenuAliasId, richMenuId)
    return {}
  },

  getRichMenuAlias: ({ richMenuAliasId }, call) => ({ richMenuAliasId, richMenuId: knownAlias(richMenuAliasId, call) }),

  updateRichMenuAlias({ richMenuAliasId, richMenuId }, call) {
    knownAlias(richMenuAliasId, call)
    checkTarget(richMenuId, call)
    richMenus(call.account).aliases.set(richMenuAliasId, richMenuId)
    return {}
  },

  deleteRichMenuAlias({ richMenuAliasId }, call) {
    knownAlias(richMenuAliasId, call)
    richMenus(call.account).aliases.delete(richMenuAliasId)
    return {}
  },

  getRichMenuAliasList: (_, { account }) => ({
    aliases: [...richMenus(account).aliases].map(([richMenuAliasId, richMenuId]) => ({ richMenuAliasId, richMenuId })),
  }),
}

/** What LINE does at the operations of these topics. */
export const routes: readonly Route[] = [
  ...route('channel', richMenu, richMenuHandlers, { messages: inputMessages }),
  ...route('channel', richMenuAlias, richMenuAliasHandlers),
]
