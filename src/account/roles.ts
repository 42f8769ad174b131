import { LineInputError } from '../core/errors.js'
import { checkOptions } from '../core/read-options.js'
import type { ChannelKind } from './model.js'

/** A role in an Official Account. It gives no role in the LINE Developers Console. */
export type AccountRole = 'administrator' | 'operator' | 'operator-no-broadcast' | 'operator-no-analytics'

/** A role in a provider. It gives no role in the provider's channels. */
export type ProviderRole = 'admin' | 'member'

/** A role in a channel. LINE MINI App channels have no members. */
export type ChannelRole = 'admin' | 'member' | 'tester'

/** A role together with what it is a role in. `provider.none` is a person with a role in one of the provider's channels only. */
export type Role = `account.${AccountRole}` | `provider.${ProviderRole | 'none'}` | `channel.${ChannelRole}`

/** An action on an Official Account in LINE Official Account Manager. */
export type AccountAction = keyof typeof accountActions

/** An action on a provider in the LINE Developers Console. */
export type ProviderAction = keyof typeof providerActions

/** An action on a channel in the LINE Developers Console. */
export type ChannelAction = keyof typeof channelActions | keyof typeof channelItems | keyof typeof channelTabs

/** The actions of a role. */
export type ActionOf<R extends Role> = R extends `account.${string}`
  ? AccountAction
  : R extends `provider.${string}`
    ? ProviderAction
    : ChannelAction

/** Options of {@link can}. */
export interface CanOptions {
  /** The kind of the channel, which some actions depend on. Default: any kind; the answer is yes if the role allows the action for one of them. */
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
 * Returns whether a role allows an action in LINE's consoles. LINE has no API for members and roles; this only predicts what a person sees.
 *
 * @throws {LineInputError} when the role or the action is not a string.
 * @example
 * can('account.operator', 'open-messaging-api-page') // false: only administrators see that page
 * can('channel.member', 'see-webhook-errors', { kind: 'messaging' }) // true
 * @see https://developers.line.biz/en/docs/line-developers-console/managing-roles/
 */
export function can<R extends Role>(role: R, action: ActionOf<R>, options: CanOptions = {}): boolean {
  checkOptions('can', options, { kind: 'string' })
  if (typeof role !== 'string' || typeof action !== 'string')
    throw new LineInputError('can: role and action must be strings')
  if (role.startsWith('account.')) return has(accountActions, role, action)
  if (role.startsWith('provider.')) return has(providerActions, role, action)
  return (
    role.startsWith('channel.') &&
    (options.kind ? [options.kind] : kinds).some((kind) => canInChannel(role, action, kind))
  )
}

// Which roles allow an action, as LINE's pages list it. The tables are typed in full, so that the type of each is the list of its actions.

const all = ['administrator', 'operator', 'operator-no-broadcast', 'operator-no-analytics'] as const
type Roles = readonly string[]

/** Rules: only-administrators-invite, only-administrators-see-api. */
const accountActions: {
  readonly 'create-messages': Roles
  readonly 'send-messages': Roles
  readonly 'see-analytics': Roles
  readonly 'change-settings': Roles
  readonly 'manage-members': Roles
  readonly 'open-messaging-api-page': Roles
  readonly 'delete-account': Roles
  readonly 'request-verification': Roles
} = {
  'create-messages': all,
  'send-messages': ['administrator', 'operator', 'operator-no-analytics'],
  'see-analytics': ['administrator', 'operator', 'operator-no-broadcast'],
  'change-settings': all,
  'manage-members': ['administrator'],
  'open-messaging-api-page': ['administrator'],
  'delete-account': ['administrator'],
  // LINE names only administrators.
  'request-verification': ['administrator'],
}

/** `delete-provider` applies to a provider without channels; a provider with channels cannot be deleted. */
const providerActions: {
  readonly 'see-name': Roles
  readonly 'see-provider-id': Roles
  /** In the address of the provider's page. */
  readonly 'see-provider-id-in-url': Roles
  readonly 'rename-provider': Roles
  readonly 'delete-provider': Roles
  readonly 'list-channels': Roles
  readonly 'create-channel': Roles
  readonly 'manage-roles': Roles
} = {
  'see-name': ['admin', 'member', 'none'],
  'see-provider-id': ['admin'],
  'see-provider-id-in-url': ['admin', 'member', 'none'],
  'rename-provider': ['admin'],
  'delete-provider': ['admin'],
  'list-channels': ['admin'],
  'create-channel': ['admin'],
  'manage-roles': ['admin'],
}

/** For channels of every kind. A Messaging API channel can only be deleted with its account, and a LINE MINI App channel cannot be deleted. */
const channelActions: {
  readonly 'see-channel-id': Roles
  /** Icon and name. */
  readonly 'see-name': Roles
  readonly 'edit-name': Roles
  /** Description, privacy policy URL and terms of use URL. */
  readonly 'see-description': Roles
  readonly 'edit-description': Roles
  readonly 'edit-contact': Roles
  readonly 'see-app-types': Roles
  readonly 'see-permissions': Roles
  readonly 'see-channel-secret': Roles
  readonly 'manage-assertion-keys': Roles
  readonly 'see-own-user-id': Roles
  readonly 'delete-channel': Roles
  readonly 'leave-channel': Roles
  readonly 'manage-roles': Roles
  readonly 'test-developing-channel': Roles
} = {
  'see-channel-id': ['admin', 'member', 'tester'],
  'see-name': ['admin', 'member', 'tester'],
  'edit-name': ['admin'],
  'see-description': ['admin', 'member'],
  'edit-description': ['admin'],
  'edit-contact': ['admin'],
  'see-app-types': ['admin'],
  'see-permissions': ['admin'],
  'see-channel-secret': ['admin'],
  'manage-assertion-keys': ['admin'],
  'see-own-user-id': ['admin', 'member', 'tester'],
  'delete-channel': ['admin'],
  'leave-channel': ['member', 'tester'],
  'manage-roles': ['admin'],
  'test-developing-channel': ['admin', 'tester'],
}

/** For LINE Login and LINE MINI App channels only. */
const channelItems: {
  readonly 'edit-company-country': Roles
  readonly 'see-region': Roles
  readonly 'link-account': Roles
  readonly 'request-email-permission': Roles
  readonly 'edit-localization': Roles
} = {
  'edit-company-country': ['admin'],
  'see-region': ['admin'],
  'link-account': ['admin'],
  'request-email-permission': ['admin'],
  'edit-localization': ['admin'],
}

type Tab = { readonly [kind: string]: Roles }

/** For the tabs of a channel's page: action -> kind of channel -> roles. */
const channelTabs: {
  readonly 'use-login-tab': Tab
  readonly 'use-liff-tab': Tab
  readonly 'see-liff-tab': Tab
  readonly 'use-messaging-api-tab': Tab
  readonly 'use-security-tab': Tab
  /** Only while error statistics are on. */
  readonly 'see-webhook-errors': Tab
  readonly 'see-qr-code': Tab
  readonly 'use-mini-app-tabs': Tab
  readonly 'see-developing-liff-url': Tab
} = {
  'use-login-tab': { login: ['admin'] },
  'use-liff-tab': { login: ['admin'] },
  'see-liff-tab': { login: ['admin'], messaging: ['admin'] },
  'use-messaging-api-tab': { messaging: ['admin'] },
  'use-security-tab': { messaging: ['admin'] },
  'see-webhook-errors': { messaging: ['admin', 'member'] },
  'see-qr-code': { messaging: ['admin', 'member', 'tester'] },
  'use-mini-app-tabs': { 'mini-app': ['admin'] },
  'see-developing-liff-url': { 'mini-app': ['admin', 'tester'] },
}
