import type { LoginMethod } from '../../../account/model.js'
import { LineInputError } from '../../../core/errors.js'
import { type HandleKind, handleKind } from '../../handle.js'
import type { PersonState } from '../../state.js'
import { type Owner, stateOf } from '../../world.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { refuseAction } from '../refusal.js'
import { type BusinessId, type BusinessIdState, businessIdOf } from './identity.js'
import { recordSignIn } from './security.js'

/** How long a browser that passed a second factor is not asked for it again, in milliseconds. */
const remembered = 365 * 24 * 60 * 60 * 1000

/** A browser, which remembers when a second factor was passed. */
export interface Browser {
  /** Always `browser`. */
  readonly kind: 'browser'
  /** Its name in the list of devices and in the sign-in history. */
  readonly name: string
}

/** A browser in which a Business ID is signed in. */
export interface SignedInDevice {
  /** The browser. */
  readonly browser: Browser
  /** The login method of the last sign-in. */
  readonly method: LoginMethod
  /** The last sign-in, in milliseconds since 1970. */
  readonly signedInAt: number
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
  readonly browser: Browser
  readonly method: LoginMethod
  readonly startedAt: number
  readonly endsAt: number
  ended: boolean
}

const sessions: HandleKind<Session, SessionState> = handleKind('session')

const browsers: HandleKind<Browser, Owner> = handleKind('browser')

// Until when a browser is trusted: per LINE account for codes in the LINE app, per Business ID for emailed codes.
const trustedBy = stateOf<PersonState | BusinessIdState, Map<Owner, number>>(() => new Map())

// The sessions of a Business ID that have not ended.
const sessionsOf = stateOf<BusinessIdState, Set<SessionState>>(() => new Set())

/** Opens a browser that has never been used. */
export function createBrowser({ world }: ConsoleState, name = 'Browser'): Browser {
  return browsers.create<Browser>(world, { topics: new Map() }, { kind: 'browser', name })
}

/** The name of a browser, which belongs to this emulator. */
export function browserName({ world }: ConsoleState, browser: Browser): string {
  browsers.stateBehind(world, browser)
  return browser.name
}

/** The Business ID of a session, checked again at every action. */
export function visitorOf(consoles: ConsoleState, session: Session): Visitor {
  const state = sessions.stateBehind(consoles.world, session)
  return () => {
    const isOver = hasEnded(consoles, state) || !consoles.businessIds.has(state.businessId)
    return isOver ? refuseAction('signed_out') : state.businessId
  }
}

function hasEnded({ world }: ConsoleState, { ended, endsAt }: SessionState): boolean {
  return ended || world.clock.now() >= endsAt
}

function openSessions(consoles: ConsoleState, businessId: BusinessIdState): SessionState[] {
  const all = sessionsOf(businessId)
  for (const session of all) if (hasEnded(consoles, session)) all.delete(session)
  return [...all]
}

/** Signs a browser in, and records that in the history. */
export function startSession(
  consoles: ConsoleState,
  businessId: BusinessIdState,
  method: LoginMethod,
  browser: Browser,
): Session {
  const state: SessionState = {
    topics: new Map(),
    businessId,
    browser,
    method,
    startedAt: consoles.world.clock.now(),
    endsAt: consoles.world.clock.now() + consoles.options.sessionLife,
    ended: false,
  }
  openSessions(consoles, businessId)
  sessionsOf(businessId).add(state)
  recordSignIn(consoles, businessId, { method, browser: browserName(consoles, browser) })
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

/** Returns whether a browser has passed the second factor within the last year. */
export function trusts({ world }: ConsoleState, browser: Browser, login: PersonState | BusinessIdState): boolean {
  const until = trustedBy(login).get(browsers.stateBehind(world, browser))
  return until !== undefined && world.clock.now() < until
}

/** Remembers that a browser has passed the second factor. */
export function remember({ world }: ConsoleState, browser: Browser, login: PersonState | BusinessIdState): void {
  const trusted = trustedBy(login)
  const now = world.clock.now()
  for (const [known, until] of trusted) if (now >= until) trusted.delete(known)
  trusted.set(browsers.stateBehind(world, browser), now + remembered)
}

/** Asks for emailed codes in all browsers again. */
export function forgetBrowsers(businessId: BusinessIdState): void {
  trustedBy(businessId).clear()
}

/** The browsers in which a Business ID is signed in, each once, the last sign-in first. */
export function devicesOf(consoles: ConsoleState, businessId: BusinessIdState): readonly SignedInDevice[] {
  const devices = new Map<Browser, SignedInDevice>()
  for (const { browser, method, startedAt } of openSessions(consoles, businessId).reverse())
    if (!devices.has(browser)) devices.set(browser, { browser, method, signedInAt: startedAt })
  return [...devices.values()]
}

/**
 * Signs a Business ID out in a browser, which is asked for the second factor again.
 *
 * @throws {LineInputError} when the Business ID is not signed in there.
 */
export function removeDevice(consoles: ConsoleState, businessId: BusinessIdState, browser: Browser): void {
  const state = browsers.stateBehind(consoles.world, browser)
  const own = openSessions(consoles, businessId).filter((session) => session.browser === browser)
  if (own.length === 0) throw new LineInputError(`removeDevice: ${businessId.name} is not signed in in ${browser.name}`)
  for (const session of own) session.ended = true
  trustedBy(businessId).delete(state)
  if (businessId.line) trustedBy(businessId.line).delete(state)
}
