import * as operations from '../../messaging/narrowcast/operations.js'
import type {
  DemographicFilter,
  NarrowcastInput,
  NarrowcastProgress,
  Recipient,
} from '../../messaging/narrowcast/types.js'
import { audiencesOf, findAudience, mayBeSmall, peopleIn, statusOf } from '../audience/audiences.js'
import { reachableFriends, reachesFriend, sendToPeople } from '../chat.js'
import { BoundedMap } from '../expiring-map.js'
import { errorMessages } from '../platform/error-messages.js'
import { type Handlers, Reply, type Route, route } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import type { AccountState, Friendship, PersonState } from '../state.js'
import { stateOf, type World } from '../world.js'
import { count, remaining } from './counts.js'
import { checkReferences } from './references.js'
import { keepSentRequest } from './send.js'

const twoWeeks = 14 * 24 * 60 * 60 * 1000
/** How long a narrowcast waits and then sends, in milliseconds each. At LINE it varies. */
const phaseLength = 1000
/** The target reach that filters need, and the recipients that must be left by them and be in an audience. */
const least = { reach: 100, recipients: 50 }

interface Failure {
  readonly errorCode: number
  readonly failedDescription: string
}

interface Narrowcast {
  readonly acceptedAt: number
  phase: 'waiting' | 'sending' | 'succeeded' | 'failed'
  target: readonly PersonState[]
  reached: readonly PersonState[]
  completedAt: number | undefined
  failure: Failure | undefined
}

// By request ID.
const narrowcasts = stateOf<AccountState, BoundedMap<Narrowcast>>(() => new BoundedMap())

const failures = {
  internal: { errorCode: 1, failedDescription: 'Internal error: the messages could not be reserved' },
  few: { errorCode: 2, failedDescription: 'There are not enough recipients' },
  audience: { errorCode: 4, failedDescription: 'An audience holds fewer than 50 people' },
  partial: { errorCode: 5, failedDescription: 'There are more recipients than messages that may be sent' },
} as const

function shuffled<Item>(world: World, items: readonly Item[]): Item[] {
  const keyed = items.map((item) => ({ item, key: world.random() }))
  return keyed.sort((one, other) => one.key - other.key).map(({ item }) => item)
}

/** How many messages are set aside and sent at most, as LINE's table has it. */
function mostSent({ limit = {} }: NarrowcastInput, reach: number, left: number): number {
  return Math.min(reach, limit.max ?? reach, limit.upToRemainingQuota ? Math.max(0, left) : reach)
}

function knownPeople(world: World, account: AccountState, now: number): KnownPeople {
  return {
    audience: (id) => {
      const audience = audiencesOf(account, now).find(({ audienceGroupId }) => audienceGroupId === id)
      return audience && statusOf(audience, now) === 'READY' ? peopleIn(world, account, audience, now) : undefined
    },
    earlier: (requestId) => {
      const job = narrowcasts(account).get(requestId)
      return job?.phase === 'succeeded' && now - job.acceptedAt < twoWeeks ? new Set(job.target) : undefined
    },
  }
}

/** An audience needs 50 people, and so does each of several, unless the account has uploaded or tagged them itself. */
function tooSmall(
  world: World,
  account: AccountState,
  { recipient }: NarrowcastInput,
  now: number,
): Failure | undefined {
  const ids = audiencesIn(recipient)
  const isSmall = ids.some((id) => {
    const audience = findAudience(account, id, now)
    return !mayBeSmall(audience) && peopleIn(world, account, audience, now).size < least.recipients
  })
  return isSmall ? (ids.length > 1 ? failures.audience : failures.few) : undefined
}

function begin(
  world: World,
  account: AccountState,
  job: Narrowcast,
  input: NarrowcastInput,
  isRecipient: (person: PersonState) => boolean,
  small: Failure | undefined,
): void {
  const now = world.clock.now()
  const filter = input.filter?.demographic
  const reach = reachableFriends(account)
  const target = reach.filter((person) => {
    const friendship = account.friendships.get(person)
    return friendship && isRecipient(person) && passes(filter, person, friendship, now)
  })
  const left = remaining(account, now)
  const most = mostSent(input, reach.length, left)
  if (small) job.failure = small
  else if (filter && target.length < least.recipients) job.failure = failures.few
  else if (most > left) job.failure = failures.internal
  else if (target.length > most && input.limit?.forbidPartialDelivery) job.failure = failures.partial
  if (job.failure) {
    job.phase = 'failed'
    job.completedAt = now
    return
  }
  job.phase = 'sending'
  job.target = target.length > most ? shuffled(world, target).slice(0, most) : target
  account.reserved += most
  world.clock.later(() => finish(world, account, job, input, most), phaseLength)
}

function finish(world: World, account: AccountState, job: Narrowcast, input: NarrowcastInput, reserved: number): void {
  const now = world.clock.now()
  const reached = job.target.filter((person) => reachesFriend(account, person))
  account.reserved -= reserved
  count(account, reached.length, now)
  sendToPeople(world, account, reached, input.messages, 'narrowcast')
  job.phase = 'succeeded'
  job.reached = reached
  job.completedAt = now
}

function progressOf({ phase, target, reached, failure, acceptedAt, completedAt }: Narrowcast): NarrowcastProgress {
  const successCount = reached.length
  const counts = {
    successCount,
    failureCount: phase === 'succeeded' ? target.length - successCount : 0,
    targetCount: target.length,
  }
  return {
    phase,
    ...(phase !== 'waiting' && counts),
    ...failure,
    acceptedTime: new Date(acceptedAt).toISOString(),
    ...(completedAt !== undefined && { completedTime: new Date(completedAt).toISOString() }),
  }
}

/** Accepts narrowcasts, sends them in the background, and returns their progress. */
const handlers: Handlers<typeof operations> = {
  narrowcast(input, { world, account, requestId, now }) {
    if (input.filter?.demographic && reachableFriends(account).length < least.reach)
      refuse(403, errorMessages.fewFriends)
    if (remaining(account, now) <= 0) refuse(429, errorMessages.monthlyLimit)
    checkReferences(account, undefined, input.messages)
    const isRecipient = recipientTest(input.recipient, knownPeople(world, account, now))
    const small = tooSmall(world, account, input, now)
    const job: Narrowcast = {
      acceptedAt: now,
      phase: 'waiting',
      target: [],
      reached: [],
      completedAt: undefined,
      failure: undefined,
    }
    narrowcasts(account).keep(requestId, job, world.historyLimit)
    const people = () => (job.phase === 'succeeded' ? job.reached : undefined)
    keepSentRequest(world, requestId, { account, at: now, bubbles: input.messages.length, people })
    world.clock.later(() => begin(world, account, job, input, isRecipient, small), phaseLength)
    return new Reply({}, { status: 202 })
  },

  getNarrowcastProgress({ requestId }, { account, now }) {
    const job = narrowcasts(account).get(requestId)
    if (!job || now - job.acceptedAt >= twoWeeks) return refuse(404, errorMessages.notFound)
    return progressOf(job)
  },
}

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

/** Returns whether a friend passes a filter. A friend with unknown attributes does not. */
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
 * Creates a test of whether a friend is among the recipients.
 *
 * Refuses an audience or an earlier narrowcast that may not be named.
 *
 * @param known who is in an audience, and whom an earlier narrowcast was for; `undefined` when it may not be named.
 */
export function recipientTest(recipient: Recipient | undefined, known: KnownPeople): (person: PersonState) => boolean {
  if (!recipient) return () => true
  if (recipient.type === 'audience') {
    const people =
      known.audience(recipient.audienceGroupId) ?? refuse(400, errorMessages.audience(recipient.audienceGroupId))
    return (person) => people.has(person)
  }
  if (recipient.type === 'redelivery') {
    const people = known.earlier(recipient.requestId) ?? refuse(400, errorMessages.requestId(recipient.requestId))
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

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers)
