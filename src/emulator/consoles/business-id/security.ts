import type { LoginMethod } from '../../../account/model.js'
import { addToHistory } from '../../history.js'
import type { PersonState } from '../../state.js'
import { type Owner, stateOf } from '../../world.js'
import type { ConsoleState } from '../console-state.js'
import { type ConsoleReason, refuseAction } from '../refusal.js'
import type { BusinessIdState } from './identity.js'

/** An attempt to sign in. */
export interface SignInRecord {
  /** The time, in milliseconds since 1970. */
  readonly at: number
  /** The login method. */
  readonly method: LoginMethod
  /** The name of the browser. */
  readonly browser: string
  /** Whether it succeeded, or why it failed: `wrong_password`, `sign_in_locked`, `wrong_code` or `code_expired`. */
  readonly result: 'succeeded' | ConsoleReason
}

/** Where and how an attempt is made. */
export type Attempt = Pick<SignInRecord, 'method' | 'browser'>

interface Passwords {
  /** Wrong ones since the last right one. */
  wrong: number
  /** Until when signing in is locked, in milliseconds since 1970. */
  lockedUntil: number
}

// Each login has its own password: that of the LINE account, and that of the Business ID.
const passwordsOf = stateOf<Owner, Passwords>(() => ({ wrong: 0, lockedUntil: 0 }))
const recordsOf = stateOf<Owner, SignInRecord[]>(() => [])

function record(consoles: ConsoleState, login: Owner, attempt: Attempt, result: SignInRecord['result']): void {
  const { world } = consoles
  addToHistory(world, recordsOf(login), { at: world.clock.now(), ...attempt, result })
}

/** Records a failed attempt. */
export function recordFailure(consoles: ConsoleState, login: Owner, attempt: Attempt, reason: ConsoleReason): void {
  record(consoles, login, attempt, reason)
}

/** Records a sign-in. */
export function recordSignIn(consoles: ConsoleState, businessId: BusinessIdState, attempt: Attempt): void {
  record(consoles, businessId, attempt, 'succeeded')
}

/** The attempts to sign in with a Business ID, with any of its logins, oldest first. */
export function signInHistoryOf(businessId: BusinessIdState): readonly SignInRecord[] {
  const { line } = businessId
  const all = [...recordsOf(businessId), ...(line ? recordsOf(line) : [])]
  return all.sort((one, other) => one.at - other.at)
}

/** Unlocks signing in, because the password was set again. */
export function unlock(login: PersonState | BusinessIdState): void {
  Object.assign(passwordsOf(login), { wrong: 0, lockedUntil: 0 } satisfies Passwords)
}

/**
 * Refuses a wrong password, and every password while signing in is locked: after too many wrong ones in a row, for a time.
 * LINE does not publish its limits.
 */
export function checkPassword(
  consoles: ConsoleState,
  login: PersonState | BusinessIdState,
  isRight: boolean,
  attempt: Attempt,
): void {
  const { world, options } = consoles
  const now = world.clock.now()
  const passwords = passwordsOf(login)
  if (now < passwords.lockedUntil) {
    record(consoles, login, attempt, 'sign_in_locked')
    refuseAction('sign_in_locked')
  }
  if (isRight) {
    passwords.wrong = 0
    return
  }
  passwords.wrong += 1
  if (passwords.wrong >= options.wrongPasswordLimit)
    Object.assign(passwords, { wrong: 0, lockedUntil: now + options.lockLife } satisfies Passwords)
  record(consoles, login, attempt, 'wrong_password')
  refuseAction('wrong_password')
}
