import { checkOptions } from '../../check-options.js'
import { guard } from '../../handle.js'
import { type ConsoleState, digits, sameAddress, sendMail } from '../console-state.js'
import { refuseAction } from '../refusal.js'
import { addForLineAccount, findBusinessId, lineLogin } from './identity.js'
import { showCode } from './phone.js'
import { checkPassword, recordFailure } from './security.js'
import { type Browser, browserName, createBrowser, remember, type Session, startSession, trusts } from './sessions.js'

/** The code that a page shows for the LINE app. */
const lineCodeLength = 4

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
  const attempt = { method: 'line', browser: browserName(consoles, browser) } as const
  checkPassword(consoles, person, lineLogin(person).password === password, attempt)
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
  const attempt = { method: 'email', browser: browserName(consoles, browser) } as const
  checkPassword(consoles, businessId, businessId.password === password, attempt)
  const finish = () => startSession(consoles, businessId, 'email', browser)
  const { emailCodeLength, emailCodeLife, rememberEmailCode } = consoles.options
  const isRemembered = rememberEmailCode && trusts(consoles, browser, businessId)
  if (!businessId.twoStepVerification || isRemembered) return askNothing(consoles, finish)
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
      const isExpired = consoles.world.clock.now() >= sent.endsAt
      const reason = code !== sent.code ? 'wrong_code' : isExpired ? 'code_expired' : undefined
      if (reason !== undefined) {
        recordFailure(consoles, businessId, attempt, reason)
        refuseAction(reason)
      }
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

/**
 * Opens the login page and sends a form. Rules: login-methods, method-of-creation, own-password-for-each, two-causes, code-on-the-page, code-by-mail,
 * wrong-passwords-lock.
 */
export function startSignIn(consoles: ConsoleState, form: SignInForm): SignIn {
  checkOptions('startSignIn', form)
  const { browser = createBrowser(consoles) } = form
  if (form.method !== 'yahooJapan')
    return (form.method === 'line' ? withLine : withEmail)(consoles, form.email, form.password, browser)
  const { yahooJapan } = form
  const businessId = findBusinessId(consoles, (other) => other.yahooJapan === yahooJapan) ?? refuseAction('wrong_email')
  return askNothing(consoles, () => startSession(consoles, businessId, 'yahooJapan', browser))
}
