import { tell } from '../../core/call/hooks.js'
import { queueFor, TokenBucket } from '../../core/call/rate-limits.js'
import { accountOf, channelIdOf } from '../../core/client-channel.js'
import { type Clock, clockOf } from '../../core/clock.js'
import { LineAbortedError, LineInputError } from '../../core/errors.js'
import { sha256 } from '../../core/hash.js'
import { property } from '../../core/property.js'
import type { Store } from '../../store/types.js'
import type { Message } from '../message/types.js'
import type { MulticastInput } from '../send/types.js'
import { createBatches } from './batches.js'
import { type BatchSender, run } from './deliver.js'
import { compareWithCheckpoint, type Dedupe, forgetJobOf, openJob } from './job.js'
import { createTally, estimate } from './progress.js'
import type {
  SendToManyClient,
  SendToManyDryRunOptions,
  SendToManyEstimate,
  SendToManyOptions,
  SendToManyReport,
  UserIds,
} from './types.js'

function checked(options: SendToManyOptions | SendToManyDryRunOptions) {
  const refuse = (why: string) => new LineInputError(`sendToMany: ${why}`)
  // A JavaScript caller may leave out the options.
  if (typeof options !== 'object' || options === null) throw refuse('options must be an object with a jobId')
  const { jobId, dedupe, dedupeLimit = 5_000_000, rate = 200, concurrency = 50, store, signal } = options
  checkJobId('sendToMany', jobId)
  if (dedupe !== undefined && dedupe !== 'batch' && dedupe !== 'all') throw refuse("dedupe must be 'batch' or 'all'")
  if (!(Number.isInteger(dedupeLimit) && dedupeLimit > 0)) throw refuse('dedupeLimit must be a positive integer')
  if (typeof rate !== 'number' || !(rate > 0 && rate < Number.POSITIVE_INFINITY))
    throw refuse('rate must be a number of requests per second above 0')
  if (!(Number.isInteger(concurrency) && concurrency > 0)) throw refuse('concurrency must be a positive integer')
  if (store !== undefined) checkStore('sendToMany', store)
  if (signal !== undefined && typeof property(signal, 'addEventListener') !== 'function')
    throw refuse('signal must be an AbortSignal')
  return { jobId, dedupe, dedupeLimit, rate, concurrency }
}

function checkJobId(name: string, jobId: unknown): void {
  if (typeof jobId !== 'string' || !jobId)
    throw new LineInputError(`${name}: jobId must be a non-empty string that you choose. Use a new one for each send`)
}

function checkStore(name: string, store: unknown): void {
  for (const method of ['get', 'set', 'add', 'delete', 'replace'])
    if (typeof property(store, method) !== 'function')
      throw new LineInputError(`${name}: store must be a store, such as memoryStore() or sqliteStore(file)`)
}

function checkClient(name: string, line: unknown, method: string): void {
  if (typeof property(property(line, 'messaging'), method) !== 'function')
    throw new LineInputError(`${name}: line must be a client, such as createLineClient() returns`)
}

/** Serializes the request body without its users, so that later changes to the caller's messages have no effect. */
function serializeBody(
  messages: readonly Message[],
  { notificationDisabled, customAggregationUnits }: SendToManyOptions | SendToManyDryRunOptions,
): string {
  if (!Array.isArray(messages))
    throw new LineInputError('sendToMany: messages must be an array of 1 to 5 message objects')
  try {
    return JSON.stringify({ messages, notificationDisabled, customAggregationUnits })
  } catch {
    throw new LineInputError(
      'sendToMany: messages cannot be serialized as JSON. They contain a cycle, a BigInt or a toJSON method that throws',
    )
  }
}

/** LINE's token bucket for multicasts holds 200 requests, and 200 are added per second. */
const bucketSize = 200

function createAcquire(rate: number, concurrency: number, clock: Clock): BatchSender['acquire'] {
  // All requests in flight may reach LINE at the same moment as a burst. Together they must not exceed the bucket.
  const burst = Math.max(1, Math.min(rate, bucketSize - concurrency))
  // 1 % stays unused, so that LINE's bucket refills after retries have emptied it.
  return queueFor(new TokenBucket(`${rate * 0.99}/s`, clock.now(), burst), clock)
}

function lengthOf(userIds: UserIds): number | undefined {
  return Array.isArray(userIds) ? userIds.length : userIds instanceof Set ? userIds.size : undefined
}

/**
 * Sends the same messages to any number of users, in batches of 500, and to no user twice.
 *
 * Each request has a retry key derived from the job, the messages and its users, so you can run an interrupted job
 * again. With a `store` it resumes where it stopped. Without one it starts over, and LINE recognizes the requests it
 * has already accepted. A job that is run again with other messages, or with a list that differs in the part that
 * may have been sent, is rejected before anything is sent.
 *
 * Requests that LINE does not answer, or answers with a 5xx status, are retried. If 5 attempts fail, which takes up
 * to 3 minutes, the job stops and you can run it again. If LINE rejects a request because of its users, the batch is
 * split in halves to find and report them. Any other rejection stops the job. The first request goes out alone, so
 * such a rejection costs one request. Every user reached counts towards the monthly message quota.
 *
 * @throws {LineInputError} if the list, the messages or the options are invalid, or do not belong to the job. This run
 *   has sent nothing, unless an entry of the list cannot be a user ID, such as a number or a string with spaces
 *   (`problems` gives its index). IDs that LINE does not know do not throw; they are reported in `refused`.
 * @throws {LineAbortedError} if the signal stopped the job.
 * @throws {LineError} if LINE rejected a request, or could not be reached for too long.
 * @throws the errors of the list and the store. In all these cases the batches in flight have ended.
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
  const { jobId, dedupe, dedupeLimit, rate, concurrency } = checked(options)
  checkClient('sendToMany', line, 'multicast')
  const { store, signal, onProgress, onWarning, total = lengthOf(userIds), dryRun = false } = options
  const text = serializeBody(messages, options)
  const clock = clockOf(line)
  const started = clock.now()
  const controller = new AbortController()
  const { signal: stopped } = controller
  let setting: Dedupe = dedupe ?? 'all'
  const onLimit = () =>
    tell(onWarning, {
      code: 'partly-deduplicated',
      message: `userIds has more than ${dedupeLimit} different IDs, so a user who is listed twice may be sent to twice`,
    })
  const batches = createBatches(userIds, { dedupe: () => setting, limit: dedupeLimit, onLimit }, stopped)
  const tally = createTally(total)
  const aborted = () =>
    new LineAbortedError(`sendToMany: the signal aborted job ${jobId}. Run it again to continue`, {
      outcome: 'unknown',
    })
  const reportProgress = (entriesRead?: number) => tell(onProgress, tally.progress(clock.now() - started, entriesRead))
  const onAbort = () => controller.abort()
  signal?.addEventListener('abort', onAbort)
  if (signal?.aborted) onAbort()
  try {
    if (stopped.aborted) throw aborted()
    const hash = await sha256(text)
    // Without a store there is no checkpoint to tell apart, and LINE keeps the retry keys of each channel apart.
    const account = store ? await accountOf(line, stopped) : (channelIdOf(line) ?? '')
    if (stopped.aborted) throw aborted()
    const opened = await openJob(store, { account, jobId }, { messages: hash, dedupe }, dryRun)
    const { job, seed } = opened
    setting = opened.dedupe
    let isFresh = true
    const open = await compareWithCheckpoint(batches, job, seed, stopped, (record) => {
      isFresh = false
      tally.settle(record, 'before')
    })
    if (stopped.aborted) throw aborted()
    if (dryRun) {
      const result = await estimate(line, batches, open, { rate, now: clock.now(), signal: stopped })
      if (stopped.aborted) throw aborted()
      return result
    }
    const acquire = createAcquire(rate, concurrency, clock)
    const body = JSON.parse(text) as Omit<MulticastInput, 'to'> // the caller's own input, serialized above
    const sender: BatchSender = { line, clock, job, body, seed, acquire, stopped }
    const settle: Parameters<typeof run>[0]['settle'] = (record) => {
      tally.settle(record, 'now')
      reportProgress()
    }
    try {
      if (!(await run({ sender, batches, open, isFresh, concurrency, settle, controller }))) throw aborted()
      reportProgress(batches.read)
    } catch (error) {
      reportProgress()
      throw error
    }
    return tally.report(batches)
  } finally {
    signal?.removeEventListener('abort', onAbort)
    await batches.close()
  }
}

/** Options of `forgetJob`. */
export interface ForgetJobOptions {
  /** The store that has the checkpoint. */
  readonly store: Store
}

/**
 * Deletes the checkpoint of a job of the client's account. Call it when the job is finished and will not be run again.
 * If it is run again, it sends to all users again, except for requests that LINE itself remembers for 24 hours.
 *
 * @throws {LineInputError} if an argument is invalid.
 * @throws {LineError} if `getBotInfo` failed, for a client whose credentials do not contain a channel ID.
 */
export async function forgetJob(
  line: Pick<SendToManyClient, 'messaging'>,
  jobId: string,
  options: ForgetJobOptions,
): Promise<void> {
  checkJobId('forgetJob', jobId)
  checkStore('forgetJob', property(options, 'store'))
  checkClient('forgetJob', line, 'multicast')
  await forgetJobOf(options.store, { account: await accountOf(line), jobId })
}
