import { LineInputError } from '../../core/errors.js'
import { property } from '../../core/property.js'
import type { Action } from '../../messaging/action/types.js'
import type { ImagemapAction } from '../../messaging/imagemap/types.js'
import { chatOf } from '../chat.js'
import type { Place } from '../delivery/events.js'
import { richMenus, shownRichMenu } from '../messaging/rich-menu.js'
import type { AccountState, Chat, ChatEntry, PersonState } from '../state.js'
import { stateOf } from '../world.js'

/** An action that a person can tap. */
export interface ShownAction {
  readonly action: Action | ImagemapAction
  /** The message whose quick reply it is. */
  readonly quickReplyOf?: ChatEntry
}

// The message whose quick reply has been used, which removes its buttons.
const used = stateOf<Chat, { entry: ChatEntry | undefined }>(() => ({ entry: undefined }))

// Their quick reply buttons stay, until the user has sent what they are for.
const stays: readonly string[] = ['camera', 'cameraRoll', 'location']

/** Removes the quick reply buttons after one of them was tapped. */
export function useQuickReply(account: AccountState, chatId: string, { action, quickReplyOf }: ShownAction): void {
  if (quickReplyOf && !stays.includes(action.type)) used(chatOf(account, chatId)).entry = quickReplyOf
}

/** The actions of a message besides those of its quick reply: wherever `action`, `defaultAction` or a list `actions` stands. */
export function* actionsIn(part: unknown): Generator<Action | ImagemapAction> {
  if (typeof part !== 'object' || part === null) return
  for (const [name, value] of Object.entries(part)) {
    if (name === 'quickReply') continue
    const isAction = name === 'action' || name === 'defaultAction'
    const found: readonly unknown[] = isAction ? [value] : name === 'actions' && Array.isArray(value) ? value : []
    // The contract has checked the message: what stands there is an action.
    for (const action of found)
      if (typeof property(action, 'type') === 'string') yield action as Action | ImagemapAction
    yield* actionsIn(value)
  }
}

function quickReplies(chat: Chat): ShownAction[] {
  const last = chat.entries.at(-1)
  if (last?.from !== 'account' || used(chat).entry === last) return []
  const items = 'quickReply' in last.message ? (last.message.quickReply?.items ?? []) : []
  return items.map(({ action }) => ({ action, quickReplyOf: last }))
}

function menuActions(account: AccountState, person: PersonState): ShownAction[] {
  const shown = shownRichMenu(account, person)
  const menu = shown && 'richMenuId' in shown ? richMenus(account).menus.get(shown.richMenuId)?.menu : undefined
  return menu?.areas.map(({ action }) => ({ action })) ?? []
}

/** What a person can tap in a chat, newest first: quick reply buttons, messages of the account, and the rich menu of a one-on-one chat. */
export function* shownActions(account: AccountState, place: Place, person: PersonState): Generator<ShownAction> {
  const chat = chatOf(account, place.chatId)
  yield* quickReplies(chat)
  for (const { from, message } of [...chat.entries].reverse())
    if (from === 'account') for (const action of actionsIn(message)) yield { action }
  if (place.source.type === 'user') yield* menuActions(account, person)
}

function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return Object.is(one, other)
  const present = (value: object) => Object.entries(value).filter(([, of]) => of !== undefined)
  const [entries, others] = [present(one), present(other)]
  return entries.length === others.length && entries.every(([name, value]) => isSame(value, property(other, name)))
}

const labelOf = (action: unknown) => property(action, 'label')

/**
 * The action that a person taps, by its label or as it was sent; of several, the newest.
 *
 * @throws {LineInputError} when no such action is shown.
 */
export function findShown(
  account: AccountState,
  place: Place,
  person: PersonState,
  wanted: string | Action | ImagemapAction,
): ShownAction {
  if (typeof wanted !== 'string' && typeof property(wanted, 'type') !== 'string')
    throw new LineInputError('tap: action must be the label of an action, or the action as it was sent')
  const labels = new Set<string>()
  for (const shown of shownActions(account, place, person)) {
    const label = labelOf(shown.action)
    if (typeof wanted === 'string' ? label === wanted : isSame(shown.action, wanted)) return shown
    labels.add(typeof label === 'string' ? label : `an action of type ${shown.action.type} without a label`)
  }
  const what = typeof wanted === 'string' ? `action with the label "${wanted}"` : `such ${wanted.type} action`
  const list = [...labels].slice(0, 10).join(', ')
  throw new LineInputError(
    `tap: ${person.displayName} sees no ${what} of ${account.name}; ${list ? `shown are: ${list}` : 'nothing that can be tapped is shown'}`,
  )
}
