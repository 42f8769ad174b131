import {
  asDeveloper,
  atChannel,
  atProvider,
  type ChannelRole,
  channelRoles,
  grant,
  providerRoles,
} from './console-roles.js'
import { type BusinessId, type BusinessIdState, businessIdState } from './identity.js'
import { accept, invite } from './invitations.js'
import type { Office, Visitor } from './office.js'
import { turnAway } from './refusal.js'

/** What names a channel: an account with the Messaging API, a Login channel, or anything else with its ID. */
export interface ChannelReference {
  readonly channelId: string
}

/** The roles at channels. All but accepting and leaving needs the admin role there. */
export interface ChannelRolePages {
  /** Mails an invitation. Whoever opens its link and accepts gets the role, whatever address it was sent to. */
  inviteToChannel(channel: ChannelReference, invitation: { readonly email: string; readonly role: ChannelRole }): void
  /**
   * Accepts an invitation to a provider or a channel by the link of its mail.
   *
   * @throws {LineConsoleRefusal} `link_used`, `link_unknown`, `role_held`, `channel_limit`, or `developer_missing`: register first.
   */
  acceptInvitation(url: string): void
  /**
   * Gives a developer of the provider a role at once, without an invitation. The visitor has to be an admin of both.
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
export function channelRolePages(office: Office, who: Visitor): ChannelRolePages {
  const { world } = office
  const holder = (reference: ChannelReference, businessId: BusinessId) => {
    const channel = atChannel(office, who, reference, 'admin')
    const developer: BusinessIdState = businessIdState(office, businessId)
    if (!channelRoles(channel).has(developer)) turnAway('role_missing')
    return { channel, developer }
  }
  return {
    inviteToChannel(reference, { email, role }) {
      const channel = atChannel(office, who, reference, 'admin')
      invite(office, email, { kind: 'channel', channel, role })
    },
    acceptInvitation: (url) => accept(office, url, asDeveloper(who)),
    importFromProvider(reference, businessId, role) {
      const channel = atChannel(office, who, reference, 'admin')
      atProvider(office, who, channel.provider, 'admin')
      const developer = businessIdState(office, businessId)
      if (!providerRoles(channel.provider).has(developer)) turnAway('role_missing')
      if (channelRoles(channel).has(developer)) turnAway('role_held')
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
      const channel = atChannel(office, who, reference)
      if (channelRoles(channel).get(who()) === 'admin') turnAway('admin_cannot_leave')
      channelRoles(channel).delete(who())
    },
  }
}
