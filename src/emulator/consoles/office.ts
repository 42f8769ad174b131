import { LineInputError } from '../../core/errors.js'
import type { World } from '../world.js'
import { type ConsoleFaultBox, createConsoleFaultBox } from './faults.js'
import type { BusinessIdState } from './identity.js'
import type { Mail } from './mail.js'

const minute = 60 * 1000
const hour = 60 * minute
const day = 24 * hour

/** What LINE does not publish about its consoles. All times are in milliseconds of the emulator's clock. */
export interface ConsoleOptions {
  /** How many digits an e-mailed code has, from 1 to 12. Default: 6. */
  readonly emailCodeLength?: number | undefined
  /** How long an e-mailed code is taken. Default: 10 minutes. */
  readonly emailCodeLife?: number | undefined
  /** Whether a browser that has passed an e-mailed code is not asked again for 365 days, as is known of codes for the LINE app. Default: `false`. */
  readonly rememberEmailCode?: boolean | undefined
  /** How long the code for the LINE app is taken. Default: 3 minutes. */
  readonly lineCodeLife?: number | undefined
  /** How long a session lasts. Default: 14 days. */
  readonly sessionLife?: number | undefined
  /** How long the link of a password reset is taken. Default: 24 hours. */
  readonly resetLinkLife?: number | undefined
  /** How long the Developers Console still shows the old values of what was changed in the Official Account Manager. Default: 0. */
  readonly displayLag?: number | undefined
  /** How long a status message or a picture stays before it can be changed again. Default: 1 hour. */
  readonly profileEditInterval?: number | undefined
}

/** What the three consoles share. */
export interface Office {
  readonly world: World
  readonly options: { readonly [K in keyof ConsoleOptions]-?: NonNullable<ConsoleOptions[K]> }
  readonly faults: ConsoleFaultBox
  readonly businessIds: Set<BusinessIdState>
  readonly mails: Mail[]
}

/** Who stands before a page. It refuses when the session has ended. */
export type Visitor = () => BusinessIdState

const defaults: Office['options'] = {
  emailCodeLength: 6,
  emailCodeLife: 10 * minute,
  rememberEmailCode: false,
  lineCodeLife: 3 * minute,
  sessionLife: 14 * day,
  resetLinkLife: day,
  displayLag: 0,
  profileEditInterval: hour,
}

/** Opens the consoles of an emulator. */
export function createOffice(world: World, options: ConsoleOptions = {}): Office {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  const all: Office['options'] = { ...defaults, ...given }
  const { emailCodeLength, rememberEmailCode: _, ...times } = all
  if (!(Number.isInteger(emailCodeLength) && emailCodeLength >= 1 && emailCodeLength <= 12))
    throw new LineInputError('createEmulator: consoles.emailCodeLength is 1 to 12')
  for (const [name, time] of Object.entries(times)) {
    if (!(time >= 0)) throw new LineInputError(`createEmulator: consoles.${name} is in milliseconds from 0`)
  }
  return { world, options: all, faults: createConsoleFaultBox(), businessIds: new Set(), mails: [] }
}

/** A code of so many digits. */
export function digits({ world }: Office, length: number): string {
  return Array.from({ length }, () => Math.floor(world.random() * 10)).join('')
}
