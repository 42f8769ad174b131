import { LineInputError } from '../../core/errors.js'
import { accountState, type OfficialAccount } from '../account.js'
import type { AccountState, Channel, ModuleChannelState, Provider } from '../state.js'
import { keep, unused, type World } from '../world.js'
import { chatControl } from './control.js'

const tenMinutes = 10 * 60 * 1000

/** How a module channel is to be. */
export interface CreateModuleChannelOptions {
  /** Where codes may be sent, exactly as they stand in the authorize URL. */
  readonly redirectUris: readonly string[]
  /** The header in which its calls name an account, which LINE tells to partners only. Default: `x-line-bot-id`, as in public code. */
  readonly botIdHeader?: string | undefined
  /** Default: one for everything that is created without one. */
  readonly provider?: Provider | undefined
}

/**
 * A module channel. It has no account of its own. While it has the control of a chat, the account's webhook gets the events of that chat on standby.
 *
 * The emulator sends it no events of its own, and it sees people under the same user IDs as the account does; LINE gives it others, which begin with `L`.
 */
export interface ModuleChannel {
  readonly channelId: string
  readonly channelSecret: string
  readonly provider: Provider
  /**
   * An administrator of an account opens the authorize URL and agrees. Gives the URL that LINE sends them to, with the code.
   *
   * @throws {LineInputError} when LINE would not show the page: for another channel, redirect URL, scope, account or kind of account.
   */
  approve(url: string, account: OfficialAccount): string
  /** An administrator opens the authorize URL and does not agree. Gives the URL that LINE sends them to. */
  decline(url: string): string
  /** Tells whether the channel is attached to an account. */
  isAttached(account: OfficialAccount): boolean
  /** Tells whether the channel has the control of a chat. */
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
const grants = keep<World, Map<string, ModuleGrant>>(() => new Map())

/** The accounts that a module channel is attached to, in the order in which that was done. */
export const attachedTo: (channel: ModuleChannelState) => Set<AccountState> = keep(() => new Set())

/** Takes a code: it is gone then. */
export function takeGrant(world: World, code: string): ModuleGrant | undefined {
  const grant = grants(world).get(code)
  grants(world).delete(code)
  return grant
}

const scopes = [
  'message:send',
  'message:receive',
  'account:manage',
  'message:mark_as_read',
  'message:templated_pnp',
  'profile:read',
  'coupon:manage',
  'crm:manage',
]

function refuse(why: string): never {
  throw new LineInputError(`approve: LINE does not show the page: ${why}`)
}

function readAsked(channel: Channel, redirectUris: readonly string[], url: string) {
  if (!URL.canParse(url)) refuse('this is no URL')
  const { pathname, searchParams } = new URL(url)
  const value = (name: string) => searchParams.get(name) ?? undefined
  if (pathname !== '/module/auth/v1/authorize') refuse('this is not the address of the page')
  if (value('response_type') !== 'code') refuse('response_type must be code')
  if (value('client_id') !== channel.channelId) refuse('client_id is that of another channel')
  const redirectUri = value('redirect_uri')
  if (redirectUri === undefined || !redirectUris.includes(redirectUri)) return refuse('redirect_uri is not registered')
  const scope = value('scope') ?? ''
  if (!scope.split(' ').every((one) => scopes.includes(one))) refuse('scope holds none, or one that LINE does not have')
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
  provider: Provider,
): ModuleChannel {
  const { redirectUris, botIdHeader = 'x-line-bot-id' } = options
  const channel: ModuleChannelState = {
    kind: 'module',
    channelId: unused(world.ids.channel, world.channels),
    channelSecret: world.ids.hex(32),
    provider,
    assertionKeys: new Map(),
    botIdHeader: botIdHeader.toLowerCase(),
  }
  world.channels.set(channel.channelId, channel)
  return {
    channelId: channel.channelId,
    channelSecret: channel.channelSecret,
    provider,
    approve: (url, of) => {
      const account = accountState(world, of)
      const { asked, state, codeChallenge } = readAsked(channel, redirectUris, url)
      if (asked.basic_search_id !== undefined && asked.basic_search_id !== account.basicId)
        refuse('basic_search_id is that of another account')
      if (asked.brand_type !== undefined && !asked.brand_type.split(' ').includes(account.kind))
        refuse('brand_type leaves this account out')
      const code = world.ids.opaque(20)
      grants(world).set(code, { channel, account, asked, codeChallenge, expiresAt: world.clock.now() + tenMinutes })
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
    isAttached: (account) => attachedTo(channel).has(accountState(world, account)),
    hasControl: (account, chatId) =>
      chatControl(accountState(world, account), chatId, world.clock.now())?.channel === channel,
  }
}
