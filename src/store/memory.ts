import { type Clock, systemClock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import type { Store } from './types.js'

/** What a memory store is made of. */
export interface MemoryStoreOptions {
  /** Where it reads the time for lifetimes. Default: the system's clock. */
  readonly clock?: Pick<Clock, 'now'> | undefined
  /**
   * How many entries it keeps; past that the one written longest ago goes, whatever its lifetime. Default: as many as are written.
   * Choose it well above what must not be lost.
   */
  readonly maxEntries?: number | undefined
}

interface Entry {
  readonly value: string
  readonly expires: number
}

// Each write looks at so many older entries and drops those past their time: more than it adds, so that dead ones cannot pile up.
const lookedAtPerWrite = 4

/**
 * Makes a store in this process's memory. It is gone with the process, and not shared with others.
 *
 * @throws {LineInputError} when `maxEntries` is below 1.
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  const { clock = systemClock, maxEntries = Number.POSITIVE_INFINITY } = options
  if (!(maxEntries >= 1)) throw new LineInputError('memoryStore: maxEntries is 1 or more')
  const entries = new Map<string, Entry>() // a Map keeps the order of writing
  let rounds = entries.entries()
  // Kept while the store is full, since a new one has to step over all that was deleted before; and no longer, since it keeps that alive.
  let oldest: Iterator<string> | undefined

  const read = (key: string): string | undefined => {
    const entry = entries.get(key)
    if (!entry) return undefined
    if (entry.expires > clock.now()) return entry.value
    entries.delete(key)
    return undefined
  }

  const prune = (now: number): void => {
    for (let i = 0; i < lookedAtPerWrite; i++) {
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
    if (!(ttl > 0)) return // its time is over before it begins
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
