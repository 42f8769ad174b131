import type { Methods } from '../../core/operation.js'
import type { Store } from '../../store/types.js'
import type * as bot from '../bot/operations.js'
import type * as quota from '../quota/operations.js'
import type * as send from '../send/operations.js'

/** The part of a client that `sendToMany` uses. */
export interface SendToManyClient {
  /** The calls that `sendToMany` makes. */
  readonly messaging: Pick<Methods<typeof send>, 'multicast'> &
    Pick<Methods<typeof quota>, 'getMessageQuota' | 'getMessageQuotaConsumption'> &
    Partial<Pick<Methods<typeof bot>, 'getBotInfo'>>
}

/**
 * User IDs as an iterable: an array, a `Set`, a generator, the lines of a file, or
 * `each(line.messaging.getFollowers)`.
 */
export type UserIds = Iterable<string> | AsyncIterable<string>

/** Options of `sendToMany`. */
export interface SendToManyOptions {
  /**
   * Identifies the send within an account. Running the same job again sends nothing twice: LINE ensures it for 24
   * hours, and a `store` until the job is deleted from it. Use a new ID for each send, such as
   * `spring-sale-2026-03-01`. Two accounts may use the same ID.
   */
  readonly jobId: string
  /**
   * Keeps the checkpoint of the job, about 200 bytes per batch, until `forgetJob`. Without a store, an interrupted
   * job must be run again within 24 hours and with the same list, which is not checked. The checkpoint belongs to the
   * account that sends: if the client has a channel access token and no channel ID, one `getBotInfo` call tells it.
   */
  readonly store?: Store | undefined
  /**
   * Where duplicate IDs are skipped. `all` (default): in the whole list, exactly, up to `dedupeLimit` different IDs.
   * This takes 18 to 22 MB per million IDs. `batch`: only within each batch of 500, in constant memory. A job that is
   * run again keeps the setting of its first run.
   */
  readonly dedupe?: 'batch' | 'all' | undefined
  /**
   * Number of different IDs that `dedupe: 'all'` remembers. Default: 5,000,000, about 110 MB. A user who is listed again
   * after that is recognized only if the first entry is remembered or in the same batch.
   */
  readonly dedupeLimit?: number | undefined
  /** Called once if the list has more different IDs than `dedupeLimit`. Errors that it throws are ignored. Default: none. */
  readonly onWarning?: ((warning: SendToManyWarning) => void) | undefined
  /**
   * Maximum number of requests per second, after an initial burst of up to 150 that LINE allows. Default: 200,
   * LINE's limit, of which 1 % is reserved for retries. Use less if other programs send multicast messages through
   * the same channel.
   */
  readonly rate?: number | undefined
  /**
   * Maximum number of requests in flight. Default: 50, which sustains the full rate at response times of up to 250 ms.
   */
  readonly concurrency?: number | undefined
  /**
   * Stops the job. The batches in flight are finished and recorded, each call within 30 seconds, and no further
   * batch is started. Run the same job again to continue.
   */
  readonly signal?: AbortSignal | undefined
  /** Called after every batch, and once when the job ends or fails. Errors that it throws are ignored. */
  readonly onProgress?: ((progress: SendToManyProgress) => void) | undefined
  /** Number of IDs, if the list is not an array or a `Set`. Only used for {@link SendToManyProgress.left}. */
  readonly total?: number | undefined
  /** `true` sends nothing, stores nothing, and returns an estimate. Default: `false`. */
  readonly dryRun?: false | undefined
  /** Whether to deliver the messages without a push notification. Default: `false`. */
  readonly notificationDisabled?: boolean | undefined
  /**
   * The name to count the messages under: at most 1 name, of 1 to 30 characters from `A-Z a-z 0-9 _`. Case-sensitive.
   */
  readonly customAggregationUnits?: readonly string[] | undefined
}

/** Options of `sendToMany` for an estimate. */
export interface SendToManyDryRunOptions extends Omit<SendToManyOptions, 'dryRun'> {
  /** Sends nothing, stores nothing, and returns an estimate. */
  readonly dryRun: true
}

/** Something about a job that may be unexpected. */
export interface SendToManyWarning {
  /** `partly-deduplicated`: the list has more different IDs than `dedupeLimit`, so a user may be listed, and sent to, twice. */
  readonly code: 'partly-deduplicated'
  /** The warning in one sentence. */
  readonly message: string
}

/** Progress of a job, including earlier runs. */
export interface SendToManyProgress {
  /**
   * Number of users in requests that LINE accepted. LINE also accepts users that it does not deliver to, such as users
   * who blocked the account.
   */
  readonly sent: number
  /** Number of users that LINE rejected, and of users in batches whose outcome can no longer be determined. */
  readonly failed: number
  /** Number of entries of the list that are left. `undefined` if the length of the list is unknown. */
  readonly left: number | undefined
  /** Users per second, averaged over this run. */
  readonly rate: number
}

/** A batch whose outcome is unknown, and which is too old to be retried under its retry key. */
export interface UnknownBatch {
  /** Index of its first entry in the list, starting at 0. */
  readonly from: number
  /** Index after its last entry in the list. */
  readonly to: number
  /** Number of users in the batch. */
  readonly users: number
  /** The retry key under which it was sent. */
  readonly retryKey: string
  /** Time of the first attempt, in milliseconds since 1970. */
  readonly triedAt: number
}

/** Result of a job, including earlier runs. */
export interface SendToManyReport {
  /**
   * Number of users in requests that LINE accepted. LINE also accepts users that it does not deliver to, such as users
   * who blocked the account.
   */
  readonly sent: number
  /** Number of users that LINE rejected, and of users in `unknown`. */
  readonly failed: number
  /** The IDs that LINE rejected, in no particular order. Contains the first 10,000. */
  readonly refused: readonly string[]
  /**
   * Batches first attempted over 24 hours ago, by a run that ended before it recorded LINE's response. They were not
   * sent again.
   */
  readonly unknown: readonly UnknownBatch[]
  /** Number of duplicate entries that were skipped. */
  readonly duplicates: number
  /**
   * `all`: every duplicate in the list was found. `partly`: with `dedupe: 'batch'`, or above `dedupeLimit`, a user may
   * have been sent to twice.
   */
  readonly deduplicated: 'all' | 'partly'
}

/** Estimate of what a job would do. */
export interface SendToManyEstimate {
  /**
   * Number of users that the job would still send to. LINE charges only the users it reaches, so this is the maximum
   * charge on the monthly quota.
   */
  readonly recipients: number
  /** Number of duplicate entries that would be skipped. */
  readonly duplicates: number
  /** `all`: every duplicate in the list was found. `partly`: with `dedupe: 'batch'`, or above `dedupeLimit`, some may not be. */
  readonly deduplicated: 'all' | 'partly'
  /** Number of requests that the job would make. */
  readonly requests: number
  /** Minimum duration at the given rate, in milliseconds. */
  readonly duration: number
  /** Messages left this month. `undefined` if the plan has no limit. LINE's count is approximate. */
  readonly quotaLeft: number | undefined
  /** Whether the monthly quota suffices for all recipients. */
  readonly withinQuota: boolean
}
