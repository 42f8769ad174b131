import { LineInputError } from '../../core/errors.js'
import { property } from '../../core/property.js'
import type { MessageEvent } from '../../webhook/types.js'
import { accountState, type OfficialAccount } from '../account.js'
import { chatOf } from '../chat.js'
import { checkOptions } from '../check-options.js'
import { deliver, orThrow, type SendOptions } from '../delivery/delivery.js'
import { messageEvent, personPlace, readMessage, unfollowEvent } from '../delivery/events.js'
import { checkOwner, type HandleKind, handleKind } from '../handle.js'
import { type LoginAnswers, loginAs, takeConsentBack } from '../login/as-person.js'
import type { LoginChannel } from '../login/channel.js'
import { checkPhoneNumber } from '../messaging/notification.js'
import { automaticAnswer } from '../settings.js'
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
import { actsOf, type PersonActs } from './acts.js'
import { addFriend, friendshipOf, sayByItself } from './friendship.js'
import { type PersonTaps, tapsOf } from './taps.js'

/** Options of a new LINE user. */
export interface CreatePersonOptions {
  /** The display name. */
  readonly displayName: string
  /** The URL of the profile picture. Default: none. */
  readonly pictureUrl?: string | undefined
  /** The status message. Default: none. */
  readonly statusMessage?: string | undefined
  /** A BCP 47 tag, such as `ja`. Default: none, which means that the user has not agreed to LINE's privacy policy. */
  readonly language?: string | undefined
  /** The email address of the LINE account. Default: none. */
  readonly email?: string | undefined
  /** The phone number of the LINE account in E.164 format, such as `+818000001234`. It must be unique. Default: none. */
  readonly phoneNumber?: string | undefined
  /** Whether the user agreed to LINE notification messages. Default: `agreed`. */
  readonly notificationConsent?: NotificationConsent | undefined
  /** The attributes that narrowcast filters use. Default: unknown to LINE. */
  readonly attributes?: PersonAttributes | undefined
}

/** A LINE user. An action resolves when its event has been answered or could not be delivered. */
export interface Person extends PersonActs, PersonTaps {
  /** The display name. */
  readonly displayName: string
  /** Adds the account as a friend: a follow event, and the greeting message if it is on. It does nothing for a friend. */
  addFriend(account: OfficialAccount): Promise<DeliveryReport | undefined>
  /** Blocks the account: an unfollow event. It does nothing when the account is already blocked. */
  block(account: OfficialAccount): Promise<DeliveryReport | undefined>
  /** Unblocks the account: a follow event. It does nothing when the account is not blocked. */
  unblock(account: OfficialAccount): Promise<DeliveryReport | undefined>
  /**
   * Sends a message to the account. The user does not have to be a friend.
   *
   * @throws {LineInputError} when the user has blocked the account: the LINE app does not allow messages then.
   * @throws with `throwOnError`, what the bot threw.
   */
  send(
    account: OfficialAccount,
    message: string | PersonMessage,
    options?: SendOptions,
  ): Promise<DeliveryReport<MessageEvent>>
  /** The user ID, which is the same in all channels of one provider. */
  userIdFor(channel: {
    /** The provider that owns the channel. Accounts and channels have it. */
    readonly provider: Provider
  }): string
  /** The chat with the account, in chronological order. */
  chatWith(account: OfficialAccount): readonly ChatEntry[]
  /**
   * Logs in to an app as in a browser: opens LINE's login page and answers its screens.
   *
   * @returns the request that the browser sends to the app's callback URL, with the code or the error. Its `url` is the callback with its query;
   * with `response_mode=form_post` it is a POST.
   * @throws {LineInputError} when LINE shows its own error page: for an unknown channel or callback URL, or a user who is not a tester.
   */
  login(url: string | URL, answers?: LoginAnswers): Promise<Request>
  /** Revokes, in LINE's settings, everything that was granted to the channel. Its tokens for this user become invalid at once. */
  revokeConsent(channel: LoginChannel): void
}

const handles: HandleKind<Person, PersonState> = handleKind('person')

/** The state behind a person. */
export function personState(world: World, person: Person): PersonState {
  return handles.stateBehind(world, person)
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
  const state: PersonState = {
    ...shown,
    email,
    phoneNumber,
    notificationConsent,
    attributes,
    userIds: new Map(),
    isBulkFriend: false,
    topics: new Map(),
  }
  addPerson(world, state)

  return handles.create<Person>(world, state, {
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
    async send(to, message, options = {}) {
      const account = accountState(world, to)
      const said = readMessage(message)
      checkOptions('send', options)
      if (account.friendships.get(state)?.blocked)
        throw new LineInputError(`${displayName} has blocked ${account.name}; unblock it first`)
      const place = personPlace(account, state)
      const event = messageEvent(world, account, place, state, said)
      const answer = automaticAnswer(account.settings, world.clock.now())
      if (answer !== undefined) sayByItself(world, account, place.chatId, answer)
      return orThrow(await deliver(world, account, event), options.throwOnError === true)
    },
    userIdFor: (channel) => {
      checkOwner(world, 'provider', property(channel, 'provider'))
      return userIdOf(state, channel.provider)
    },
    login: async (url, answers) => loginAs(world, state, url, answers),
    revokeConsent: (channel) => takeConsentBack(world, state, channel),
    chatWith: (to) => {
      const account = accountState(world, to)
      return [...chatOf(account, userIdOf(state, account.channel.provider)).entries]
    },
  })
}
