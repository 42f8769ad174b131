import type { DemographicFilter, Recipient } from '../../messaging/narrowcast/audience.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import type { Friendship, PersonState } from '../state.js'

const day = 24 * 60 * 60 * 1000

/** `undefined`: LINE does not know. */
type Truth = boolean | undefined

interface Operator<Part> {
  readonly and?: readonly Part[] | undefined
  readonly or?: readonly Part[] | undefined
  readonly not?: Part | undefined
}

function combine<Part>({ and, or, not }: Operator<Part>, ask: (part: Part) => Truth): Truth {
  if (not) {
    const truth = ask(not)
    return truth === undefined ? undefined : !truth
  }
  const truths = (and ?? or ?? []).map(ask)
  const decisive = and === undefined
  if (truths.includes(decisive)) return decisive
  return truths.includes(undefined) ? undefined : !decisive
}

const numberIn = (value: string): number => Number(value.slice(value.indexOf('_') + 1))

function within(
  value: number | undefined,
  { gte, lt }: { readonly gte?: string | undefined; readonly lt?: string | undefined },
): Truth {
  if (value === undefined) return undefined
  return (gte === undefined || value >= numberIn(gte)) && (lt === undefined || value < numberIn(lt))
}

function listed(value: string | undefined, oneOf: readonly string[]): Truth {
  return value === undefined ? undefined : oneOf.includes(value)
}

/** The audiences that a recipient names. */
export function audiencesIn(recipient: Recipient | undefined): readonly number[] {
  if (!recipient || recipient.type === 'redelivery') return []
  if (recipient.type === 'audience') return [recipient.audienceGroupId]
  return [...(recipient.and ?? recipient.or ?? []), ...(recipient.not ? [recipient.not] : [])].flatMap(audiencesIn)
}

/** Tells whether a friend passes a filter. Somebody of whom LINE does not know enough does not. */
export function passes(
  filter: DemographicFilter | undefined,
  person: PersonState,
  friendship: Friendship,
  now: number,
): boolean {
  const { gender, age, appType, area } = person.attributes
  const ask = (part: DemographicFilter): Truth => {
    switch (part.type) {
      case 'gender':
        return listed(gender, part.oneOf)
      case 'age':
        return within(age, part)
      case 'appType':
        return listed(appType, part.oneOf)
      case 'area':
        return listed(area, part.oneOf)
      case 'subscriptionPeriod':
        return within((now - friendship.since) / day, part)
      case 'operator':
        return combine<DemographicFilter>(part, ask)
    }
  }
  return filter === undefined || ask(filter) === true
}

/** Those whom a recipient may name. */
export interface KnownPeople {
  audience(audienceGroupId: number): ReadonlySet<PersonState> | undefined
  earlier(requestId: string): ReadonlySet<PersonState> | undefined
}

/**
 * Makes what tells whether a friend is among the recipients.
 *
 * Refuses an audience or an earlier narrowcast that may not be named.
 *
 * @param known who is in an audience, and whom an earlier narrowcast was for; `undefined` when it may not be named.
 */
export function recipientTest(recipient: Recipient | undefined, known: KnownPeople): (person: PersonState) => boolean {
  if (!recipient) return () => true
  if (recipient.type === 'audience') {
    const people = known.audience(recipient.audienceGroupId) ?? refuse(400, words.audience(recipient.audienceGroupId))
    return (person) => people.has(person)
  }
  if (recipient.type === 'redelivery') {
    const people = known.earlier(recipient.requestId) ?? refuse(400, words.requestId(recipient.requestId))
    return (person) => people.has(person)
  }
  const parts = new Map(
    [...(recipient.and ?? recipient.or ?? []), ...(recipient.not ? [recipient.not] : [])].map((part) => [
      part,
      recipientTest(part, known),
    ]),
  )
  return (person) => combine<Recipient>(recipient, (part) => parts.get(part)?.(person)) === true
}
