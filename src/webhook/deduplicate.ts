import type { Clock } from '../core/clock.js'
import { LineError } from '../core/errors.js'
import type { Store } from '../store/types.js'

/** The result of claiming an event: a lease on it, or why it was not granted. */
export type Claim = Lease | 'repeated' | 'busy'

/** The right to handle an event. Each method ends it. */
export interface Lease {
  /** Marks the event as handled. */
  done(): Promise<void> | void
  /** Gives the event up, so that the next delivery of it can claim it. */
  release(): Promise<void> | void
}

/** Deduplicates events: of all callers that claim an event, only one holds the lease until the event is handled. */
export type ClaimEvent = (channel: string, eventId: string) => Promise<Claim> | Claim

const second = 1000
const minute = 60 * second
const day = 24 * 60 * minute
const done = 'done'

// A third of the lease, so that one renewal may fail.
const renewal = 20 * second

// At 128 characters each, about 10 MB. LINE delivers duplicates within minutes, so the oldest of this many events no longer has one to come.
const maxEvents = 25_000

/** The result of `operation`, or a rejection if it takes longer than a second, so that a store that hangs cannot hold an event. */
function withinSecond<Value>(clock: Clock, operation: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(
      () => reject(new LineError('LINE_TIMEOUT', 'The store of the receiver did not answer within 1 second')),
      second,
    )
    operation.then(resolve, reject).finally(() => clock.clearTimeout(timer))
  })
}

/**
 * Deduplicates among the processes that share a store. A lease is renewed until it ends. If a process dies, its leases expire within a minute.
 *
 * A claim rejects if the store fails or does not answer within a second; a lease that the store grants after that is released again.
 */
export function deduplicateInStore(store: Store, clock: Clock): ClaimEvent {
  return async (channel, eventId) => {
    const key = `line-oa:event:${channel}:${eventId}`
    const owner = crypto.randomUUID()
    const adding = Promise.resolve(store.add(key, owner, minute))
    let isAdded: boolean
    try {
      isAdded = await withinSecond(clock, adding)
    } catch (error) {
      // The store may have granted the lease although its answer is late or lost.
      adding.then(() => store.delete(key, owner)).catch(() => {})
      throw error
    }
    if (!isAdded) return (await withinSecond(clock, store.get(key))) === done ? 'repeated' : 'busy'
    let timer: unknown
    const renew = () => {
      timer = clock.setTimeout(() => {
        renew()
        // A failure is not reported: the next renewal, or the end of the lease, meets the same store. A store that throws at once must not end the
        // process either, which an error in a timer does.
        Promise.resolve()
          .then(() => store.replace(key, owner, owner, minute))
          .catch(() => {})
      }, renewal)
    }
    renew()
    return {
      async done() {
        clock.clearTimeout(timer)
        // A handler that outlived its lease has still handled the event, unless another process has claimed it since.
        if (!(await withinSecond(clock, store.replace(key, owner, done, day))))
          await withinSecond(clock, store.add(key, done, day))
      },
      async release() {
        clock.clearTimeout(timer)
        await withinSecond(clock, store.delete(key, owner))
      },
    }
  }
}

/** Deduplicates within this process. Leases need no lifetime here, because they end with the process. */
export function deduplicateInProcess(): ClaimEvent {
  const isDone = createBoundedMap<boolean>(maxEvents)
  return (channel, eventId) => {
    const known = isDone.get(channel, eventId)
    if (known !== undefined) return known ? 'repeated' : 'busy'
    isDone.set(channel, eventId, false)
    return { done: () => isDone.set(channel, eventId, true), release: () => isDone.delete(channel, eventId) }
  }
}

/** A map that keeps its most recently written keys: at least the limit it was created with, and at most twice as many. */
export interface BoundedMap<Value> {
  get(channel: string, key: string): Value | undefined
  set(channel: string, key: string, value: Value): void
  delete(channel: string, key: string): void
}

// By channel, then by key: concatenating both into one string would cost more than everything else here.
type Generation<Value> = Map<string, Map<string, Value>>

/** Creates a bounded map. It drops a whole generation of keys at a time, so that neither its size nor the cost of a write grows over time. */
export function createBoundedMap<Value>(limit: number): BoundedMap<Value> {
  let young: Generation<Value> = new Map()
  let old: Generation<Value> = new Map()
  let size = 0
  return {
    get: (channel, key) => young.get(channel)?.get(key) ?? old.get(channel)?.get(key),
    set(channel, key, value) {
      if (size >= limit) {
        old = young
        young = new Map()
        size = 0
      }
      let values = young.get(channel)
      if (!values) {
        values = new Map()
        young.set(channel, values)
      }
      size -= values.size
      values.set(key, value)
      size += values.size
    },
    delete(channel, key) {
      if (young.get(channel)?.delete(key)) size--
      old.get(channel)?.delete(key)
    },
  }
}
