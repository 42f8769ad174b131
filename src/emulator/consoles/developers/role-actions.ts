import { type ChannelRole, can, type ProviderRole } from '../../../account/roles.js'
import { checkOptions } from '../../check-options.js'
import { SingleUseLinks } from '../../expiring-map.js'
import type { Channel, ProviderState } from '../../state.js'
import { stateOf } from '../../world.js'
import { type BusinessId, type BusinessIdState, businessIdState } from '../business-id/identity.js'
import { type ConsoleState, isAddress, sendMail, type Visitor } from '../console-state.js'
import { refuseAction } from '../refusal.js'
import { asDeveloper, atChannel, channelRoles, checkProvider, grant, providerRoles } from './roles.js'

/** A channel: an account with the Messaging API, a LINE Login channel, or any object with its ID. */
export interface ChannelReference {
  /** The channel ID: 10 digits. */
  readonly channelId: string
}

/** Actions for roles at channels. All except accepting and leaving require the admin role at the channel. */
export interface ChannelRoleActions {
  /** Sends an invitation by email. The user who opens its link and accepts gets the role; the address does not matter. */
  inviteToChannel(
    channel: ChannelReference,
    invitation: {
      /** The address that the mail goes to. */
      readonly email: string
      /** The role that the invited user gets. */
      readonly role: ChannelRole
    },
  ): void
  /**
   * Accepts an invitation to a provider or a channel with the link from the mail.
   *
   * @throws {LineConsoleRefusal} `link_used`, `link_unknown`, `role_held`, `channel_limit`, or `developer_missing`: register first.
   */
  acceptInvitation(url: string): void
  /**
   * Grants a developer of the provider a role without an invitation. The visitor must be an admin of both.
   *
   * @throws {LineConsoleRefusal} `role_missing` for a developer without a role at the provider, `role_held`, `channel_limit`.
   */
  importFromProvider(channel: ChannelReference, developer: BusinessId, role: ChannelRole): void
  /**
   * Changes a role.
   *
   * @throws {LineConsoleRefusal} `role_missing`, `channel_limit`.
   */
  changeChannelRole(channel: ChannelReference, developer: BusinessId, role: ChannelRole): void
  /**
   * Removes a developer.
   *
   * @throws {LineConsoleRefusal} `role_missing`.
   */
  removeFromChannel(channel: ChannelReference, developer: BusinessId): void
  /**
   * Ends the visitor's own role.
   *
   * @throws {LineConsoleRefusal} `admin_cannot_leave`.
   */
  leaveChannel(channel: ChannelReference): void
}

/** The pages about roles at channels. */
export function channelRoleActions(consoles: ConsoleState, who: Visitor): ChannelRoleActions {
  const { world } = consoles
  const holder = (reference: ChannelReference, businessId: BusinessId) => {
    const channel = atChannel(consoles, who, reference, 'manage-roles')
    const developer: BusinessIdState = businessIdState(consoles, businessId)
    if (!channelRoles(channel).has(developer)) refuseAction('role_missing')
    return { channel, developer }
  }
  return {
    inviteToChannel(reference, options) {
      checkOptions('inviteToChannel', options)
      const { email, role } = options
      const channel = atChannel(consoles, who, reference, 'manage-roles')
      invite(consoles, email, { kind: 'channel', channel, role })
    },
    acceptInvitation: (url) => accept(consoles, url, asDeveloper(who)),
    importFromProvider(reference, businessId, role) {
      const channel = atChannel(consoles, who, reference, 'manage-roles')
      checkProvider(consoles, who, channel.provider, 'manage-roles')
      const developer = businessIdState(consoles, businessId)
      if (!providerRoles(channel.provider).has(developer)) refuseAction('role_missing')
      if (channelRoles(channel).has(developer)) refuseAction('role_held')
      grant(world, channel, developer, role)
    },
    changeChannelRole(reference, businessId, role) {
      const { channel, developer } = holder(reference, businessId)
      grant(world, channel, developer, role)
    },
    removeFromChannel(reference, businessId) {
      const { channel, developer } = holder(reference, businessId)
      channelRoles(channel).delete(developer)
    },
    leaveChannel(reference) {
      const channel = atChannel(consoles, who, reference, 'see-name')
      const role = channelRoles(channel).get(who())
      if (role && !can(`channel.${role}`, 'leave-channel')) refuseAction('admin_cannot_leave')
      channelRoles(channel).delete(who())
    },
  }
}

/** What an invitation of the LINE Developers Console offers. */
export type Offer =
  | { readonly kind: 'provider'; readonly provider: ProviderState; readonly role: ProviderRole }
  | { readonly kind: 'channel'; readonly channel: Channel; readonly role: ChannelRole }

const offers = stateOf<ConsoleState, SingleUseLinks<Offer>>(
  ({ world }) =>
    new SingleUseLinks((offer) =>
      offer.kind === 'provider'
        ? world.providers.get(offer.provider.providerId) !== offer.provider
        : world.channels.get(offer.channel.channelId) !== offer.channel,
    ),
)

/** Sends an invitation by email. LINE does not publish how long it is valid; here it does not expire. */
export function invite(consoles: ConsoleState, email: string, offer: Offer): void {
  if (!isAddress(email)) refuseAction('form_invalid')
  const url = `https://developers.line.biz/console/invitation/${consoles.world.ids.opaque(32)}`
  offers(consoles).add(url, offer, consoles.world.clock.now(), Number.POSITIVE_INFINITY)
  sendMail(consoles, { to: email, about: `${offer.kind}-invitation`, url })
}

/** Accepts an invitation and grants its role. */
export function accept(consoles: ConsoleState, url: string, developer: BusinessIdState): void {
  const { world } = consoles
  const offer = offers(consoles).find(url, world.clock.now()) ?? refuseAction('link_unknown')
  if (typeof offer === 'string') refuseAction('link_used')
  else if (offer.kind === 'provider') {
    if (providerRoles(offer.provider).has(developer)) refuseAction('role_held')
    providerRoles(offer.provider).set(developer, offer.role)
  } else {
    if (channelRoles(offer.channel).has(developer)) refuseAction('role_held')
    grant(world, offer.channel, developer, offer.role)
  }
  offers(consoles).use(url)
}
