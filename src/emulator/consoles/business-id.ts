import type { Person } from '../people/person.js'
import { personState } from '../people/person.js'
import { keep } from '../world.js'
import {
  type BusinessId,
  type BusinessIdState,
  businessIdState,
  checkLineAccount,
  checkLoginEmail,
  checkYahooJapan,
  findBusinessId,
  type LoginMethod,
  lineLogin,
  type RegisterOptions,
  register,
} from './identity.js'
import { type Mail, sameAddress, sendMail } from './mail.js'
import type { Office } from './office.js'
import { type Phone, phoneOf, phoneOfState } from './phone.js'
import { turnAway } from './refusal.js'
import {
  type Browser,
  createBrowser,
  type Session,
  type SignIn,
  type SignInForm,
  startSignIn,
  visitorOf,
} from './sign-in.js'

/** The profile page of a Business ID. */
export interface BusinessIdPages {
  /**
   * Links a LINE account.
   *
   * @throws {LineConsoleRefusal} `line_account_in_use` by another Business ID, or `line_account_linked`: there is one.
   */
  linkLineAccount(person: Person): void
  /**
   * Unlinks the LINE account.
   *
   * @throws {LineConsoleRefusal} `unlink_needs_email` without e-mail address and password.
   */
  unlinkLineAccount(): void
  /**
   * Registers the login e-mail address.
   *
   * @throws {LineConsoleRefusal} `email_taken`, or `email_registered`: there is one.
   */
  registerEmail(options: { readonly email: string; readonly password: string }): void
  /**
   * Links a Yahoo! JAPAN ID.
   *
   * @throws {LineConsoleRefusal} `yahoo_japan_in_use` by another Business ID.
   */
  linkYahooJapan(yahooJapan: string): void
  /** Deletes the Business ID for ever. Nobody reaches its developer account any more. */
  delete(): void
}

/**
 * Business ID: how people sign in to the consoles.
 *
 * @example
 * const mika = emulator.businessId.register({ email: 'mika@shop.example', password: 'secret' })
 * const session = emulator.businessId.signIn(mika)
 * const manager = emulator.manager.as(session)
 * const account = manager.createAccount({ name: 'Tea House', email: 'tea@shop.example', company: 'Tea House Ltd.', agreeToTerms: true })
 * manager.acceptConsents(account)
 */
export interface BusinessIds {
  /**
   * Registers a Business ID.
   *
   * @throws {LineConsoleRefusal} `email_taken`, `line_account_in_use`, `yahoo_japan_in_use`.
   */
  register(options: RegisterOptions): BusinessId
  /** The LINE app on a person's phone, or on a tablet of theirs. */
  phone(person: Person, device?: Phone['device']): Phone
  browser(): Browser
  /** The mails that came to an address, the newest last. */
  mailbox(email: string): readonly Mail[]
  /**
   * Sends the login form; the person takes the steps that its page asks for.
   *
   * @throws {LineConsoleRefusal} `wrong_email`, `wrong_password` or `wrong_login_method`, which read the same.
   */
  startSignIn(form: SignInForm): SignIn
  /**
   * Takes all steps of a sign-in as the person who knows everything.
   *
   * @param options.method default: the first that the Business ID has.
   * @throws {LineConsoleRefusal} `line_email_missing` when no e-mail address and password are set in the LINE app; `email_code_missing` when the mail got lost.
   */
  signIn(
    businessId: BusinessId,
    options?: { readonly method?: LoginMethod | undefined; readonly browser?: Browser | undefined },
  ): Session
  /**
   * Has a reset link mailed.
   *
   * @throws {LineConsoleRefusal} `reset_email_mismatch` unless it is the login e-mail address of a Business ID.
   */
  requestPasswordReset(email: string): void
  /**
   * Sets a new password by the link of the mail.
   *
   * @throws {LineConsoleRefusal} `link_used`, `link_expired`, `link_unknown`.
   */
  resetPassword(url: string, password: string): void
  as(session: Session): BusinessIdPages
}

interface ResetLink {
  readonly businessId: BusinessIdState
  readonly endsAt: number
  used: boolean
}

const resetLinks = keep<Office, Map<string, ResetLink>>(() => new Map())

function profilePages(office: Office, session: Session): BusinessIdPages {
  const who = visitorOf(office, session)
  return {
    linkLineAccount(person) {
      const own = who()
      if (own.line) turnAway('line_account_linked')
      const account = personState(office.world, person)
      checkLineAccount(office, account)
      own.line = account
    },
    unlinkLineAccount() {
      const own = who()
      if (own.email === undefined || own.password === undefined) turnAway('unlink_needs_email')
      own.line = undefined
    },
    registerEmail({ email, password }) {
      const own = who()
      if (own.email !== undefined) turnAway('email_registered')
      checkLoginEmail(office, email, password)
      Object.assign(own, { email: email.trim(), password })
    },
    linkYahooJapan(yahooJapan) {
      const own = who()
      checkYahooJapan(office, yahooJapan)
      own.yahooJapan = yahooJapan
    },
    delete: () => void office.businessIds.delete(who()),
  }
}

function signInWithLine(office: Office, { line }: BusinessIdState, browser: Browser): Session {
  if (!line) return turnAway('wrong_login_method')
  const { email } = line
  const { password } = lineLogin(line)
  if (email === undefined || password === undefined) return turnAway('line_email_missing')
  const page = startSignIn(office, { method: 'line', email, password, browser })
  if (page.shownCode !== undefined) phoneOfState(office, line).enterCode(page.shownCode)
  return page.finish()
}

function signInWithEmail(office: Office, { email, password }: BusinessIdState, browser: Browser): Session {
  if (email === undefined || password === undefined) return turnAway('wrong_login_method')
  const before = office.mails.length
  const page = startSignIn(office, { method: 'email', email, password, browser })
  if (page.asks === 'code-from-mail') page.enterCode(office.mails[before]?.code ?? turnAway('email_code_missing'))
  return page.finish()
}

/** Makes the Business IDs of an emulator. */
export function createBusinessIds(office: Office): BusinessIds {
  const now = () => office.world.clock.now()
  return {
    register: (options) => register(office, options),
    phone: (person, device) => phoneOf(office, person, device),
    browser: createBrowser,
    mailbox: (email) => office.mails.filter(({ to }) => sameAddress(to, email)),
    startSignIn: (form) => startSignIn(office, form),
    signIn(businessId, { method = businessId.methods[0], browser = createBrowser() } = {}) {
      const state = businessIdState(office, businessId)
      if (method === 'line') return signInWithLine(office, state, browser)
      if (method === 'email') return signInWithEmail(office, state, browser)
      const { yahooJapan = turnAway('wrong_login_method') } = state
      return startSignIn(office, { method: 'yahooJapan', yahooJapan, browser }).finish()
    },
    requestPasswordReset(email) {
      const businessId =
        findBusinessId(office, (other) => sameAddress(other.email, email)) ?? turnAway('reset_email_mismatch')
      const url = `https://account.line.biz/reset-password/${office.world.ids.opaque(32)}`
      resetLinks(office).set(url, { businessId, endsAt: now() + office.options.resetLinkLife, used: false })
      sendMail(office, { to: email, about: 'password-reset', url })
    },
    resetPassword(url, password) {
      const link = resetLinks(office).get(url) ?? turnAway('link_unknown')
      if (link.used) turnAway('link_used')
      if (now() >= link.endsAt) turnAway('link_expired')
      if (password === '') turnAway('form_invalid')
      link.used = true
      link.businessId.password = password
    },
    as: (session) => profilePages(office, session),
  }
}
