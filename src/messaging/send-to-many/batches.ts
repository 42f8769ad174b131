import { LineInputError } from '../../core/errors.js'
import { SeenUsers } from './seen-users.js'
import type { UserIds } from './types.js'

/** The number of users that LINE accepts in one multicast. */
const batchSize = 500

/** Users that one request sends to. */
export interface Batch {
  /** Index of the batch, starting at 0. */
  readonly index: number
  /** Index of its first entry in the list. */
  readonly from: number
  /** Index after its last entry in the list. */
  readonly to: number
  /** Sorted, so that the same users make the same request in any order. */
  readonly userIds: readonly string[]
}

/** A list of user IDs in batches. */
export interface Batches {
  /**
   * Returns the next batch, or `undefined` at the end. When the signal is aborted, it returns `undefined` at once and
   * drops a partly read batch.
   */
  next(): Promise<Batch | undefined>
  /** Closes the list before its end. */
  close(): Promise<void>
  /** Number of entries read so far. */
  readonly read: number
  /** Number of duplicate entries skipped so far. */
  readonly duplicates: number
  /** Whether duplicates were skipped in the whole list, or only within a batch for a part of it. */
  readonly deduplicated: 'all' | 'partly'
}

/** How a list skips duplicates. */
export interface DedupeSettings {
  /** Where duplicates are skipped. It is read before the first batch. */
  readonly dedupe: () => 'batch' | 'all'
  /** Number of different IDs that are remembered. */
  readonly limit: number
  /** Called once, when further IDs are not remembered. */
  readonly onLimit: () => void
}

function iterate(userIds: UserIds): {
  readonly async: boolean
  readonly iterator: Iterator<unknown> | AsyncIterator<unknown>
} {
  // A string is iterable too, character by character, but passing one is always a mistake.
  if (typeof userIds === 'object' && userIds !== null) {
    if (Symbol.asyncIterator in userIds) return { async: true, iterator: userIds[Symbol.asyncIterator]() }
    if (Symbol.iterator in userIds) return { async: false, iterator: userIds[Symbol.iterator]() }
  }
  throw new LineInputError(
    'sendToMany: userIds must be an array, a Set or another iterable. To send to one user, use pushMessage',
  )
}

function refuseId(at: number, found: string): LineInputError {
  const path = `userIds[${at}]`
  const allowed = 'a user ID'
  const message = `${path} must be ${allowed}, but is ${found}`
  return new LineInputError(`sendToMany: ${message}`, { problems: [{ path, allowed, found, message }] })
}

/**
 * Rejects only what cannot be an ID, such as a line of a file with its line break; LINE decides which users exist.
 * Errors never contain the ID itself.
 */
function checkId(id: unknown, at: number): string {
  if (id === undefined || id === null) throw refuseId(at, String(id))
  if (typeof id !== 'string') throw refuseId(at, typeof id === 'object' ? 'an object' : `a ${typeof id}`)
  if (!id) throw refuseId(at, 'an empty string')
  if (/\s/.test(id)) throw refuseId(at, 'a string with spaces or line breaks')
  return id
}

/** Reads user IDs in batches of 500. */
export function createBatches(userIds: UserIds, settings: DedupeSettings, signal: AbortSignal): Batches {
  const { async, iterator } = iterate(userIds)
  const { limit, onLimit } = settings
  let seen: SeenUsers | undefined
  let isPartly = false
  let index = 0
  let read = 0
  let duplicates = 0
  let reading = false
  let ended = false

  const step = async (): Promise<IteratorResult<unknown>> => {
    try {
      return await iterator.next()
    } catch (error) {
      // An iterator that threw is finished.
      ended = true
      throw error
    }
  }

  const collect = async (): Promise<Batch | undefined> => {
    const from = read
    const batch = new Set<string>()
    while (batch.size < batchSize) {
      // Awaiting each ID of a synchronous list would double the cost of the whole read.
      const { done, value } = async ? await step() : (iterator.next() as IteratorResult<unknown>) // a synchronous iterator returns no promises
      if (signal.aborted) return undefined
      if (done) {
        ended = true
        break
      }
      const id = checkId(value, read)
      read += 1
      if (batch.has(id) || seen?.add(id) === false) duplicates += 1
      else batch.add(id)
      if (!isPartly && seen?.isFull) {
        isPartly = true
        onLimit()
      }
    }
    return batch.size ? { index: index++, from, to: read, userIds: [...batch].sort() } : undefined
  }

  return {
    async next() {
      if (ended || signal.aborted) return undefined
      if (settings.dedupe() === 'all') seen ??= new SeenUsers(limit)
      else isPartly = true
      let stop = () => {}
      const aborted = new Promise<undefined>((done) => {
        stop = () => done(undefined)
        signal.addEventListener('abort', stop)
      })
      reading = true
      const collected = collect().finally(() => {
        reading = false
      })
      try {
        return await Promise.race([collected, aborted])
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
    async close() {
      if (ended) return
      ended = true
      const returned = (async () => iterator.return?.())().catch(() => {})
      // A generator that is still waiting for its own source would block the job.
      if (!reading) await returned
    },
    get read() {
      return read
    },
    get duplicates() {
      return duplicates
    },
    get deduplicated() {
      return isPartly ? 'partly' : 'all'
    },
  }
}
