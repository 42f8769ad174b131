import { type AccountAction, type AccountRole, can } from '../../../account/roles.js'
import { accountState, type OfficialAccount } from '../../account.js'
import type { AccountState } from '../../state.js'
import { stateOf } from '../../world.js'
import type { BusinessIdState } from '../business-id/identity.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { type ConsoleReason, refuseAction } from '../refusal.js'

/** The members of an account. */
export const membersOf: (account: AccountState) => Map<BusinessIdState, AccountRole> = stateOf(() => new Map())

/** Whether the pages that ask for a consent, once after the account was created, are still unanswered. */
export const consent: (account: AccountState) => { isPending: boolean } = stateOf(() => ({ isPending: false }))

const denied: { readonly [action in AccountAction]: ConsoleReason } = {
  'create-messages': 'not_administrator',
  'send-messages': 'no_broadcast_permission',
  'see-analytics': 'no_analytics_permission',
  'change-settings': 'not_administrator',
  'manage-members': 'not_administrator',
  'open-messaging-api-page': 'not_administrator',
  'request-verification': 'not_administrator',
  'delete-account': 'not_administrator',
}

/** Opens the pages of an account: status 400 for visitors who are not members. */
export function asMember({ world }: ConsoleState, who: Visitor, account: OfficialAccount): AccountState {
  const visitor = who()
  const state = accountState(world, account)
  if (!membersOf(state).has(visitor)) refuseAction('no_oam_permission')
  return state
}

/** Opens a page of an account for an action: status 403 for members whose role does not allow it. */
export function withPermission(
  consoles: ConsoleState,
  who: Visitor,
  account: OfficialAccount,
  action: AccountAction,
): AccountState {
  const state = asMember(consoles, who, account)
  if (consent(state).isPending) refuseAction('consent_pending')
  const role = membersOf(state).get(who())
  if (!role || !can(`account.${role}`, action)) refuseAction(denied[action])
  return state
}

/** Returns whether a Business ID is an administrator of an account. */
export function isAdministrator(account: AccountState, businessId: BusinessIdState): boolean {
  return membersOf(account).get(businessId) === 'administrator'
}
