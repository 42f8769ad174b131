import { LineInputError } from '../../core/errors.js'
import { SeenUsers } from './seen-users.js'
import type { UserIds } from './types.js'

/** How many users LINE takes in one multicast. */
const batchSize = 500

/** Users to send to in one request. */
export interface Batch {
  /** Counted from 0. */
  readonly index: number
  /** Where it begins in the list. */
  readonly from: number
  /** Where it ends in the list. */
  readonly to: number
  /** Sorted, so that the same users make the same request in whatever order they came. */
  readonly userIds: readonly string[]
}

/** A list of user IDs, batch by batch. */
export interface Batches {
  /** Gives the next batch; `undefined` at the end, and at once when the signal is aborted: what was read of a batch by then is not given. */
  next(): Promise<Batch | undefined>
  /** Ends the list before its end. */
  close(): Promise<void>
  /** Entries read so far. */
  readonly read: number
  /** Entries left out so far. */
  readonly duplicates: number
}

function iterate(userIds: UserIds): {
  readonly async: boolean
  readonly iterator: Iterator<unknown> | AsyncIterator<unknown>
} {
  // A text is iterable too, letter by letter; it is always a mistake.
  if (typeof userIds === 'object' && userIds !== null) {
    if (Symbol.asyncIterator in userIds) return { async: true, iterator: userIds[Symbol.asyncIterator]() }
    if (Symbol.iterator in userIds) return { async: false, iterator: userIds[Symbol.iterator]() }
  }
  throw new LineInputError(
    'sendToMany: the user IDs are a list, a set, or anything else that can be iterated; for one user push',
  )
}

function refuseId(at: number, found: string): LineInputError {
  const path = `userIds[${at}]`
  const allowed = 'a user ID'
  const message = `${path} must be ${allowed}, but is ${found}`
  return new LineInputError(`sendToMany: ${message}`, { problems: [{ path, allowed, found, message }] })
}

/** LINE says which users it knows; here is refused only what can be none, such as a line of a file with its line end. Never the ID itself goes into an error. */
function checkId(id: unknown, at: number): string {
  if (id === undefined || id === null) throw refuseId(at, String(id))
  if (typeof id !== 'string') throw refuseId(at, typeof id === 'object' ? 'an object' : `a ${typeof id}`)
  if (!id) throw refuseId(at, 'empty text')
  if (/\s/.test(id)) throw refuseId(at, 'text with spaces or line ends')
  return id
}

/** Reads user IDs in batches of 500. */
export function createBatches(userIds: UserIds, dedupe: 'batch' | 'all', signal: AbortSignal): Batches {
  const { async, iterator } = iterate(userIds)
  const seen = dedupe === 'all' ? new SeenUsers() : undefined
  let index = 0
  let read = 0
  let duplicates = 0
  let reading = false
  let ended = false

  const step = async (): Promise<IteratorResult<unknown>> => {
    try {
      return await iterator.next()
    } catch (error) {
      // A list that has thrown is over.
      ended = true
      throw error
    }
  }

  const collect = async (): Promise<Batch | undefined> => {
    const from = read
    const batch = new Set<string>()
    while (batch.size < batchSize) {
      // Waiting for each ID of a list that is there already would cost as much as all the rest.
      const { done, value } = async ? await step() : (iterator.next() as IteratorResult<unknown>) // a list that is not async gives no promises
      if (signal.aborted) return undefined
      if (done) {
        ended = true
        break
      }
      const id = checkId(value, read)
      read += 1
      if (batch.has(id) || seen?.add(id) === false) duplicates += 1
      else batch.add(id)
    }
    return batch.size ? { index: index++, from, to: read, userIds: [...batch].sort() } : undefined
  }

  return {
    async next() {
      if (ended || signal.aborted) return undefined
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
      // A generator that is still waiting for something of its own would hold the job up.
      if (!reading) await returned
    },
    get read() {
      return read
    },
    get duplicates() {
      return duplicates
    },
  }
}
