import { LineInputError } from '../core/errors.js'
import { type AccountKind, type AccountSettings, newSettings } from './settings.js'
import type { AccountState, DeliveryReport, MessagingChannel, Provider, Receiver } from './state.js'
import { issueLongLived } from './tokens/ledger.js'
import { isWebhookUrl } from './webhook-url.js'
import { unused, type World } from './world.js'

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
  /** What differs from the settings of an account that nobody has touched yet. */
  readonly settings?: Partial<AccountSettings> | undefined
}

/** An Official Account with its Messaging API channel, as its administrator sees it. */
export interface Account {
  readonly name: string
  readonly kind: AccountKind
  readonly provider: Provider
  /** The user ID of its bot: the `destination` of its deliveries. */
  readonly userId: string
  /** With its `@`. */
  readonly basicId: string
  readonly premiumId: string | undefined
  readonly channelId: string
  readonly channelSecret: string
  /** What a person switches by hand. Change it at any time. */
  readonly settings: AccountSettings
  /** Every attempt to deliver an event, in the order in which they ended. Tests of the webhook URL do not count, as at LINE. */
  readonly deliveries: readonly DeliveryReport[]
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
}

// The state behind each account that this emulator has handed out, whichever emulator made it.
const states = new WeakMap<Account, AccountState>()

/** The state behind an account. */
export function accountState(world: World, account: Account): AccountState {
  const state = states.get(account)
  if (!state || world.channels.get(state.channel.channelId) !== state.channel)
    throw new LineInputError('This account belongs to another emulator')
  return state
}

function createState(world: World, options: CreateAccountOptions, provider: Provider): AccountState {
  const { ids, channels } = world
  const taken = {
    has: (id: string) => [...channels.values()].some((channel) => channel.kind === 'messaging' && channel.account.basicId === id),
  }
  const state: Omit<AccountState, 'channel'> & { channel?: MessagingChannel } = {
    name: options.name,
    kind: options.kind ?? 'unverified',
    userId: ids.chat('U'),
    basicId: unused(ids.basic, taken),
    premiumId: options.premiumId,
    pictureUrl: options.pictureUrl,
    settings: { ...newSettings(options.name), ...options.settings },
    friendships: new Map(),
    chats: new Map(),
    usage: new Map(),
    reserved: 0,
    deliveries: [],
  }
  const account = state as AccountState // the account and its channel know each other; the channel follows below
  state.channel = {
    kind: 'messaging',
    channelId: unused(ids.channel, channels),
    channelSecret: ids.hex(32),
    provider,
    assertionKeys: new Map(),
    account,
  }
  return account
}

/** Creates an Official Account and its channel. */
export function createAccount(world: World, options: CreateAccountOptions, provider: Provider): Account {
  const state = createState(world, options, provider)
  const { channel, settings } = state
  world.channels.set(channel.channelId, channel)
  const account: Account = {
    name: state.name,
    kind: state.kind,
    provider,
    userId: state.userId,
    basicId: state.basicId,
    premiumId: state.premiumId,
    channelId: channel.channelId,
    channelSecret: channel.channelSecret,
    settings,
    deliveries: state.deliveries,
    connect: (receiver, { url = `https://webhook.example/${channel.channelId}` } = {}) => {
      if (!isWebhookUrl(url))
        throw new LineInputError('connect: LINE takes https URLs of at most 500 characters; the emulator also http on loopback addresses')
      world.receivers.set(new URL(url).href, receiver)
      Object.assign(settings, { webhookUrl: url, webhook: true, greeting: false, autoResponse: false } satisfies Partial<AccountSettings>)
    },
    issueLongLivedToken: ({ overlap = 0 } = {}) => {
      if (!(overlap >= 0 && overlap <= 24)) throw new LineInputError('issueLongLivedToken: the overlap is 0 to 24 hours')
      return issueLongLived(world, channel, overlap * 60 * 60 * 1000).token
    },
  }
  states.set(account, state)
  return account
}
