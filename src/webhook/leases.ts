import type { Store } from '../store/types.js'
import { recent } from './recent.js'

/** As much of a store as it takes to handle an event once. */
export type Leases = Pick<Store, 'get' | 'add' | 'replace' | 'delete'>

// A few megabytes. A duplicate comes within minutes; the oldest of so many events has none to come.
const most = 25_000

/** Remembers the events of this process. Nothing in it has a lifetime: a lease ends with its process, and so does this. */
export function ownLeases(): Leases {
  const values = recent<string>(most)
  const swap = async (key: string, expected: string | undefined, value?: string): Promise<boolean> => {
    if (values.get(key) !== expected) return false
    if (value === undefined) values.delete(key)
    else values.set(key, value)
    return true
  }
  return {
    get: async (key) => values.get(key),
    add: (key, value) => swap(key, undefined, value),
    replace: swap,
    delete: (key, expected) => swap(key, expected),
  }
}
