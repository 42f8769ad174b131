import type { Message } from '../../messaging/message/types.js'
import { accountOf, accountState, closeAccount, type OfficialAccount, openAccount } from '../account.js'
import { reachableFriends, sendToPeople } from '../chat/chat.js'
import { unmetFriends } from '../people/crowd.js'
import { count, remaining } from '../sending/quota.js'
import type { AccountState } from '../state.js'
import { keep } from '../world.js'
import { type AccountRole, asMember, consent, membersOf, withPermission } from './account-roles.js'
import type { BusinessIdState } from './identity.js'
import { isAddress } from './mail.js'
import type { Office, Visitor } from './office.js'
import { turnAway } from './refusal.js'

const mostAccounts = 100
const longestName = 20
const longestCompany = 100

/** The entry form of an Official Account. */
export interface AccountForm {
  /** At most 20 characters. */
  readonly name: string
  readonly email: string
  /** At most 100 characters. */
  readonly company: string
  /** Where the company is. Default: `JP`. */
  readonly country?: string | undefined
  readonly industry?: string | undefined
  /** Whether the terms of Official Accounts are agreed to. */
  readonly agreeToTerms: boolean
}

/** What people see of an account. */
export interface AccountProfile {
  readonly name?: string | undefined
  readonly pictureUrl?: string | undefined
  readonly statusMessage?: string | undefined
}

/** What the first page of an account shows. */
export interface AccountHome {
  readonly account: OfficialAccount
  readonly role: AccountRole
  readonly statusMessage: string | undefined
  readonly company: string | undefined
  /** What the visitor still has to agree to before any other page opens. */
  readonly consentPending: boolean
  readonly verification: 'none' | 'requested' | 'granted'
}

/** Accounts: from the entry form to deletion. */
export interface AccountPages {
  /**
   * Sends the entry form: the account is unverified, greets new friends and answers messages by itself.
   *
   * @throws {LineConsoleRefusal} `form_invalid`, `terms_not_agreed`, or `account_limit`: nobody has more than 100.
   */
  createAccount(form: AccountForm): OfficialAccount
  /** The accounts that the visitor is a member of. */
  accounts(): readonly OfficialAccount[]
  /**
   * Opens an account.
   *
   * @throws {LineConsoleRefusal} `no_oam_permission`, status 400, for those who are no members.
   */
  open(account: OfficialAccount): AccountHome
  /** Agrees to what a new account asks for once. */
  acceptConsents(account: OfficialAccount): void
  /**
   * Changes the profile.
   *
   * @throws {LineConsoleRefusal} `name_locked` from the request for verification on; `edited_too_often`: status message and picture once an hour.
   */
  editProfile(account: OfficialAccount, profile: AccountProfile): void
  /**
   * Asks for the verified badge.
   *
   * @throws {LineConsoleRefusal} `not_administrator`, `review_unavailable`.
   */
  requestVerification(account: OfficialAccount): void
  /**
   * Sends messages to all friends.
   *
   * @throws {LineConsoleRefusal} `no_broadcast_permission`, `quota_reached`.
   */
  broadcast(account: OfficialAccount, messages: readonly Message[]): void
  /**
   * Counts the friends.
   *
   * @throws {LineConsoleRefusal} `no_analytics_permission`.
   */
  analytics(account: OfficialAccount): { readonly friends: number; readonly blocks: number }
  /**
   * Deletes the account and its channel for ever.
   *
   * @throws {LineConsoleRefusal} `not_administrator`, status 403.
   */
  deleteAccount(account: OfficialAccount): void
}

interface Entry {
  company: string | undefined
  statusMessage: string | undefined
  verification: AccountHome['verification']
  /** When status message and picture were changed last. */
  readonly editedAt: { statusMessage: number; pictureUrl: number }
}

const entryOf = keep<AccountState, Entry>(({ kind }) => ({
  company: undefined,
  statusMessage: undefined,
  verification: kind === 'unverified' ? 'none' : 'granted',
  editedAt: { statusMessage: Number.NEGATIVE_INFINITY, pictureUrl: Number.NEGATIVE_INFINITY },
}))

/** The accounts that somebody is a member of. */
const accountsOf = keep<BusinessIdState, Set<AccountState>>(() => new Set())

/**
 * Makes somebody a member.
 *
 * @throws {LineConsoleRefusal} `account_limit`.
 */
export function join(account: AccountState, businessId: BusinessIdState, role: AccountRole): void {
  const all = accountsOf(businessId)
  if (!all.has(account) && all.size >= mostAccounts) turnAway('account_limit')
  all.add(account)
  membersOf(account).set(businessId, role)
}

/** Ends a membership. */
export function leave(account: AccountState, businessId: BusinessIdState): void {
  accountsOf(businessId).delete(account)
  membersOf(account).delete(businessId)
}

/** Ends LINE's review of an account that has asked for it. */
export function review(account: AccountState, granted: boolean): void {
  const entry = entryOf(account)
  if (entry.verification !== 'requested') turnAway('review_unavailable')
  entry.verification = granted ? 'granted' : 'none'
  if (granted) account.kind = 'verified'
}

function length(text: string): number {
  return [...text].length
}

function edit(office: Office, account: AccountState, { name, pictureUrl, statusMessage }: AccountProfile): void {
  const entry = entryOf(account)
  const now = office.world.clock.now()
  const isTooSoon = (at: number) => now - at < office.options.profileEditInterval
  if (name !== undefined && name !== account.name) {
    if (entry.verification !== 'none') turnAway('name_locked')
    if (name === '' || length(name) > longestName) turnAway('form_invalid')
  }
  if (pictureUrl !== undefined && isTooSoon(entry.editedAt.pictureUrl)) turnAway('edited_too_often')
  if (statusMessage !== undefined && isTooSoon(entry.editedAt.statusMessage)) turnAway('edited_too_often')
  if (name !== undefined) account.name = name
  if (pictureUrl !== undefined) {
    account.pictureUrl = pictureUrl
    entry.editedAt.pictureUrl = now
  }
  if (statusMessage !== undefined) {
    entry.statusMessage = statusMessage
    entry.editedAt.statusMessage = now
  }
}

/** The pages about accounts themselves. Rules: created-on-entry-page, consent-once, profile-in-manager. */
export function accountPages(office: Office, who: Visitor): AccountPages {
  const { world } = office
  return {
    createAccount({ name, email, company, agreeToTerms }) {
      const owner = who()
      const isFilled =
        name !== '' &&
        length(name) <= longestName &&
        isAddress(email) &&
        company !== '' &&
        length(company) <= longestCompany
      if (!isFilled) turnAway('form_invalid')
      if (!agreeToTerms) turnAway('terms_not_agreed')
      if (accountsOf(owner).size >= mostAccounts) turnAway('account_limit')
      const account = openAccount(world, { name, settings: { greeting: true, autoResponse: true } })
      const state = accountState(world, account)
      entryOf(state).company = company
      consent(state).isPending = true
      join(state, owner, 'administrator')
      return account
    },
    accounts: () => [...accountsOf(who())].map(accountOf),
    open(account) {
      const state = asMember(office, who, account)
      const { statusMessage, company, verification } = entryOf(state)
      const role = membersOf(state).get(who()) ?? turnAway('no_oam_permission')
      return { account, role, statusMessage, company, verification, consentPending: consent(state).isPending }
    },
    acceptConsents(account) {
      consent(asMember(office, who, account)).isPending = false
    },
    editProfile: (account, profile) => edit(office, withPermission(office, who, account, 'change-settings'), profile),
    requestVerification(account) {
      const state = withPermission(office, who, account, 'request-verification')
      const entry = entryOf(state)
      if (entry.verification !== 'none') turnAway('review_unavailable')
      entry.verification = 'requested'
    },
    broadcast(account, messages) {
      const state = withPermission(office, who, account, 'send-messages')
      const friends = reachableFriends(state)
      const now = world.clock.now()
      if (friends.length > remaining(state, now)) turnAway('quota_reached')
      count(state, friends.length, now)
      sendToPeople(world, state, friends, messages)
    },
    analytics(account) {
      const state = withPermission(office, who, account, 'view-analytics')
      const all = [...state.friendships.values()]
      const friends = all.filter(({ friend }) => friend).length + unmetFriends(state)
      return { friends, blocks: all.filter(({ blocked }) => blocked).length }
    },
    deleteAccount(account) {
      const state = withPermission(office, who, account, 'delete-account')
      for (const member of [...membersOf(state).keys()]) leave(state, member)
      closeAccount(world, state)
    },
  }
}
