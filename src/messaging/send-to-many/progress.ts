import type { Batches } from './batches.js'
import { type BatchRecord, isTooOld, type OpenBatch } from './job.js'
import type {
  SendToManyClient,
  SendToManyEstimate,
  SendToManyProgress,
  SendToManyReport,
  UnknownBatch,
} from './types.js'

/** Counts the users that a job would still send to, and compares the count with the rest of the monthly quota. */
export async function estimate(
  line: SendToManyClient,
  batches: Batches,
  open: readonly OpenBatch[],
  { rate, now, signal }: { readonly rate: number; readonly now: number; readonly signal: AbortSignal },
): Promise<SendToManyEstimate> {
  const pending = open.filter(({ record }) => !isTooOld(record, now))
  let requests = pending.length
  let recipients = pending.reduce((sum, { record }) => sum + record.users, 0)
  for (let batch = await batches.next(); batch; batch = await batches.next()) {
    requests += 1
    recipients += batch.userIds.length
  }
  const [quota, { totalUsage }] = await Promise.all([
    line.messaging.getMessageQuota({}, { signal }),
    line.messaging.getMessageQuotaConsumption({}, { signal }),
  ])
  const quotaLeft = quota.value === undefined ? undefined : Math.max(0, quota.value - totalUsage)
  return {
    recipients,
    duplicates: batches.duplicates,
    deduplicated: batches.deduplicated,
    requests,
    duration: Math.ceil((requests * 1000) / rate),
    quotaLeft,
    withinQuota: quotaLeft === undefined || recipients <= quotaLeft,
  }
}

/** Maximum number of refused IDs in a report, which bounds the memory if LINE refuses the whole list. */
const maxListed = 10_000

/** The counts of a job. */
export interface Tally {
  /** Counts a batch that got its outcome in this run or in an earlier one. */
  settle(record: BatchRecord, when: 'now' | 'before'): void
  progress(elapsed: number, entriesRead?: number): SendToManyProgress
  report(batches: Pick<Batches, 'duplicates' | 'deduplicated'>): SendToManyReport
}

/** Creates counts that start at 0. */
export function createTally(total: number | undefined): Tally {
  const refused: string[] = []
  const unknown: UnknownBatch[] = []
  let sent = 0
  let sentNow = 0
  let failed = 0
  let entries = 0
  return {
    settle({ key, from, to, users, at = 0, outcome, refused: refusedInBatch = [] }, when) {
      const lost = outcome === 'unknown' ? users : refusedInBatch.length
      if (outcome === 'unknown') unknown.push({ from, to, users, retryKey: key, triedAt: at })
      for (const userId of refusedInBatch.slice(0, maxListed - refused.length)) refused.push(userId)
      sent += users - lost
      if (when === 'now') sentNow += users - lost
      failed += lost
      entries += to - from
    },
    progress: (elapsed, entriesRead = entries) => ({
      sent,
      failed,
      left: total === undefined ? undefined : Math.max(0, total - entriesRead),
      rate: elapsed > 0 ? (sentNow * 1000) / elapsed : 0,
    }),
    report: ({ duplicates, deduplicated }) => ({ sent, failed, refused, unknown, duplicates, deduplicated }),
  }
}
