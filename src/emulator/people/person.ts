import { LineInputError } from '../../core/errors.js'
import type { MessageEvent } from '../../webhook/types.js'
import { accountState, type OfficialAccount } from '../account.js'
import { chatOf } from '../chat/chat.js'
import { automaticAnswer } from '../delivery/automatic.js'
import { deliver } from '../delivery/delivery.js'
import { messageEvent, personPlace, unfollowEvent } from '../delivery/events.js'
import { type LoginAnswers, loginAs, takeConsentBack } from '../login/as-person.js'
import type { LoginChannel } from '../login-channel.js'
import { checkPhoneNumber } from '../sending/notifications.js'
import type {
  ChatEntry,
  DeliveryReport,
  NotificationConsent,
  PersonAttributes,
  PersonMessage,
  PersonState,
  Provider,
} from '../state.js'
import { addPerson, userIdOf, type World } from '../world.js'
import { addFriend, friendshipOf, sayByItself } from './friendship.js'
import { actsOf, type PersonActs } from './person-acts.js'
import { type PersonTaps, tapsOf } from './person-taps.js'

/** What a person shows of themselves, and what LINE knows about them. */
export interface CreatePersonOptions {
  readonly displayName: string
  readonly pictureUrl?: string | undefined
  readonly statusMessage?: string | undefined
  /** A BCP 47 tag, such as `ja`. Left out: the person has not agreed to LINE's privacy policy. */
  readonly language?: string | undefined
  /** The e-mail address of the LINE account. Default: none. */
  readonly email?: string | undefined
  /** The number of the LINE account in E.164 form, such as `+818000001234`. Nobody else has it. Default: none that a company could know. */
  readonly phoneNumber?: string | undefined
  /** What the person has said to LINE notification messages. Default: `agreed`. */
  readonly notificationConsent?: NotificationConsent | undefined
  /** What narrowcast filters look at. Left out: unknown to LINE. */
  readonly attributes?: PersonAttributes | undefined
}

/** Somebody who uses LINE. What they do resolves when the event that it makes has been answered, or could not be delivered. */
export interface Person extends PersonActs, PersonTaps {
  readonly displayName: string
  /** Adds the account as a friend: a follow event, and the greeting if it is on. It does nothing when they are friends. */
  addFriend(account: OfficialAccount): Promise<DeliveryReport | undefined>
  /** Blocks the account: an unfollow event. It does nothing when it is blocked. */
  block(account: OfficialAccount): Promise<DeliveryReport | undefined>
  /** Unblocks the account: a follow event. It does nothing when it is not blocked. */
  unblock(account: OfficialAccount): Promise<DeliveryReport | undefined>
  /**
   * Writes to the account, friend or not.
   *
   * @throws {LineInputError} when the person has blocked the account: LINE's app then lets nobody write.
   */
  send(account: OfficialAccount, message: string | PersonMessage): Promise<DeliveryReport<MessageEvent>>
  /** The person's user ID, which is the same in all channels of one provider. */
  userIdFor(channel: { readonly provider: Provider }): string
  /** The chat with the account as it stands, in the order of time. */
  chatWith(account: OfficialAccount): readonly ChatEntry[]
  /**
   * Logs in to an app as in a browser: opens the address of LINE's login page and answers what is shown there.
   *
   * @returns what the browser sends to the app's callback URL then: with the code, or with the error. Its `url` is the callback with its query;
   * with `response_mode=form_post` it is a POST.
   * @throws {LineInputError} where LINE shows an error page of its own: an unknown channel or callback URL, or somebody who is no tester.
   */
  login(url: string | URL, answers?: LoginAnswers): Promise<Request>
  /** Takes back, in LINE's settings, all that was granted to the channel: its tokens for this person end at once. */
  revokeConsent(channel: LoginChannel): void
}

// The state behind each person that an emulator has handed out.
const states = new WeakMap<Person, PersonState>()

/** The state behind a person. */
export function personState(world: World, person: Person): PersonState {
  const state = states.get(person)
  if (!state || !world.people.has(state)) throw new LineInputError('This person belongs to another emulator')
  return state
}

/** Creates a person. */
export function createPerson(world: World, options: CreatePersonOptions): Person {
  const {
    displayName,
    pictureUrl,
    statusMessage,
    language,
    email,
    phoneNumber,
    notificationConsent = 'agreed',
    attributes = {},
  } = options
  checkPhoneNumber(world, phoneNumber)
  const shown = { displayName, pictureUrl, statusMessage, language }
  const state: PersonState = { ...shown, email, phoneNumber, notificationConsent, attributes, userIds: new Map() }
  addPerson(world, state)

  const person: Person = {
    ...actsOf(world, state),
    ...tapsOf(world, state),
    displayName,
    async addFriend(to) {
      return addFriend(world, accountState(world, to), state)
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
      return friendshipOf(account, state).blocked ? addFriend(world, account, state) : undefined
    },
    async send(to, message) {
      const account = accountState(world, to)
      if (account.friendships.get(state)?.blocked)
        throw new LineInputError(`${displayName} has blocked ${account.name}; unblock it first`)
      const place = personPlace(account, state)
      const event = messageEvent(
        world,
        account,
        place,
        state,
        typeof message === 'string' ? { type: 'text', text: message } : message,
      )
      const answer = automaticAnswer(account.settings, world.clock.now())
      if (answer !== undefined) sayByItself(world, account, place.chatId, answer)
      return deliver(world, account, event)
    },
    userIdFor: ({ provider }) => userIdOf(state, provider),
    login: (url, answers) => loginAs(world, state, url, answers),
    revokeConsent: (channel) => takeConsentBack(world, state, channel),
    chatWith: (to) => {
      const account = accountState(world, to)
      return [...chatOf(account, userIdOf(state, account.channel.provider)).entries]
    },
  }
  states.set(person, state)
  return person
}
