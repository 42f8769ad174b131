import { guard } from '../../handle.js'
import { type Person, personState } from '../../people/person.js'
import type { PersonState } from '../../state.js'
import { stateOf } from '../../world.js'
import type { ConsoleState } from '../console-state.js'
import { isAddress, sameAddress } from '../console-state.js'
import { refuseAction } from '../refusal.js'
import { lineLogin } from './identity.js'
import { type LineInvitation, lineInvitations } from './line-invitations.js'
import { unlock } from './security.js'

/** The LINE app on a device. */
export interface Phone {
  /** The kind of device. Codes are entered on a phone only. */
  readonly device: 'phone' | 'tablet'
  /** The display name of the LINE account that is signed in here; `undefined` after it was moved to another phone. */
  readonly signedInAs: string | undefined
  /** The email address of the LINE account, if there is one. In the app: Home, gear, Account, Email. */
  readonly email: string | undefined
  /**
   * Sets the email address.
   *
   * @throws {LineConsoleRefusal} `email_taken` when another LINE account has it.
   */
  setEmail(email: string): void
  /** Sets the password, which the app never shows. In the app: Home, gear, Account, Password. */
  setPassword(password: string): void
  /**
   * Enters the code that a page shows.
   *
   * @throws {LineConsoleRefusal} `line_code_not_shown` when no sign-in with this phone's LINE account is waiting for a code, or the device is a tablet;
   * `wrong_code`, `code_expired`.
   */
  enterCode(code: string): void
  /** The invitations to accounts that were shared with the LINE account in a chat, oldest first. Links that were used or have expired stay there. */
  readonly invitations: readonly LineInvitation[]
  /** Moves the LINE account to a new phone and signs out this one. */
  moveToNewPhone(): Phone
}

/** A code that a page shows until the LINE app has it. */
export interface ShownCode {
  readonly person: PersonState
  readonly code: string
  readonly endsAt: number
  entered: boolean
}

// The codes that pages show and that were not entered. Expired ones stay for a while, because the app answers differently for them.
const shownCodes = stateOf<ConsoleState, Set<ShownCode>>(() => new Set())

/** The number of codes from which on expired ones are dropped. */
const mostCodes = 1000

/** Shows a code on a page. */
export function showCode(consoles: ConsoleState, shown: ShownCode): void {
  const all = shownCodes(consoles)
  const now = consoles.world.clock.now()
  if (all.size >= mostCodes) for (const old of all) if (now >= old.endsAt) all.delete(old)
  all.add(shown)
}

const phones = stateOf<ConsoleState, Map<PersonState, Phone>>(() => new Map())

interface Held {
  person: PersonState | undefined
}

function createPhone(consoles: ConsoleState, device: Phone['device'], held: Held): Phone {
  const account = (): PersonState => held.person ?? refuseAction('signed_out')
  return guard<Phone>(consoles.world, {
    device,
    get signedInAs() {
      return held.person?.displayName
    },
    get email() {
      return held.person?.email
    },
    get invitations() {
      return [...lineInvitations(account())]
    },
    setEmail(email) {
      const person = account()
      if (!isAddress(email)) refuseAction('form_invalid')
      const others = [...consoles.world.people].filter((other) => other !== person)
      if (others.some((other) => sameAddress(other.email, email))) refuseAction('email_taken')
      person.email = email.trim()
    },
    setPassword(password) {
      if (password === '') refuseAction('form_invalid')
      const person = account()
      lineLogin(person).password = password
      unlock(person)
    },
    enterCode(code) {
      const { person } = held
      const waiting = [...shownCodes(consoles)].filter((shown) => shown.person === person)
      if (device === 'tablet' || !waiting.length) refuseAction('line_code_not_shown')
      const found = waiting.find((shown) => shown.code === code) ?? refuseAction('wrong_code')
      if (consoles.world.clock.now() >= found.endsAt) refuseAction('code_expired')
      found.entered = true
      shownCodes(consoles).delete(found)
    },
    moveToNewPhone() {
      const person = account()
      held.person = undefined
      const next = createPhone(consoles, 'phone', { person })
      phones(consoles).set(person, next)
      return next
    },
  })
}

/** The phone of a person, or a tablet of theirs. */
export function phoneOf(consoles: ConsoleState, person: Person, device: Phone['device'] = 'phone'): Phone {
  const state = personState(consoles.world, person)
  return device === 'tablet' ? createPhone(consoles, device, { person: state }) : phoneOfState(consoles, state)
}

/** The phone on which a LINE account is signed in. */
export function phoneOfState(consoles: ConsoleState, person: PersonState): Phone {
  let phone = phones(consoles).get(person)
  if (!phone) phones(consoles).set(person, (phone = createPhone(consoles, 'phone', { person })))
  return phone
}
