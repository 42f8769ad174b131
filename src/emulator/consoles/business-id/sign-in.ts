import type { LoginMethod } from '../../../account/model.js'
import { checkOptions } from '../../check-options.js'
import { guard, type HandleKind, handleKind } from '../../handle.js'
import type { PersonState } from '../../state.js'
import type { Owner } from '../../world.js'
import { type ConsoleState, digits, sameAddress, sendMail, type Visitor } from '../console-state.js'
import { refuseAction } from '../refusal.js'
import {
  addForLineAccount,
  type BusinessId,
  type BusinessIdState,
  businessIdOf,
  findBusinessId,
  lineLogin,
} from './identity.js'
import { showCode } from './phone.js'

/** The code that a page shows for the LINE app. */
const lineCodeLength = 4

/** How long a browser that passed a second factor is not asked for it again, in milliseconds. */
const remembered = 365 * 24 * 60 * 60 * 1000

/** A browser, which remembers when a second factor was passed. */
export interface Browser {
  /** Always `browser`. */
  readonly kind: 'browser'
}

/** The login form. */
export type SignInForm = (
  | {
      /** The login method. */
      readonly method: 'line' | 'email'
      /** The email address of the LINE account, or the login email address. */
      readonly email: string
      /** The password of the LINE account, or that of the Business ID. */
      readonly password: string
    }
  | {
      /** The login method. */
      readonly method: 'yahooJapan'
      /** The Yahoo! JAPAN ID. */
      readonly yahooJapan: string
    }
) & {
  /** The browser. Default: one that has never been used. */
  readonly browser?: Browser | undefined
}

/** The page after the login form. */
export interface SignIn {
  /** What the page waits for. */
  readonly asks: 'nothing' | 'code-in-line-app' | 'code-from-mail'
  /** The 4 digits to enter in the LINE app of the same LINE account; `undefined` when the page does not ask for them. */
  readonly shownCode: string | undefined
  /**
   * Enters the code from the mail.
   *
   * @throws {LineConsoleRefusal} `wrong_code`, `code_expired`.
   */
  enterCode(code: string): void
  /** Sends another code by email. The previous code becomes invalid. */
  sendAgain(): void
  /**
   * Finishes the sign-in.
   *
   * @throws {LineConsoleRefusal} `code_not_entered` as long as the page waits for a code.
   */
  finish(): Session
}

/** A signed-in browser. The same session serves all consoles. */
export interface Session {
  /** The Business ID that is signed in. */
  readonly businessId: BusinessId
  /** How it signed in. */
  readonly method: LoginMethod
  /** The browser in which it signed in. */
  readonly browser: Browser
  /** When the session ends, in milliseconds since 1970. */
  readonly endsAt: number
  /** Ends the session. */
  signOut(): void
}

interface SessionState extends Owner {
  readonly businessId: BusinessIdState
  readonly endsAt: number
  ended: boolean
}

const sessions: HandleKind<Session, SessionState> = handleKind('session')

// Until when a browser is trusted: per LINE account for codes in the LINE app, per Business ID for emailed codes.
interface BrowserState extends Owner {
  readonly trusted: Map<PersonState | BusinessIdState, number>
}

const browsers: HandleKind<Browser, BrowserState> = handleKind('browser')

/** Opens a browser that has never been used. */
export function createBrowser({ world }: ConsoleState): Browser {
  return browsers.create<Browser>(world, { topics: new Map(), trusted: new Map() }, { kind: 'browser' })
}

/** The Business ID of a session, checked again at every action. */
export function visitorOf(consoles: ConsoleState, session: Session): Visitor {
  const state = sessions.stateBehind(consoles.world, session)
  return () => {
    const isOver =
      state.ended || consoles.world.clock.now() >= state.endsAt || !consoles.businessIds.has(state.businessId)
    return isOver ? refuseAction('signed_out') : state.businessId
  }
}

function startSession(
  consoles: ConsoleState,
  businessId: BusinessIdState,
  method: LoginMethod,
  browser: Browser,
): Session {
  const state: SessionState = {
    topics: new Map(),
    businessId,
    endsAt: consoles.world.clock.now() + consoles.options.sessionLife,
    ended: false,
  }
  return sessions.create<Session>(consoles.world, state, {
    businessId: businessIdOf(consoles, businessId),
    method,
    browser,
    endsAt: state.endsAt,
    signOut: () => {
      state.ended = true
    },
  })
}

function trusts(consoles: ConsoleState, browser: Browser, who: PersonState | BusinessIdState): boolean {
  const { trusted } = browsers.stateBehind(consoles.world, browser)
  const until = trusted.get(who)
  if (until === undefined) return false
  if (consoles.world.clock.now() < until) return true
  trusted.delete(who)
  return false
}

function remember(consoles: ConsoleState, browser: Browser, who: PersonState | BusinessIdState): void {
  browsers.stateBehind(consoles.world, browser).trusted.set(who, consoles.world.clock.now() + remembered)
}

const noCode = (): never => refuseAction('wrong_code')

function askNothing({ world }: ConsoleState, finish: () => Session): SignIn {
  return guard<SignIn>(world, {
    asks: 'nothing',
    shownCode: undefined,
    enterCode: noCode,
    sendAgain: () => {},
    finish,
  })
}

function withLine(consoles: ConsoleState, email: string, password: string, browser: Browser): SignIn {
  const person = [...consoles.world.people].find((other) => sameAddress(other.email, email))
  if (!person)
    return refuseAction(
      findBusinessId(consoles, (other) => sameAddress(other.email, email)) ? 'wrong_login_method' : 'wrong_email',
    )
  if (lineLogin(person).password !== password) refuseAction('wrong_password')
  // The first sign-in with a LINE account creates its Business ID.
  const finish = () => {
    const businessId = findBusinessId(consoles, ({ line }) => line === person) ?? addForLineAccount(consoles, person)
    return startSession(consoles, businessId, 'line', browser)
  }
  if (trusts(consoles, browser, person)) return askNothing(consoles, finish)
  const shown = {
    person,
    code: digits(consoles, lineCodeLength),
    endsAt: consoles.world.clock.now() + consoles.options.lineCodeLife,
    entered: false,
  }
  showCode(consoles, shown)
  return guard<SignIn>(consoles.world, {
    asks: 'code-in-line-app',
    shownCode: shown.code,
    // The page shows the code and accepts none.
    enterCode: noCode,
    sendAgain: () => {},
    finish: () => {
      if (!shown.entered) refuseAction('code_not_entered')
      remember(consoles, browser, person)
      return finish()
    },
  })
}

function withEmail(consoles: ConsoleState, email: string, password: string, browser: Browser): SignIn {
  const businessId = findBusinessId(consoles, (other) => sameAddress(other.email, email))
  if (!businessId) {
    const isLine = [...consoles.world.people].some((person) => sameAddress(person.email, email))
    return refuseAction(isLine ? 'wrong_login_method' : 'wrong_email')
  }
  if (businessId.password !== password) refuseAction('wrong_password')
  const finish = () => startSession(consoles, businessId, 'email', browser)
  const { emailCodeLength, emailCodeLife, rememberEmailCode } = consoles.options
  if (rememberEmailCode && trusts(consoles, browser, businessId)) return askNothing(consoles, finish)
  let sent = { code: '', endsAt: 0 }
  let entered = false
  const send = () => {
    sent = { code: digits(consoles, emailCodeLength), endsAt: consoles.world.clock.now() + emailCodeLife }
    sendMail(consoles, { to: email, about: 'sign-in-code', code: sent.code })
  }
  send()
  return guard<SignIn>(consoles.world, {
    asks: 'code-from-mail',
    shownCode: undefined,
    enterCode: (code) => {
      if (code !== sent.code) refuseAction('wrong_code')
      if (consoles.world.clock.now() >= sent.endsAt) refuseAction('code_expired')
      entered = true
    },
    sendAgain: send,
    finish: () => {
      if (!entered) refuseAction('code_not_entered')
      remember(consoles, browser, businessId)
      return finish()
    },
  })
}

/** Opens the login page and sends a form. Rules: login-methods, method-of-creation, own-password-for-each, two-causes, code-on-the-page, code-by-mail. */
export function startSignIn(consoles: ConsoleState, form: SignInForm): SignIn {
  checkOptions('startSignIn', form)
  const { browser = createBrowser(consoles) } = form
  if (form.method !== 'yahooJapan')
    return (form.method === 'line' ? withLine : withEmail)(consoles, form.email, form.password, browser)
  const { yahooJapan } = form
  const businessId = findBusinessId(consoles, (other) => other.yahooJapan === yahooJapan) ?? refuseAction('wrong_email')
  return askNothing(consoles, () => startSession(consoles, businessId, 'yahooJapan', browser))
}
