import { LineInputError } from '../../core/errors.js'
import { type Person, personState } from '../people/person.js'
import type { PersonState } from '../state.js'
import { keep } from '../world.js'
import { isAddress, sameAddress } from './mail.js'
import type { Office } from './office.js'
import { turnAway } from './refusal.js'

/** By what people sign in to a Business ID: their LINE account, an e-mail address ("business account"), or a Yahoo! JAPAN ID (in Japan). */
export type LoginMethod = 'line' | 'email' | 'yahooJapan'

/** A Business ID, by which people sign in to all consoles. */
export interface BusinessId {
  readonly id: string
  readonly name: string
  /** How one can sign in to it now. */
  readonly methods: readonly LoginMethod[]
  /** Its login e-mail address. The LINE account's own is another matter. */
  readonly email: string | undefined
  /** The display name of the linked LINE account. */
  readonly lineAccount: string | undefined
}

/** What LINE holds of a Business ID. */
export interface BusinessIdState {
  readonly id: string
  readonly name: string
  email: string | undefined
  password: string | undefined
  line: PersonState | undefined
  yahooJapan: string | undefined
  /** Its developer account, from the first visit of the Developers Console on. */
  developer: Developer | undefined
}

/** A developer account. */
export interface Developer {
  readonly name: string
  readonly email: string
}

/** How a Business ID begins: with one way to sign in. */
export type RegisterOptions =
  | { readonly email: string; readonly password: string; readonly name?: string | undefined }
  | { readonly lineAccount: Person; readonly name?: string | undefined }
  | { readonly yahooJapan: string; readonly name?: string | undefined }

/** What a LINE account signs in with beside its e-mail address, as set in the LINE app. Not set to begin with. */
export const lineLogin: (person: PersonState) => { password: string | undefined } = keep(() => ({
  password: undefined,
}))

const states = new WeakMap<BusinessId, BusinessIdState>()
const handles = new WeakMap<BusinessIdState, BusinessId>()

/** The Business ID that a state is shown as. */
export function businessIdOf(state: BusinessIdState): BusinessId {
  const known = handles.get(state)
  if (known) return known
  const { id, name } = state
  const handle: BusinessId = {
    id,
    name,
    get methods() {
      const all = { line: state.line, email: state.email, yahooJapan: state.yahooJapan }
      return (['line', 'email', 'yahooJapan'] as const).filter((method) => all[method] !== undefined)
    },
    get email() {
      return state.email
    },
    get lineAccount() {
      return state.line?.displayName
    },
  }
  states.set(handle, state)
  handles.set(state, handle)
  return handle
}

/** The state behind a Business ID. */
export function businessIdState({ businessIds }: Office, businessId: BusinessId): BusinessIdState {
  const state = states.get(businessId)
  if (!state || !businessIds.has(state))
    throw new LineInputError('This Business ID belongs to another emulator, or has been deleted')
  return state
}

/** The Business ID that has something. */
export function findBusinessId(
  { businessIds }: Office,
  has: (state: BusinessIdState) => boolean,
): BusinessIdState | undefined {
  return [...businessIds].find(has)
}

/** Refuses an e-mail address that another Business ID has, and what is none. */
export function checkLoginEmail(office: Office, email: string, password: string): void {
  if (!isAddress(email) || password === '') turnAway('form_invalid')
  if (findBusinessId(office, (other) => sameAddress(other.email, email))) turnAway('email_taken')
}

/** Refuses a LINE account that belongs to another Business ID. */
export function checkLineAccount(office: Office, person: PersonState): void {
  if (findBusinessId(office, ({ line }) => line === person)) turnAway('line_account_in_use')
}

/** Refuses a Yahoo! JAPAN ID that belongs to another Business ID. */
export function checkYahooJapan(office: Office, yahooJapan: string): void {
  if (yahooJapan === '') turnAway('form_invalid')
  if (findBusinessId(office, (other) => other.yahooJapan === yahooJapan)) turnAway('yahoo_japan_in_use')
}

function add(
  office: Office,
  name: string,
  login: Partial<Pick<BusinessIdState, 'email' | 'password' | 'line' | 'yahooJapan'>>,
): BusinessIdState {
  const none = { email: undefined, password: undefined, line: undefined, yahooJapan: undefined, developer: undefined }
  const state: BusinessIdState = { id: office.world.ids.uuid(), name, ...none, ...login }
  office.businessIds.add(state)
  return state
}

/** Makes the Business ID of a LINE account. */
export function addForLineAccount(
  office: Office,
  person: PersonState,
  name: string = person.displayName,
): BusinessIdState {
  checkLineAccount(office, person)
  return add(office, name, { line: person })
}

/** Registers a Business ID. */
export function register(office: Office, options: RegisterOptions): BusinessId {
  if ('lineAccount' in options)
    return businessIdOf(addForLineAccount(office, personState(office.world, options.lineAccount), options.name))
  if ('yahooJapan' in options) {
    checkYahooJapan(office, options.yahooJapan)
    return businessIdOf(add(office, options.name ?? options.yahooJapan, { yahooJapan: options.yahooJapan }))
  }
  const { email, password, name = email.split('@')[0] ?? email } = options
  checkLoginEmail(office, email, password)
  return businessIdOf(add(office, name, { email: email.trim(), password }))
}
