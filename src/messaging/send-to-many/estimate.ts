import type { Batches } from './batches.js'
import { isTooOld } from './deliver.js'
import type { Step } from './plan.js'
import type { SendToManyClient, SendToManyEstimate } from './types.js'

/** Counts whom a job would still send to, and compares that with what is left of the month's quota. */
export async function estimate(
  line: SendToManyClient,
  batches: Batches,
  open: readonly Step[],
  { rate, now, signal }: { readonly rate: number; readonly now: number; readonly signal: AbortSignal },
): Promise<SendToManyEstimate> {
  const again = open.filter(({ record }) => !isTooOld(record, now))
  let requests = again.length
  let recipients = again.reduce((sum, { record }) => sum + record.users, 0)
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
    requests,
    duration: Math.ceil((requests * 1000) / rate),
    quotaLeft,
    withinQuota: quotaLeft === undefined || recipients <= quotaLeft,
  }
}
