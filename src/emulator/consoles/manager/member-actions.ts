import { invitationLifetime } from '../../../account/model.js'
import type { AccountRole } from '../../../account/roles.js'
import { LineInputError } from '../../../core/errors.js'
import { isDeleted, type OfficialAccount } from '../../account.js'
import { SingleUseLinks } from '../../expiring-map.js'
import { addToHistory } from '../../history.js'
import { type Person, personState } from '../../people/person.js'
import type { AccountState } from '../../state.js'
import { stateOf } from '../../world.js'
import { type BusinessId, type BusinessIdState, businessIdOf, businessIdState } from '../business-id/identity.js'
import { lineInvitations } from '../business-id/line-invitations.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { refuseAction } from '../refusal.js'
import { join, leave } from './account-actions.js'
import { membersOf, withPermission } from './roles.js'

const mostMembers = 100

/** A member in the list of members. */
export interface Member {
  /** The Business ID of the member. */
  readonly businessId: BusinessId
  /** The name of the Business ID. */
  readonly name: string
  /** The role of the member. */
  readonly role: AccountRole
}

/** Actions for the members of an account. All require the administrator role. */
export interface MemberActions {
  /**
   * Lists the members.
   *
   * @throws {LineConsoleRefusal} `not_administrator`.
   */
  members(account: OfficialAccount): readonly Member[]
  /** Creates an invitation link, which is not sent by email. It is valid for 24 hours and for one user. */
  invite(account: OfficialAccount, role: AccountRole): string
  /**
   * Invites a user through LINE, as the LINE Official Account app does: shares an invitation link in a chat with that user, who finds it in
   * `phone(person).invitations`, signs in and accepts it. The link follows the rules of {@link invite}.
   *
   * @returns the link.
   */
  inviteThroughLine(account: OfficialAccount, role: AccountRole, person: Person): string
  /**
   * Opens the link of an invitation and accepts it. Any user can do so, once per invitation.
   *
   * @throws {LineConsoleRefusal} `invite_expired`, `invite_used`, `member_limit` (100), `already_member`, `link_unknown`.
   */
  acceptInvitation(url: string): OfficialAccount
  /**
   * Changes the role of another member.
   *
   * @throws {LineConsoleRefusal} `own_role`, so that one administrator always remains.
   */
  changeRole(account: OfficialAccount, member: BusinessId, role: AccountRole): void
  /**
   * Removes another member.
   *
   * @throws {LineConsoleRefusal} `own_role`.
   */
  removeMember(account: OfficialAccount, member: BusinessId): void
}

interface Invitation {
  readonly account: AccountState
  readonly shown: OfficialAccount
  readonly role: AccountRole
}

const invitations = stateOf<ConsoleState, SingleUseLinks<Invitation>>(
  ({ world }) => new SingleUseLinks(({ account }) => isDeleted(world, account)),
)

/** Adds a member, up to the limit of 100. */
export function admit(account: AccountState, businessId: BusinessIdState, role: AccountRole): void {
  const members = membersOf(account)
  if (!members.has(businessId) && members.size >= mostMembers) refuseAction('member_limit')
  join(account, businessId, role)
}

/** The pages about members. Rules: invite-by-line, invite-by-link, list-proves-role, role-changed-by-others. */
export function memberActions(consoles: ConsoleState, who: Visitor): MemberActions {
  const { world } = consoles
  const other = (account: OfficialAccount, member: BusinessId): readonly [AccountState, BusinessIdState] => {
    const state = withPermission(consoles, who, account, 'manage-members')
    const businessId = businessIdState(consoles, member)
    if (businessId === who()) refuseAction('own_role')
    if (!membersOf(state).has(businessId)) throw new LineInputError(`${member.name} is not a member of ${account.name}`)
    return [state, businessId]
  }
  const invite = (account: OfficialAccount, role: AccountRole): string => {
    const state = withPermission(consoles, who, account, 'manage-members')
    const url = `https://manager.line.biz/invitation/${world.ids.opaque(32)}`
    const now = world.clock.now()
    invitations(consoles).add(url, { account: state, shown: account, role }, now, now + invitationLifetime)
    return url
  }
  return {
    members: (account) =>
      [...membersOf(withPermission(consoles, who, account, 'manage-members'))].map(([member, role]) => ({
        businessId: businessIdOf(consoles, member),
        name: member.name,
        role,
      })),
    invite,
    inviteThroughLine(account, role, person) {
      const invited = personState(world, person)
      const url = invite(account, role)
      const invitation = { url, account, from: who().name, at: world.clock.now() }
      addToHistory(world, lineInvitations(invited), invitation)
      return url
    },
    acceptInvitation(url) {
      const visitor = who()
      const invitation = invitations(consoles).find(url, world.clock.now()) ?? refuseAction('link_unknown')
      if (invitation === 'used') return refuseAction('invite_used')
      if (invitation === 'expired') return refuseAction('invite_expired')
      const { account, role, shown } = invitation
      if (membersOf(account).has(visitor)) refuseAction('already_member')
      admit(account, visitor, role)
      invitations(consoles).use(url)
      return shown
    },
    changeRole(account, member, role) {
      const [state, businessId] = other(account, member)
      membersOf(state).set(businessId, role)
    },
    removeMember: (account, member) => leave(...other(account, member)),
  }
}
