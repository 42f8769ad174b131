import type { Store } from '../store/types.js'
import { recent } from './recent.js'

/** What a claim to an event gave: the right to handle it, or why there is none. */
export type Claim = Lease | 'repeated' | 'busy'

/** The right to handle an event. Each of its methods ends it. */
export interface Lease {
  /** Remembers that the event is done. */
  done(): Promise<void> | void
  /** Lets the next delivery of the event have it. */
  release(): Promise<void> | void
}

/** Sees to it that an event is handled once: of all who claim it, one gets it until it is done. */
export type Leases = (channel: string, eventId: string) => Promise<Claim> | Claim

const minute = 60_000
const day = 24 * 60 * minute
const done = 'done'

// A few megabytes. A duplicate comes within minutes; the oldest of so many events has none to come.
const most = 25_000

/** Claims events among the processes that share a store. One who dies is followed by the next who claims, a minute later. */
export function leasesIn(store: Store): Leases {
  return async (channel, eventId) => {
    const key = `line-oa:event:${channel}:${eventId}`
    const owner = crypto.randomUUID()
    if (!(await store.add(key, owner, minute))) return (await store.get(key)) === done ? 'repeated' : 'busy'
    return {
      async done() {
        // A handler that took longer than its lease is done all the same, unless another has begun since.
        if (!(await store.replace(key, owner, done, day))) await store.add(key, done, day)
      },
      async release() {
        await store.delete(key, owner)
      },
    }
  }
}

/** Claims events in this process. Nothing in it has a lifetime: a lease ends with its process, and so does this. */
export function ownLeases(): Leases {
  const isDone = recent<boolean>(most)
  return (channel, eventId) => {
    const known = isDone.get(channel, eventId)
    if (known !== undefined) return known ? 'repeated' : 'busy'
    isDone.set(channel, eventId, false)
    return { done: () => isDone.set(channel, eventId, true), release: () => isDone.delete(channel, eventId) }
  }
}
