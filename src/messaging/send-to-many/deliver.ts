import { type Clock, wait } from '../../core/clock.js'
import type { LineErrorDetail } from '../../core/errors.js'
import { deriveRetryKey } from '../../core/hash.js'
import type { MulticastInput } from '../send/types.js'
import type { Batch } from './batches.js'
import type { BatchRecord, Job } from './job.js'
import type { SendToManyClient } from './types.js'

/** What every batch of a job is sent with. */
export interface Courier {
  readonly line: SendToManyClient
  readonly clock: Clock
  readonly job: Job
  /** The request but for its users. */
  readonly body: Omit<MulticastInput, 'to'>
  /** What retry keys are made from beside the users: the job and its messages. */
  readonly seed: readonly string[]
  /** Waits until the rate allows another request. */
  readonly turn: (signal?: AbortSignal) => Promise<void>
  /** The job ends: what goes wrong is not tried again. */
  readonly halt: AbortSignal
}

/** A batch that has been written down, and whether LINE may have taken it in an earlier run. */
export interface Begun {
  readonly batch: Batch
  readonly record: BatchRecord
  readonly mayBeSent: boolean
}

/** LINE keeps a retry key for 24 hours. A minute of it is left for clocks that differ and for a call's own deadline. */
const keyLife = 24 * 60 * 60 * 1000 - 60_000
/** The deadline of a call with its repeats, in milliseconds: less than that minute. */
const totalTimeout = 30_000
/** Pauses before a batch is tried again after a call that has done its own repeats, in milliseconds. */
const pauses: readonly number[] = [1000, 2000, 4000, 8000]

interface Failure {
  readonly code?: unknown
  readonly outcome?: unknown
  readonly status?: unknown
  readonly lineMessage?: unknown
  readonly details?: readonly LineErrorDetail[]
}

// Read-only probing: an error of another copy of the package is no instance of this one's classes.
const failureOf = (error: unknown) => (typeof error === 'object' && error !== null ? error : {}) as Failure

/** Whether LINE refused a request because of its users and nothing else. Its pages show the place in the message, its answers often in the details. */
function isAboutUsers(error: unknown): boolean {
  const { status, details = [], lineMessage } = failureOf(error)
  if (status !== 400) return false
  if (details.length) return details.every(({ property = '' }) => /^to\b/.test(property))
  return typeof lineMessage === 'string' && /^The property, '?to\b/.test(lineMessage)
}

/** Whether the same request may go well a little later. */
function isPassing(error: unknown): boolean {
  const { code, outcome } = failureOf(error)
  return outcome === 'unknown' || code === 'LINE_RATE_LIMIT' || code === 'LINE_NETWORK' || code === 'LINE_TIMEOUT'
}

/** The retry key of a request to these users. */
export function keyOf(seed: readonly string[], userIds: readonly string[]): Promise<string> {
  return deriveRetryKey(...seed, userIds)
}

/** Whether LINE may have forgotten the retry key of a batch. */
export function isTooOld({ at }: BatchRecord, now: number): boolean {
  return at !== undefined && now - at >= keyLife
}

class TooOld extends Error {}

/**
 * Sends a batch that has been written down, and writes down what became of it: all its users by one request or, where LINE refuses some of them,
 * by halves until those are found. The turn of the first request has been waited for.
 *
 * @returns what was written down last, with an outcome.
 * @throws what ended the sending. The batch then stays without an outcome, or untried where it is certain that LINE has done nothing.
 */
export async function deliver(courier: Courier, { batch: { index, userIds }, ...begun }: Begun): Promise<BatchRecord> {
  const { line, clock, job, body, seed, turn, halt } = courier
  const refused: string[] = []
  let { record, mayBeSent } = begun
  let hasTurn = true
  const write = async (changes: Partial<BatchRecord>): Promise<BatchRecord> => {
    record = { ...record, ...changes }
    await job.write(index, record)
    return record
  }

  const send = async (to: readonly string[], retryKey: string): Promise<'sent' | 'refused'> => {
    for (let tries = 0; ; tries++) {
      if (isTooOld(record, clock.now())) throw new TooOld()
      if (!hasTurn) await turn()
      hasTurn = false
      try {
        await line.messaging.multicast({ to, ...body }, { retryKey, totalTimeout })
        mayBeSent = true
        return 'sent'
      } catch (error) {
        if (isAboutUsers(error)) return 'refused'
        mayBeSent ||= failureOf(error).outcome !== 'rejected'
        const pause = pauses[tries]
        if (pause === undefined || !isPassing(error)) throw error
        await wait(clock, pause, halt)
        if (halt.aborted) throw error
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
      // Before a half goes out: LINE must not be asked about the whole again, which it may take then, and send to that half twice.
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
    // What stopped the job is worth more than a store that fails on top of it; the batch then only counts as one that may have been sent.
    if (!mayBeSent && failureOf(error).outcome === 'rejected') await write({ at: undefined }).catch(() => {})
    throw error
  }
  return write({ outcome: 'sent', ...(refused.length && { refused }) })
}
