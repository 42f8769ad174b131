import { type LoginMethod, loginMethods } from '../../../account/model.js'
import { LineInputError } from '../../../core/errors.js'
import { checkOptions } from '../../check-options.js'
import { type HandleKind, handleKind } from '../../handle.js'
import { type Person, personState } from '../../people/person.js'
import type { PersonState } from '../../state.js'
import { type Owner, stateOf } from '../../world.js'
import type { ConsoleState } from '../console-state.js'
import { isAddress, sameAddress } from '../console-state.js'
import { refuseAction } from '../refusal.js'

/** A Business ID, which signs in to all consoles. */
export interface BusinessId {
  /** The ID of the Business ID: a UUID. */
  readonly id: string
  /** The name that the consoles show. */
  readonly name: string
  /** The current login methods. */
  readonly methods: readonly LoginMethod[]
  /** The login email address, if there is one. The LINE account has its own address. */
  readonly email: string | undefined
  /** The display name of the linked LINE account. */
  readonly lineAccount: string | undefined
}

/** What LINE holds of a Business ID. */
export interface BusinessIdState extends Owner {
  readonly id: string
  readonly name: string
  email: string | undefined
  password: string | undefined
  line: PersonState | undefined
  yahooJapan: string | undefined
  /** Whether signing in with the email address asks for a code from a mail. */
  twoStepVerification: boolean
  /** Its developer account, from the first visit of the LINE Developers Console on. */
  developer: Developer | undefined
}

/** A developer account. */
export interface Developer {
  /** The developer name. */
  readonly name: string
  /** The email address of the developer account. */
  readonly email: string
}

/** Options of a new Business ID, with its first login method. */
export type RegisterOptions =
  | {
      /** The login email address. */
      readonly email: string
      /** The password. */
      readonly password: string
      /** The name that the consoles show. Default: taken from the login: the part of the email address before the `@`, the display name, or the Yahoo! JAPAN ID. */
      readonly name?: string | undefined
    }
  | {
      /** The user whose LINE account is the login. */
      readonly lineAccount: Person
      /** The name that the consoles show. Default: taken from the login: the part of the email address before the `@`, the display name, or the Yahoo! JAPAN ID. */
      readonly name?: string | undefined
    }
  | {
      /** The Yahoo! JAPAN ID. */
      readonly yahooJapan: string
      /** The name that the consoles show. Default: taken from the login: the part of the email address before the `@`, the display name, or the Yahoo! JAPAN ID. */
      readonly name?: string | undefined
    }

/** The password of a LINE account, as set in the LINE app. Default: none. */
export const lineLogin: (person: PersonState) => { password: string | undefined } = stateOf(() => ({
  password: undefined,
}))

const handles: HandleKind<BusinessId, BusinessIdState> = handleKind('Business ID')

/** The handle of a Business ID. */
export function businessIdOf({ world }: ConsoleState, state: BusinessIdState): BusinessId {
  const known = handles.handleOf(state)
  if (known) return known
  const { id, name } = state
  return handles.create<BusinessId>(world, state, {
    id,
    name,
    get methods() {
      const { line, email, yahooJapan } = state
      return loginMethods({
        lineAccount: line && { name: line.displayName },
        email,
        yahooJapanId: yahooJapan !== undefined,
      })
    },
    get email() {
      return state.email
    },
    get lineAccount() {
      return state.line?.displayName
    },
  })
}

/** The state behind a Business ID. */
export function businessIdState({ world, businessIds }: ConsoleState, businessId: BusinessId): BusinessIdState {
  const state = handles.stateBehind(world, businessId)
  if (!businessIds.has(state)) throw new LineInputError('This Business ID has been deleted')
  return state
}

/** The first Business ID that a test accepts. */
export function findBusinessId(
  { businessIds }: ConsoleState,
  has: (state: BusinessIdState) => boolean,
): BusinessIdState | undefined {
  return [...businessIds].find(has)
}

/** Refuses an invalid email address and one that another Business ID has. */
export function checkLoginEmail(consoles: ConsoleState, email: string, password: string): void {
  if (!isAddress(email) || password === '') refuseAction('form_invalid')
  if (findBusinessId(consoles, (other) => sameAddress(other.email, email))) refuseAction('email_taken')
}

/** Refuses a LINE account that belongs to another Business ID. */
export function checkLineAccount(consoles: ConsoleState, person: PersonState): void {
  if (findBusinessId(consoles, ({ line }) => line === person)) refuseAction('line_account_in_use')
}

/** Refuses a Yahoo! JAPAN ID that belongs to another Business ID. */
export function checkYahooJapan(consoles: ConsoleState, yahooJapan: string): void {
  if (yahooJapan === '') refuseAction('form_invalid')
  if (findBusinessId(consoles, (other) => other.yahooJapan === yahooJapan)) refuseAction('yahoo_japan_in_use')
}

function add(
  consoles: ConsoleState,
  name: string,
  login: Partial<Pick<BusinessIdState, 'email' | 'password' | 'line' | 'yahooJapan'>>,
): BusinessIdState {
  const none = { email: undefined, password: undefined, line: undefined, yahooJapan: undefined, developer: undefined }
  const state: BusinessIdState = {
    topics: new Map(),
    id: consoles.world.ids.uuid(),
    name,
    ...none,
    twoStepVerification: true,
    ...login,
  }
  consoles.businessIds.add(state)
  return state
}

/** Creates the Business ID of a LINE account. */
export function addForLineAccount(
  consoles: ConsoleState,
  person: PersonState,
  name: string = person.displayName,
): BusinessIdState {
  checkLineAccount(consoles, person)
  return add(consoles, name, { line: person })
}

/** Registers a Business ID. */
export function register(consoles: ConsoleState, options: RegisterOptions): BusinessId {
  checkOptions('register', options)
  if ('lineAccount' in options)
    return businessIdOf(
      consoles,
      addForLineAccount(consoles, personState(consoles.world, options.lineAccount), options.name),
    )
  if ('yahooJapan' in options) {
    checkYahooJapan(consoles, options.yahooJapan)
    return businessIdOf(consoles, add(consoles, options.name ?? options.yahooJapan, { yahooJapan: options.yahooJapan }))
  }
  checkOptions('register', options, { email: 'text', password: 'text' })
  const { email, password, name = email.split('@')[0] ?? email } = options
  checkLoginEmail(consoles, email, password)
  return businessIdOf(consoles, add(consoles, name, { email: email.trim(), password }))
}
