import { accountState, type OfficialAccount } from '../account.js'
import { type AccountPages, accountPages, review } from './account-pages.js'
import type { AccountRole } from './account-roles.js'
import { type BusinessId, businessIdState } from './identity.js'
import { admit, type MemberPages, memberPages } from './member-pages.js'
import { type MessagingApiPages, messagingApiPages } from './messaging-api-pages.js'
import type { Office } from './office.js'
import { type ResponsePages, responsePages } from './response-pages.js'
import { type Session, visitorOf } from './sign-in.js'

/** The LINE Official Account Manager as somebody sees it who is signed in. */
export interface ManagerPages extends AccountPages, MemberPages, ResponsePages, MessagingApiPages {}

/** The LINE Official Account Manager. */
export interface Manager {
  /** Opens it with a session. Every step refuses with `signed_out` when the session has ended. */
  as(session: Session): ManagerPages
  /**
   * Ends LINE's review of an account that has asked for verification. Granted, the account is verified.
   *
   * @throws {LineConsoleRefusal} `review_unavailable` when it has not asked.
   */
  review(account: OfficialAccount, granted: boolean): void
  /** Makes an account premium, as LINE decides. */
  makePremium(account: OfficialAccount): void
  /**
   * Makes somebody a member without an invitation, as a sales partner can where nobody can sign in, and as tests need it for `createAccount`.
   *
   * @param role default: `administrator`.
   * @throws {LineConsoleRefusal} `member_limit`, `account_limit`.
   */
  appoint(account: OfficialAccount, businessId: BusinessId, role?: AccountRole): void
}

/** Makes the Official Account Manager of an emulator. */
export function createManager(office: Office): Manager {
  const { world } = office
  return {
    as(session) {
      const who = visitorOf(office, session)
      return {
        ...accountPages(office, who),
        ...memberPages(office, who),
        ...responsePages(office, who),
        ...messagingApiPages(office, who),
      }
    },
    review: (account, granted) => review(accountState(world, account), granted),
    makePremium(account) {
      accountState(world, account).kind = 'premium'
    },
    appoint: (account, businessId, role = 'administrator') =>
      admit(accountState(world, account), businessIdState(office, businessId), role),
  }
}
