import { LineInputError } from '../../core/errors.js'
import type { PersonState } from '../state.js'
import {
  addForLineAccount,
  type BusinessId,
  type BusinessIdState,
  businessIdOf,
  findBusinessId,
  type LoginMethod,
  lineLogin,
} from './identity.js'
import { sameAddress, sendMail } from './mail.js'
import { digits, type Office, type Visitor } from './office.js'
import { shownCodes } from './phone.js'
import { turnAway } from './refusal.js'

/** The code that a page shows for the LINE app. */
const lineCodeLength = 4

/** A browser that has passed a second factor is not asked for it again for so long, in milliseconds. */
const remembered = 365 * 24 * 60 * 60 * 1000

/** A browser, which remembers that a second factor was passed. */
export interface Browser {
  readonly kind: 'browser'
}

/** What a person types to sign in. */
export type SignInForm = (
  | { readonly method: 'line' | 'email'; readonly email: string; readonly password: string }
  | { readonly method: 'yahooJapan'; readonly yahooJapan: string }
) & {
  /** Default: one that has never been used. */
  readonly browser?: Browser | undefined
}

/** The page that a person sees after typing e-mail address and password. */
export interface SignIn {
  /** What it waits for. */
  readonly asks: 'nothing' | 'code-in-line-app' | 'code-from-mail'
  /** The 4 digits to type into the LINE app of the same LINE account. */
  readonly shownCode: string | undefined
  /**
   * Types the code of the mail.
   *
   * @throws {LineConsoleRefusal} `wrong_code`, `code_expired`.
   */
  enterCode(code: string): void
  /** Has another code mailed; the one before it is void. */
  sendAgain(): void
  /**
   * Goes on.
   *
   * @throws {LineConsoleRefusal} `code_not_entered` as long as the page waits for a code.
   */
  finish(): Session
}

/** A signed-in browser. The same session serves all consoles. */
export interface Session {
  readonly businessId: BusinessId
  readonly method: LoginMethod
  readonly browser: Browser
  /** In milliseconds since 1970. */
  readonly endsAt: number
  signOut(): void
}

interface SessionState {
  readonly businessId: BusinessIdState
  readonly endsAt: number
  ended: boolean
}

const sessions = new WeakMap<Session, SessionState>()

// Until when a browser is trusted: by LINE account for codes in the LINE app, by Business ID for mailed ones.
const trust = new WeakMap<Browser, Map<PersonState | BusinessIdState, number>>()

/** Opens a browser that nobody has used yet. */
export function createBrowser(): Browser {
  const browser: Browser = { kind: 'browser' }
  trust.set(browser, new Map())
  return browser
}

/** Who a session is for, asked anew at every step. */
export function visitorOf(office: Office, session: Session): Visitor {
  const state = sessions.get(session)
  if (!state) throw new LineInputError('This session was not made by an emulator')
  return () => {
    const isOver = state.ended || office.world.clock.now() >= state.endsAt || !office.businessIds.has(state.businessId)
    return isOver ? turnAway('signed_out') : state.businessId
  }
}

function startSession(office: Office, businessId: BusinessIdState, method: LoginMethod, browser: Browser): Session {
  const state: SessionState = {
    businessId,
    endsAt: office.world.clock.now() + office.options.sessionLife,
    ended: false,
  }
  const session: Session = {
    businessId: businessIdOf(businessId),
    method,
    browser,
    endsAt: state.endsAt,
    signOut: () => {
      state.ended = true
    },
  }
  sessions.set(session, state)
  return session
}

function trusts(office: Office, browser: Browser, who: PersonState | BusinessIdState): boolean {
  return office.world.clock.now() < (trust.get(browser)?.get(who) ?? Number.NEGATIVE_INFINITY)
}

function remember(office: Office, browser: Browser, who: PersonState | BusinessIdState): void {
  trust.get(browser)?.set(who, office.world.clock.now() + remembered)
}

const noCode = (): never => turnAway('wrong_code')

function askNothing(finish: () => Session): SignIn {
  return { asks: 'nothing', shownCode: undefined, enterCode: noCode, sendAgain: () => {}, finish }
}

function withLine(office: Office, email: string, password: string, browser: Browser): SignIn {
  const person = [...office.world.people].find((other) => sameAddress(other.email, email))
  if (!person)
    return turnAway(
      findBusinessId(office, (other) => sameAddress(other.email, email)) ? 'wrong_login_method' : 'wrong_email',
    )
  if (lineLogin(person).password !== password) turnAway('wrong_password')
  // The first sign-in with a LINE account makes its Business ID.
  const finish = () => {
    const businessId = findBusinessId(office, ({ line }) => line === person) ?? addForLineAccount(office, person)
    return startSession(office, businessId, 'line', browser)
  }
  if (trusts(office, browser, person)) return askNothing(finish)
  const shown = {
    person,
    code: digits(office, lineCodeLength),
    endsAt: office.world.clock.now() + office.options.lineCodeLife,
    entered: false,
  }
  shownCodes(office).add(shown)
  return {
    asks: 'code-in-line-app',
    shownCode: shown.code,
    // The page shows the code; it takes none.
    enterCode: noCode,
    sendAgain: () => {},
    finish: () => {
      if (!shown.entered) turnAway('code_not_entered')
      remember(office, browser, person)
      return finish()
    },
  }
}

function withEmail(office: Office, email: string, password: string, browser: Browser): SignIn {
  const businessId = findBusinessId(office, (other) => sameAddress(other.email, email))
  if (!businessId) {
    const isLine = [...office.world.people].some((person) => sameAddress(person.email, email))
    return turnAway(isLine ? 'wrong_login_method' : 'wrong_email')
  }
  if (businessId.password !== password) turnAway('wrong_password')
  const finish = () => startSession(office, businessId, 'email', browser)
  const { emailCodeLength, emailCodeLife, rememberEmailCode } = office.options
  if (rememberEmailCode && trusts(office, browser, businessId)) return askNothing(finish)
  let sent = { code: '', endsAt: 0 }
  let entered = false
  const send = () => {
    sent = { code: digits(office, emailCodeLength), endsAt: office.world.clock.now() + emailCodeLife }
    sendMail(office, { to: email, about: 'sign-in-code', code: sent.code })
  }
  send()
  return {
    asks: 'code-from-mail',
    shownCode: undefined,
    enterCode: (code) => {
      if (code !== sent.code) turnAway('wrong_code')
      if (office.world.clock.now() >= sent.endsAt) turnAway('code_expired')
      entered = true
    },
    sendAgain: send,
    finish: () => {
      if (!entered) turnAway('code_not_entered')
      remember(office, browser, businessId)
      return finish()
    },
  }
}

/** Opens the login page and sends a form. Rules: login-methods, method-of-creation, own-password-for-each, two-causes, code-on-the-page, code-by-mail. */
export function startSignIn(office: Office, form: SignInForm): SignIn {
  const { browser = createBrowser() } = form
  if (form.method !== 'yahooJapan')
    return (form.method === 'line' ? withLine : withEmail)(office, form.email, form.password, browser)
  const { yahooJapan } = form
  const businessId = findBusinessId(office, (other) => other.yahooJapan === yahooJapan) ?? turnAway('wrong_email')
  return askNothing(() => startSession(office, businessId, 'yahooJapan', browser))
}
