import type { RichMenu } from '../messaging/rich-menu/types.js'
import { reachesFriend } from './chat/chat.js'
import { isOfForm } from './platform/identifiers.js'
import { refuse } from './platform/refusal.js'
import { emptyDetails, mistakes, words } from './platform/words.js'
import type { AccountState, PersonState } from './state.js'
import { keep } from './world.js'

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

/** What an account has of rich menus. Those of the Official Account Manager are not among them: the API does not see them. */
export const richMenus: (account: AccountState) => RichMenus = keep(() => ({
  menus: new Map(),
  aliases: new Map(),
  links: new Map(),
  defaultMenu: undefined,
}))

/** The rich menu that a person sees, and why: it is linked to them, or the default one of the API, or that of the Official Account Manager. */
export type RichMenuShown =
  | { readonly by: 'link' | 'default'; readonly richMenuId: string }
  /** The API does not know its ID. */
  | { readonly by: 'manager' }

/** The rich menu that a person sees in the chat with the account. */
export function shownRichMenu(account: AccountState, person: PersonState): RichMenuShown | undefined {
  if (account.friendships.get(person)?.blocked) return undefined
  const { defaultMenu } = richMenus(account)
  const linked = linkedRichMenu(account, person)
  if (linked !== undefined) return { by: 'link', richMenuId: linked }
  if (defaultMenu !== undefined) return { by: 'default', richMenuId: defaultMenu }
  return account.settings.richMenu ? { by: 'manager' } : undefined
}

/** The rich menu that is linked to a friend. Nothing is linked to others, whatever was before. */
export function linkedRichMenu(account: AccountState, person: PersonState): string | undefined {
  return reachesFriend(account, person) ? richMenus(account).links.get(person) : undefined
}

/** Links a rich menu to a friend, or takes theirs away. With anybody else nothing happens. */
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

/** Refuses what cannot be the ID of a rich menu in a body. */
export function checkRichMenuId(richMenuId: string, property = 'richMenuId'): void {
  if (!isOfForm('richMenuId', richMenuId)) refuse(400, mistakes({ message: words.richMenuId, property }))
}

/** Refuses a rich menu without an image where it is to be shown. */
export function needImage({ image }: RichMenuState): void {
  if (!image) refuse(400, emptyDetails(words.richMenuNeedsImage))
}
