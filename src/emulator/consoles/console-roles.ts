import type { Channel, LoginChannelState, PersonState, Provider } from '../state.js'
import { keep, type World } from '../world.js'
import type { BusinessIdState } from './identity.js'
import type { Office, Visitor } from './office.js'
import { turnAway } from './refusal.js'

/** What a developer may be at a provider. */
export type ProviderRole = 'admin' | 'member'

/** What a developer may be at a channel. */
export type ChannelRole = 'admin' | 'member' | 'tester'

const mostProviders = 10
const mostChannels = 100

/** The developers of a provider. */
export const providerRoles: (provider: Provider) => Map<BusinessIdState, ProviderRole> = keep(() => new Map())

/** The developers of a channel. Their roles at its provider are another matter. */
export const channelRoles: (channel: Channel) => Map<BusinessIdState, ChannelRole> = keep(() => new Map())

/** The providers that a developer has created, and that still exist. */
export const ownProviders: (developer: BusinessIdState) => Set<Provider> = keep(() => new Set())

/** The channels of a provider. */
export function channelsOf({ channels }: World, provider: Provider): readonly Channel[] {
  return [...channels.values()].filter((channel) => channel.provider === provider)
}

/** The visitor, who is registered as a developer. */
export function asDeveloper(who: Visitor): BusinessIdState {
  const visitor = who()
  return visitor.developer ? visitor : turnAway('developer_missing')
}

/** Opens the pages of a provider: status 404 for those without a role there or at one of its channels, 403 where it takes an admin. */
export function atProvider({ world }: Office, who: Visitor, provider: Provider, needed?: 'admin'): BusinessIdState {
  const visitor = asDeveloper(who)
  const role = world.providers.get(provider.providerId) === provider ? providerRoles(provider).get(visitor) : undefined
  if (!role && !channelsOf(world, provider).some((channel) => channelRoles(channel).has(visitor)))
    turnAway('no_console_permission')
  if (needed && role !== needed) turnAway('console_admin_only')
  return visitor
}

/** Opens the pages of a channel: status 404 for those without a role there, 403 where it takes an admin. Rules: roles-do-not-mix, channel-of-a-colleague. */
export function atChannel(
  { world }: Office,
  who: Visitor,
  { channelId }: { readonly channelId: string },
  needed?: 'admin',
): Channel {
  const visitor = asDeveloper(who)
  const channel = world.channels.get(channelId)
  const role = channel && channelRoles(channel).get(visitor)
  if (!channel || !role) return turnAway('no_console_permission')
  return needed && role !== needed ? turnAway('console_admin_only') : channel
}

/** Counts a provider for its creator, up to 10. */
export function ownProvider(creator: BusinessIdState, provider: () => Provider): Provider {
  const own = ownProviders(creator)
  if (own.size >= mostProviders) turnAway('provider_limit')
  const made = provider()
  own.add(made)
  providerRoles(made).set(creator, 'admin')
  return made
}

/** Refuses one more channel to an admin of 100 channels of its provider, or of 100 Messaging API channels if it is one. */
export function checkRoom(
  world: World,
  developer: BusinessIdState,
  { kind, provider }: Pick<Channel, 'kind' | 'provider'>,
): void {
  const own = [...world.channels.values()].filter((channel) => channelRoles(channel).get(developer) === 'admin')
  if (own.filter((channel) => channel.provider === provider).length >= mostChannels) turnAway('channel_limit')
  if (kind === 'messaging' && own.filter((channel) => channel.kind === kind).length >= mostChannels)
    turnAway('channel_limit')
}

/** Gives a role at a channel. */
export function grant(world: World, channel: Channel, developer: BusinessIdState, role: ChannelRole): void {
  const roles = channelRoles(channel)
  if (role === 'admin' && roles.get(developer) !== 'admin') checkRoom(world, developer, channel)
  roles.set(developer, role)
}

/** Tells whether somebody may log in to a channel: while it is "Developing", its admins and testers, by the LINE account of their Business ID. */
export function mayLogIn(channel: LoginChannelState, person: PersonState): boolean {
  const isOpenTo = [...channelRoles(channel)].some(
    ([developer, role]) => developer.line === person && role !== 'member',
  )
  return channel.published || isOpenTo
}
