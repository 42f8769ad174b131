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

const minute = 60_000
const day = 24 * 60 * minute
const done = 'done'

// A few megabytes. LINE delivers duplicates within minutes, so the oldest of this many events no longer has one to come.
const maxEvents = 25_000

/** Deduplicates among the processes that share a store. If a process dies, its lease expires after a minute. */
export function deduplicateInStore(store: Store): ClaimEvent {
  return async (channel, eventId) => {
    const key = `line-oa:event:${channel}:${eventId}`
    const owner = crypto.randomUUID()
    if (!(await store.add(key, owner, minute))) return (await store.get(key)) === done ? 'repeated' : 'busy'
    return {
      async done() {
        // A handler that outlived its lease has still handled the event, unless another process has claimed it since.
        if (!(await store.replace(key, owner, done, day))) await store.add(key, done, day)
      },
      async release() {
        await store.delete(key, owner)
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
