import { LineInputError } from '../../core/errors.js'
import type { Action, RichMenuSwitchAction } from '../../messaging/action/types.js'
import type { ImagemapAction } from '../../messaging/imagemap/types.js'
import type { MessageEvent, PostbackEvent, PostbackParams } from '../../webhook/types.js'
import { accountState, type OfficialAccount } from '../account.js'
import { receive } from '../chat.js'
import { checkText } from '../check-options.js'
import { deliver } from '../delivery/delivery.js'
import { messageEvent, type Place, personPlace, postbackEvent } from '../delivery/events.js'
import { linkRichMenu, richMenus, shownRichMenu } from '../messaging/rich-menu.js'
import type { AccountState, DeliveryReport, PersonState } from '../state.js'
import type { World } from '../world.js'
import { findShown, type ShownAction, useQuickReply } from './shown-actions.js'

type DatePicker = Extract<Action, { type: 'datetimepicker' }>

/** A tap: who, where and in which chat. */
export interface Tap {
  readonly account: AccountState
  readonly place: Place
  readonly person: PersonState
  /** What is picked in a date picker, in the form that its mode asks for. */
  readonly choice: string | undefined
}

/** The delivery of the event of a tap; `undefined` when a tap causes none. */
export type Tapped = DeliveryReport<MessageEvent | PostbackEvent> | undefined

const sameForms = {
  date: (at: string) => `${at}T00:00`,
  time: (at: string) => `2000-01-01T${at}`,
  datetime: (at: string) => at,
}

// A valid date is the same after parsing and formatting.
function isPicked(mode: DatePicker['mode'], choice: string): boolean {
  const whole = sameForms[mode](choice)
  const at = new Date(`${whole}Z`)
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(whole) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole)
}

// LINE also accepts a lower-case t, and returns an upper-case one.
const written = (value: string | undefined) => value?.replace('t', 'T')

function pick({ mode, initial, min, max }: DatePicker, choice: string | undefined): PostbackParams {
  const picked = written(choice ?? initial)
  if (picked === undefined)
    throw new LineInputError(`choice is required: the date picker of mode ${mode} has no \`initial\``)
  if (!isPicked(mode, picked)) throw new LineInputError(`choice ${picked} is not a valid ${mode} for a date picker`)
  const [first, last] = [written(min), written(max)]
  if ((first !== undefined && picked < first) || (last !== undefined && picked > last))
    throw new LineInputError(`choice ${picked} is not between ${first ?? 'any time'} and ${last ?? 'any time'}`)
  return { [mode]: picked }
}

/**
 * Taps an action that is shown, and does what it does: sends its text, its postback, or both. What only happens on the phone, such as
 * opening a link, makes no event.
 */
export async function tap(world: World, wanted: string | Action | ImagemapAction, tapped: Tap): Promise<Tapped> {
  const { account, place, person, choice } = tapped
  if (choice !== undefined) checkText('tap', 'choice', choice)
  const shown = findShown(account, place, person, wanted)
  return act(world, shown, tapped)
}

async function act(world: World, shown: ShownAction, tapped: Tap): Promise<Tapped> {
  const { account, place, person, choice } = tapped
  const { action } = shown
  const picked = action.type === 'datetimepicker' ? pick(action, choice) : undefined
  useQuickReply(account, place.chatId, shown)
  const say = (text: string) =>
    deliver(world, account, messageEvent(world, account, place, person, { type: 'text', text }))
  const postback = (data: string, params?: PostbackParams) =>
    deliver(world, account, postbackEvent(world, account, place, { data, params }))
  switch (action.type) {
    case 'message':
      return say(action.text)
    case 'postback':
      // The display text appears in the chat, but no event contains it.
      if (action.displayText !== undefined)
        receive(world, account, place.chatId, person, { type: 'text', text: action.displayText })
      if (action.text !== undefined) await say(action.text)
      return postback(action.data)
    case 'datetimepicker':
      return postback(action.data, picked)
    case 'richmenuswitch':
      return switchRichMenu(world, action, tapped)
    default:
      return undefined
  }
}

/** Switches to another rich menu. The postback event reports it, also when there is no such menu. */
export function switchRichMenu(
  world: World,
  { richMenuAliasId, data }: RichMenuSwitchAction,
  { account, place, person }: Tap,
): Promise<DeliveryReport<PostbackEvent>> {
  const { aliases, menus } = richMenus(account)
  const richMenuId = aliases.get(richMenuAliasId)
  const status =
    richMenuId === undefined ? 'RICHMENU_ALIAS_ID_NOTFOUND' : menus.has(richMenuId) ? 'SUCCESS' : 'RICHMENU_NOTFOUND'
  const succeeded = status === 'SUCCESS'
  if (succeeded) linkRichMenu(account, person, richMenuId)
  const params: PostbackParams = { ...(succeeded && { newRichMenuAliasId: richMenuAliasId }), status }
  return deliver(world, account, postbackEvent(world, account, place, { data, params }))
}

/** Taps in the chat with an account. */
export interface PersonTaps {
  /**
   * Taps an action that the user sees: a quick reply button, a button or another tappable part of a message in the chat, or an area of the rich menu.
   * It is a message event for `message`, and a postback event for `postback`, `datetimepicker` and `richmenuswitch`. Actions that only concern the phone,
   * such as links, the camera and the clipboard, cause no event.
   *
   * Quick reply buttons belong to the last message of the chat, and one tap removes them.
   *
   * @param action the label, such as `Buy`, or the action as it was sent: `message.quickReply.items[0].action`. Of several, the newest is tapped.
   * @param choice the value picked in a date picker: `2026-06-18`, `06:15` or `2026-06-18T06:15`. Default: its `initial`.
   * @throws {LineInputError} when no such action is shown, the user has blocked the account, or the choice is invalid.
   */
  tap(account: OfficialAccount, action: string | Action | ImagemapAction, choice?: string): Promise<Tapped>
  /**
   * Taps an area of the rich menu that {@link PersonActs.richMenuFor} shows. A switch action shows the other menu from then on and sends a
   * postback event, even when there is no such menu. LINE does not document how long a switch lasts; the emulator links the other menu.
   *
   * @param area the index of the area in the rich menu, from 0.
   * @throws {LineInputError} when no rich menu of the API is shown, or it has no such area; and as `tap`.
   */
  tapRichMenu(account: OfficialAccount, area: number, choice?: string): Promise<Tapped>
}

/** Creates what a person taps. */
export function tapsOf(world: World, person: PersonState): PersonTaps {
  function tapIn(where: OfficialAccount, choice: string | undefined): Tap {
    const account = accountState(world, where)
    if (account.friendships.get(person)?.blocked)
      throw new LineInputError(`${person.displayName} has blocked ${account.name}; unblock it first`)
    return { account, place: personPlace(account, person), person, choice }
  }
  return {
    tap: async (where, action, choice) => tap(world, action, tapIn(where, choice)),
    async tapRichMenu(where, area, choice) {
      const tapped = tapIn(where, choice)
      const shown = shownRichMenu(tapped.account, person)
      const menu =
        shown && 'richMenuId' in shown ? richMenus(tapped.account).menus.get(shown.richMenuId)?.menu : undefined
      if (!menu)
        throw new LineInputError(`${person.displayName} does not see a rich menu that was created with the API`)
      const action = menu.areas[area]?.action
      if (!action || typeof area !== 'number')
        throw new LineInputError(
          `Rich menu ${menu.name} has no area ${typeof area === 'number' ? area : 'with such an index'}`,
        )
      return act(world, { action }, tapped)
    },
  }
}
