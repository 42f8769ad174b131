import type { Channel, Provider } from '../state.js'
import { addProvider } from '../world.js'
import {
  asDeveloper,
  atProvider,
  channelRoles,
  channelsOf,
  ownProvider,
  ownProviders,
  type ProviderRole,
  providerRoles,
} from './console-roles.js'
import { type BusinessId, type BusinessIdState, businessIdOf, businessIdState, type Developer } from './identity.js'
import { invite } from './invitations.js'
import { sendMail } from './mail.js'
import { checkDeveloper } from './messaging-api-pages.js'
import type { Office, Visitor } from './office.js'
import { turnAway } from './refusal.js'

/** Somebody with a role, as lists show them. */
export interface RoleHolder<Role> {
  readonly businessId: BusinessId
  /** The name of the developer account, which may differ from that of the Business ID. */
  readonly name: string
  readonly role: Role
}

/** A channel as the list of a provider shows it. */
export interface ListedChannel {
  readonly channelId: string
  readonly kind: Channel['kind']
}

/** What the page of a provider shows. What the visitor's role does not show is `undefined`. */
export interface ProviderPage {
  readonly name: string
  readonly role: ProviderRole | undefined
  readonly providerId: string | undefined
  readonly channels: readonly ListedChannel[] | undefined
  readonly developers: readonly RoleHolder<ProviderRole>[] | undefined
}

/** The developer account, and providers. */
export interface ProviderPages {
  /**
   * Registers the visitor as a developer, which the first visit asks for.
   *
   * @throws {LineConsoleRefusal} `developer_registered`, `form_invalid`.
   */
  registerDeveloper(developer: Developer): void
  /**
   * Deletes the visitor's developer account for ever. The Business ID stays, and may register again, without any role.
   *
   * @throws {LineConsoleRefusal} `developer_sole_admin` as long as a provider or channel has no other admin.
   */
  deleteDeveloperAccount(): void
  /**
   * Creates a provider.
   *
   * @throws {LineConsoleRefusal} `provider_limit`: a developer creates 10.
   */
  createProvider(options: { readonly name: string }): Provider
  /** The providers where the visitor has a role, or one at a channel. */
  providers(): readonly Provider[]
  /**
   * Opens a provider.
   *
   * @throws {LineConsoleRefusal} `no_console_permission`, status 404, for those without any role there.
   */
  provider(provider: Provider): ProviderPage
  renameProvider(provider: Provider, name: string): void
  /**
   * Deletes a provider.
   *
   * @throws {LineConsoleRefusal} `provider_not_empty` as long as it has a channel.
   */
  deleteProvider(provider: Provider): void
  /** Mails an invitation. Whoever opens its link and accepts gets the role, whatever address it was sent to. */
  inviteToProvider(provider: Provider, invitation: { readonly email: string; readonly role: ProviderRole }): void
  changeProviderRole(provider: Provider, developer: BusinessId, role: ProviderRole): void
  /**
   * Removes a developer, who keeps the roles at channels unless told otherwise. A channel may be left without an admin.
   *
   * @param options.alsoFromChannels default: `false`.
   */
  removeFromProvider(
    provider: Provider,
    developer: BusinessId,
    options?: { readonly alsoFromChannels?: boolean | undefined },
  ): void
}

/** Lists who has which role. */
export function holders<Role>(roles: ReadonlyMap<BusinessIdState, Role>): readonly RoleHolder<Role>[] {
  return [...roles].map(([state, role]) => ({
    businessId: businessIdOf(state),
    name: state.developer?.name ?? state.name,
    role,
  }))
}

function isSoleAdmin(roles: ReadonlyMap<BusinessIdState, string>, developer: BusinessIdState): boolean {
  return (
    roles.get(developer) === 'admin' && ![...roles].some(([other, role]) => other !== developer && role === 'admin')
  )
}

function checkName(name: string): void {
  if (name.trim() === '') turnAway('form_invalid')
}

/** The pages about the developer account and providers. Rules: developer-first, provider-is-the-customer. */
export function providerPages(office: Office, who: Visitor): ProviderPages {
  const { world } = office
  const holder = (provider: Provider, businessId: BusinessId): BusinessIdState => {
    atProvider(office, who, provider, 'admin')
    const state = businessIdState(office, businessId)
    return providerRoles(provider).has(state) ? state : turnAway('role_missing')
  }
  return {
    registerDeveloper(developer) {
      const visitor = who()
      if (visitor.developer) turnAway('developer_registered')
      checkDeveloper(developer)
      visitor.developer = { ...developer }
    },
    deleteDeveloperAccount() {
      const visitor = asDeveloper(who)
      const all = [
        ...[...world.providers.values()].map(providerRoles),
        ...[...world.channels.values()].map(channelRoles),
      ]
      if (all.some((roles) => isSoleAdmin(roles, visitor))) turnAway('developer_sole_admin')
      for (const roles of all) roles.delete(visitor)
      ownProviders(visitor).clear()
      const to = visitor.developer?.email
      visitor.developer = undefined
      if (to) sendMail(office, { to, about: 'developer-account-deleted' })
    },
    createProvider({ name }) {
      const visitor = asDeveloper(who)
      checkName(name)
      return ownProvider(visitor, () => addProvider(world, name))
    },
    providers() {
      const visitor = asDeveloper(who)
      const hasRole = (provider: Provider) =>
        providerRoles(provider).has(visitor) ||
        channelsOf(world, provider).some((channel) => channelRoles(channel).has(visitor))
      return [...world.providers.values()].filter(hasRole)
    },
    provider(provider) {
      const role = providerRoles(provider).get(atProvider(office, who, provider))
      const isAdmin = role === 'admin'
      return {
        name: provider.name,
        role,
        providerId: isAdmin ? provider.providerId : undefined,
        channels: isAdmin ? channelsOf(world, provider).map(({ channelId, kind }) => ({ channelId, kind })) : undefined,
        developers: isAdmin ? holders(providerRoles(provider)) : undefined,
      }
    },
    renameProvider(provider, name) {
      atProvider(office, who, provider, 'admin')
      checkName(name)
      Object.assign(provider, { name })
    },
    deleteProvider(provider) {
      atProvider(office, who, provider, 'admin')
      if (channelsOf(world, provider).length) turnAway('provider_not_empty')
      world.providers.delete(provider.providerId)
      for (const developer of office.businessIds) ownProviders(developer).delete(provider)
    },
    inviteToProvider(provider, { email, role }) {
      atProvider(office, who, provider, 'admin')
      invite(office, email, { kind: 'provider', provider, role })
    },
    changeProviderRole: (provider, developer, role) =>
      void providerRoles(provider).set(holder(provider, developer), role),
    removeFromProvider(provider, developer, { alsoFromChannels = false } = {}) {
      const state = holder(provider, developer)
      providerRoles(provider).delete(state)
      if (!alsoFromChannels) return
      for (const channel of channelsOf(world, provider)) channelRoles(channel).delete(state)
    },
  }
}
