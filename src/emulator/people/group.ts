import { LineInputError } from '../../core/errors.js'
import type { Action } from '../../messaging/action/types.js'
import type { MessageEvent } from '../../webhook/types.js'
import { accountState, type OfficialAccount } from '../account.js'
import { chatOf } from '../chat/chat.js'
import { countUnread } from '../chat/received.js'
import { deliver } from '../delivery/delivery.js'
import {
  groupPlace,
  joinEvent,
  leaveEvent,
  memberJoinedEvent,
  memberLeftEvent,
  messageEvent,
} from '../delivery/events.js'
import type { AccountState, ChatEntry, DeliveryReport, GroupState, PersonMessage, PersonState } from '../state.js'
import { unused, type World } from '../world.js'
import { type Person, personState } from './person.js'
import { type Tapped, tap } from './taps.js'

/** How a group chat is to be. */
export interface CreateGroupOptions {
  readonly name: string
  readonly members: readonly Person[]
  readonly pictureUrl?: string | undefined
}

/** How a multi-person chat is to be. */
export interface CreateRoomOptions {
  readonly members: readonly Person[]
}

/** What group chats and multi-person chats have in common. What people do resolves when the account in it has answered; `undefined` without one. */
export interface SharedChat {
  /**
   * Takes an Official Account in: a join event, at once in a group and with the first thing that happens afterwards in a room.
   *
   * @throws {LineInputError} when its settings forbid it (`joinGroups`), or another account is in: LINE allows one.
   */
  invite(account: OfficialAccount): Promise<DeliveryReport | undefined>
  /** Takes people in: one event for all of them who were not in before. */
  add(...people: readonly Person[]): Promise<DeliveryReport | undefined>
  /**
   * Lets a member leave.
   *
   * @throws {LineInputError} when the person is no member.
   */
  leave(person: Person): Promise<DeliveryReport | undefined>
  /**
   * Lets a member write.
   *
   * @throws {LineInputError} when the person is no member.
   */
  send(person: Person, message: string | PersonMessage): Promise<DeliveryReport<MessageEvent> | undefined>
  /**
   * Lets a member tap something that carries an action, as {@link PersonTaps.tap} does in the chat with an account.
   *
   * @throws {LineInputError} when the person is no member, or as there.
   */
  tap(person: Person, action: Action, choice?: string): Promise<Tapped>
  /** The chat as the account sees it, in the order of time, from when it joined. */
  chatWith(account: OfficialAccount): readonly ChatEntry[]
  /** How many messages the account has not marked as read. */
  unreadBy(account: OfficialAccount): number
}

/** A group chat. */
export interface Group extends SharedChat {
  readonly groupId: string
  readonly name: string
  invite(account: OfficialAccount): Promise<DeliveryReport>
  /** Removes the Official Account, as any member can: a leave event. */
  removeAccount(): Promise<DeliveryReport | undefined>
}

/** A multi-person chat, which LINE calls a room. People can no longer open one; old ones go on. */
export interface Room extends SharedChat {
  readonly roomId: string
}

/** Takes the Official Account out of a group or room, if there is one. */
export async function withdraw(world: World, group: GroupState): Promise<DeliveryReport | undefined> {
  const { account } = group
  if (!account) return undefined
  Object.assign(group, { account: undefined, joinUntold: false } satisfies Partial<GroupState>)
  return deliver(world, account, leaveEvent(world, groupPlace(account, group)))
}

function tellJoin(world: World, account: AccountState, group: GroupState): Promise<DeliveryReport> {
  group.joinUntold = false
  return deliver(world, account, joinEvent(world, account, groupPlace(account, group)))
}

function take(world: World, group: GroupState, invited: OfficialAccount): AccountState {
  const account = accountState(world, invited)
  if (!account.settings.joinGroups)
    throw new LineInputError(`${account.name} does not join groups; a person has to allow it (settings.joinGroups)`)
  if (group.account)
    throw new LineInputError(`${group.account.name} is in this chat, and LINE allows one Official Account`)
  group.account = account
  return account
}

function memberState(world: World, group: GroupState, person: Person): PersonState {
  const state = personState(world, person)
  if (!group.members.has(state))
    throw new LineInputError(`${state.displayName} is no member of ${group.name || group.id}`)
  return state
}

function share(world: World, group: GroupState): Omit<SharedChat, 'invite'> {
  // Who is in, after hearing that it is.
  const listener = async (): Promise<AccountState | undefined> => {
    const { account } = group
    if (account && group.joinUntold) await tellJoin(world, account, group)
    return account
  }
  return {
    async add(...people) {
      const added = people.map((person) => personState(world, person)).filter((person) => !group.members.has(person))
      for (const person of added) group.members.add(person)
      const account = added.length > 0 ? await listener() : undefined
      return account && deliver(world, account, memberJoinedEvent(world, account, groupPlace(account, group), added))
    },
    async leave(person) {
      const member = memberState(world, group, person)
      group.members.delete(member)
      const account = await listener()
      return account && deliver(world, account, memberLeftEvent(world, account, groupPlace(account, group), member))
    },
    async send(person, message) {
      const author = memberState(world, group, person)
      const account = await listener()
      const said: PersonMessage = typeof message === 'string' ? { type: 'text', text: message } : message
      return (
        account &&
        deliver(world, account, messageEvent(world, account, groupPlace(account, group, author), author, said))
      )
    },
    async tap(tapping, action, choice) {
      const person = memberState(world, group, tapping)
      const account = await listener()
      return account && tap(world, action, { account, place: groupPlace(account, group, person), person, choice })
    },
    chatWith: (account) => [...chatOf(accountState(world, account), group.id).entries],
    unreadBy: (account) => countUnread(chatOf(accountState(world, account), group.id)),
  }
}

function createState(
  world: World,
  state: Pick<GroupState, 'kind' | 'name' | 'pictureUrl'>,
  members: readonly Person[],
): GroupState {
  const id = unused(() => world.ids.chat(state.kind === 'group' ? 'C' : 'R'), world.groups)
  const people = new Set(members.map((person) => personState(world, person)))
  const group: GroupState = { ...state, id, members: people, account: undefined, joinUntold: false }
  world.groups.set(id, group)
  return group
}

/** Creates a group chat of people. */
export function createGroup(world: World, { name, members, pictureUrl }: CreateGroupOptions): Group {
  const group = createState(world, { kind: 'group', name, pictureUrl }, members)
  return {
    groupId: group.id,
    name,
    ...share(world, group),
    invite: async (account) => tellJoin(world, take(world, group, account), group),
    removeAccount: () => withdraw(world, group),
  }
}

/** Creates a multi-person chat of people. */
export function createRoom(world: World, { members }: CreateRoomOptions): Room {
  const room = createState(world, { kind: 'room', name: '', pictureUrl: undefined }, members)
  return {
    roomId: room.id,
    ...share(world, room),
    async invite(account) {
      take(world, room, account)
      room.joinUntold = true
      return undefined
    },
  }
}
