import type { AccountRole } from '../../../account/roles.js'
import type { Message } from '../../../messaging/message/types.js'
import { accountOf, accountState, closeAccount, type OfficialAccount, openAccount } from '../../account.js'
import { reachableFriends, sendToPeople } from '../../chat.js'
import { checkOptions } from '../../check-options.js'
import { count, remaining } from '../../messaging/counts.js'
import { pendingBulkFriends } from '../../people/bulk-friends.js'
import type { AccountState } from '../../state.js'
import { stateOf } from '../../world.js'
import type { BusinessIdState } from '../business-id/identity.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { isAddress } from '../console-state.js'
import { refuseAction } from '../refusal.js'
import { asMember, consent, membersOf, withPermission } from './roles.js'

const mostAccounts = 100
const longestName = 20
const longestCompany = 100

/** The entry form of a LINE Official Account. */
export interface AccountForm {
  /** The display name, 1 to 20 characters. */
  readonly name: string
  /** The contact email address. */
  readonly email: string
  /** The company name, 1 to 100 characters. */
  readonly company: string
  /** The country of the company. The emulator ignores it. */
  readonly country?: string | undefined
  /** The industry. The emulator ignores it. */
  readonly industry?: string | undefined
  /** Whether the visitor agrees to the terms of use. */
  readonly agreeToTerms: boolean
}

/** Changes to the profile of an account. */
export interface AccountProfile {
  /** The new display name: 1 to 20 characters. Default: unchanged. */
  readonly name?: string | undefined
  /** The URL of the new profile picture. Default: unchanged. */
  readonly pictureUrl?: string | undefined
  /** The URL of the new cover picture. Default: unchanged. */
  readonly coverUrl?: string | undefined
  /** The new status message. Default: unchanged. */
  readonly statusMessage?: string | undefined
}

/** The first page of an account. */
export interface AccountHome {
  /** The account. */
  readonly account: OfficialAccount
  /** The role of the visitor. */
  readonly role: AccountRole
  /** The status message, if there is one. */
  readonly statusMessage: string | undefined
  /** The URL of the cover picture, if there is one. No API returns it. */
  readonly coverUrl: string | undefined
  /** The company from the entry form, if the account was created with it. */
  readonly company: string | undefined
  /** Whether consents are pending, which keep all other pages closed. */
  readonly consentPending: boolean
  /** How far the verification has got. */
  readonly verification: 'none' | 'requested' | 'granted'
}

/** Actions for accounts, from the entry form to deletion. */
export interface AccountActions {
  /**
   * Submits the entry form: the account is unverified, and its greeting message and auto-response are on.
   *
   * @throws {LineConsoleRefusal} `form_invalid`, `terms_not_agreed`, or `account_limit`: a Business ID can have at most 100 accounts.
   */
  createAccount(form: AccountForm): OfficialAccount
  /** The accounts that the visitor is a member of. */
  accounts(): readonly OfficialAccount[]
  /**
   * Opens an account.
   *
   * @throws {LineConsoleRefusal} `no_oam_permission`, status 400, for visitors who are not members.
   */
  open(account: OfficialAccount): AccountHome
  /** Agrees to the consents that a new account asks for once. */
  acceptConsents(account: OfficialAccount): void
  /**
   * Changes the profile.
   *
   * @throws {LineConsoleRefusal} `form_invalid` for a name or a cover picture that is not valid.
   * @throws {LineConsoleRefusal} `name_locked` once verification was requested; `edited_too_often` when the status message or the picture was changed within the last hour.
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
  analytics(account: OfficialAccount): {
    /** The number of users who have added the account, including those who block it now. */
    readonly friends: number
    /** The number of users who block the account. */
    readonly blocks: number
  }
  /**
   * Deletes the account and its channel. This cannot be undone.
   *
   * @throws {LineConsoleRefusal} `not_administrator`, status 403.
   */
  deleteAccount(account: OfficialAccount): void
}

interface Entry {
  coverUrl: string | undefined
  company: string | undefined
  statusMessage: string | undefined
  verification: AccountHome['verification']
  /** When status message and picture were changed last. */
  readonly editedAt: { statusMessage: number; pictureUrl: number }
}

const entryOf = stateOf<AccountState, Entry>(({ kind }) => ({
  company: undefined,
  coverUrl: undefined,
  statusMessage: undefined,
  verification: kind === 'unverified' ? 'none' : 'granted',
  editedAt: { statusMessage: Number.NEGATIVE_INFINITY, pictureUrl: Number.NEGATIVE_INFINITY },
}))

/** The accounts that a Business ID is a member of. */
const accountsOf = stateOf<BusinessIdState, Set<AccountState>>(() => new Set())

/**
 * Adds a member.
 *
 * @throws {LineConsoleRefusal} `account_limit`.
 */
export function join(account: AccountState, businessId: BusinessIdState, role: AccountRole): void {
  const all = accountsOf(businessId)
  if (!all.has(account) && all.size >= mostAccounts) refuseAction('account_limit')
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
  if (entry.verification !== 'requested') refuseAction('review_unavailable')
  entry.verification = granted ? 'granted' : 'none'
  if (granted) account.kind = 'verified'
}

function isPictureUrl(text: unknown): boolean {
  return typeof text === 'string' && text.startsWith('https://') && URL.canParse(text)
}

// A form in JavaScript may hold anything: what is not text has no length that fits.
function length(text: string): number {
  return typeof text === 'string' ? [...text].length : Number.NaN
}

function edit(
  consoles: ConsoleState,
  account: AccountState,
  { name, pictureUrl, coverUrl, statusMessage }: AccountProfile,
): void {
  const entry = entryOf(account)
  const now = consoles.world.clock.now()
  const isTooSoon = (at: number) => now - at < consoles.options.profileEditInterval
  if (name !== undefined && name !== account.name) {
    if (entry.verification !== 'none') refuseAction('name_locked')
    if (name === '' || !(length(name) <= longestName)) refuseAction('form_invalid')
  }
  if (pictureUrl !== undefined && isTooSoon(entry.editedAt.pictureUrl)) refuseAction('edited_too_often')
  if (statusMessage !== undefined && isTooSoon(entry.editedAt.statusMessage)) refuseAction('edited_too_often')
  if (coverUrl !== undefined && !isPictureUrl(coverUrl)) refuseAction('form_invalid')
  if (name !== undefined) account.name = name
  if (coverUrl !== undefined) entry.coverUrl = coverUrl
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
export function accountActions(consoles: ConsoleState, who: Visitor): AccountActions {
  const { world } = consoles
  return {
    createAccount(form) {
      checkOptions('createAccount', form)
      const { name, email, company, agreeToTerms } = form
      const owner = who()
      const isFilled =
        name !== '' &&
        length(name) <= longestName &&
        isAddress(email) &&
        company !== '' &&
        length(company) <= longestCompany
      if (!isFilled) refuseAction('form_invalid')
      if (!agreeToTerms) refuseAction('terms_not_agreed')
      if (accountsOf(owner).size >= mostAccounts) refuseAction('account_limit')
      const account = openAccount(world, { name, settings: { greeting: true, autoResponse: true } })
      const state = accountState(world, account)
      entryOf(state).company = company
      consent(state).isPending = true
      join(state, owner, 'administrator')
      return account
    },
    accounts: () => [...accountsOf(who())].map(accountOf),
    open(account) {
      const state = asMember(consoles, who, account)
      const { statusMessage, coverUrl, company, verification } = entryOf(state)
      const role = membersOf(state).get(who()) ?? refuseAction('no_oam_permission')
      return { account, role, statusMessage, coverUrl, company, verification, consentPending: consent(state).isPending }
    },
    acceptConsents(account) {
      consent(asMember(consoles, who, account)).isPending = false
    },
    editProfile: (account, profile) =>
      edit(consoles, withPermission(consoles, who, account, 'change-settings'), profile),
    requestVerification(account) {
      const state = withPermission(consoles, who, account, 'request-verification')
      const entry = entryOf(state)
      if (entry.verification !== 'none') refuseAction('review_unavailable')
      entry.verification = 'requested'
    },
    broadcast(account, messages) {
      const state = withPermission(consoles, who, account, 'send-messages')
      const friends = reachableFriends(state)
      const now = world.clock.now()
      if (friends.length > remaining(state, now)) refuseAction('quota_reached')
      count(state, friends.length, now)
      sendToPeople(world, state, friends, messages, 'manager')
    },
    analytics(account) {
      const state = withPermission(consoles, who, account, 'see-analytics')
      const all = [...state.friendships.values()]
      const friends = all.filter(({ friend }) => friend).length + pendingBulkFriends(state)
      return { friends, blocks: all.filter(({ blocked }) => blocked).length }
    },
    deleteAccount(account) {
      const state = withPermission(consoles, who, account, 'delete-account')
      for (const member of [...membersOf(state).keys()]) leave(state, member)
      closeAccount(world, state)
    },
  }
}
