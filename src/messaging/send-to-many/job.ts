import { LineInputError } from '../../core/errors.js'
import type { Store } from '../../store/types.js'

/** What the store keeps of one batch. */
export interface BatchRecord {
  /** The retry key, which stands for the job, the messages and the users of the batch. */
  readonly key: string
  /** Where the batch begins and ends in the list. */
  readonly from: number
  readonly to: number
  readonly users: number
  /** When it was first tried, in milliseconds since 1970; missing while it is certain that LINE has done nothing. */
  readonly at?: number | undefined
  /** Parts of it, by places in the sorted batch, that LINE refused because of someone in them, so that they are sent in halves. */
  readonly split?: readonly (readonly [from: number, to: number])[] | undefined
  /** Set when nothing is left to do: LINE took all but `refused`, or nobody can tell any more. */
  readonly outcome?: 'sent' | 'unknown' | undefined
  readonly refused?: readonly string[] | undefined
}

/** The checkpoint of a job. */
export interface Job {
  /** Gets what is kept of a batch. */
  read(index: number): Promise<BatchRecord | undefined>
  /**
   * Writes a batch down before it is tried for the first time.
   *
   * @throws {LineInputError} when another run has done so meanwhile.
   */
  begin(index: number, record: BatchRecord): Promise<void>
  write(index: number, record: BatchRecord): Promise<void>
  /** Forgets the batches at the end of which it is certain that LINE has nothing, and the job where there is no other. */
  retract(): Promise<void>
}

const nothing: Job = {
  read: async () => undefined,
  begin: async () => {},
  write: async () => {},
  retract: async () => {},
}

const headKey = (jobId: string) => `line-oa:job:${jobId}`
// The number stands before the ID, so that no job's batch is another job's head.
const batchKey = (jobId: string, index: number) => `line-oa:job-batch:${index}:${jobId}`

function parse(text: string, jobId: string): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch {
    // The error would quote the store's text, so it does not go on.
  }
  throw new LineInputError(`sendToMany: the store holds something under job ${jobId} that is no checkpoint`)
}

function toRecord(text: string, jobId: string): BatchRecord {
  const value = parse(text, jobId)
  const { key, from, to, users } = value
  if (typeof key !== 'string' || typeof from !== 'number' || typeof to !== 'number' || typeof users !== 'number')
    parse('', jobId)
  return value as unknown as BatchRecord // only this file writes under these keys, and the store gives back what was written
}

/**
 * Opens the checkpoint of a job.
 *
 * A batch is written down before it is tried, in order, and its outcome before anything else happens to it. So whatever the process dies of, the store
 * knows every batch that LINE may have taken, and all of them stand before the first one that it does not know.
 *
 * @param what the hash of the messages, and how duplicates are left out.
 * @param readOnly whether nothing is written.
 * @throws {LineInputError} when the job was begun with other messages.
 */
export async function openJob(
  store: Store | undefined,
  jobId: string,
  what: { readonly messages: string; readonly dedupe: string },
  readOnly: boolean,
): Promise<Job> {
  if (!store) return nothing
  const head = headKey(jobId)
  const own = JSON.stringify(what)
  const compare = (found: string): void => {
    if (found === own) return
    const { messages } = parse(found, jobId)
    throw new LineInputError(
      messages === what.messages
        ? `sendToMany: job ${jobId} was begun with another \`dedupe\`; go on with that one`
        : `sendToMany: job ${jobId} was begun with other messages; take another jobId for another send. Nothing was sent`,
    )
  }
  const found = await store.get(head)
  if (found !== undefined) compare(found)
  let hasHead = found !== undefined
  let count = 0
  const untried = new Set<number>()
  const note = (index: number, { at, outcome }: BatchRecord): void => {
    count = Math.max(count, index + 1)
    if (at === undefined && !outcome) untried.add(index)
    else untried.delete(index)
  }
  const read = async (index: number): Promise<BatchRecord | undefined> => {
    const text = await store.get(batchKey(jobId, index))
    if (text === undefined) return undefined
    const record = toRecord(text, jobId)
    note(index, record)
    return record
  }
  if (readOnly) return { ...nothing, read }
  return {
    read,
    async begin(index, record) {
      if (!hasHead && !(await store.add(head, own))) compare((await store.get(head)) ?? own)
      hasHead = true
      if (!(await store.add(batchKey(jobId, index), JSON.stringify(record))))
        throw new LineInputError(`sendToMany: job ${jobId} is being run by another process too; let that one finish`)
      note(index, record)
    },
    async write(index, record) {
      await store.set(batchKey(jobId, index), JSON.stringify(record))
      note(index, record)
    },
    async retract() {
      for (; untried.delete(count - 1); count--) await store.delete(batchKey(jobId, count - 1))
      if (count === 0 && hasHead) await store.delete(head, own)
    },
  }
}

/**
 * Takes a job out of a store. Do it when the job is over and will not be run again: run again, it sends to everybody anew, but for what LINE
 * itself still knows of the last 24 hours.
 */
export async function forgetJob(store: Store, jobId: string): Promise<void> {
  let count = 0
  while ((await store.get(batchKey(jobId, count))) !== undefined) count += 1
  // From the end, so that a job which is forgotten by half is one that was stopped.
  while (count > 0) await store.delete(batchKey(jobId, --count))
  await store.delete(headKey(jobId))
}
