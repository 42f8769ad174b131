import { LineInputError } from '../core/errors.js'
import { type Account, accountState } from './account.js'
import { chatOf } from './chat.js'
import { deliver } from './delivery.js'
import { groupPlace, joinEvent, messageEvent } from './events.js'
import { type Person, personState } from './person.js'
import type { ChatEntry, DeliveryReport, GroupState, PersonMessage } from './state.js'
import { unused, type World } from './world.js'

/** How a group chat is to be. */
export interface CreateGroupOptions {
  readonly name: string
  readonly members: readonly Person[]
}

/** A group chat. */
export interface Group {
  readonly groupId: string
  readonly name: string
  /**
   * Takes an Official Account into the group: a join event.
   *
   * @throws {LineInputError} when its settings forbid it (`joinGroups`), or another account is in the group: LINE allows one.
   */
  invite(account: Account): Promise<DeliveryReport>
  /**
   * Lets a member write. It resolves when the account in the group has answered the event; `undefined` without one.
   *
   * @throws {LineInputError} when the person is no member.
   */
  send(person: Person, message: string | PersonMessage): Promise<DeliveryReport | undefined>
  /** The chat as the account sees it, in the order of time, from when it joined. */
  chatWith(account: Account): readonly ChatEntry[]
}

/** Creates a group chat of people. */
export function createGroup(world: World, { name, members }: CreateGroupOptions): Group {
  const state: GroupState = {
    groupId: unused(() => world.ids.chat('C'), world.groups),
    name,
    members: new Set(members.map((person) => personState(world, person))),
    account: undefined,
  }
  world.groups.set(state.groupId, state)
  return {
    groupId: state.groupId,
    name,
    async invite(invited) {
      const account = accountState(world, invited)
      if (!account.settings.joinGroups)
        throw new LineInputError(`${account.name} does not join groups; a person has to allow it (settings.joinGroups)`)
      if (state.account) throw new LineInputError(`${state.account.name} is in this group, and LINE allows one Official Account`)
      state.account = account
      return deliver(world, account, joinEvent(world, account, groupPlace(account, state)))
    },
    async send(person, message) {
      const author = personState(world, person)
      if (!state.members.has(author)) throw new LineInputError(`${author.displayName} is no member of ${name}`)
      const { account } = state
      if (!account) return undefined
      const said: PersonMessage = typeof message === 'string' ? { type: 'text', text: message } : message
      return deliver(world, account, messageEvent(world, account, groupPlace(account, state, author), said))
    },
    chatWith: (account) => [...chatOf(accountState(world, account), state.groupId).entries],
  }
}
