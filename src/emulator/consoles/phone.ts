import { type Person, personState } from '../people/person.js'
import type { PersonState } from '../state.js'
import { keep } from '../world.js'
import { lineLogin } from './identity.js'
import { isAddress, sameAddress } from './mail.js'
import type { Office } from './office.js'
import { turnAway } from './refusal.js'

/** The LINE app on a device. */
export interface Phone {
  readonly device: 'phone' | 'tablet'
  /** The display name of the LINE account that is signed in here; `undefined` after it was moved to another phone. */
  readonly signedInAs: string | undefined
  /** The e-mail address of the LINE account: Home, gear, Account, E-mail. */
  readonly email: string | undefined
  /**
   * Sets it.
   *
   * @throws {LineConsoleRefusal} `email_taken` when another LINE account has it.
   */
  setEmail(email: string): void
  /** Sets the password, which the app never shows: Home, gear, Account, Password. */
  setPassword(password: string): void
  /**
   * Types the code that a page shows, and confirms.
   *
   * @throws {LineConsoleRefusal} `line_code_not_shown` when nobody signs in with the LINE account of this phone, or it is a tablet;
   * `wrong_code`, `code_expired`.
   */
  enterCode(code: string): void
  /** Moves the LINE account to a new phone. This one is signed out. */
  moveToNewPhone(): Phone
}

/** A code that a page shows until the LINE app has it. */
export interface ShownCode {
  readonly person: PersonState
  readonly code: string
  readonly endsAt: number
  entered: boolean
}

/** The codes that pages show. */
export const shownCodes: (office: Office) => Set<ShownCode> = keep(() => new Set())

const phones = keep<Office, Map<PersonState, Phone>>(() => new Map())

interface Held {
  person: PersonState | undefined
}

function createPhone(office: Office, device: Phone['device'], held: Held): Phone {
  const account = (): PersonState => held.person ?? turnAway('signed_out')
  return {
    device,
    get signedInAs() {
      return held.person?.displayName
    },
    get email() {
      return held.person?.email
    },
    setEmail(email) {
      const person = account()
      if (!isAddress(email)) turnAway('form_invalid')
      const others = [...office.world.people].filter((other) => other !== person)
      if (others.some((other) => sameAddress(other.email, email))) turnAway('email_taken')
      person.email = email.trim()
    },
    setPassword(password) {
      if (password === '') turnAway('form_invalid')
      lineLogin(account()).password = password
    },
    enterCode(code) {
      const { person } = held
      const waiting = [...shownCodes(office)].filter((shown) => shown.person === person && !shown.entered)
      if (device === 'tablet' || !waiting.length) turnAway('line_code_not_shown')
      const found = waiting.find((shown) => shown.code === code) ?? turnAway('wrong_code')
      if (office.world.clock.now() >= found.endsAt) turnAway('code_expired')
      found.entered = true
      shownCodes(office).delete(found)
    },
    moveToNewPhone() {
      const person = account()
      held.person = undefined
      const next = createPhone(office, 'phone', { person })
      phones(office).set(person, next)
      return next
    },
  }
}

/** The phone of a person, or a tablet of theirs. */
export function phoneOf(office: Office, person: Person, device: Phone['device'] = 'phone'): Phone {
  const state = personState(office.world, person)
  return device === 'tablet' ? createPhone(office, device, { person: state }) : phoneOfState(office, state)
}

/** The phone on which a LINE account is signed in. */
export function phoneOfState(office: Office, person: PersonState): Phone {
  let phone = phones(office).get(person)
  if (!phone) phones(office).set(person, (phone = createPhone(office, 'phone', { person })))
  return phone
}
