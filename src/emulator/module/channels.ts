import { LineInputError } from '../../core/errors.js'
import { moduleScopes } from '../../module/schemas.js'
import { accountState, type OfficialAccount } from '../account.js'
import { checkText } from '../check-options.js'
import { type ConnectReceiverOptions, connectReceiver } from '../delivery/connect.js'
import { ExpiringMap } from '../expiring-map.js'
import { guard } from '../handle.js'
import { type Person, personState } from '../people/person.js'
import type {
  AccountState,
  Channel,
  DeliveryReport,
  ModuleChannelState,
  Provider,
  ProviderState,
  WebhookTarget,
} from '../state.js'
import { providerOf, stateOf, unused, userIdOf, type World } from '../world.js'
import { attachments } from './attachments.js'
import { activeChannel } from './control.js'
import { detach } from './lifecycle.js'
import { moduleUserId, moduleUserIdPattern, primaryUserId } from './user-ids.js'
import { type ModuleWebhookSettings, moduleWebhook } from './webhook.js'

const tenMinutes = 10 * 60 * 1000

/** Options of a new module channel. */
export interface CreateModuleChannelOptions {
  /** The redirect URLs, exactly as in the authorize URL. */
  readonly redirectUris: readonly string[]
  /** The header with which its calls name an account. LINE documents it for partners only. Default: `x-line-bot-id`, as in public code. */
  readonly botIdHeader?: string | undefined
  /**
   * Whether it is default active, as the modules of LINE Marketplace are: it may answer in all chats of an account from the time it is attached. An account
   * can have one such module channel. Default: `false`, so that it first acquires control of a chat.
   */
  readonly defaultActive?: boolean | undefined
  /** The provider. Default: one that all accounts and channels without this option share. */
  readonly provider?: Provider | undefined
}

/**
 * A module channel. It has no LINE Official Account. Of the channels of an account, one may answer in a chat; the others get the events of that chat in standby
 * mode.
 *
 * With the scope `message:receive`, its webhook gets the events of the accounts that it is attached to, and its own: `module`, `activated`, `deactivated`,
 * `botSuspended` and `botResumed`. It sees user IDs of the form `LU…-U…`, which differ from account to account, in events and answers, and calls LINE with them.
 * Files with user IDs are read as they are. Calls without the scope that LINE lists for them are refused with 403; LINE does not document this answer.
 */
export interface ModuleChannel {
  /** The channel ID: 10 digits. */
  readonly channelId: string
  /** The channel secret: 32 hexadecimal digits. */
  readonly channelSecret: string
  /** The provider that owns the channel. */
  readonly provider: Provider
  /**
   * Opens the authorize URL as an administrator of an account, and agrees. Returns the URL that LINE redirects to, with the code.
   *
   * @throws {LineInputError} when LINE would not show the page: for another channel, redirect URL, scope, account or kind of account.
   */
  approve(url: string, account: OfficialAccount): string
  /** Opens the authorize URL as an administrator, and declines. Returns the URL that LINE redirects to. */
  decline(url: string): string
  /** The webhook settings in the LINE Developers Console. Changes take effect at once. */
  readonly settings: ModuleWebhookSettings
  /** Every attempt to deliver an event, in the order in which the attempts ended. */
  readonly deliveries: readonly DeliveryReport[]
  /**
   * Turns its webhook on with a URL. Deliveries to that URL go to the receiver without a network connection.
   *
   * @throws {LineInputError} when LINE would not accept the URL.
   */
  connect(receiver: WebhookTarget, options?: ConnectReceiverOptions): void
  /** Detaches the channel, as an administrator of the account does. It does nothing when it is not attached. */
  detach(account: OfficialAccount): void
  /** The user ID of a user of an account, as this channel sees it. */
  userIdFor(person: Person, account: OfficialAccount): string
  /** Returns whether the channel is attached to an account. */
  isAttached(account: OfficialAccount): boolean
  /** Returns whether the channel may answer in a chat. The chat ID is one that the account or this channel sees. */
  hasControl(account: OfficialAccount, chatId: string): boolean
}

/** What an administrator has agreed to. */
export interface ModuleGrant {
  readonly channel: ModuleChannelState
  readonly account: AccountState
  readonly expiresAt: number
  /** What stood in the authorize URL, which attaching repeats. */
  readonly asked: {
    readonly redirect_uri: string
    readonly scope: string
    readonly region: string | undefined
    readonly basic_search_id: string | undefined
    readonly brand_type: string | undefined
  }
  readonly codeChallenge: string | undefined
}

// By the code, which works once.
const grants = stateOf<World, ExpiringMap<ModuleGrant>>(() => new ExpiringMap(({ expiresAt }, now) => now >= expiresAt))

/** Takes a code, which is gone then; `undefined` when it is unknown, was used before, or is older than 10 minutes. LINE answers the same for all. */
export function takeGrant(world: World, code: string): ModuleGrant | undefined {
  const grant = grants(world).get(code, world.clock.now())
  grants(world).delete(code)
  return grant
}

function refuse(why: string): never {
  throw new LineInputError(`LINE would not show the authorization page: ${why}`)
}

function readAsked(channel: Channel, redirectUris: readonly string[], url: string) {
  checkText('approve', 'url', url)
  if (!URL.canParse(url)) refuse('url is not a valid URL')
  const { pathname, searchParams } = new URL(url)
  const value = (name: string) => searchParams.get(name) ?? undefined
  if (pathname !== '/module/auth/v1/authorize') refuse('url must have the path /module/auth/v1/authorize')
  if (value('response_type') !== 'code') refuse('response_type must be code')
  if (value('client_id') !== channel.channelId) refuse('client_id is the ID of another channel')
  const redirectUri = value('redirect_uri')
  if (redirectUri === undefined || !redirectUris.includes(redirectUri)) return refuse('redirect_uri is not registered')
  const scope = value('scope') ?? ''
  if (!scope.split(' ').every((one) => moduleScopes.some((known) => known === one)))
    refuse('scope is empty or contains an unknown scope')
  const state = value('state') ?? refuse('state is missing')
  const codeChallenge = value('code_challenge')
  if (codeChallenge !== undefined && value('code_challenge_method') !== 'S256')
    refuse('code_challenge_method must be S256')
  const more = { region: value('region'), basic_search_id: value('basic_search_id'), brand_type: value('brand_type') }
  return { asked: { redirect_uri: redirectUri, scope, ...more }, state, codeChallenge }
}

function back(redirectUri: string, fields: { readonly [name: string]: string }): string {
  const url = new URL(redirectUri)
  for (const name in fields) url.searchParams.set(name, fields[name] ?? '')
  return url.href
}

/** Creates a module channel. */
export function createModuleChannel(
  world: World,
  options: CreateModuleChannelOptions,
  provider: ProviderState,
): ModuleChannel {
  const { redirectUris, botIdHeader = 'x-line-bot-id', defaultActive = false } = options
  const channel: ModuleChannelState = {
    topics: new Map(),
    kind: 'module',
    channelId: unused(world.ids.channel, world.channels),
    channelSecret: world.ids.hex(32),
    provider,
    assertionKeys: new Map(),
    botIdHeader: botIdHeader.toLowerCase(),
    defaultActive,
  }
  world.channels.set(channel.channelId, channel)
  const { settings, deliveries } = moduleWebhook(channel)
  return guard<ModuleChannel>(world, {
    channelId: channel.channelId,
    channelSecret: channel.channelSecret,
    provider: providerOf(world, provider),
    settings: guard(world, settings),
    deliveries,
    connect: (receiver, more = {}) => {
      const url = connectReceiver(world, channel.channelId, receiver, more)
      Object.assign(settings, { webhook: true, webhookUrl: url } satisfies Partial<ModuleWebhookSettings>)
    },
    detach: (account) => detach(world, channel, accountState(world, account)),
    userIdFor: (person, of) => {
      const account = accountState(world, of)
      return moduleUserId(world, account, userIdOf(personState(world, person), account.channel.provider))
    },
    approve: (url, of) => {
      const account = accountState(world, of)
      const { asked, state, codeChallenge } = readAsked(channel, redirectUris, url)
      if (asked.basic_search_id !== undefined && asked.basic_search_id !== account.basicId)
        refuse('basic_search_id is the ID of another account')
      if (asked.brand_type !== undefined && !asked.brand_type.split(' ').includes(account.kind))
        refuse('brand_type does not include this kind of account')
      const code = world.ids.opaque(20)
      const now = world.clock.now()
      grants(world).set(code, { channel, account, asked, codeChallenge, expiresAt: now + tenMinutes }, now)
      return back(asked.redirect_uri, { code, state })
    },
    decline: (url) => {
      const { asked, state } = readAsked(channel, redirectUris, url)
      return back(asked.redirect_uri, {
        error: 'access_denied',
        error_description: 'The administrator did not agree',
        state,
      })
    },
    isAttached: (account) => attachments(channel).has(accountState(world, account)),
    hasControl: (of, chatId) => {
      checkText('hasControl', 'chatId', chatId)
      const account = accountState(world, of)
      const known = moduleUserIdPattern.test(chatId) ? primaryUserId(account, chatId) : chatId
      return attachments(channel).has(account) && activeChannel(world, account, known) === channel
    },
  })
}
