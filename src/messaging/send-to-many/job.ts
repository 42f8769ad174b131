import { LineInputError } from '../../core/errors.js'
import { deriveRetryKey } from '../../core/hash.js'
import type { Store } from '../../store/types.js'
import type { Batch, Batches } from './batches.js'

/** The record of one batch in the store. */
export interface BatchRecord {
  /** The retry key, derived from the job, the messages and the users of the batch. */
  readonly key: string
  /** Index of the first entry of the batch in the list. */
  readonly from: number
  /** Index after the last entry of the batch in the list. */
  readonly to: number
  /** Number of users in the batch. */
  readonly users: number
  /** Time of the first attempt, in milliseconds since 1970. Absent while LINE has certainly done nothing. */
  readonly at?: number | undefined
  /**
   * Parts that LINE rejected because of some of their users, as index ranges of the sorted batch. They are sent in
   * halves.
   */
  readonly split?: readonly (readonly [from: number, to: number])[] | undefined
  /**
   * Set when nothing is left to do: LINE accepted all users except `refused`, or the outcome can no longer be
   * determined.
   */
  readonly outcome?: 'sent' | 'unknown' | undefined
  /** The user IDs that LINE rejected. */
  readonly refused?: readonly string[] | undefined
}

/** A batch without an outcome, and its record. */
export interface OpenBatch {
  readonly batch: Batch
  readonly record: BatchRecord
}

/** The checkpoint of a job. */
export interface Job {
  /** Reads the record of a batch. */
  read(index: number): Promise<BatchRecord | undefined>
  /**
   * Records a batch before its first attempt.
   *
   * @throws {LineInputError} if another run has recorded it in the meantime.
   */
  begin(index: number, record: BatchRecord): Promise<void>
  /** Replaces the record of a batch. */
  write(index: number, record: BatchRecord): Promise<void>
  /** Removes the trailing batches of which LINE has certainly accepted nothing, and the job itself if none is left. */
  retract(): Promise<void>
}

const withoutStore: Job = {
  read: async () => undefined,
  begin: async () => {},
  write: async () => {},
  retract: async () => {},
}

/** LINE keeps a retry key for 24 hours. One minute is left for clock differences and for the timeout of a call. */
const keyLifetime = 24 * 60 * 60 * 1000 - 60_000

// The clocks of the processes that run a job may differ by this much.
const clockDifference = 60_000

/** Whether LINE may have forgotten the retry key of a batch. */
export function isTooOld({ at }: BatchRecord, now: number): boolean {
  // A time in the future tells that one of the clocks is wrong, so the age is unknown.
  return at !== undefined && (now - at >= keyLifetime || at - now > clockDifference)
}

/** Derives the retry key of a request to these users. */
export function keyOf(seed: readonly string[], userIds: readonly string[]): Promise<string> {
  return deriveRetryKey(...seed, userIds)
}

/** What identifies a job in a store. */
export interface JobName {
  /** The account that sends: a channel ID or the user ID of a bot. Empty for a checkpoint that was written before jobs were bound to an account. */
  readonly account: string
  readonly jobId: string
}

// A channel ID and a user ID contain no colon, so the parts of a name cannot be confused. The index comes before them, so that the key of a batch never
// equals the key of another job.
const nameOf = ({ account, jobId }: JobName) => (account ? `${account}:${jobId}` : jobId)
const headKey = (name: JobName) => `line-oa:job:${nameOf(name)}`
const batchKey = (name: JobName, index: number) => `line-oa:job-batch:${index}:${nameOf(name)}`

function parse(text: string, jobId: string): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch {
    // The error would quote the stored text, so it is dropped.
  }
  throw new LineInputError(
    `sendToMany: store has another value under the key of job ${jobId}, not a checkpoint. Use another jobId or another store`,
  )
}

function toRecord(text: string, jobId: string): BatchRecord {
  const value = parse(text, jobId)
  const { key, from, to, users } = value
  if (typeof key !== 'string' || typeof from !== 'number' || typeof to !== 'number' || typeof users !== 'number')
    parse('', jobId)
  return value as unknown as BatchRecord // only this file writes under these keys, and the store returns what was written
}

/** Where duplicates are skipped. */
export type Dedupe = 'batch' | 'all'

/** What a checkpoint says about its job. */
interface Head {
  /** The hash of the messages. */
  readonly messages: string
  readonly dedupe: Dedupe
  /** The account that has resumed a checkpoint whose name has none. */
  readonly account?: string | undefined
}

/** A job that may be run. */
export interface OpenedJob {
  readonly job: Job
  readonly dedupe: Dedupe
  /** The input to retry keys besides the users. */
  readonly seed: readonly string[]
}

const seedOf = ({ account, jobId }: JobName, messages: string): readonly string[] =>
  account ? ['send-to-many', account, jobId, messages] : ['send-to-many', jobId, messages]

// Earlier versions named a job by its ID alone. Such a checkpoint belongs to the first account that resumes it.
async function findHead(
  store: Store,
  name: JobName,
): Promise<{ readonly name: JobName; readonly text: string | undefined }> {
  const text = await store.get(headKey(name))
  if (text !== undefined || !name.account) return { name, text }
  const unnamed = { account: '', jobId: name.jobId }
  const earlier = await store.get(headKey(unnamed))
  if (earlier === undefined) return { name, text: undefined }
  const { account } = parse(earlier, name.jobId)
  return account === undefined || account === name.account
    ? { name: unnamed, text: earlier }
    : { name, text: undefined }
}

/**
 * Opens the checkpoint of a job.
 *
 * Batches are recorded in order, each before its first attempt, and its outcome before anything else happens to it.
 * If the process dies at any point, the store has a record of every batch that LINE may have accepted, and all of
 * them come before the first batch without a record.
 *
 * @param content the hash of the messages, and the `dedupe` option if it was given.
 * @param readOnly whether nothing is written.
 * @throws {LineInputError} if the job was started with other messages.
 */
export async function openJob(
  store: Store | undefined,
  wanted: JobName,
  content: { readonly messages: string; readonly dedupe: Dedupe | undefined },
  readOnly: boolean,
): Promise<OpenedJob> {
  const { account, jobId } = wanted
  const { messages } = content
  if (!store) return { job: withoutStore, dedupe: content.dedupe ?? 'all', seed: seedOf(wanted, messages) }
  const found = await findHead(store, wanted)
  const { name } = found
  const compare = (text: string): Dedupe => {
    const stored = parse(text, jobId)
    if (stored['messages'] !== messages)
      throw new LineInputError(
        `sendToMany: messages differ from those of the first run of job ${jobId}, so nothing was sent. Use another jobId for another send`,
      )
    const dedupe = stored['dedupe'] === 'all' ? 'all' : 'batch'
    if ((content.dedupe ?? dedupe) !== dedupe)
      throw new LineInputError(
        `sendToMany: dedupe differs from that of the first run of job ${jobId}. Run it again with the same option`,
      )
    return dedupe
  }
  const dedupe = found.text === undefined ? (content.dedupe ?? 'all') : compare(found.text)
  const head: Head = { messages, dedupe, ...(name.account !== account && { account }) }
  const text = JSON.stringify(head)
  const key = headKey(name)
  let hasHead = found.text !== undefined
  let count = 0
  const unattempted = new Set<number>()
  const track = (index: number, { at, outcome }: BatchRecord): void => {
    count = Math.max(count, index + 1)
    if (at === undefined && !outcome) unattempted.add(index)
    else unattempted.delete(index)
  }
  const read = async (index: number): Promise<BatchRecord | undefined> => {
    const stored = await store.get(batchKey(name, index))
    if (stored === undefined) return undefined
    const record = toRecord(stored, jobId)
    track(index, record)
    return record
  }
  const seed = seedOf(name, messages)
  if (readOnly) return { job: { ...withoutStore, read }, dedupe, seed }
  if (found.text !== undefined && found.text !== text && name.account !== account)
    await store.replace(key, found.text, text)
  const job: Job = {
    read,
    async begin(index, record) {
      if (!hasHead && !(await store.add(key, text))) compare((await store.get(key)) ?? text)
      hasHead = true
      if (!(await store.add(batchKey(name, index), JSON.stringify(record))))
        throw new LineInputError(
          `sendToMany: job ${jobId} is already running, possibly in another process. Wait until it ends`,
        )
      track(index, record)
    },
    async write(index, record) {
      await store.set(batchKey(name, index), JSON.stringify(record))
      track(index, record)
    },
    async retract() {
      for (; unattempted.delete(count - 1); count--) await store.delete(batchKey(name, count - 1))
      if (count === 0 && hasHead) await store.delete(key, text)
    },
  }
  return { job, dedupe, seed }
}

/**
 * Compares the list with the checkpoint, from the first batch to the last one that was ever attempted. Sends nothing.
 *
 * @param settle called for each batch that has an outcome.
 * @returns the batches without an outcome: at most as many as the earlier run had requests in flight.
 * @throws {LineInputError} if the list is not the one that the job was started with.
 */
export async function compareWithCheckpoint(
  batches: Batches,
  job: Job,
  seed: readonly string[],
  signal: AbortSignal,
  settle: (record: BatchRecord) => void,
): Promise<readonly OpenBatch[]> {
  const open: OpenBatch[] = []
  for (let index = 0; !signal.aborted; index++) {
    const record = await job.read(index)
    if (!record) break
    const batch = await batches.next()
    if (signal.aborted) break
    if (!batch || (await keyOf(seed, batch.userIds)) !== record.key)
      throw new LineInputError(
        `sendToMany: userIds differs from the list that the job was started with (${batch ? `between indexes ${record.from} and ${record.to - 1}` : `it ends before index ${record.from}`}), so nothing was sent. Pass the same list, or use another jobId for another send`,
      )
    if (record.outcome) settle(record)
    else open.push({ batch, record })
  }
  return open
}

async function deleteJob(store: Store, name: JobName): Promise<void> {
  let count = 0
  while ((await store.get(batchKey(name, count))) !== undefined) count += 1
  // From the end, so that a half-deleted job looks like a stopped one.
  while (count > 0) await store.delete(batchKey(name, --count))
  await store.delete(headKey(name))
}

/** Deletes the checkpoint of a job of an account, under both of its names. */
export async function forgetJobOf(store: Store, wanted: JobName): Promise<void> {
  const { name } = await findHead(store, wanted)
  await deleteJob(store, wanted)
  if (name.account !== wanted.account) await deleteJob(store, name)
}
