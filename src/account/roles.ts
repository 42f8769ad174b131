import type { ChannelKind } from './model.js'
import { accountActions, channelActions, channelItems, channelTabs, providerActions } from './role-tables.js'

/** A role in an Official Account. It gives no role in the LINE Developers Console. */
export type AccountRole =
  | 'account.administrator'
  | 'account.operator'
  | 'account.operator-no-broadcast'
  | 'account.operator-no-analytics'

/** A role in a provider; `provider.none` is somebody who has a role in one of its channels only. It gives no role in its channels. */
export type ProviderRole = 'provider.admin' | 'provider.member' | 'provider.none'

/** A role in a channel. LINE MINI App channels have no members. */
export type ChannelRole = 'channel.admin' | 'channel.member' | 'channel.tester'

/** Every role that LINE's consoles give. */
export type Role = AccountRole | ProviderRole | ChannelRole

/** What may be done with an Official Account, in LINE Official Account Manager. */
export type AccountAction = keyof typeof accountActions

/** What may be done with a provider, in the LINE Developers Console. */
export type ProviderAction = keyof typeof providerActions

/** What may be done with a channel, in the LINE Developers Console. */
export type ChannelAction = keyof typeof channelActions | keyof typeof channelItems | keyof typeof channelTabs

/** What a role may be asked about. */
export type ActionOf<R extends Role> = R extends AccountRole
  ? AccountAction
  : R extends ProviderRole
    ? ProviderAction
    : ChannelAction

/** What channel is meant. */
export interface CanOptions {
  /** The kind of the channel, which some actions depend on. Left out: whether the role may do it with a channel of any kind. */
  readonly kind?: ChannelKind | undefined
}

const kinds: readonly ChannelKind[] = ['login', 'messaging', 'mini-app']

type Cells = { readonly [role: string]: readonly string[] }
const has = (table: Cells, role: string, action: string): boolean =>
  Object.hasOwn(table, action) && (table[action]?.includes(role.slice(role.indexOf('.') + 1)) ?? false)

function canInChannel(role: string, action: string, kind: ChannelKind): boolean {
  if (kind === 'mini-app' && role === 'channel.member') return false
  if (has(channelActions, role, action)) return kind === 'login' || action !== 'delete-channel'
  if (has(channelItems, role, action)) return kind !== 'messaging'
  const tabs: { readonly [action: string]: Cells } = channelTabs
  return has(tabs[action] ?? {}, role, kind)
}

/**
 * Tells whether a role may do something in LINE's consoles. LINE has no API for members and roles, so this says what a person will meet, and changes nothing.
 *
 * @example
 * can('account.operator', 'open-messaging-api-page') // false: only administrators see that page
 * can('channel.member', 'see-webhook-errors', { kind: 'messaging' }) // true
 * @see https://developers.line.biz/en/docs/line-developers-console/managing-roles/
 */
export function can<R extends Role>(role: R, action: ActionOf<R>, options: CanOptions = {}): boolean {
  if (role.startsWith('account.')) return has(accountActions, role, action)
  if (role.startsWith('provider.')) return has(providerActions, role, action)
  return (
    role.startsWith('channel.') &&
    (options.kind ? [options.kind] : kinds).some((kind) => canInChannel(role, action, kind))
  )
}
