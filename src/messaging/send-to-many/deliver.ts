import type { Clock } from '../../core/clock.js'
import type { LineErrorDetail } from '../../core/response-errors.js'
import { wait } from '../../core/wait.js'
import type { MulticastInput } from '../send/types.js'
import type { Batch, Batches } from './batches.js'
import { type BatchRecord, isTooOld, type Job, keyOf, type OpenBatch } from './job.js'
import type { SendToManyClient } from './types.js'

/** The settings that all batches of a job share. */
export interface BatchSender {
  readonly line: SendToManyClient
  readonly clock: Clock
  readonly job: Job
  /** The request body without its users. */
  readonly body: Omit<MulticastInput, 'to'>
  /** The input to retry keys besides the users: the job ID and the hash of the messages. */
  readonly seed: readonly string[]
  /** Waits until the rate limit allows another request. */
  readonly acquire: (signal?: AbortSignal) => Promise<void>
  /** Aborted when the job stops. Failed requests are no longer retried then. */
  readonly stopped: AbortSignal
}

/** A batch whose first attempt has been recorded. */
interface RecordedBatch {
  readonly batch: Batch
  readonly record: BatchRecord
  /** Whether an earlier run may have sent it. */
  readonly mayBeSent: boolean
}

/**
 * Total timeout of one call including its retries, in milliseconds. It must stay below the margin of a minute that
 * `isTooOld` leaves.
 */
const totalTimeout = 30_000
/** Delays before a batch is sent again after a call used up its own retries, in milliseconds. */
const delays: readonly number[] = [1000, 2000, 4000, 8000]

interface Failure {
  readonly code?: unknown
  readonly outcome?: unknown
  readonly status?: unknown
  readonly lineMessage?: unknown
  readonly details?: readonly LineErrorDetail[]
}

// `instanceof` fails for an error from another copy of the package, so the fields are read instead.
const failureOf = (error: unknown) => (typeof error === 'object' && error !== null ? error : {}) as Failure

/** Whether LINE rejected a request only because of its users. */
async function isAboutUsers(error: unknown): Promise<boolean> {
  const { status, lineMessage, details = [] } = failureOf(error)
  if (typeof status !== 'number' || typeof lineMessage !== 'string') return false
  const { refusalReason } = await import('../../core/call/api-error.js')
  return refusalReason({ status, lineMessage, details }) === 'invalid-recipients'
}

/** Whether the same request may succeed a little later. */
function isTransient(error: unknown): boolean {
  const { code, outcome } = failureOf(error)
  return outcome === 'unknown' || code === 'LINE_RATE_LIMIT' || code === 'LINE_NETWORK' || code === 'LINE_TIMEOUT'
}

class TooOld extends Error {}

/**
 * Sends a recorded batch and records its outcome. All users go into one request. If LINE rejects some of them, the
 * batch is split in halves until the rejected users are found. The caller has acquired the rate limit for the first
 * request.
 *
 * @returns the last record, which has an outcome.
 * @throws what stopped the batch. The batch then stays without an outcome, or unattempted if LINE certainly did
 *   nothing.
 */
async function deliver(
  sender: BatchSender,
  { batch: { index, userIds }, ...recorded }: RecordedBatch,
): Promise<BatchRecord> {
  const { line, clock, job, body, seed, acquire, stopped } = sender
  const refused: string[] = []
  let { record, mayBeSent } = recorded
  let hasAcquired = true
  const write = async (changes: Partial<BatchRecord>): Promise<BatchRecord> => {
    record = { ...record, ...changes }
    await job.write(index, record)
    return record
  }

  const send = async (to: readonly string[], retryKey: string): Promise<'sent' | 'refused'> => {
    for (let attempt = 0; ; attempt++) {
      if (isTooOld(record, clock.now())) throw new TooOld()
      if (!hasAcquired) await acquire()
      hasAcquired = false
      try {
        await line.messaging.multicast({ to, ...body }, { retryKey, totalTimeout })
        mayBeSent = true
        return 'sent'
      } catch (error) {
        if (await isAboutUsers(error)) return 'refused'
        mayBeSent ||= failureOf(error).outcome !== 'rejected'
        const delay = delays[attempt]
        if (delay === undefined || !isTransient(error)) throw error
        await wait(clock, delay, stopped)
        if (stopped.aborted) throw error
      }
    }
  }

  const sendPart = async (from: number, to: number): Promise<void> => {
    if (!record.split?.some(([start, end]) => start === from && end === to)) {
      const isWhole = to - from === userIds.length
      const part = isWhole ? userIds : userIds.slice(from, to)
      const retryKey = isWhole ? record.key : await keyOf(seed, part)
      if ((await send(part, retryKey)) === 'sent') return
      if (part.length === 1) {
        refused.push(...part)
        return
      }
      // Recorded before a half is sent. A later run must not send the whole again: LINE might accept it then, and send
      // to that half twice.
      await write({ split: [...(record.split ?? []), [from, to]] })
    }
    const middle = Math.ceil((from + to) / 2)
    await sendPart(from, middle)
    await sendPart(middle, to)
  }

  try {
    await sendPart(0, userIds.length)
  } catch (error) {
    if (error instanceof TooOld) return write({ outcome: 'unknown' })
    // A store failure must not hide the error that stopped the job. The batch then only counts as one that may have
    // been sent.
    if (!mayBeSent && failureOf(error).outcome === 'rejected') await write({ at: undefined }).catch(() => {})
    throw error
  }
  return write({ outcome: 'sent', ...(refused.length && { refused }) })
}

/** A run of a job, starting at the first batch without an outcome. */
export interface Run {
  readonly sender: BatchSender
  /** The rest of the list. */
  readonly batches: Batches
  /** Batches of earlier runs that have no outcome. */
  readonly open: readonly OpenBatch[]
  /** Whether no batch of the job has an outcome yet. */
  readonly isFresh: boolean
  readonly concurrency: number
  /** Called for every batch that gets its outcome. */
  readonly settle: (record: BatchRecord) => void
  /** Aborted to stop the run. */
  readonly controller: AbortController
}

/**
 * Sends the rest of a job, several batches at a time.
 *
 * @returns whether the whole list was sent: `false` if the run was stopped from outside.
 * @throws the first error, after all batches in flight have ended.
 */
export async function run({ sender, batches, open, isFresh, concurrency, settle, controller }: Run): Promise<boolean> {
  const { job, clock, seed, acquire } = sender
  const { signal } = controller
  let goesAlone = isFresh
  let inFlight = 0
  let wake = () => {}
  let isComplete = true
  let failure: { readonly error: unknown } | undefined

  const fail = (error: unknown): void => {
    isComplete = false
    // Errors after the abort, such as an interrupted delay, did not cause the stop.
    if (!signal.aborted) failure = { error }
    controller.abort()
  }

  // Only the loop below waits for this, so one callback is enough.
  const untilInFlight = async (limit: number): Promise<void> => {
    while (inFlight > limit) {
      await new Promise<void>((done) => {
        wake = done
      })
    }
  }

  const start = (recorded: RecordedBatch): void => {
    inFlight += 1
    deliver(sender, recorded)
      .then(settle)
      .catch(fail)
      .finally(() => {
        inFlight -= 1
        wake()
      })
  }

  const send = async ({ batch, record }: OpenBatch, isNew: boolean): Promise<void> => {
    await untilInFlight(concurrency - 1)
    await acquire(signal)
    // From here on the batch is recorded and sent, even if the job is aborted.
    if (signal.aborted) return
    const attempted = { ...record, at: record.at ?? clock.now() }
    if (isNew) await job.begin(batch.index, attempted)
    else if (record.at === undefined) await job.write(batch.index, attempted)
    start({ batch, record: attempted, mayBeSent: record.at !== undefined })
    // A problem with the messages, the token or the quota affects every batch, so the first one goes alone.
    if (goesAlone) await untilInFlight(0)
    goesAlone = false
  }

  try {
    for (const openBatch of open) if (!signal.aborted) await send(openBatch, false)
    for (let batch = await batches.next(); batch; batch = await batches.next()) {
      const { from, to, userIds } = batch
      await send({ batch, record: { key: await keyOf(seed, userIds), from, to, users: userIds.length } }, true)
    }
  } catch (error) {
    fail(error)
  }
  isComplete &&= !signal.aborted
  await untilInFlight(0)
  // If the store fails here, the leftover records only make the next run compare more of the list.
  await job.retract().catch(() => {})
  if (failure) throw failure.error
  return isComplete
}
