import { tell } from '../../core/call/hooks.js'
import { queueFor, TokenBucket } from '../../core/call/rate-limits.js'
import { type Clock, clockOf } from '../../core/clock.js'
import { LineAbortedError, LineInputError } from '../../core/errors.js'
import { sha256 } from '../../core/hash.js'
import type { Message } from '../message/types.js'
import type { MulticastInput } from '../send/types.js'
import { createBatches } from './batches.js'
import type { Courier } from './deliver.js'
import { estimate } from './estimate.js'
import { openJob } from './job.js'
import { compareWithCheckpoint } from './plan.js'
import { run } from './run.js'
import { createTally } from './tally.js'
import type {
  SendToManyClient,
  SendToManyDryRunOptions,
  SendToManyEstimate,
  SendToManyOptions,
  SendToManyReport,
  UserIds,
} from './types.js'

function checked(options: SendToManyOptions | SendToManyDryRunOptions) {
  const { jobId, dedupe = 'batch', rate = 200, concurrency = 50 } = options
  const refuse = (why: string) => new LineInputError(`sendToMany: ${why}`)
  if (typeof jobId !== 'string' || !jobId) throw refuse('jobId is a text of your own, another one for every send')
  if (dedupe !== 'batch' && dedupe !== 'all') throw refuse("dedupe is 'batch' or 'all'")
  if (!(rate > 0 && rate < Number.POSITIVE_INFINITY)) throw refuse('rate is a number of requests a second above 0')
  if (!(Number.isInteger(concurrency) && concurrency > 0)) throw refuse('concurrency is a whole number from 1')
  return { jobId, dedupe, rate, concurrency }
}

/** The request but for its users, as text: what is sent does not change when the caller changes the messages meanwhile. */
function bodyText(
  messages: readonly Message[],
  { notificationDisabled, customAggregationUnits }: SendToManyOptions | SendToManyDryRunOptions,
): string {
  if (!Array.isArray(messages))
    throw new LineInputError('sendToMany: the messages are a list of 1 to 5 message objects')
  try {
    return JSON.stringify({ messages, notificationDisabled, customAggregationUnits })
  } catch {
    throw new LineInputError(
      'sendToMany: the messages cannot become JSON; they hold a cycle, a BigInt or a toJSON that throws',
    )
  }
}

/** LINE's bucket for multicasts holds so many, and so many a second come into it. */
const bucketSize = 200

function createTurns(rate: number, concurrency: number, clock: Clock): Courier['turn'] {
  // All that is under way may come to LINE at one moment, on top of what goes out then. Both together never are more than the bucket holds.
  const atOnce = Math.max(1, Math.min(rate, bucketSize - concurrency))
  // One in a hundred stays back: a bucket that repeats have emptied would stay empty for ever, and refuse again and again.
  return queueFor(new TokenBucket(`${rate * 0.99}/s`, clock.now(), atOnce), clock)
}

function lengthOf(userIds: UserIds): number | undefined {
  return Array.isArray(userIds) ? userIds.length : userIds instanceof Set ? userIds.size : undefined
}

/**
 * Sends the same messages to any number of users, 500 to a request, and never to anybody twice.
 *
 * Each request goes out under a retry key made from the job, the messages and its users, so the job can be stopped by anything at all and run again:
 * with a `store` it goes on where it was, without one it starts again and LINE tells what it has already. A job that is run again with other messages,
 * or with a list that differs in what may have been sent, is refused before anything is sent.
 *
 * Requests that LINE does not answer, or answers with 5xx, are repeated; when that does not help five times over, which takes up to three minutes, the job stops and can be run again.
 * Users whom LINE refuses are found by sending in halves, and named; anything else that LINE refuses stops the job. The first request goes out alone, so that
 * this costs one request. Everybody reached counts towards the month's messages.
 *
 * @throws {LineInputError} for a list, messages or options that cannot be right, or are not those of the job. Nothing was sent by this run, unless an entry
 *   of the list cannot be a user ID, such as a number or a text with spaces (the error says which). IDs that LINE does not
 *   know are in `refused`.
 * @throws {LineAbortedError} when the signal has ended the job.
 * @throws {LineError} what LINE refused, or what went wrong on the way to LINE for too long.
 * @throws what the list or the store throws. In all these cases the batches that were under way have come to their end.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-multicast-message
 *
 * @example
 * const { sent, refused } = await sendToMany(line, userIds, [{ type: 'text', text: 'Spring is here' }], { jobId: 'spring-2026', store })
 */
export function sendToMany(
  line: SendToManyClient,
  userIds: UserIds,
  messages: readonly Message[],
  options: SendToManyDryRunOptions,
): Promise<SendToManyEstimate>
export function sendToMany(
  line: SendToManyClient,
  userIds: UserIds,
  messages: readonly Message[],
  options: SendToManyOptions,
): Promise<SendToManyReport>
export function sendToMany(
  line: SendToManyClient,
  userIds: UserIds,
  messages: readonly Message[],
  options: SendToManyOptions | SendToManyDryRunOptions,
): Promise<SendToManyReport | SendToManyEstimate>
export async function sendToMany(
  line: SendToManyClient,
  userIds: UserIds,
  messages: readonly Message[],
  options: SendToManyOptions | SendToManyDryRunOptions,
): Promise<SendToManyReport | SendToManyEstimate> {
  const { jobId, dedupe, rate, concurrency } = checked(options)
  const { store, signal, onProgress, total = lengthOf(userIds), dryRun = false } = options
  const text = bodyText(messages, options)
  const clock = clockOf(line)
  const started = clock.now()
  const halt = new AbortController()
  const batches = createBatches(userIds, dedupe, halt.signal)
  const tally = createTally(total)
  const aborted = () =>
    new LineAbortedError(`sendToMany: job ${jobId} was aborted by the caller's signal; run it again to go on`, {
      outcome: 'unknown',
    })
  const tellProgress = (entriesRead?: number) => tell(onProgress, tally.progress(clock.now() - started, entriesRead))
  const onAbort = () => halt.abort()
  signal?.addEventListener('abort', onAbort)
  if (signal?.aborted) onAbort()
  try {
    if (halt.signal.aborted) throw aborted()
    const hash = await sha256(text)
    const job = await openJob(store, jobId, { messages: hash, dedupe }, dryRun)
    const seed = ['send-to-many', jobId, hash]
    let fresh = true
    const open = await compareWithCheckpoint(batches, job, seed, halt.signal, (record) => {
      fresh = false
      tally.settle(record, 'before')
    })
    if (halt.signal.aborted) throw aborted()
    if (dryRun) {
      const result = await estimate(line, batches, open, { rate, now: clock.now(), signal: halt.signal })
      if (halt.signal.aborted) throw aborted()
      return result
    }
    const turn = createTurns(rate, concurrency, clock)
    const body = JSON.parse(text) as Omit<MulticastInput, 'to'> // the caller's own, as JSON has it
    const courier: Courier = { line, clock, job, body, seed, turn, halt: halt.signal }
    const settle: Parameters<typeof run>[0]['settle'] = (record) => {
      tally.settle(record, 'now')
      tellProgress()
    }
    try {
      if (!(await run({ courier, batches, open, fresh, concurrency, settle, halt }))) throw aborted()
      tellProgress(batches.read)
    } catch (error) {
      tellProgress()
      throw error
    }
    return tally.report(batches.duplicates)
  } finally {
    signal?.removeEventListener('abort', onAbort)
    await batches.close()
  }
}
