import { LineInputError } from '../../core/errors.js'
import { type ConsoleFaultBox, createConsoleFaultBox } from '../faults.js'
import { addToHistory } from '../history.js'
import type { Owner, World } from '../world.js'
import type { BusinessIdState } from './business-id/identity.js'

const minute = 60 * 1000
const hour = 60 * minute
const day = 24 * hour

/** Details of the consoles that LINE does not publish. All times are in milliseconds of the emulator's clock. */
export interface ConsoleOptions {
  /** The number of digits of an emailed code, from 1 to 12. Default: 6. */
  readonly emailCodeLength?: number | undefined
  /** How long an emailed code is valid, in milliseconds. Default: 600,000 (10 minutes). */
  readonly emailCodeLife?: number | undefined
  /** Whether a browser that passed an emailed code is not asked again for 365 days, as with codes for the LINE app. Default: `false`. */
  readonly rememberEmailCode?: boolean | undefined
  /** How long the code for the LINE app is valid, in milliseconds. Default: 180,000 (3 minutes). */
  readonly lineCodeLife?: number | undefined
  /** How many wrong passwords in a row lock signing in, 1 or more; `Infinity` for never. Default: 10. */
  readonly wrongPasswordLimit?: number | undefined
  /** How long signing in is locked after too many wrong passwords, in milliseconds. Default: 900,000 (15 minutes). */
  readonly lockLife?: number | undefined
  /** How long a session lasts, in milliseconds. Default: 1,209,600,000 (14 days). */
  readonly sessionLife?: number | undefined
  /** How long the link of a password reset is valid, in milliseconds. Default: 86,400,000 (24 hours). */
  readonly resetLinkLife?: number | undefined
  /** How long the LINE Developers Console shows the old values after a change in LINE Official Account Manager, in milliseconds. Default: 0. */
  readonly displayLag?: number | undefined
  /** The minimum time between two changes of the status message or the picture, in milliseconds. Default: 3,600,000 (1 hour). */
  readonly profileEditInterval?: number | undefined
}

/** What the three consoles share. */
export interface ConsoleState extends Owner {
  readonly world: World
  readonly options: { readonly [K in keyof ConsoleOptions]-?: NonNullable<ConsoleOptions[K]> }
  readonly faults: ConsoleFaultBox
  readonly businessIds: Set<BusinessIdState>
  readonly mails: Mail[]
}

/** Returns the visitor of a page. It refuses when the session has ended. */
export type Visitor = () => BusinessIdState

const defaults: ConsoleState['options'] = {
  emailCodeLength: 6,
  emailCodeLife: 10 * minute,
  rememberEmailCode: false,
  lineCodeLife: 3 * minute,
  wrongPasswordLimit: 10,
  lockLife: 15 * minute,
  sessionLife: 14 * day,
  resetLinkLife: day,
  displayLag: 0,
  profileEditInterval: hour,
}

/** Opens the consoles of an emulator. */
export function createConsoleState(world: World, options: ConsoleOptions = {}): ConsoleState {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  const all: ConsoleState['options'] = { ...defaults, ...given }
  const { emailCodeLength, rememberEmailCode: _, wrongPasswordLimit, ...times } = all
  if (!(Number.isInteger(emailCodeLength) && emailCodeLength >= 1 && emailCodeLength <= 12))
    throw new LineInputError('createEmulator: consoles.emailCodeLength must be an integer from 1 to 12')
  const isCount = Number.isInteger(wrongPasswordLimit) || wrongPasswordLimit === Number.POSITIVE_INFINITY
  if (!(isCount && wrongPasswordLimit >= 1))
    throw new LineInputError('createEmulator: consoles.wrongPasswordLimit must be an integer of 1 or more, or Infinity')
  for (const [name, time] of Object.entries(times)) {
    if (!(typeof time === 'number' && time >= 0))
      throw new LineInputError(`createEmulator: consoles.${name} must be 0 or more milliseconds`)
  }
  return { topics: new Map(), world, options: all, faults: createConsoleFaultBox(), businessIds: new Set(), mails: [] }
}

/** A code of so many digits. */
export function digits({ world }: ConsoleState, length: number): string {
  return Array.from({ length }, () => Math.floor(world.random() * 10)).join('')
}

/** A mail in a mailbox. */
export interface Mail {
  /** The recipient address. */
  readonly to: string
  /** What the mail is about. */
  readonly about:
    | 'sign-in-code'
    | 'password-reset'
    | 'provider-invitation'
    | 'channel-invitation'
    | 'developer-account-deleted'
  /** The time, in milliseconds since 1970. */
  readonly at: number
  /** The code of a sign-in; only with `sign-in-code`. */
  readonly code?: string | undefined
  /** The link of a password reset or an invitation. */
  readonly url?: string | undefined
}

/** Returns whether two email addresses are the same. */
export function sameAddress(one: string | undefined, other: string): boolean {
  // A form in JavaScript may have been left empty.
  return typeof other === 'string' && one?.trim().toLowerCase() === other.trim().toLowerCase()
}

/** Returns whether a text can be an email address at all. */
export function isAddress(text: string): boolean {
  return typeof text === 'string' && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text.trim())
}

/** Sends a mail, unless a fault loses it. */
export function sendMail(consoles: ConsoleState, mail: Omit<Mail, 'at'>): void {
  if (consoles.faults.take('lostMail')) return
  addToHistory(consoles.world, consoles.mails, { ...mail, at: consoles.world.clock.now() })
}
