import { LineInputError } from '../core/errors.js'
import { isWebhookUrl } from './delivery/webhook-url.js'
import { addCrowd } from './people/crowd.js'
import { type Membership, type OfferMembershipOptions, offerMembership } from './people/memberships.js'
import { type AccountKind, type AccountSettings, newSettings } from './settings.js'
import type { AccountState, DeliveryReport, MessagingChannel, Provider, Receiver } from './state.js'
import { issueLongLived } from './tokens/ledger.js'
import { addProvider, keep, unused, userIdOf, type World } from './world.js'

/** How an Official Account is to be. */
export interface CreateAccountOptions {
  readonly name: string
  /** Default: `unverified`, as every account begins. */
  readonly kind?: AccountKind | undefined
  /** Default: one provider for everything that is created without one. */
  readonly provider?: Provider | undefined
  /** An own ID in place of the basic ID, with its `@`. Default: none. */
  readonly premiumId?: string | undefined
  readonly pictureUrl?: string | undefined
  /** Where it is registered, as `JP`, `TH` or `TW`: it decides on the currency of its coupons and memberships. Default: `JP`. */
  readonly country?: string | undefined
  /** What differs from the settings of an account that nobody has touched yet. */
  readonly settings?: Partial<AccountSettings> | undefined
}

/** An Official Account, with or without the Messaging API. */
export interface OfficialAccount {
  readonly name: string
  readonly kind: AccountKind
  /** The user ID of its bot: the `destination` of its deliveries. */
  readonly userId: string
  /** With its `@`. */
  readonly basicId: string
  readonly premiumId: string | undefined
  readonly pictureUrl: string | undefined
  /** What a person switches by hand. Change it at any time. */
  readonly settings: AccountSettings
  /** Every attempt to deliver an event, in the order in which they ended. Tests of the webhook URL do not count, as at LINE. */
  readonly deliveries: readonly DeliveryReport[]
}

/** An Official Account with its Messaging API channel, as its administrator sees it. It shows what changes. */
export interface Account extends OfficialAccount {
  readonly provider: Provider
  readonly channelId: string
  readonly channelSecret: string
  /**
   * Sets the account up for a bot, as LINE's guide tells people to: webhook on, greeting and auto-response off, and the bot's URL.
   * Whatever is sent to that URL goes to the receiver, without a socket. Other accounts may share the URL.
   *
   * @param options.url the webhook URL. Default: one on `webhook.example` that names the channel.
   * @throws {LineInputError} when LINE would not take the URL.
   */
  connect(receiver: Receiver, options?: { readonly url?: string | undefined }): void
  /**
   * Issues a long-lived token, as a person does in the Developers Console. The one before it ends at once, or after the overlap.
   *
   * @param options.overlap how long the token before it stays valid, in hours from 0 to 24. Default: 0.
   * @throws {LineInputError} when the overlap is out of bounds.
   */
  issueLongLivedToken(options?: { readonly overlap?: number | undefined }): string
  /**
   * Offers a membership, which LINE has reviewed. People join it by `person.joinMembership`.
   *
   * @throws {LineInputError} when the account has 5 already, there are more than 5 benefits, or the price is negative.
   */
  offerMembership(options: OfferMembershipOptions): Membership
  /**
   * Gives the account so many more friends at once, for what has long lists in it. They do nothing by themselves, no event tells of them, and they
   * take no room before something concerns each of them: the list of followers does not, a message to one concerns one, a broadcast all.
   *
   * @returns their user IDs, in the order of the list of followers, where they come last. It can be gone through as often as one likes.
   * @throws {LineInputError} when there are not 1 to 4,294,967,296 of them.
   */
  addCrowd(size: number): Iterable<string>
}

// The state behind each account that this emulator has handed out, whichever emulator made it, and the way back.
const states = new WeakMap<OfficialAccount, AccountState>()
const handles = new WeakMap<AccountState, Account>()

/** The accounts of an emulator. */
const accounts = keep<World, Set<AccountState>>(() => new Set())

// Where people's IDs come from while an account has no provider. Nobody can see it.
const noProvider = keep<World, Provider>((world) => addProvider(world, ''))

/** The state behind an account. */
export function accountState(world: World, account: OfficialAccount): AccountState {
  const state = states.get(account)
  if (!state || !accounts(world).has(state))
    throw new LineInputError('This account belongs to another emulator, or has been deleted')
  return state
}

/** The account that a state is shown as. */
export function accountOf(state: AccountState): Account {
  const account = handles.get(state)
  if (!account) throw new LineInputError('This account was not made by an emulator')
  return account
}

/** Tells whether the account's Messaging API is enabled. */
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

function createChannel(world: World, account: AccountState, provider: Provider): MessagingChannel {
  const channel: MessagingChannel = {
    kind: 'messaging',
    channelId: unused(world.ids.channel, world.channels),
    channelSecret: world.ids.hex(32),
    provider,
    assertionKeys: new Map(),
    account,
  }
  world.channels.set(channel.channelId, channel)
  return channel
}

function createHandle(world: World, state: AccountState): Account {
  const { userId, basicId, settings, deliveries } = state
  const account: Account = {
    get name() {
      return state.name
    },
    get kind() {
      return state.kind
    },
    get provider() {
      return state.channel.provider
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
    settings,
    deliveries,
    connect: (receiver, { url = `https://webhook.example/${state.channel.channelId}` } = {}) => {
      if (!isWebhookUrl(url))
        throw new LineInputError(
          'connect: LINE takes https URLs of at most 500 characters; the emulator also http on loopback addresses',
        )
      world.receivers.set(new URL(url).href, receiver)
      Object.assign(settings, {
        webhookUrl: url,
        webhook: true,
        greeting: false,
        autoResponse: false,
      } satisfies Partial<AccountSettings>)
    },
    issueLongLivedToken: ({ overlap = 0 } = {}) => {
      if (!(overlap >= 0 && overlap <= 24))
        throw new LineInputError('issueLongLivedToken: the overlap is 0 to 24 hours')
      return issueLongLived(world, state.channel, overlap * 60 * 60 * 1000).token
    },
    offerMembership: (options) => offerMembership(world, state, options),
    addCrowd: (size) => addCrowd(world, state, size),
  }
  states.set(account, state)
  handles.set(state, account)
  return account
}

/** Creates an Official Account and its channel. */
export function createAccount(world: World, options: CreateAccountOptions, provider: Provider): Account {
  return createHandle(
    world,
    createState(world, options, (account) => createChannel(world, account, provider)),
  )
}

/** Opens an Official Account as people do: it has no Messaging API, and so no channel and no provider. */
export function openAccount(world: World, options: Omit<CreateAccountOptions, 'provider'>): OfficialAccount {
  const provider = noProvider(world)
  const state = createState(world, options, (account) => ({
    kind: 'messaging',
    channelId: '',
    channelSecret: '',
    provider,
    assertionKeys: new Map(),
    account,
  }))
  return createHandle(world, state)
}

/** Enables the Messaging API of an account: it gets its channel, and its friends get their IDs of the provider. */
export function openChannel(world: World, account: AccountState, provider: Provider): Account {
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

/** Ends a channel: nothing of it opens anything any more. */
export function closeChannel(world: World, channelId: string): void {
  const channel = world.channels.get(channelId)
  world.channels.delete(channelId)
  for (const token of world.tokens.values()) {
    if (token.channel === channel) token.revoked = true
  }
}

/** Deletes an account, and its channel with it. */
export function closeAccount(world: World, account: AccountState): void {
  accounts(world).delete(account)
  closeChannel(world, account.channel.channelId)
  for (const group of world.groups.values()) {
    if (group.account === account) group.account = undefined
  }
  for (const channel of world.channels.values()) {
    if (channel.kind === 'login' && channel.linkedAccount === account) channel.linkedAccount = undefined
  }
}
