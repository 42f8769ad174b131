import { type Clock, systemClock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import type { Store } from './types.js'

/** Options for `memoryStore`. */
export interface MemoryStoreOptions {
  /** The clock for times to live. Default: the system clock. */
  readonly clock?: Pick<Clock, 'now'> | undefined
  /**
   * Maximum number of entries. Above it, the store drops the entry written longest ago, even if it has not expired. Default: no limit.
   * Choose it well above the number of entries that must not be lost.
   */
  readonly maxEntries?: number | undefined
}

interface Entry {
  readonly value: string
  readonly expires: number
}

// The number of older entries that each write checks for expiry: more than it adds, so that expired entries cannot accumulate.
const checkedPerWrite = 4

/**
 * Creates a store in the memory of this process. It is lost when the process ends, and not shared with other processes.
 *
 * @throws {LineInputError} if `maxEntries` is below 1.
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  const { clock = systemClock, maxEntries = Number.POSITIVE_INFINITY } = options
  if (!(maxEntries >= 1)) throw new LineInputError('memoryStore: maxEntries must be 1 or more')
  const entries = new Map<string, Entry>() // a Map iterates in order of writing
  let rounds = entries.entries()
  // Kept while the store is full, because a new iterator has to skip all deleted entries. Not kept longer, because it holds them in memory.
  let oldest: Iterator<string> | undefined

  const read = (key: string): string | undefined => {
    const entry = entries.get(key)
    if (!entry) return undefined
    if (entry.expires > clock.now()) return entry.value
    entries.delete(key)
    return undefined
  }

  const prune = (now: number): void => {
    for (let i = 0; i < checkedPerWrite; i++) {
      const next = rounds.next()
      if (next.done) {
        rounds = entries.entries()
        return
      }
      const [key, { expires }] = next.value
      if (!(expires > now)) entries.delete(key)
    }
  }

  const write = (key: string, value: string, ttl = Number.POSITIVE_INFINITY): void => {
    const now = clock.now()
    entries.delete(key)
    prune(now)
    if (!(ttl > 0)) return // it would expire immediately
    if (entries.size < maxEntries) oldest = undefined
    else {
      oldest ??= entries.keys()
      entries.delete(String(oldest.next().value))
    }
    entries.set(key, { value, expires: now + ttl })
  }

  return {
    async get(key) {
      return read(key)
    },
    async set(key, value, ttl) {
      write(key, value, ttl)
    },
    async add(key, value, ttl) {
      if (read(key) !== undefined) return false
      write(key, value, ttl)
      return true
    },
    async delete(key, expected) {
      const value = read(key)
      return value !== undefined && (expected === undefined || value === expected) && entries.delete(key)
    },
    async replace(key, expected, value, ttl) {
      if (read(key) !== expected) return false
      write(key, value, ttl)
      return true
    },
  }
}
