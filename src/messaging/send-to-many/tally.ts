import type { BatchRecord } from './job.js'
import type { SendToManyProgress, SendToManyReport, UnknownBatch } from './types.js'

/** How many refused IDs a report names, so that a list of nothing else does not fill the memory. */
const mostNamed = 10_000

/** The counts of a job. */
export interface Tally {
  /** Counts a batch that has its outcome, settled by this run or by one before. */
  settle(record: BatchRecord, when: 'now' | 'before'): void
  progress(elapsed: number, entriesRead?: number): SendToManyProgress
  report(duplicates: number): SendToManyReport
}

/** Makes counts that are all 0. */
export function createTally(total: number | undefined): Tally {
  const refused: string[] = []
  const unknown: UnknownBatch[] = []
  let sent = 0
  let sentNow = 0
  let failed = 0
  let entries = 0
  return {
    settle({ key, from, to, users, at = 0, outcome, refused: bad = [] }, when) {
      const lost = outcome === 'unknown' ? users : bad.length
      if (outcome === 'unknown') unknown.push({ from, to, users, retryKey: key, triedAt: at })
      for (const userId of bad.slice(0, mostNamed - refused.length)) refused.push(userId)
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
    report: (duplicates) => ({ sent, failed, refused, unknown, duplicates }),
  }
}
