import { LineInputError } from '../core/errors.js'
import { type Account, accountState } from './account.js'
import { chatOf } from './chat.js'
import { deliver } from './delivery.js'
import { followEvent, messageEvent, personPlace, unfollowEvent } from './events.js'
import type { LoginChannel } from './login-channel.js'
import type { AccountState, ChatEntry, DeliveryReport, Friendship, PersonAttributes, PersonMessage, PersonState } from './state.js'
import { addPerson, userIdOf, type World } from './world.js'

/** What a person shows of themselves, and what LINE knows about them. */
export interface CreatePersonOptions {
  readonly displayName: string
  readonly pictureUrl?: string | undefined
  readonly statusMessage?: string | undefined
  /** A BCP 47 tag, such as `ja`. Left out: the person has not agreed to LINE's privacy policy. */
  readonly language?: string | undefined
  /** What narrowcast filters look at. Left out: unknown to LINE. */
  readonly attributes?: PersonAttributes | undefined
}

/** Somebody who uses LINE. What they do resolves when the event that it makes has been answered, or could not be delivered. */
export interface Person {
  readonly displayName: string
  /** Adds the account as a friend: a follow event, and the greeting if it is on. It does nothing when they are friends. */
  addFriend(account: Account): Promise<DeliveryReport | undefined>
  /** Blocks the account: an unfollow event. It does nothing when it is blocked. */
  block(account: Account): Promise<DeliveryReport | undefined>
  /** Unblocks the account: a follow event. It does nothing when it is not blocked. */
  unblock(account: Account): Promise<DeliveryReport | undefined>
  /**
   * Writes to the account, friend or not.
   *
   * @throws {LineInputError} when the person has blocked the account: LINE's app then lets nobody write.
   */
  send(account: Account, message: string | PersonMessage): Promise<DeliveryReport>
  /** The person's user ID, which is the same in all channels of one provider. */
  userIdFor(channel: Account | LoginChannel): string
  /** The chat with the account as it stands, in the order of time. */
  chatWith(account: Account): readonly ChatEntry[]
}

// The state behind each person that an emulator has handed out.
const states = new WeakMap<Person, PersonState>()

/** The state behind a person. */
export function personState(world: World, person: Person): PersonState {
  const state = states.get(person)
  if (!state || !world.people.has(state)) throw new LineInputError('This person belongs to another emulator')
  return state
}

function friendshipOf(account: AccountState, person: PersonState): Friendship {
  let friendship = account.friendships.get(person)
  if (!friendship) account.friendships.set(person, (friendship = { since: 0, friend: false, blocked: false }))
  return friendship
}

function becomeFriends(world: World, friendship: Friendship): void {
  if (!friendship.friend) friendship.since = world.clock.now()
  friendship.friend = true
  friendship.blocked = false
}

// What the account says by itself, as set in the Official Account Manager. It costs nothing of the quota.
function sayByItself(world: World, account: AccountState, chatId: string, text: string): void {
  chatOf(account, chatId).entries.push({ from: 'account', message: { type: 'text', text }, at: world.clock.now() })
}

/** Creates a person. */
export function createPerson(world: World, options: CreatePersonOptions): Person {
  const { displayName, pictureUrl, statusMessage, language, attributes = {} } = options
  const state: PersonState = { displayName, pictureUrl, statusMessage, language, attributes, userIds: new Map() }
  addPerson(world, state)

  const follow = (account: AccountState, friendship: Friendship, wasBlocked: boolean): Promise<DeliveryReport> => {
    becomeFriends(world, friendship)
    const place = personPlace(account, state)
    if (account.settings.greeting && !wasBlocked) sayByItself(world, account, place.chatId, account.settings.greetingMessage)
    return deliver(world, account, followEvent(world, account, place, wasBlocked))
  }

  const person: Person = {
    displayName,
    async addFriend(to) {
      const account = accountState(world, to)
      const friendship = friendshipOf(account, state)
      if (friendship.friend && !friendship.blocked) return undefined
      return follow(account, friendship, friendship.blocked)
    },
    async block(to) {
      const account = accountState(world, to)
      const friendship = friendshipOf(account, state)
      if (friendship.blocked) return undefined
      friendship.blocked = true
      return deliver(world, account, unfollowEvent(world, personPlace(account, state)))
    },
    async unblock(to) {
      const account = accountState(world, to)
      const friendship = friendshipOf(account, state)
      return friendship.blocked ? follow(account, friendship, true) : undefined
    },
    async send(to, message) {
      const account = accountState(world, to)
      if (account.friendships.get(state)?.blocked) throw new LineInputError(`${displayName} has blocked ${account.name}; unblock it first`)
      const place = personPlace(account, state)
      const event = messageEvent(world, account, place, typeof message === 'string' ? { type: 'text', text: message } : message)
      if (account.settings.autoResponse) sayByItself(world, account, place.chatId, account.settings.autoResponseMessage)
      return deliver(world, account, event)
    },
    userIdFor: ({ provider }) => userIdOf(state, provider),
    chatWith: (to) => {
      const account = accountState(world, to)
      return [...chatOf(account, userIdOf(state, account.channel.provider)).entries]
    },
  }
  states.set(person, state)
  return person
}
