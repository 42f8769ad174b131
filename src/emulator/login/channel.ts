import { LineInputError } from '../../core/errors.js'
import { type Account, accountOf, accountState } from '../account.js'
import { guard, type HandleKind, handleKind } from '../handle.js'
import type { Person } from '../people/person.js'
import type { LoginChannelState, Provider, ProviderState } from '../state.js'
import { providerOf, providerState, stateOf, unused, type World } from '../world.js'

/** Options of a new LINE Login channel. */
export interface CreateLoginChannelOptions {
  /** The provider. Default: that of the linked account, or one that all accounts and channels without this option share. */
  readonly provider?: Provider | undefined
  /** The LINE Official Account that users may add while they log in. It must belong to the same provider. Default: none. */
  readonly linkedAccount?: Account | undefined
  /** Whether every user may log in, or only admins and testers ("Developing"). Default: `false`. */
  readonly published?: boolean | undefined
  /** Settings that differ from the defaults. */
  readonly settings?: Partial<LoginChannelSettings> | undefined
}

/** A LINE Login channel, as its administrator sees it. It always shows the current values. */
export interface LoginChannel {
  /** The channel ID: 10 digits. */
  readonly channelId: string
  /** The channel secret: 32 hexadecimal digits. */
  readonly channelSecret: string
  /** The provider that owns the channel. */
  readonly provider: Provider
  /** The LINE Official Account that users may add while they log in, if one is linked. */
  readonly linkedAccount: Account | undefined
  /** Whether every user may log in. Until then, only admins and testers may. */
  readonly published: boolean
  /** The settings of the LINE Developers Console. Changes take effect at once. */
  readonly settings: LoginChannelSettings
}

const handles: HandleKind<LoginChannel, LoginChannelState> = handleKind('LINE Login channel')

/**
 * The state behind a LINE Login channel.
 *
 * @throws {LineInputError} when it belongs to another emulator, or has been deleted.
 */
export function loginChannelState(world: World, channel: LoginChannel): LoginChannelState {
  const state = handles.stateBehind(world, channel)
  if (world.channels.get(state.channelId) !== state)
    throw new LineInputError('This LINE Login channel has been deleted')
  return state
}

/** Creates a LINE Login channel. */
export function createLoginChannel(
  world: World,
  options: CreateLoginChannelOptions,
  provider: ProviderState,
): LoginChannel {
  const { linkedAccount, published = false } = options
  if (linkedAccount && providerState(world, linkedAccount.provider) !== provider)
    throw new LineInputError('createLoginChannel: linkedAccount must belong to the same provider as the channel')
  const channel: LoginChannelState = {
    topics: new Map(),
    kind: 'login',
    channelId: unused(world.ids.channel, world.channels),
    channelSecret: world.ids.hex(32),
    provider,
    assertionKeys: new Map(),
    linkedAccount: linkedAccount && accountState(world, linkedAccount),
    published,
  }
  world.channels.set(channel.channelId, channel)
  const settings = guard(world, Object.assign(loginSettings(channel), options.settings))
  return handles.create<LoginChannel>(world, channel, {
    channelId: channel.channelId,
    get channelSecret() {
      return channel.channelSecret
    },
    provider: providerOf(world, provider),
    get linkedAccount() {
      return channel.linkedAccount && accountOf(channel.linkedAccount)
    },
    get published() {
      return channel.published
    },
    settings,
  })
}

/** The type of app that uses a LINE Login channel. A channel for web apps only must always send its channel secret. */
export type LoginAppType = 'web' | 'mobile'

/** The settings of a LINE Login channel in the LINE Developers Console. Changes take effect at once. */
export interface LoginChannelSettings {
  /** The channel name on the consent screen. Default: `LINE Login`. */
  name: string
  /** The callback URLs, which must match exactly; a request may only add a query. Default: none, so that no user can log in. */
  callbackUrls: readonly string[]
  /** The app types. Default: `web`. */
  appTypes: readonly LoginAppType[]
  /** Whether LINE has granted the channel the scope `email`. Default: `false`; logins work, but the address is silently missing. */
  emailPermission: boolean
  /** The users who may log in while the channel is in development, in addition to its admins and testers in the console. Default: none. */
  testers: readonly Person[]
}

/** What of the scopes that a channel asks for can be granted to it: not the email address without LINE's permission. */
export function grantable<Scope extends string>(
  channel: LoginChannelState,
  scopes: readonly Scope[],
): readonly Scope[] {
  return loginSettings(channel).emailPermission ? scopes : scopes.filter((scope) => scope !== 'email')
}

/** The settings of a Login channel. */
export const loginSettings: (channel: LoginChannelState) => LoginChannelSettings = stateOf(() => ({
  name: 'LINE Login',
  callbackUrls: [],
  appTypes: ['web'],
  emailPermission: false,
  testers: [],
}))
