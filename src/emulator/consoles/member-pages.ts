import { LineInputError } from '../../core/errors.js'
import type { OfficialAccount } from '../account.js'
import type { AccountState } from '../state.js'
import { keep } from '../world.js'
import { join, leave } from './account-pages.js'
import { type AccountRole, membersOf, withPermission } from './account-roles.js'
import { type BusinessId, type BusinessIdState, businessIdOf, businessIdState } from './identity.js'
import type { Office, Visitor } from './office.js'
import { turnAway } from './refusal.js'

const mostMembers = 100
const invitationLife = 24 * 60 * 60 * 1000

/** A member as the list of members shows it. */
export interface Member {
  readonly businessId: BusinessId
  readonly name: string
  readonly role: AccountRole
}

/** The members of an account. All of it needs the role of an administrator. */
export interface MemberPages {
  members(account: OfficialAccount): readonly Member[]
  /** Makes the link of an invitation. The Manager mails nothing: hand the link over yourself. It lives 24 hours, for one person. */
  invite(account: OfficialAccount, role: AccountRole): string
  /**
   * Opens the link of an invitation and accepts: anybody may, once.
   *
   * @throws {LineConsoleRefusal} `invite_expired`, `invite_used`, `member_limit` (100), `already_member`, `link_unknown`.
   */
  acceptInvitation(url: string): OfficialAccount
  /**
   * Changes the role of another member.
   *
   * @throws {LineConsoleRefusal} `own_role`: so that one administrator always remains.
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
  readonly endsAt: number
  used: boolean
}

const invitations = keep<Office, Map<string, Invitation>>(() => new Map())

/** Makes somebody a member, as long as there is room. */
export function admit(account: AccountState, businessId: BusinessIdState, role: AccountRole): void {
  const members = membersOf(account)
  if (!members.has(businessId) && members.size >= mostMembers) turnAway('member_limit')
  join(account, businessId, role)
}

/** The pages about members. Rules: invite-by-link, list-proves-role, role-changed-by-others. */
export function memberPages(office: Office, who: Visitor): MemberPages {
  const { world } = office
  const other = (account: OfficialAccount, member: BusinessId): readonly [AccountState, BusinessIdState] => {
    const state = withPermission(office, who, account, 'manage-members')
    const businessId = businessIdState(office, member)
    if (businessId === who()) turnAway('own_role')
    if (!membersOf(state).has(businessId)) throw new LineInputError(`${member.name} is no member of ${account.name}`)
    return [state, businessId]
  }
  return {
    members: (account) =>
      [...membersOf(withPermission(office, who, account, 'manage-members'))].map(([member, role]) => ({
        businessId: businessIdOf(member),
        name: member.name,
        role,
      })),
    invite(account, role) {
      const state = withPermission(office, who, account, 'manage-members')
      const url = `https://manager.line.biz/invitation/${world.ids.opaque(32)}`
      invitations(office).set(url, {
        account: state,
        shown: account,
        role,
        endsAt: world.clock.now() + invitationLife,
        used: false,
      })
      return url
    },
    acceptInvitation(url) {
      const visitor = who()
      const invitation = invitations(office).get(url) ?? turnAway('link_unknown')
      const { account, role, shown } = invitation
      if (invitation.used) turnAway('invite_used')
      if (world.clock.now() >= invitation.endsAt) turnAway('invite_expired')
      if (membersOf(account).has(visitor)) turnAway('already_member')
      admit(account, visitor, role)
      invitation.used = true
      return shown
    },
    changeRole(account, member, role) {
      const [state, businessId] = other(account, member)
      membersOf(state).set(businessId, role)
    },
    removeMember: (account, member) => leave(...other(account, member)),
  }
}
