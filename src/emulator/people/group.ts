import { LineInputError } from '../../core/errors.js'
import type { Action } from '../../messaging/action/types.js'
import type { ImagemapAction } from '../../messaging/imagemap/types.js'
import type { MessageEvent } from '../../webhook/types.js'
import { accountState, type OfficialAccount } from '../account.js'
import { chatOf, countUnread } from '../chat.js'
import { checkOptions } from '../check-options.js'
import { deliver, orThrow, type SendOptions } from '../delivery/delivery.js'
import {
  groupPlace,
  joinEvent,
  leaveEvent,
  memberJoinedEvent,
  memberLeftEvent,
  messageEvent,
} from '../delivery/events.js'
import { guard } from '../handle.js'
import type { AccountState, ChatEntry, DeliveryReport, GroupState, PersonState } from '../state.js'
import { unused, type World } from '../world.js'
import { type LiffSendMessage, readLiffMessages } from './liff-messages.js'
import { mentionIn } from './mentions.js'
import type { PersonFile, PersonMessage } from './message.js'
import { readMessage } from './message-content.js'
import { type Person, personState } from './person.js'
import { readImages, sendAll } from './several.js'
import { type Tapped, tap } from './taps.js'

/** Options of a new group chat. */
export interface CreateGroupOptions {
  /** The group name. */
  readonly name: string
  /** The users in the group. */
  readonly members: readonly Person[]
  /** The URL of the group icon. Default: none. */
  readonly pictureUrl?: string | undefined
}

/** Options of a new multi-person chat. */
export interface CreateRoomOptions {
  /** The users in the chat. */
  readonly members: readonly Person[]
}

/** What group chats and multi-person chats have in common. An action resolves when the account in the chat has answered; to `undefined` without an account. */
export interface SharedChat {
  /**
   * Invites a LINE Official Account: a join event, at once in a group, and with the next action of a member in a room.
   *
   * @throws {LineInputError} when its settings forbid it (`joinGroups`), or another account is in the chat: LINE allows one.
   */
  invite(account: OfficialAccount): Promise<DeliveryReport | undefined>
  /** Adds users: one event for all who were not members before. */
  add(...people: readonly Person[]): Promise<DeliveryReport | undefined>
  /**
   * Makes a member leave.
   *
   * @throws {LineInputError} when the user is not a member.
   */
  leave(person: Person): Promise<DeliveryReport | undefined>
  /**
   * Sends a message as a member. A text can mention other members and the account.
   *
   * @throws {LineInputError} when the user is not a member, or mentions a user or an account outside of the chat.
   * @throws with `throwOnError`, what the bot threw.
   */
  send(
    person: Person,
    message: string | PersonMessage,
    options?: SendOptions,
  ): Promise<DeliveryReport<MessageEvent> | undefined>
  /**
   * Sends several images at once as a member: one message event for each, which says what set it belongs to.
   *
   * @param images the files, at least two; `undefined` stands for a JPEG of one pixel.
   * @throws {LineInputError} when the user is not a member, or there are fewer than two images.
   */
  sendImages(
    person: Person,
    images: readonly (PersonFile | undefined)[],
    options?: SendOptions,
  ): Promise<DeliveryReport<MessageEvent>[]>
  /**
   * Sends messages as a LIFF app that a member has opened in the chat, like {@link Person.sendFromLiff}.
   *
   * @throws {LineInputError} when the user is not a member, and as there.
   */
  sendFromLiff(
    person: Person,
    messages: readonly LiffSendMessage[],
    options?: SendOptions,
  ): Promise<DeliveryReport<MessageEvent>[]>
  /**
   * Taps an action that the chat shows as a member, like {@link PersonTaps.tap} in the chat with an account.
   *
   * @throws {LineInputError} when the user is not a member, and as there.
   */
  tap(person: Person, action: string | Action | ImagemapAction, choice?: string): Promise<Tapped>
  /** The chat as the account sees it since it joined, in chronological order. */
  chatWith(account: OfficialAccount): readonly ChatEntry[]
  /** The number of messages that the account has not marked as read. */
  unreadBy(account: OfficialAccount): number
}

/** A group chat. */
export interface Group extends SharedChat {
  /** The group ID: `C` and 32 hexadecimal digits. */
  readonly groupId: string
  /** The group name. */
  readonly name: string
  /**
   * Invites a LINE Official Account, which joins at once: a join event.
   *
   * @throws {LineInputError} when its settings forbid it (`joinGroups`), or another account is in the group: LINE allows one.
   */
  invite(account: OfficialAccount): Promise<DeliveryReport>
  /** Removes the LINE Official Account, as any member can: a leave event. */
  removeAccount(): Promise<DeliveryReport | undefined>
}

/** A multi-person chat, which LINE calls a room. Users can no longer create one, but old ones still exist. */
export interface Room extends SharedChat {
  /** The room ID: `R` and 32 hexadecimal digits. */
  readonly roomId: string
}

/** Removes the LINE Official Account from a group or room, if there is one. */
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
    throw new LineInputError(`${account.name} cannot join groups; set settings.joinGroups to true`)
  if (group.account)
    throw new LineInputError(`${group.account.name} is already in this chat; LINE allows one LINE Official Account`)
  group.account = account
  return account
}

function memberState(world: World, group: GroupState, person: Person): PersonState {
  const state = personState(world, person)
  if (!group.members.has(state))
    throw new LineInputError(`${state.displayName} is not a member of ${group.name || group.id}`)
  return state
}

function share(world: World, group: GroupState): Omit<SharedChat, 'invite'> {
  // The account in the chat, after its join event was delivered.
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
    async send(person, message, options = {}) {
      const author = memberState(world, group, person)
      const said = readMessage(message)
      checkOptions('send', options)
      const account = await listener()
      if (!account) return undefined
      const mention = mentionIn(world, account, group, said)
      const event = messageEvent(world, account, groupPlace(account, group, author), author, said, { mention })
      return orThrow(await deliver(world, account, event), options.throwOnError === true)
    },
    async sendImages(person, images, options = {}) {
      const author = memberState(world, group, person)
      const said = readImages(world, images)
      const account = await listener()
      return account ? sendAll(world, account, groupPlace(account, group, author), author, said, options) : []
    },
    async sendFromLiff(person, messages, options = {}) {
      const author = memberState(world, group, person)
      const said = readLiffMessages(messages).map((message) => ({ message }))
      const account = await listener()
      return account ? sendAll(world, account, groupPlace(account, group, author), author, said, options) : []
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
  return guard<Group>(world, {
    groupId: group.id,
    name,
    ...share(world, group),
    invite: async (account) => tellJoin(world, take(world, group, account), group),
    removeAccount: async () => withdraw(world, group),
  })
}

/** Creates a multi-person chat of people. */
export function createRoom(world: World, { members }: CreateRoomOptions): Room {
  const room = createState(world, { kind: 'room', name: '', pictureUrl: undefined }, members)
  return guard<Room>(world, {
    roomId: room.id,
    ...share(world, room),
    async invite(account) {
      take(world, room, account)
      room.joinUntold = true
      return undefined
    },
  })
}
