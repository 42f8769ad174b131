import { LineInputError } from '../../core/errors.js'
import type { Action, RichMenuSwitchAction } from '../../messaging/action/types.js'
import type { MessageEvent, PostbackEvent, PostbackParams } from '../../webhook/types.js'
import { receive } from '../chat/received.js'
import { deliver } from '../delivery/delivery.js'
import { messageEvent, type Place, postbackEvent } from '../delivery/events.js'
import { linkRichMenu, richMenus } from '../rich-menus.js'
import type { AccountState, DeliveryReport, PersonState } from '../state.js'
import type { World } from '../world.js'

type DatePicker = Extract<Action, { type: 'datetimepicker' }>

/** What somebody taps, and where. */
export interface Tap {
  readonly account: AccountState
  readonly place: Place
  readonly person: PersonState
  /** What is picked in a date picker, in the form that its mode asks for. */
  readonly choice: string | undefined
}

/** How the event of a tap was delivered; `undefined` where a tap makes none. */
export type Tapped = DeliveryReport<MessageEvent | PostbackEvent> | undefined

const sameForms = {
  date: (at: string) => `${at}T00:00`,
  time: (at: string) => `2000-01-01T${at}`,
  datetime: (at: string) => at,
}

// A date that the calendar has comes back as it was.
function isPicked(mode: DatePicker['mode'], choice: string): boolean {
  const whole = sameForms[mode](choice)
  const at = new Date(`${whole}Z`)
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(whole) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole)
}

// LINE takes a small t as well, and tells with a large one.
const written = (value: string | undefined) => value?.replace('t', 'T')

function pick({ mode, initial, min, max }: DatePicker, choice: string | undefined): PostbackParams {
  const picked = written(choice ?? initial)
  if (picked === undefined) throw new LineInputError(`A date picker of mode ${mode} without \`initial\` needs a choice`)
  if (!isPicked(mode, picked)) throw new LineInputError(`${picked} is no ${mode} as a date picker gives it`)
  const [first, last] = [written(min), written(max)]
  if ((first !== undefined && picked < first) || (last !== undefined && picked > last))
    throw new LineInputError(
      `${picked} cannot be picked: it is not between ${first ?? 'any time'} and ${last ?? 'any time'}`,
    )
  return { [mode]: picked }
}

/** Does what an action does: sends its text, its postback, or both. What only happens on the phone, such as opening a link, makes no event. */
export async function tap(world: World, action: Action, { account, place, person, choice }: Tap): Promise<Tapped> {
  const say = (text: string) =>
    deliver(world, account, messageEvent(world, account, place, person, { type: 'text', text }))
  const postback = (data: string, params?: PostbackParams) =>
    deliver(world, account, postbackEvent(world, account, place, { data, params }))
  switch (action.type) {
    case 'message':
      return say(action.text)
    case 'postback':
      // What is only displayed stands in the chat, and comes to no webhook.
      if (action.displayText !== undefined)
        receive(world, account, place.chatId, person, { type: 'text', text: action.displayText })
      if (action.text !== undefined) await say(action.text)
      return postback(action.data)
    case 'datetimepicker':
      return postback(action.data, pick(action, choice))
    case 'richmenuswitch':
      throw new LineInputError('Only a rich menu switches to another one; use tapRichMenu')
    default:
      return undefined
  }
}

/** Switches to another rich menu, which the postback tells of; so it does when that cannot be. */
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
