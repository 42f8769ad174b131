import type * as operations from '../../messaging/narrowcast/operations.js'
import type { NarrowcastInput, NarrowcastProgress } from '../../messaging/narrowcast/types.js'
import { checkQuotes, reachableFriends, reachesFriend, sendToPeople } from '../chat.js'
import { type Handlers, Reply } from '../handler.js'
import { count, remaining } from '../quota.js'
import { refuse } from '../refusal.js'
import type { AccountState, PersonState } from '../state.js'
import { words } from '../words.js'
import { keep, type World } from '../world.js'
import { passes, recipientTest } from './recipients.js'

const twoWeeks = 14 * 24 * 60 * 60 * 1000
/** How long a narrowcast waits and then sends, in milliseconds each. At LINE it depends. */
const phaseLength = 1000
/** The target reach that filters need, and the recipients that must be left by them. */
const least = { reach: 100, recipients: 50 }

interface Narrowcast {
  readonly acceptedAt: number
  phase: 'waiting' | 'sending' | 'succeeded' | 'failed'
  target: readonly PersonState[]
  reached: number
  completedAt: number | undefined
  failure: { readonly errorCode: number; readonly failedDescription: string } | undefined
}

// By request ID.
const narrowcasts = keep<AccountState, Map<string, Narrowcast>>(() => new Map())

const failures = {
  internal: { errorCode: 1, failedDescription: 'Internal error: the messages could not be reserved' },
  few: { errorCode: 2, failedDescription: 'There are not enough recipients' },
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

function begin(
  world: World,
  account: AccountState,
  job: Narrowcast,
  input: NarrowcastInput,
  isRecipient: (person: PersonState) => boolean,
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
  if (filter && target.length < least.recipients) job.failure = failures.few
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
  sendToPeople(world, account, reached, input.messages)
  job.phase = 'succeeded'
  job.reached = reached.length
  job.completedAt = now
}

function progressOf({ phase, target, reached, failure, acceptedAt, completedAt }: Narrowcast): NarrowcastProgress {
  const counts = { successCount: reached, failureCount: phase === 'succeeded' ? target.length - reached : 0, targetCount: target.length }
  return {
    phase,
    ...(phase !== 'waiting' && counts),
    ...failure,
    acceptedTime: new Date(acceptedAt).toISOString(),
    ...(completedAt !== undefined && { completedTime: new Date(completedAt).toISOString() }),
  }
}

/** Takes narrowcasts, sends them in the background, and tells how far they are. */
export const handlers: Handlers<typeof operations> = {
  narrowcast(input, { world, account, requestId, now }) {
    if (input.filter?.demographic && reachableFriends(account).length < least.reach) refuse(403, words.fewFriends)
    if (remaining(account, now) <= 0) refuse(429, words.monthlyLimit)
    checkQuotes(world, account, undefined, input.messages)
    const isRecipient = recipientTest(input.recipient, (earlier) => {
      const job = narrowcasts(account).get(earlier)
      return job?.phase === 'succeeded' && now - job.acceptedAt < twoWeeks ? new Set(job.target) : undefined
    })
    const job: Narrowcast = { acceptedAt: now, phase: 'waiting', target: [], reached: 0, completedAt: undefined, failure: undefined }
    narrowcasts(account).set(requestId, job)
    world.clock.later(() => begin(world, account, job, input, isRecipient), phaseLength)
    return new Reply({}, { status: 202 })
  },

  getNarrowcastProgress({ requestId }, { account, now }) {
    const job = narrowcasts(account).get(requestId)
    if (!job || now - job.acceptedAt >= twoWeeks) return refuse(404, words.notFound)
    return progressOf(job)
  },
}
