import { LineInputError } from '../../core/errors.js'
import type { Batch, Batches } from './batches.js'
import { keyOf } from './deliver.js'
import type { BatchRecord, Job } from './job.js'

/** A batch with what the store has of it. */
export interface Step {
  readonly batch: Batch
  readonly record: BatchRecord
}

/**
 * Compares the list with the checkpoint, from the start to the last batch that was ever tried, and sends nothing.
 *
 * @param settle is given each batch that has its outcome.
 * @returns the batches that have none. There are no more of them than the earlier run had requests under way.
 * @throws {LineInputError} when the list is another one.
 */
export async function compareWithCheckpoint(
  batches: Batches,
  job: Job,
  seed: readonly string[],
  signal: AbortSignal,
  settle: (record: BatchRecord) => void,
): Promise<readonly Step[]> {
  const open: Step[] = []
  for (let index = 0; !signal.aborted; index++) {
    const record = await job.read(index)
    if (!record) break
    const batch = await batches.next()
    if (signal.aborted) break
    if (!batch || (await keyOf(seed, batch.userIds)) !== record.key)
      throw new LineInputError(
        `sendToMany: the list is not the one that this job was begun with: ${batch ? `it differs within entries ${record.from} to ${record.to - 1}` : `it ends before entry ${record.from}`}. Give the same list, or take another jobId for another send. Nothing was sent`,
      )
    if (record.outcome) settle(record)
    else open.push({ batch, record })
  }
  return open
}
