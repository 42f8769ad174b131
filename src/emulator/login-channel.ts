import { LineInputError } from '../core/errors.js'
import { type Account, accountOf, accountState } from './account.js'
import { type LoginChannelSettings, loginSettings } from './login/settings.js'
import type { LoginChannelState, Provider } from './state.js'
import { unused, type World } from './world.js'

/** How a LINE Login channel is to be. */
export interface CreateLoginChannelOptions {
  /** Default: that of the linked account, or the one for everything that is created without one. */
  readonly provider?: Provider | undefined
  /** The Official Account that people may add while they log in. It belongs to the same provider. */
  readonly linkedAccount?: Account | undefined
  /** Whether everybody may log in, or only its administrators and testers ("Developing"). Default: `false`. */
  readonly published?: boolean | undefined
  /** What differs from the settings of a channel that nobody has touched yet. */
  readonly settings?: Partial<LoginChannelSettings> | undefined
}

/** A LINE Login channel, as its administrator sees it. It shows what changes. */
export interface LoginChannel {
  readonly channelId: string
  readonly channelSecret: string
  readonly provider: Provider
  readonly linkedAccount: Account | undefined
  readonly published: boolean
  /** What an administrator sets by hand. Change it at any time. */
  readonly settings: LoginChannelSettings
}

/** Creates a LINE Login channel. */
export function createLoginChannel(world: World, options: CreateLoginChannelOptions, provider: Provider): LoginChannel {
  const { linkedAccount, published = false } = options
  if (linkedAccount && linkedAccount.provider !== provider)
    throw new LineInputError(
      'createLoginChannel: a Login channel can only be linked with an account of its own provider',
    )
  const channel: LoginChannelState = {
    kind: 'login',
    channelId: unused(world.ids.channel, world.channels),
    channelSecret: world.ids.hex(32),
    provider,
    assertionKeys: new Map(),
    linkedAccount: linkedAccount && accountState(world, linkedAccount),
    published,
  }
  world.channels.set(channel.channelId, channel)
  const settings = Object.assign(loginSettings(channel), options.settings)
  return {
    channelId: channel.channelId,
    get channelSecret() {
      return channel.channelSecret
    },
    provider,
    get linkedAccount() {
      return channel.linkedAccount && accountOf(channel.linkedAccount)
    },
    get published() {
      return channel.published
    },
    settings,
  }
}
