import type { AccountRole } from '../../../account/roles.js'
import { accountState, type OfficialAccount } from '../../account.js'
import { guard } from '../../handle.js'
import { type BusinessId, businessIdState } from '../business-id/identity.js'
import { type Session, visitorOf } from '../business-id/sessions.js'
import type { ConsoleState } from '../console-state.js'
import { type AccountActions, accountActions, review } from './account-actions.js'
import { admit, type MemberActions, memberActions } from './member-actions.js'
import { type MessagingApiActions, messagingApiActions } from './messaging-api-actions.js'
import { type ResponseActions, responseActions } from './response-actions.js'

/** The actions of LINE Official Account Manager for a signed-in user. */
export interface ManagerActions extends AccountActions, MemberActions, ResponseActions, MessagingApiActions {}

/** LINE Official Account Manager. */
export interface Manager {
  /** Opens the console with a session. Every action refuses with `signed_out` when the session has ended. */
  as(session: Session): ManagerActions
  /**
   * Ends LINE's review of an account that has requested verification. The account is verified when it is granted.
   *
   * @throws {LineConsoleRefusal} `review_unavailable` when the account has not requested it.
   */
  review(account: OfficialAccount, granted: boolean): void
  /** Makes an account a premium account, which is LINE's decision. */
  makePremium(account: OfficialAccount): void
  /**
   * Adds a member without an invitation, as a sales partner can. Use it for accounts made with `createAccount`.
   *
   * @param role default: `administrator`.
   * @throws {LineConsoleRefusal} `member_limit`, `account_limit`.
   */
  appoint(account: OfficialAccount, businessId: BusinessId, role?: AccountRole): void
}

/** Creates LINE Official Account Manager of an emulator. */
export function createManager(consoles: ConsoleState): Manager {
  const { world } = consoles
  return {
    as(session) {
      const who = visitorOf(consoles, session)
      return guard<ManagerActions>(world, {
        ...accountActions(consoles, who),
        ...memberActions(consoles, who),
        ...responseActions(consoles, who),
        ...messagingApiActions(consoles, who),
      })
    },
    review: (account, granted) => review(accountState(world, account), granted),
    makePremium(account) {
      accountState(world, account).kind = 'premium'
    },
    appoint: (account, businessId, role = 'administrator') =>
      admit(accountState(world, account), businessIdState(consoles, businessId), role),
  }
}
