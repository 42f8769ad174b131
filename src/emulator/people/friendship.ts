import { chatOf, show } from '../chat.js'
import { deliver } from '../delivery/delivery.js'
import { followEvent, personPlace } from '../delivery/events.js'
import { setChatControl } from '../module/control.js'
import type { AccountState, DeliveryReport, Friendship, PersonState } from '../state.js'
import type { World } from '../world.js'

/** The relationship of a user and an account. It is created on first use, not as friends. */
export function friendshipOf(account: AccountState, person: PersonState): Friendship {
  let friendship = account.friendships.get(person)
  if (!friendship) account.friendships.set(person, (friendship = { since: 0, friend: false, blocked: false }))
  return friendship
}

/** Adds an automatic message of the account to the chat. It does not count towards the quota. */
export function sayByItself(
  world: World,
  account: AccountState,
  chatId: string,
  text: string,
  via: 'greeting' | 'auto-response',
): void {
  const message = { type: 'text', text } as const
  show(world, chatOf(account, chatId), { from: 'account', message, via, at: world.clock.now() })
}

/** A person adds the account as a friend, or unblocks it: a follow event. Nothing happens when they are friends. */
export function addFriend(
  world: World,
  account: AccountState,
  person: PersonState,
): Promise<DeliveryReport | undefined> {
  const friendship = friendshipOf(account, person)
  const { friend, blocked: wasBlocked } = friendship
  if (friend && !wasBlocked) return Promise.resolve(undefined)
  if (!friend) friendship.since = world.clock.now()
  friendship.friend = true
  friendship.blocked = false
  const place = personPlace(account, person)
  // LINE resets the control of a chat when the user blocks the account and adds it again.
  if (wasBlocked) setChatControl(account, place.chatId, undefined)
  if (account.settings.greeting && !wasBlocked)
    sayByItself(world, account, place.chatId, account.settings.greetingMessage, 'greeting')
  return deliver(world, account, followEvent(world, account, place, wasBlocked))
}
