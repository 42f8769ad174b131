import type { AccountKind } from '../account/model.js'
import { LineInputError } from '../core/errors.js'
import type { UnknownEvent, WebhookEvent } from '../webhook/types.js'
import { dropChatTokens } from './chat.js'
import { checkOptions } from './check-options.js'
import { deliverTogether } from './delivery/attempt.js'
import { type ConnectReceiverOptions, connectReceiver } from './delivery/connect.js'
import { deliverGiven } from './delivery/given.js'
import { guard, type HandleKind, handleKind } from './handle.js'
import { type Membership, type OfferMembershipOptions, offerMembership } from './messaging/membership.js'
import { endAttachments } from './module/lifecycle.js'
import { addBulkFriends } from './people/bulk-friends.js'
import { type AccountSettings, newSettings } from './settings.js'
import type { AccountState, DeliveryReport, MessagingChannel, Provider, ProviderState, WebhookTarget } from './state.js'
import { giveLongLived, issueLongLived, isToken, revokeTokensOf } from './tokens/state.js'
import { addProvider, providerOf, stateOf, unused, userIdOf, type World } from './world.js'

/** Options of a new LINE Official Account. */
export interface CreateAccountOptions {
  /** The display name. */
  readonly name: string
  /** Whether the account is unverified, verified or premium. Default: `unverified`. */
  readonly kind?: AccountKind | undefined
  /** The provider. Default: one that all accounts and channels without this option share. */
  readonly provider?: Provider | undefined
  /** The premium ID, with its `@`. Default: none. */
  readonly premiumId?: string | undefined
  /** The URL of the profile picture. Default: none. */
  readonly pictureUrl?: string | undefined
  /**
   * The country of registration, such as `JP`, `TH` or `TW`. It decides the currency of coupons and memberships. Only accounts of these three countries
   * can create audiences and have demographic figures. Default: `JP`.
   */
  readonly country?: string | undefined
  /** The channel ID, for tests whose configuration contains it: digits. Default: generated. */
  readonly channelId?: string | undefined
  /** The channel secret: 32 hexadecimal digits. Default: generated. */
  readonly channelSecret?: string | undefined
  /** A long-lived channel access token that is valid from the start. Default: none. */
  readonly channelAccessToken?: string | undefined
  /** Settings that differ from the defaults. */
  readonly settings?: Partial<AccountSettings> | undefined
}

/** A LINE Official Account, with or without the Messaging API. */
export interface OfficialAccount {
  /** The display name. */
  readonly name: string
  /** Whether the account is unverified, verified or premium. */
  readonly kind: AccountKind
  /** The user ID of the bot, which is the `destination` of deliveries. */
  readonly userId: string
  /** The basic ID, with its `@`. */
  readonly basicId: string
  /** The premium ID with its `@`, if there is one. */
  readonly premiumId: string | undefined
  /** The URL of the profile picture, if there is one. */
  readonly pictureUrl: string | undefined
  /** The settings of LINE Official Account Manager and the LINE Developers Console. Changes take effect at once. */
  readonly settings: AccountSettings
  /** Every attempt to deliver an event, in the order in which the attempts ended. Tests of the webhook URL are not included. */
  readonly deliveries: readonly DeliveryReport[]
}

/** A LINE Official Account with its Messaging API channel, as its administrator sees it. It always shows the current values. */
export interface Account extends OfficialAccount {
  /** The provider that owns the channel. */
  readonly provider: Provider
  /** The ID of its Messaging API channel: 10 digits. */
  readonly channelId: string
  /** The channel secret, which signs deliveries: 32 hexadecimal digits. */
  readonly channelSecret: string
  /**
   * Sets the account up for a bot, as LINE's guide recommends: webhook on, greeting message and auto-response off, and the webhook URL.
   * Deliveries to that URL go to the receiver without a network connection. Several accounts can share a URL.
   *
   * @throws {LineInputError} when LINE would not accept the URL.
   */
  connect(receiver: WebhookTarget, options?: ConnectReceiverOptions): void
  /**
   * Delivers events as they are given, all in one delivery: events of the builders of `line-oa/testing`, an event of a new type, a broken one. They
   * change nothing else in the emulator, except that their reply tokens, quote tokens and tokens for marking messages as read work from then on.
   * They are not part of {@link OfficialAccount.deliveries}.
   *
   * @returns a report for each event, in the same order.
   * @throws {LineInputError} when an event is not an object of JSON values.
   */
  deliver<Event extends WebhookEvent | UnknownEvent>(...events: readonly Event[]): Promise<DeliveryReport<Event>[]>
  /**
   * Sends what happens at the same time in one delivery, as LINE can do.
   *
   * @param act starts the actions of users and returns their promises: `() => [mika.send(account, 'a'), ken.send(account, 'b')]`. Only the event that
   * each action causes first is in the delivery.
   * @returns the results of the actions.
   * @throws {LineInputError} when `act` returns no list, or another call for this account is collecting events.
   */
  deliverTogether<Result>(act: () => readonly Promise<Result>[]): Promise<Result[]>
  /**
   * Issues a long-lived channel access token, as the LINE Developers Console does. The previous one expires at once, or after the overlap.
   *
   * @throws {LineInputError} when the overlap is out of range.
   */
  issueLongLivedToken(options?: {
    /** How long the previous token stays valid, in hours from 0 to 24. Default: 0. */
    readonly overlap?: number | undefined
  }): string
  /**
   * Offers a membership plan, which LINE has approved. Users join it with `person.joinMembership`.
   *
   * @throws {LineInputError} when the account already has 5 plans, there are more than 5 benefits, or the price is negative.
   */
  offerMembership(options: OfferMembershipOptions): Membership
  /**
   * Adds many friends at once, to test long lists. They never act and cause no event. They are created in memory only when
   * they are used: listing followers creates none, a message to one friend creates that one, a broadcast creates all.
   *
   * @returns their user IDs, in the order of the list of followers, where they come last. It can be iterated any number of times.
   * @throws {LineInputError} when `size` is not an integer from 1 to 4,294,967,296.
   */
  addBulkFriends(size: number): Iterable<string>
}

const handles: HandleKind<Account, AccountState> = handleKind('account')

/** The accounts of an emulator. */
const accounts = stateOf<World, Set<AccountState>>(() => new Set())

// The provider of user IDs while an account has no channel. It is never visible.
const noProvider = stateOf<World, ProviderState>((world) => addProvider(world, ''))

/** The state behind an account. */
export function accountState(world: World, account: OfficialAccount): AccountState {
  const state = handles.stateBehind(world, account)
  if (isDeleted(world, state)) throw new LineInputError('This account has been deleted')
  return state
}

/** Returns whether an account has been deleted. */
export function isDeleted(world: World, account: AccountState): boolean {
  return !accounts(world).has(account)
}

/** The handle of an account. */
export function accountOf(state: AccountState): Account {
  const account = handles.handleOf(state)
  if (!account) throw new LineInputError('This account was not created by an emulator')
  return account
}

/** Returns whether the account's Messaging API is enabled. */
export function isEnabled(world: World, { channel }: AccountState): boolean {
  return world.channels.get(channel.channelId) === channel
}

function createState(
  world: World,
  options: CreateAccountOptions,
  channelFor: (account: AccountState) => MessagingChannel,
): AccountState {
  const { ids } = world
  const taken = { has: (id: string) => [...accounts(world)].some(({ basicId }) => basicId === id) }
  const state: Omit<AccountState, 'channel'> & { channel?: MessagingChannel } = {
    topics: new Map(),
    name: options.name,
    kind: options.kind ?? 'unverified',
    userId: ids.chat('U'),
    basicId: unused(ids.basic, taken),
    premiumId: options.premiumId,
    country: options.country ?? 'JP',
    pictureUrl: options.pictureUrl,
    settings: { ...newSettings(options.name), ...options.settings },
    friendships: new Map(),
    chats: new Map(),
    usage: new Map(),
    reserved: 0,
    deliveries: [],
  }
  const account = state as AccountState // the account and its channel know each other; the channel follows below
  state.channel = channelFor(account)
  accounts(world).add(account)
  return account
}

type Known = Pick<CreateAccountOptions, 'channelId' | 'channelSecret' | 'channelAccessToken'>

function checkKnown(world: World, { channelId, channelSecret, channelAccessToken }: Known): void {
  const wrong = (name: string, what: string) => new LineInputError(`createAccount: ${name} ${what}`)
  const isText = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value)
  if (channelId !== undefined && !isText(channelId, /^\d{1,20}$/))
    throw wrong('channelId', 'must be a string of digits')
  if (channelId !== undefined && world.channels.has(channelId)) throw wrong('channelId', 'is in use by another channel')
  if (channelSecret !== undefined && !isText(channelSecret, /^[0-9a-f]{32}$/))
    throw wrong('channelSecret', 'must be 32 hexadecimal digits in lower case')
  if (channelAccessToken === undefined) return
  if (!isText(channelAccessToken, /^[\w.~+/=-]+$/)) throw wrong('channelAccessToken', 'must be a channel access token')
  if (isToken(world, channelAccessToken)) throw wrong('channelAccessToken', 'is in use by another channel')
}

function createChannel(
  world: World,
  account: AccountState,
  provider: ProviderState,
  known: Known = {},
): MessagingChannel {
  checkKnown(world, known)
  const channel: MessagingChannel = {
    topics: new Map(),
    kind: 'messaging',
    channelId: known.channelId ?? unused(world.ids.channel, world.channels),
    channelSecret: known.channelSecret ?? world.ids.hex(32),
    provider,
    assertionKeys: new Map(),
    account,
  }
  world.channels.set(channel.channelId, channel)
  if (known.channelAccessToken !== undefined) giveLongLived(world, channel, known.channelAccessToken)
  return channel
}

function createHandle(world: World, state: AccountState): Account {
  const { userId, basicId, settings, deliveries } = state
  const givenSettings = guard(world, settings)
  return handles.create<Account>(world, state, {
    get name() {
      return state.name
    },
    get kind() {
      return state.kind
    },
    get provider() {
      return providerOf(world, state.channel.provider)
    },
    userId,
    basicId,
    premiumId: state.premiumId,
    get pictureUrl() {
      return state.pictureUrl
    },
    get channelId() {
      return state.channel.channelId
    },
    get channelSecret() {
      return state.channel.channelSecret
    },
    settings: givenSettings,
    deliveries,
    connect: (receiver, options = {}) => {
      const url = connectReceiver(world, state.channel.channelId, receiver, options)
      Object.assign(settings, {
        webhookUrl: url,
        webhook: true,
        greeting: false,
        autoResponse: false,
      } satisfies Partial<AccountSettings>)
    },
    deliver: async (...events) => deliverGiven(world, state, events),
    deliverTogether: async (act) => deliverTogether(world, state, act),
    issueLongLivedToken: (options = {}) => {
      checkOptions('issueLongLivedToken', options)
      const { overlap = 0 } = options
      if (!(typeof overlap === 'number' && overlap >= 0 && overlap <= 24))
        throw new LineInputError('issueLongLivedToken: overlap must be 0 to 24 hours')
      return issueLongLived(world, state.channel, overlap * 60 * 60 * 1000).token
    },
    offerMembership: (options) => offerMembership(world, state, options),
    addBulkFriends: (size) => addBulkFriends(world, state, size),
  })
}

/** Creates an Official Account and its channel. */
export function createAccount(world: World, options: CreateAccountOptions, provider: ProviderState): Account {
  return createHandle(
    world,
    createState(world, options, (account) => createChannel(world, account, provider, options)),
  )
}

/** Creates an account without the Messaging API, and so without a channel and a provider. */
export function openAccount(world: World, options: Omit<CreateAccountOptions, 'provider'>): OfficialAccount {
  const provider = noProvider(world)
  const state = createState(world, options, (account) => ({
    topics: new Map(),
    kind: 'messaging',
    channelId: '',
    channelSecret: '',
    provider,
    assertionKeys: new Map(),
    account,
  }))
  return createHandle(world, state)
}

/** Enables the Messaging API of an account: it gets a channel, and its friends get user IDs of the provider. */
export function openChannel(world: World, account: AccountState, provider: ProviderState): Account {
  const before = account.channel.provider
  account.channel = createChannel(world, account, provider)
  for (const person of world.people) {
    const chat = account.chats.get(userIdOf(person, before))
    if (!chat) continue
    const id = userIdOf(person, provider)
    account.chats.delete(chat.id)
    account.chats.set(id, { ...chat, id })
  }
  return accountOf(account)
}

/** Deletes a channel and revokes its tokens. */
export function closeChannel(world: World, channelId: string): void {
  const channel = world.channels.get(channelId)
  world.channels.delete(channelId)
  if (channel) revokeTokensOf(world, channel)
}

/** Deletes an account, and its channel with it. */
export function closeAccount(world: World, account: AccountState): void {
  accounts(world).delete(account)
  closeChannel(world, account.channel.channelId)
  // A module channel that is attached to the account can still answer in its chats.
  if (!endAttachments(world, account)) dropChatTokens(account)
  for (const group of world.groups.values()) {
    if (group.account === account) group.account = undefined
  }
  for (const channel of world.channels.values()) {
    if (channel.kind === 'login' && channel.linkedAccount === account) channel.linkedAccount = undefined
  }
}
