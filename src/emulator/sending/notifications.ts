import { LineInputError } from '../../core/errors.js'
import { phoneHash } from '../../messaging/notification/phone-hash.js'
import { deliver } from '../delivery/delivery.js'
import { deliveryEvent } from '../delivery/events.js'
import type { AccountState, DeliveryReport, PersonState } from '../state.js'
import { keep, type World } from '../world.js'
import { countSent, type SentKind } from './sent-counts.js'

const day = 24 * 60 * 60 * 1000

// In the countries that are served, a 0 after the country code belongs to the national form.
const e164 = /^\+(?!(?:81|66|886)0)[1-9]\d{6,14}$/
const served = /^\+(?:81|66|886)/

/** A LINE notification message on its way to a person. */
export interface Notification {
  readonly account: AccountState
  readonly kind: Extract<SentKind, 'notification' | 'templated notification'>
  /** What the `delivery` event carries: the tag of the request, or the hash of the phone number. */
  readonly data: string
  /** Shows it in the chat. */
  readonly show: () => void
}

// What waits for the person to agree, and until when.
const waiting = keep<PersonState, { readonly notification: Notification; readonly until: number }[]>(() => [])

const hashOf = keep<PersonState, Promise<string>>(({ phoneNumber = '' }) => phoneHash(phoneNumber))

/**
 * Checks the phone number that somebody is to have.
 *
 * @throws {LineInputError} when it is not in E.164 form, or somebody else has it. The error does not hold it.
 */
export function checkPhoneNumber(world: World, phoneNumber: string | undefined): void {
  if (phoneNumber === undefined) return
  if (!e164.test(phoneNumber))
    throw new LineInputError('createPerson: phoneNumber is not in E.164 form, such as +818000001234')
  if ([...world.people].some((person) => person.phoneNumber === phoneNumber))
    throw new LineInputError('createPerson: somebody else has this phone number')
}

/** The person with a phone number, by its hash, where LINE would send a notification message to it. */
export async function findNotifiable(world: World, hash: string): Promise<PersonState | undefined> {
  for (const person of world.people) {
    if (person.phoneNumber === undefined || (await hashOf(person)) !== hash) continue
    return served.test(person.phoneNumber) && person.notificationConsent !== 'refused' ? person : undefined
  }
  return undefined
}

async function bring(
  world: World,
  person: PersonState,
  { account, kind, data, show }: Notification,
): Promise<DeliveryReport | undefined> {
  if (account.friendships.get(person)?.blocked) return undefined
  show()
  countSent(account, kind, 1, world.clock.now())
  return deliver(world, account, deliveryEvent(world, data))
}

/** Sends a notification that LINE has accepted: at once, or within a day when the person agrees, or never to somebody who has blocked the account. */
export function notify(world: World, person: PersonState, notification: Notification): void {
  if (notification.account.friendships.get(person)?.blocked) return
  if (person.notificationConsent === 'agreed') void bring(world, person, notification)
  else waiting(person).push({ notification, until: world.clock.now() + day })
}

/** A person agrees to LINE notification messages, or refuses them. What waits for it comes now, or never. */
export async function settleConsent(
  world: World,
  person: PersonState,
  agreed: boolean,
): Promise<readonly DeliveryReport[]> {
  const now = world.clock.now()
  const due = waiting(person)
    .splice(0)
    .filter(({ until }) => agreed && now < until)
  person.notificationConsent = agreed ? 'agreed' : 'refused'
  const reports = await Promise.all(due.map(({ notification }) => bring(world, person, notification)))
  return reports.filter((report) => report !== undefined)
}
