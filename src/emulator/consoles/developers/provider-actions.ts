import type { ProviderAction, ProviderRole } from '../../../account/roles.js'
import { checkOptions } from '../../check-options.js'
import type { Channel, Provider, ProviderState } from '../../state.js'
import { addProvider, providerOf } from '../../world.js'
import {
  type BusinessId,
  type BusinessIdState,
  businessIdOf,
  businessIdState,
  type Developer,
} from '../business-id/identity.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { sendMail } from '../console-state.js'
import { checkDeveloper } from '../manager/messaging-api-actions.js'
import { refuseAction } from '../refusal.js'
import { invite } from './role-actions.js'
import {
  asDeveloper,
  atProvider,
  channelRoles,
  channelsOf,
  mayAtProvider,
  ownProvider,
  ownProviders,
  providerRoles,
} from './roles.js'

/** A developer with a role, as lists show it. */
export interface RoleHolder<Role> {
  /** The Business ID that has the role. */
  readonly businessId: BusinessId
  /** The name of the developer account, which may differ from that of the Business ID. */
  readonly name: string
  /** The role. */
  readonly role: Role
}

/** A channel in the list of a provider. */
export interface ListedChannel {
  /** The channel ID: 10 digits. */
  readonly channelId: string
  /** The kind of channel. */
  readonly kind: Channel['kind']
}

/** The page of a provider. Values that the visitor's role does not show are `undefined`. */
export interface ProviderPage {
  /** The provider name. */
  readonly name: string
  /** The role of the visitor at the provider; `undefined` for a visitor who only has a role at one of its channels. */
  readonly role: ProviderRole | undefined
  /** The provider ID. Shown to admins. */
  readonly providerId: string | undefined
  /** The channels of the provider. Shown to admins. */
  readonly channels: readonly ListedChannel[] | undefined
  /** Everyone with a role at the provider. Shown to admins. */
  readonly developers: readonly RoleHolder<ProviderRole>[] | undefined
}

/** Actions for the developer account and providers. */
export interface ProviderActions {
  /**
   * Registers the visitor as a developer, which is required on the first visit.
   *
   * @throws {LineConsoleRefusal} `developer_registered`, `form_invalid`.
   */
  registerDeveloper(developer: Developer): void
  /**
   * Deletes the visitor's developer account. This cannot be undone. The Business ID stays and can register again, without any role.
   *
   * @throws {LineConsoleRefusal} `developer_sole_admin` as long as a provider or channel has no other admin.
   */
  deleteDeveloperAccount(): void
  /**
   * Creates a provider.
   *
   * @throws {LineConsoleRefusal} `provider_limit`: a developer can create at most 10.
   */
  createProvider(options: {
    /** The name that users see on consent screens. It cannot be empty. */
    readonly name: string
  }): Provider
  /** The providers where the visitor has a role, or a role at one of their channels. */
  providers(): readonly Provider[]
  /**
   * Opens a provider.
   *
   * @throws {LineConsoleRefusal} `no_console_permission`, status 404, for visitors without any role there.
   */
  provider(provider: Provider): ProviderPage
  /**
   * Renames a provider.
   *
   * @throws {LineConsoleRefusal} `no_console_permission`, `console_admin_only`, `form_invalid`.
   */
  renameProvider(provider: Provider, name: string): void
  /**
   * Deletes a provider.
   *
   * @throws {LineConsoleRefusal} `provider_not_empty` as long as it has a channel.
   */
  deleteProvider(provider: Provider): void
  /** Sends an invitation by email. The user who opens its link and accepts gets the role; the address does not matter. */
  inviteToProvider(
    provider: Provider,
    invitation: {
      /** The address that the mail goes to. */
      readonly email: string
      /** The role that the invited user gets. */
      readonly role: ProviderRole
    },
  ): void
  /**
   * Changes the role of a developer.
   *
   * @throws {LineConsoleRefusal} `role_missing`, `console_admin_only`.
   */
  changeProviderRole(provider: Provider, developer: BusinessId, role: ProviderRole): void
  /** Removes a developer, who keeps the roles at channels by default. A channel may be left without an admin. */
  removeFromProvider(
    provider: Provider,
    developer: BusinessId,
    options?: {
      /** Whether to remove the roles at the provider's channels too. Default: `false`. */
      readonly alsoFromChannels?: boolean | undefined
    },
  ): void
}

/** Lists who has which role. */
export function holders<Role>(
  consoles: ConsoleState,
  roles: ReadonlyMap<BusinessIdState, Role>,
): readonly RoleHolder<Role>[] {
  return [...roles].map(([state, role]) => ({
    businessId: businessIdOf(consoles, state),
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
  if (name.trim() === '') refuseAction('form_invalid')
}

/** The pages about the developer account and providers. Rules: developer-first, provider-is-the-customer. */
export function providerActions(consoles: ConsoleState, who: Visitor): ProviderActions {
  const { world } = consoles
  const holder = (of: Provider, businessId: BusinessId) => {
    const provider = atProvider(consoles, who, of, 'manage-roles')
    const developer = businessIdState(consoles, businessId)
    if (!providerRoles(provider).has(developer)) refuseAction('role_missing')
    return { provider, developer }
  }
  return {
    registerDeveloper(developer) {
      const visitor = who()
      if (visitor.developer) refuseAction('developer_registered')
      checkDeveloper(developer)
      visitor.developer = { ...developer }
    },
    deleteDeveloperAccount() {
      const visitor = asDeveloper(who)
      const all = [
        ...[...world.providers.values()].map(providerRoles),
        ...[...world.channels.values()].map(channelRoles),
      ]
      if (all.some((roles) => isSoleAdmin(roles, visitor))) refuseAction('developer_sole_admin')
      for (const roles of all) roles.delete(visitor)
      ownProviders(visitor).clear()
      const to = visitor.developer?.email
      visitor.developer = undefined
      if (to) sendMail(consoles, { to, about: 'developer-account-deleted' })
    },
    createProvider(options) {
      checkOptions('createProvider', options)
      const { name } = options
      const visitor = asDeveloper(who)
      checkName(name)
      return providerOf(
        world,
        ownProvider(visitor, () => addProvider(world, name)),
      )
    },
    providers() {
      const visitor = asDeveloper(who)
      const hasRole = (provider: ProviderState) =>
        providerRoles(provider).has(visitor) ||
        channelsOf(world, provider).some((channel) => channelRoles(channel).has(visitor))
      return [...world.providers.values()].filter(hasRole).map((provider) => providerOf(world, provider))
    },
    provider(of) {
      const provider = atProvider(consoles, who, of, 'see-name')
      const role = providerRoles(provider).get(who())
      const shown = <Value>(action: ProviderAction, value: () => Value) =>
        mayAtProvider(role, action) ? value() : undefined
      return {
        name: provider.name,
        role,
        providerId: shown('see-provider-id', () => provider.providerId),
        channels: shown('list-channels', () =>
          channelsOf(world, provider).map(({ channelId, kind }) => ({ channelId, kind })),
        ),
        developers: shown('manage-roles', () => holders(consoles, providerRoles(provider))),
      }
    },
    renameProvider(provider, name) {
      const state = atProvider(consoles, who, provider, 'rename-provider')
      checkName(name)
      state.name = name
    },
    deleteProvider(of) {
      const provider = atProvider(consoles, who, of, 'delete-provider')
      if (channelsOf(world, provider).length) refuseAction('provider_not_empty')
      world.providers.delete(provider.providerId)
      for (const developer of consoles.businessIds) ownProviders(developer).delete(provider)
    },
    inviteToProvider(of, options) {
      checkOptions('inviteToProvider', options)
      const { email, role } = options
      const provider = atProvider(consoles, who, of, 'manage-roles')
      invite(consoles, email, { kind: 'provider', provider, role })
    },
    changeProviderRole(of, businessId, role) {
      const { provider, developer } = holder(of, businessId)
      providerRoles(provider).set(developer, role)
    },
    removeFromProvider(of, businessId, options = {}) {
      checkOptions('removeFromProvider', options)
      const { alsoFromChannels = false } = options
      const { provider, developer } = holder(of, businessId)
      providerRoles(provider).delete(developer)
      if (!alsoFromChannels) return
      for (const channel of channelsOf(world, provider)) channelRoles(channel).delete(developer)
    },
  }
}
