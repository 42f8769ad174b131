import {
  type ChannelAction,
  type ChannelRole,
  can,
  type ProviderAction,
  type ProviderRole,
} from '../../../account/roles.js'
import { checkOwner } from '../../handle.js'
import type { Channel, LoginChannelState, PersonState, Provider, ProviderState } from '../../state.js'
import { providerState, stateOf, type World } from '../../world.js'
import type { BusinessIdState } from '../business-id/identity.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { refuseAction } from '../refusal.js'

const mostProviders = 10
const mostChannels = 100

/** The developers of a provider. */
export const providerRoles: (provider: ProviderState) => Map<BusinessIdState, ProviderRole> = stateOf(() => new Map())

/** The developers of a channel. Roles at its provider are separate. */
export const channelRoles: (channel: Channel) => Map<BusinessIdState, ChannelRole> = stateOf(() => new Map())

/** The providers that a developer has created, and that still exist. */
export const ownProviders: (developer: BusinessIdState) => Set<ProviderState> = stateOf(() => new Set())

/** The channels of a provider. */
export function channelsOf({ channels }: World, provider: ProviderState): readonly Channel[] {
  return [...channels.values()].filter((channel) => channel.provider === provider)
}

/** The visitor, who must be registered as a developer. */
export function asDeveloper(who: Visitor): BusinessIdState {
  const visitor = who()
  return visitor.developer ? visitor : refuseAction('developer_missing')
}

/** Returns whether a role allows an action at a provider. A visitor without a role there has one at its channels only. */
export function mayAtProvider(role: ProviderRole | undefined, action: ProviderAction): boolean {
  return can(`provider.${role ?? 'none'}`, action)
}

/** Opens the pages of a provider: status 404 for those without a role there or at one of its channels, 403 where the role does not allow the action. */
export function atProvider(
  consoles: ConsoleState,
  who: Visitor,
  provider: Provider,
  action: ProviderAction,
): ProviderState {
  const state = providerState(consoles.world, provider)
  checkProvider(consoles, who, state, action)
  return state
}

/** Refuses a visitor as {@link atProvider} does. */
export function checkProvider(
  { world }: ConsoleState,
  who: Visitor,
  provider: ProviderState,
  action: ProviderAction,
): void {
  const visitor = asDeveloper(who)
  const role = world.providers.get(provider.providerId) === provider ? providerRoles(provider).get(visitor) : undefined
  if (!role && !channelsOf(world, provider).some((channel) => channelRoles(channel).has(visitor)))
    refuseAction('no_console_permission')
  if (!mayAtProvider(role, action)) refuseAction('console_admin_only')
}

/** Opens the pages of a channel: status 404 for those without a role there, 403 where the role does not allow the action. Rules: roles-do-not-mix, channel-of-a-colleague. */
export function atChannel(
  { world }: ConsoleState,
  who: Visitor,
  reference: { readonly channelId: string },
  action: ChannelAction,
): Channel {
  const visitor = asDeveloper(who)
  checkOwner(world, 'channel', reference)
  const channel = world.channels.get(reference.channelId)
  const role = channel && channelRoles(channel).get(visitor)
  if (!channel || !role) return refuseAction('no_console_permission')
  return can(`channel.${role}`, action) ? channel : refuseAction('console_admin_only')
}

/** Counts a provider for its creator, up to 10. */
export function ownProvider(creator: BusinessIdState, provider: () => ProviderState): ProviderState {
  const own = ownProviders(creator)
  if (own.size >= mostProviders) refuseAction('provider_limit')
  const made = provider()
  own.add(made)
  providerRoles(made).set(creator, 'admin')
  return made
}

/** Refuses another channel for an admin of 100 channels of its provider, or another Messaging API channel for an admin of 100 of those. */
export function checkRoom(
  world: World,
  developer: BusinessIdState,
  { kind, provider }: Pick<Channel, 'kind' | 'provider'>,
): void {
  const own = [...world.channels.values()].filter((channel) => channelRoles(channel).get(developer) === 'admin')
  if (own.filter((channel) => channel.provider === provider).length >= mostChannels) refuseAction('channel_limit')
  if (kind === 'messaging' && own.filter((channel) => channel.kind === kind).length >= mostChannels)
    refuseAction('channel_limit')
}

/** Gives a role at a channel. */
export function grant(world: World, channel: Channel, developer: BusinessIdState, role: ChannelRole): void {
  const roles = channelRoles(channel)
  if (role === 'admin' && roles.get(developer) !== 'admin') checkRoom(world, developer, channel)
  roles.set(developer, role)
}

/** Returns whether a user may log in to a channel. While it is "Developing", only the LINE accounts that are linked to the Business IDs of its admins and testers may. */
export function mayLogIn(channel: LoginChannelState, person: PersonState): boolean {
  const isOpenTo = [...channelRoles(channel)].some(
    ([developer, role]) => developer.line === person && can(`channel.${role}`, 'test-developing-channel'),
  )
  return channel.published || isOpenTo
}
