import { LineInputError } from '../../core/errors.js'
import type { Action } from '../../messaging/action/types.js'
import { accountState, type OfficialAccount } from '../account.js'
import { personPlace } from '../delivery/events.js'
import { richMenus, shownRichMenu } from '../rich-menus.js'
import type { PersonState } from '../state.js'
import type { World } from '../world.js'
import { switchRichMenu, type Tap, type Tapped, tap } from './taps.js'

/** What a person taps in the chat with an account. */
export interface PersonTaps {
  /**
   * Taps something that carries an action, such as a button of a message or a quick reply: a message event for `message`, a postback event for
   * `postback` and `datetimepicker`. Links, the camera and the clipboard stay on the phone, and nothing is told.
   *
   * @param action as it was sent: `message.quickReply.items[0].action`.
   * @param choice what is picked in a date picker: `2026-06-18`, `06:15` or `2026-06-18T06:15`. Default: its `initial`.
   * @throws {LineInputError} when the person has blocked the account, the choice cannot be picked, or the action belongs in a rich menu.
   */
  tap(account: OfficialAccount, action: Action, choice?: string): Promise<Tapped>
  /**
   * Taps an area of the rich menu that {@link PersonActs.richMenuFor} shows. One that switches to another menu shows that from then on, and sends a
   * postback event, also where there is no such menu. LINE does not say how long a switch lasts; here it is as if the other menu was linked.
   *
   * @param area counts from 0, as in the rich menu.
   * @throws {LineInputError} when the API knows no rich menu that is shown, or it has no such area; and as `tap`.
   */
  tapRichMenu(account: OfficialAccount, area: number, choice?: string): Promise<Tapped>
}

/** Makes what a person taps. */
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
      if (!menu) throw new LineInputError(`${person.displayName} sees no rich menu of the API`)
      const action = menu.areas[area]?.action
      if (!action) throw new LineInputError(`The rich menu ${menu.name} has no area ${area}`)
      return action.type === 'richmenuswitch' ? switchRichMenu(world, action, tapped) : tap(world, action, tapped)
    },
  }
}
