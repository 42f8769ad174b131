import { LineInputError } from '../../core/errors.js'
import { property } from '../../core/property.js'
import type { MessageEvent } from '../../webhook/types.js'
import { accountState, type OfficialAccount } from '../account.js'
import { chatOf, nextEntry } from '../chat.js'
import { checkOptions } from '../check-options.js'
import { deliver, orThrow, type SendOptions } from '../delivery/delivery.js'
import { messageEvent, personPlace, unfollowEvent } from '../delivery/events.js'
import { checkOwner, type HandleKind, handleKind, isAsync } from '../handle.js'
import { type LoginAnswers, loginAs, takeConsentBack } from '../login/as-person.js'
import type { LoginChannel } from '../login/channel.js'
import { withdrawConsent } from '../login/state.js'
import { checkPhoneNumber } from '../messaging/notification.js'
import { automaticAnswer } from '../settings.js'
import type {
  AccountEntry,
  AccountState,
  ChatEntry,
  DeliveryReport,
  NotificationConsent,
  PersonAttributes,
  PersonState,
  Provider,
} from '../state.js'
import { addPerson, userIdOf, type World } from '../world.js'
import { actsOf, type PersonActs } from './acts.js'
import { addFriend, friendshipOf, sayByItself } from './friendship.js'
import { type LiffSendMessage, readLiffMessages } from './liff-messages.js'
import { mentionsSomeone } from './mentions.js'
import type { PersonFile, PersonMessage } from './message.js'
import { readMessage } from './message-content.js'
import { readImages, sendAll } from './several.js'
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
  /**
   * Whether LINE may tell accounts about the user. Without it, events from groups and multi-person chats and mentions have no user ID, there is no
   * profile, and lists of user IDs leave the user out. It is so for users who have only ever used LINE for PC. Default: `true`.
   *
   * @see https://developers.line.biz/en/docs/messaging-api/user-consent/
   */
  readonly profileConsent?: boolean | undefined
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
  /**
   * Sends several images at once to the account: one message event for each, in order, which says what set it belongs to.
   *
   * @param images the files, at least two; `undefined` stands for a JPEG of one pixel.
   * @throws {LineInputError} when there are fewer than two images, or the user has blocked the account.
   */
  sendImages(
    account: OfficialAccount,
    images: readonly (PersonFile | undefined)[],
    options?: SendOptions,
  ): Promise<DeliveryReport<MessageEvent>[]>
  /**
   * Sends messages as a LIFF app does with `liff.sendMessages()`, which the user has opened in the chat with the account and has granted
   * `chat_message.write`. Images, videos and audio are external content, which LINE does not have. Template and Flex messages cause no event.
   *
   * @param messages one to five messages.
   * @returns a report for each event.
   * @throws {LineInputError} when LIFF apps cannot send a message, or the user has blocked the account.
   */
  sendFromLiff(
    account: OfficialAccount,
    messages: readonly LiffSendMessage[],
    options?: SendOptions,
  ): Promise<DeliveryReport<MessageEvent>[]>
  /**
   * Deletes the LINE account. It leaves all groups, no message reaches it any more, its profile and its user ID are in no answer, and its tokens end.
   * Everything that the user would do afterwards is refused. LINE does not document an event for it, and the emulator sends no event.
   */
  deleteLineAccount(): void
  /** The user ID, which is the same in all channels of one provider. */
  userIdFor(channel: {
    /** The provider that owns the channel. Accounts and channels have it. */
    readonly provider: Provider
  }): string
  /** The chat with the account, in chronological order. */
  chatWith(account: OfficialAccount): readonly ChatEntry[]
  /**
   * Waits for the next message of the account in the chat, such as a push that a job sends later. Call it before what causes the message.
   *
   * @example
   * const next = person.nextMessage(account)
   * await emulator.clock.advance(60_000)
   * expect(await next).toMatchObject({ via: 'push', message: { text: 'Your tea is ready' } })
   */
  nextMessage(account: OfficialAccount): Promise<AccountEntry>
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
  const state = handles.stateBehind(world, person)
  checkExists(state)
  return state
}

function checkExists({ isDeleted, displayName }: PersonState): void {
  if (isDeleted) throw new LineInputError(`${displayName} has deleted the LINE account`)
}

/** Refuses what a person would do who has deleted the LINE account. What a person does is asynchronous. */
function whileExisting<Members extends object>(person: PersonState, members: Members): Members {
  const guarded = Object.entries(members).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function' || !isAsync(member)) return [name, member]
    return [
      name,
      async (...args: unknown[]): Promise<unknown> => {
        checkExists(person)
        return Reflect.apply(member, members, args)
      },
    ]
  })
  return Object.fromEntries(guarded) as Members // the same names, with the same parameters and results
}

function deleteLineAccount(world: World, person: PersonState): void {
  person.isDeleted = true
  for (const group of world.groups.values()) group.members.delete(person)
  for (const channel of world.channels.values()) if (channel.kind === 'login') withdrawConsent(world, channel, person)
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
    profileConsent = true,
    attributes = {},
  } = options
  checkPhoneNumber(world, phoneNumber)
  const shown = { displayName, pictureUrl, statusMessage, language }
  const state: PersonState = {
    ...shown,
    email,
    phoneNumber,
    notificationConsent,
    profileConsent,
    isDeleted: false,
    attributes,
    userIds: new Map(),
    isBulkFriend: false,
    topics: new Map(),
  }
  addPerson(world, state)

  const open = (to: OfficialAccount): AccountState => {
    const account = accountState(world, to)
    if (!account.friendships.get(state)?.blocked) return account
    throw new LineInputError(`${displayName} has blocked ${account.name}; unblock it first`)
  }
  const members: Person = {
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
      const said = readMessage(message)
      checkOptions('send', options)
      if (mentionsSomeone(said))
        throw new LineInputError('send: message.mentions: only group chats and multi-person chats have mentions')
      const account = open(to)
      const place = personPlace(account, state)
      const event = messageEvent(world, account, place, state, said)
      const answer = automaticAnswer(account.settings, world.clock.now())
      if (answer !== undefined) sayByItself(world, account, place.chatId, answer, 'auto-response')
      return orThrow(await deliver(world, account, event), options.throwOnError === true)
    },
    async sendImages(to, images, options = {}) {
      const account = open(to)
      return sendAll(world, account, personPlace(account, state), state, readImages(world, images), options)
    },
    async sendFromLiff(to, messages, options = {}) {
      const said = readLiffMessages(messages).map((message) => ({ message }))
      const account = open(to)
      return sendAll(world, account, personPlace(account, state), state, said, options)
    },
    deleteLineAccount: () => deleteLineAccount(world, state),
    userIdFor: (channel) => {
      checkOwner(world, 'provider', property(channel, 'provider'))
      return userIdOf(state, channel.provider)
    },
    async nextMessage(to) {
      const account = accountState(world, to)
      return nextEntry(chatOf(account, userIdOf(state, account.channel.provider)))
    },
    login: async (url, answers) => loginAs(world, state, url, answers),
    revokeConsent: (channel) => {
      checkExists(state)
      takeConsentBack(world, state, channel)
    },
    chatWith: (to) => {
      const account = accountState(world, to)
      return [...chatOf(account, userIdOf(state, account.channel.provider)).entries]
    },
  }
  return handles.create(world, state, whileExisting(state, members))
}
