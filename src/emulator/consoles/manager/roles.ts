import { accountState, type OfficialAccount } from '../../account.js'
import type { AccountState } from '../../state.js'
import { stateOf } from '../../world.js'
import type { BusinessIdState } from '../business-id/identity.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { type ConsoleReason, refuseAction } from '../refusal.js'

/** The role of a member of a LINE Official Account. */
export type AccountRole = 'administrator' | 'operator' | 'operator-no-broadcast' | 'operator-no-analytics'

/** What a role allows. */
export type AccountPermission =
  | 'create-messages'
  | 'send-messages'
  | 'view-analytics'
  | 'change-settings'
  | 'manage-members'
  | 'messaging-api'
  | 'request-verification'
  | 'delete-account'

const operators: readonly AccountPermission[] = [
  'create-messages',
  'send-messages',
  'view-analytics',
  'change-settings',
]

/** What each role allows. Rules: only-administrators-invite, only-administrators-see-api. Whether operators may request verification is not published; here they may not. */
export const accountPermissions: { readonly [role in AccountRole]: readonly AccountPermission[] } = {
  administrator: [...operators, 'manage-members', 'messaging-api', 'request-verification', 'delete-account'],
  operator: operators,
  'operator-no-broadcast': operators.filter((permission) => permission !== 'send-messages'),
  'operator-no-analytics': operators.filter((permission) => permission !== 'view-analytics'),
}

/** The members of an account. */
export const membersOf: (account: AccountState) => Map<BusinessIdState, AccountRole> = stateOf(() => new Map())

/** Whether the pages that ask for a consent, once after the account was created, are still unanswered. */
export const consent: (account: AccountState) => { isPending: boolean } = stateOf(() => ({ isPending: false }))

const denied: { readonly [permission in AccountPermission]: ConsoleReason } = {
  'create-messages': 'not_administrator',
  'send-messages': 'no_broadcast_permission',
  'view-analytics': 'no_analytics_permission',
  'change-settings': 'not_administrator',
  'manage-members': 'not_administrator',
  'messaging-api': 'not_administrator',
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

/** Opens a page of an account that a permission is needed for: status 403 for members without it. */
export function withPermission(
  consoles: ConsoleState,
  who: Visitor,
  account: OfficialAccount,
  permission: AccountPermission,
): AccountState {
  const state = asMember(consoles, who, account)
  if (consent(state).isPending) refuseAction('consent_pending')
  const role = membersOf(state).get(who())
  if (!role || !accountPermissions[role].includes(permission)) refuseAction(denied[permission])
  return state
}

/** Returns whether a Business ID is an administrator of an account. */
export function isAdministrator(account: AccountState, businessId: BusinessIdState): boolean {
  return membersOf(account).get(businessId) === 'administrator'
}
