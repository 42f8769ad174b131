import type { LoginMethod } from '../../../account/model.js'
import { LineInputError } from '../../../core/errors.js'
import { checkOptions, checkText } from '../../check-options.js'
import { SingleUseLinks } from '../../expiring-map.js'
import { guard } from '../../handle.js'
import type { Person } from '../../people/person.js'
import { personState } from '../../people/person.js'
import { stateOf } from '../../world.js'
import type { ConsoleState } from '../console-state.js'
import { type Mail, sameAddress, sendMail } from '../console-state.js'
import { refuseAction } from '../refusal.js'
import {
  type BusinessId,
  type BusinessIdState,
  businessIdState,
  checkLineAccount,
  checkLoginEmail,
  checkYahooJapan,
  findBusinessId,
  lineLogin,
  type RegisterOptions,
  register,
} from './identity.js'
import { type Phone, phoneOf, phoneOfState } from './phone.js'
import { type SignInRecord, signInHistoryOf, unlock } from './security.js'
import {
  type Browser,
  createBrowser,
  devicesOf,
  forgetBrowsers,
  removeDevice,
  type Session,
  type SignedInDevice,
  visitorOf,
} from './sessions.js'
import { type SignIn, type SignInForm, startSignIn } from './sign-in.js'

/** The profile page of a Business ID. */
export interface BusinessIdActions {
  /**
   * Links a LINE account.
   *
   * @throws {LineConsoleRefusal} `line_account_in_use` by another Business ID; `line_account_linked` when a LINE account is already linked.
   */
  linkLineAccount(person: Person): void
  /**
   * Unlinks the LINE account.
   *
   * @throws {LineConsoleRefusal} `unlink_needs_email` without email address and password.
   */
  unlinkLineAccount(): void
  /**
   * Registers the login email address.
   *
   * @throws {LineConsoleRefusal} `email_taken`; `email_registered` when an address is already registered.
   */
  registerEmail(options: {
    /** The login email address. */
    readonly email: string
    /** The password. It cannot be empty. */
    readonly password: string
  }): void
  /**
   * Links a Yahoo! JAPAN ID.
   *
   * @throws {LineConsoleRefusal} `yahoo_japan_in_use` by another Business ID.
   */
  linkYahooJapan(yahooJapan: string): void
  /** The attempts to sign in with this Business ID, with any of its logins, oldest first. */
  signInHistory(): readonly SignInRecord[]
  /** The browsers in which this Business ID is signed in, the last sign-in first. */
  devices(): readonly SignedInDevice[]
  /**
   * Signs this Business ID out in a browser, which has to pass the second factor again.
   *
   * @throws {LineInputError} when it is not signed in there.
   */
  removeDevice(browser: Browser): void
  /** Whether signing in with the email address asks for a code from a mail. Default: `true`. Business IDs without an email address have no such code. */
  twoStepVerification(): boolean
  /**
   * Turns two-step verification on or off. Turned on again, every browser is asked for the code again.
   *
   * @throws {LineConsoleRefusal} `two_step_needs_email` without a login email address.
   */
  setTwoStepVerification(on: boolean): void
  /** Deletes the Business ID. This cannot be undone, and its developer account can no longer be used. */
  delete(): void
}

/**
 * Business ID: registration, and signing in to the consoles.
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
  /** The LINE app on a user's phone or tablet. */
  phone(person: Person, device?: Phone['device']): Phone
  /** Opens a browser that has never been used. Its name is shown in the list of devices. Default: `Browser`. */
  browser(name?: string): Browser
  /** The mails to an address, oldest first. */
  mailbox(email: string): readonly Mail[]
  /**
   * Submits the login form and returns the page with the next step.
   *
   * @throws {LineConsoleRefusal} `wrong_email`, `wrong_password` or `wrong_login_method`, which show the same text; `sign_in_locked` after too many wrong
   * passwords, until the time has passed or the password is set again.
   */
  startSignIn(form: SignInForm): SignIn
  /**
   * Signs in with all steps, as a user who knows every password and code.
   *
   * @throws {LineConsoleRefusal} `line_email_missing` when no email address and password are set in the LINE app; `email_code_missing` when the mail was lost.
   */
  signIn(
    businessId: BusinessId,
    options?: {
      /** The login method. Default: the first one of the Business ID. */
      readonly method?: LoginMethod | undefined
      /** The browser. Default: one that has never been used. */
      readonly browser?: Browser | undefined
    },
  ): Session
  /**
   * Sends a reset link by email.
   *
   * @throws {LineConsoleRefusal} `reset_email_mismatch` unless it is the login email address of a Business ID.
   */
  requestPasswordReset(email: string): void
  /**
   * Sets a new password with the link from the mail.
   *
   * @throws {LineConsoleRefusal} `link_used`, `link_expired`, `link_unknown`.
   */
  resetPassword(url: string, password: string): void
  /** Opens the profile page with a session. Every action refuses with `signed_out` when the session has ended. */
  as(session: Session): BusinessIdActions
}

// Each leads to a Business ID.
const resetLinks = stateOf<ConsoleState, SingleUseLinks<BusinessIdState>>(
  ({ businessIds }) => new SingleUseLinks((businessId) => !businessIds.has(businessId)),
)

function profileActions(consoles: ConsoleState, session: Session): BusinessIdActions {
  const who = visitorOf(consoles, session)
  return guard<BusinessIdActions>(consoles.world, {
    linkLineAccount(person) {
      const own = who()
      if (own.line) refuseAction('line_account_linked')
      const account = personState(consoles.world, person)
      checkLineAccount(consoles, account)
      own.line = account
    },
    unlinkLineAccount() {
      const own = who()
      if (own.email === undefined || own.password === undefined) refuseAction('unlink_needs_email')
      own.line = undefined
    },
    registerEmail(options) {
      checkOptions('registerEmail', options)
      const { email, password } = options
      const own = who()
      if (own.email !== undefined) refuseAction('email_registered')
      checkLoginEmail(consoles, email, password)
      Object.assign(own, { email: email.trim(), password })
    },
    linkYahooJapan(yahooJapan) {
      const own = who()
      checkYahooJapan(consoles, yahooJapan)
      own.yahooJapan = yahooJapan
    },
    signInHistory: () => signInHistoryOf(who()),
    devices: () => devicesOf(consoles, who()),
    removeDevice: (browser) => removeDevice(consoles, who(), browser),
    twoStepVerification: () => who().email !== undefined && who().twoStepVerification,
    setTwoStepVerification(on) {
      const own = who()
      if (typeof on !== 'boolean') throw new LineInputError('setTwoStepVerification: on must be a boolean')
      if (own.email === undefined) refuseAction('two_step_needs_email')
      if (!on) forgetBrowsers(own)
      own.twoStepVerification = on
    },
    delete: () => void consoles.businessIds.delete(who()),
  })
}

function signInWithLine(consoles: ConsoleState, { line }: BusinessIdState, browser: Browser): Session {
  if (!line) return refuseAction('wrong_login_method')
  const { email } = line
  const { password } = lineLogin(line)
  if (email === undefined || password === undefined) return refuseAction('line_email_missing')
  const page = startSignIn(consoles, { method: 'line', email, password, browser })
  if (page.shownCode !== undefined) phoneOfState(consoles, line).enterCode(page.shownCode)
  return page.finish()
}

function signInWithEmail(consoles: ConsoleState, { email, password }: BusinessIdState, browser: Browser): Session {
  if (email === undefined || password === undefined) return refuseAction('wrong_login_method')
  const before = consoles.mails.length
  const page = startSignIn(consoles, { method: 'email', email, password, browser })
  if (page.asks === 'code-from-mail') page.enterCode(consoles.mails[before]?.code ?? refuseAction('email_code_missing'))
  return page.finish()
}

/** Creates the Business IDs of an emulator. */
export function createBusinessIds(consoles: ConsoleState): BusinessIds {
  const now = () => consoles.world.clock.now()
  return {
    register: (options) => register(consoles, options),
    phone: (person, device) => phoneOf(consoles, person, device),
    browser(name = 'Browser') {
      checkText('browser', 'name', name)
      return createBrowser(consoles, name)
    },
    mailbox: (email) => consoles.mails.filter(({ to }) => sameAddress(to, email)),
    startSignIn: (form) => startSignIn(consoles, form),
    signIn(businessId, options = {}) {
      const state = businessIdState(consoles, businessId)
      checkOptions('signIn', options)
      const { method = businessId.methods[0], browser = createBrowser(consoles) } = options
      if (method === 'line') return signInWithLine(consoles, state, browser)
      if (method === 'email') return signInWithEmail(consoles, state, browser)
      const { yahooJapan = refuseAction('wrong_login_method') } = state
      return startSignIn(consoles, { method: 'yahooJapan', yahooJapan, browser }).finish()
    },
    requestPasswordReset(email) {
      const businessId =
        findBusinessId(consoles, (other) => sameAddress(other.email, email)) ?? refuseAction('reset_email_mismatch')
      const url = `https://account.line.biz/reset-password/${consoles.world.ids.opaque(32)}`
      resetLinks(consoles).add(url, businessId, now(), now() + consoles.options.resetLinkLife)
      sendMail(consoles, { to: email, about: 'password-reset', url })
    },
    resetPassword(url, password) {
      const businessId = resetLinks(consoles).find(url, now()) ?? refuseAction('link_unknown')
      if (businessId === 'used') return refuseAction('link_used')
      if (businessId === 'expired') return refuseAction('link_expired')
      if (password === '') refuseAction('form_invalid')
      resetLinks(consoles).use(url)
      businessId.password = password
      unlock(businessId)
    },
    as: (session) => profileActions(consoles, session),
  }
}
