import type { Methods } from '../../core/operation.js'
import type { Store } from '../../store/types.js'
import type * as quota from '../quota/operations.js'
import type * as send from '../send/operations.js'

/** As much of a client as sending to many takes. */
export interface SendToManyClient {
  readonly messaging: Pick<Methods<typeof send>, 'multicast'> &
    Pick<Methods<typeof quota>, 'getMessageQuota' | 'getMessageQuotaConsumption'>
}

/** User IDs, one by one: a list, a set, a generator, lines of a file, `each(line.messaging.getFollowers)`. */
export type UserIds = Iterable<string> | AsyncIterable<string>

/** How to send to many. */
export interface SendToManyOptions {
  /**
   * What makes this send one job: the same job run again sends nobody anything twice. For 24 hours LINE itself sees to that;
   * with a `store` it holds for as long as the store keeps the job. Every new send needs a new one, such as `spring-sale-2026-03-01`.
   */
  readonly jobId: string
  /**
   * Where the job's checkpoint is kept, until `forgetJob`: some 200 bytes for each batch. Without one a job that was stopped has to be run
   * again within 24 hours and with the same list, which nothing checks then.
   */
  readonly store?: Store | undefined
  /**
   * Where IDs that occur more than once are left out. `batch` (default): within each batch of 500, in constant memory.
   * `all`: over the whole list, for which it keeps 16 bytes an ID and room to grow: 18 to 22 MB for a million.
   */
  readonly dedupe?: 'batch' | 'all' | undefined
  /**
   * How many requests a second go out at most, but for up to 150 at the start, which LINE allows. Default: 200, LINE's limit; a hundredth of it is kept
   * for repeats. Take less when other programs send multicasts through the same channel.
   */
  readonly rate?: number | undefined
  /** How many requests are under way at most. Default: 50, which is enough for answers within 250 ms at the full rate. */
  readonly concurrency?: number | undefined
  /**
   * Ends the job: the batches under way are finished and recorded, each call within 30 seconds, and no other is begun.
   * Run the same job again to go on.
   */
  readonly signal?: AbortSignal | undefined
  /** Is told after every batch, and at the end, however it comes. What it throws is dropped. */
  readonly onProgress?: ((progress: SendToManyProgress) => void) | undefined
  /** How many IDs there are, where the list does not say it as arrays and sets do: for {@link SendToManyProgress.left} only. */
  readonly total?: number | undefined
  /** `true` sends nothing and stores nothing, and gives an estimate instead. */
  readonly dryRun?: false | undefined
  /** Whether the messages come without a push notification. LINE uses `false` when it is left out. */
  readonly notificationDisabled?: boolean | undefined
  /** One name to count the messages under, 1 to 30 of `A-Z a-z 0-9 _`, case-sensitive. */
  readonly customAggregationUnits?: readonly string[] | undefined
}

/** How to estimate what sending to many would do. */
export interface SendToManyDryRunOptions extends Omit<SendToManyOptions, 'dryRun'> {
  readonly dryRun: true
}

/** How far a job is, runs before this one included. */
export interface SendToManyProgress {
  /** Users in requests that LINE accepted. LINE also accepts those whom it will not reach, such as users who blocked the account. */
  readonly sent: number
  /** Users whom LINE refused, and those in batches of which nobody can tell any more. */
  readonly failed: number
  /** Entries of the list that are still to come; `undefined` while the length of the list is not known. */
  readonly left: number | undefined
  /** Users a second, on average over this run. */
  readonly rate: number
}

/** A batch of which it is not known whether LINE took it, and which is too old to be tried again under its retry key. */
export interface UnknownBatch {
  /** Where it begins in the list, counted from 0. */
  readonly from: number
  /** Where it ends in the list: the entry after its last one. */
  readonly to: number
  /** How many users it holds. */
  readonly users: number
  readonly retryKey: string
  /** When it was first tried, in milliseconds since 1970. */
  readonly triedAt: number
}

/** How a job ended, runs before this one included. */
export interface SendToManyReport {
  /** Users in requests that LINE accepted. LINE also accepts those whom it will not reach, such as users who blocked the account. */
  readonly sent: number
  /** Users whom LINE refused, and those in `unknown`. */
  readonly failed: number
  /** The IDs that LINE refused, in no order; the first 10,000 of them. */
  readonly refused: readonly string[]
  /** Batches that were first tried over 24 hours ago, by a run that ended before LINE's answer was recorded. They were not sent again. */
  readonly unknown: readonly UnknownBatch[]
  /** Entries of the list that were left out because they had come before. */
  readonly duplicates: number
}

/** What a job would do. */
export interface SendToManyEstimate {
  /** Users it would still send to. LINE counts those of them whom it reaches, so it is the most that the month's quota is charged. */
  readonly recipients: number
  /** Entries of the list that would be left out because they had come before. */
  readonly duplicates: number
  /** Requests it would make. */
  readonly requests: number
  /** The least time it would take at the rate given, in milliseconds. */
  readonly duration: number
  /** Messages left this month; `undefined` when there is no limit. LINE's own count is approximate. */
  readonly quotaLeft: number | undefined
  /** Whether the month's quota is enough for everybody. */
  readonly withinQuota: boolean
}
