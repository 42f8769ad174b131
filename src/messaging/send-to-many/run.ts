import type { Batches } from './batches.js'
import { type Begun, type Courier, deliver, keyOf } from './deliver.js'
import type { BatchRecord } from './job.js'
import type { Step } from './plan.js'

/** A run of a job, from the first batch that has no outcome on. */
export interface Run {
  readonly courier: Courier
  /** The rest of the list. */
  readonly batches: Batches
  /** Batches of earlier runs that have no outcome. */
  readonly open: readonly Step[]
  /** Whether no batch has its outcome yet. */
  readonly fresh: boolean
  readonly concurrency: number
  /** Is told of every batch that has its outcome. */
  readonly settle: (record: BatchRecord) => void
  /** Ends the run. */
  readonly halt: AbortController
}

/**
 * Sends what is left of a job, several batches at once.
 *
 * @returns whether all of the list was sent: `false` when the run was ended from outside.
 * @throws what went wrong first, when all that was under way has come to its end.
 */
export async function run({ courier, batches, open, fresh, concurrency, settle, halt }: Run): Promise<boolean> {
  const { job, clock, seed, turn } = courier
  let alone = fresh
  let active = 0
  let wake = () => {}
  let isWhole = true
  let failure: { readonly error: unknown } | undefined

  const fail = (error: unknown): void => {
    isWhole = false
    // What goes wrong after that, such as a pause that was cut short, is not what ended the run.
    if (!halt.signal.aborted) failure = { error }
    halt.abort()
  }

  // Only the loop below waits for this, so there is one to wake.
  const untilActive = async (most: number): Promise<void> => {
    while (active > most) {
      await new Promise<void>((done) => {
        wake = done
      })
    }
  }

  const start = (begun: Begun): void => {
    active += 1
    deliver(courier, begun)
      .then(settle)
      .catch(fail)
      .finally(() => {
        active -= 1
        wake()
      })
  }

  const send = async ({ batch, record }: Step, isNew: boolean): Promise<void> => {
    await untilActive(concurrency - 1)
    await turn(halt.signal)
    // From here on it is written down and sent, whatever is aborted.
    if (halt.signal.aborted) return
    const begun = { ...record, at: record.at ?? clock.now() }
    if (isNew) await job.begin(batch.index, begun)
    else if (record.at === undefined) await job.write(batch.index, begun)
    start({ batch, record: begun, mayBeSent: record.at !== undefined })
    // What is wrong with the messages, the token or the quota is wrong with every batch, so one goes first.
    if (alone) await untilActive(0)
    alone = false
  }

  try {
    for (const step of open) if (!halt.signal.aborted) await send(step, false)
    for (let batch = await batches.next(); batch; batch = await batches.next()) {
      const { from, to, userIds } = batch
      await send({ batch, record: { key: await keyOf(seed, userIds), from, to, users: userIds.length } }, true)
    }
  } catch (error) {
    fail(error)
  }
  isWhole &&= !halt.signal.aborted
  await untilActive(0)
  // A store that fails here keeps records that only make the next run compare more of the list.
  await job.retract().catch(() => {})
  if (failure) throw failure.error
  return isWhole
}
