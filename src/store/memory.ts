import { type Clock, systemClock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import { checkOptions } from '../core/read-options.js'
import { checkEntry } from './check-entry.js'
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
  /**
   * Maximum size of all keys and values, in bytes, counted as 2 bytes per character and 100 bytes per entry. Above it, the store drops entries as it does
   * above `maxEntries`. Default: no limit.
   */
  readonly maxBytes?: number | undefined
}

interface Entry {
  readonly value: string
  readonly expires: number
  readonly bytes: number
}

// The number of older entries that each write checks for expiry: more than it adds, so that expired entries cannot accumulate.
const checkedPerWrite = 4

/**
 * Creates a store in the memory of this process. It is lost when the process ends, and not shared with other processes.
 *
 * @throws {LineInputError} if `maxEntries` or `maxBytes` is below 1, or `clock` is not a clock; from its methods, if a key or value is not a string.
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  checkOptions('memoryStore', options, { clock: 'with now' })
  const { clock = systemClock, maxEntries = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY } = options
  for (const [name, value] of Object.entries({ maxEntries, maxBytes }))
    if (typeof value !== 'number' || !(value >= 1)) throw new LineInputError(`memoryStore: ${name} must be 1 or more`)
  const entries = new Map<string, Entry>() // a Map iterates in order of writing
  let rounds = entries.entries()
  // Kept while the store is full, because a new iterator has to skip all deleted entries. Not kept longer, because it holds them in memory.
  let oldest: Iterator<string> | undefined
  let bytes = 0

  const drop = (key: string): boolean => {
    const entry = entries.get(key)
    if (entry) bytes -= entry.bytes
    return entries.delete(key)
  }

  const read = (key: string): string | undefined => {
    const entry = entries.get(key)
    if (!entry) return undefined
    if (entry.expires > clock.now()) return entry.value
    drop(key)
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
      if (!(expires > now)) drop(key)
    }
  }

  const write = (key: string, value: string, ttl = Number.POSITIVE_INFINITY): void => {
    checkEntry(ttl, key, value)
    const now = clock.now()
    drop(key)
    prune(now)
    if (!(ttl > 0)) return // it would expire immediately
    const size = 2 * (key.length + value.length) + 100
    if (entries.size < maxEntries && bytes + size <= maxBytes) oldest = undefined
    while (entries.size && (entries.size >= maxEntries || bytes + size > maxBytes)) {
      oldest ??= entries.keys()
      drop(String(oldest.next().value))
    }
    entries.set(key, { value, expires: now + ttl, bytes: size })
    bytes += size
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
      return value !== undefined && (expected === undefined || value === expected) && drop(key)
    },
    async replace(key, expected, value, ttl) {
      if (read(key) !== expected) return false
      write(key, value, ttl)
      return true
    },
  }
}
