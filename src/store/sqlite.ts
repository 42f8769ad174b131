import { type Clock, systemClock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import { checkOptions } from '../core/read-options.js'
import { checkEntry } from './check-entry.js'
import { openDatabase, type SqliteStatement, type SqliteValue } from './sqlite-database.js'
import type { Store } from './types.js'

/** Options for `sqliteStore`. */
export interface SqliteStoreOptions {
  /** The clock for times to live. Processes that share a file need the same time. Default: the system clock. */
  readonly clock?: Pick<Clock, 'now'> | undefined
  /**
   * What a write survives. `full` (default): a power failure, because each write waits for the disk. `normal`: a crash of the process, but after a power
   * failure the last writes may be missing, so an event can be handled twice and a batch of a job can be sent again after its retry key has expired.
   * Writes are several times faster.
   */
  readonly durability?: 'full' | 'normal' | undefined
}

/** A store in a file, which can be closed. */
export interface SqliteStore extends Store {
  /** Closes the file. The store cannot be used after that. */
  close(): void
}

// The number of expired entries that each write deletes: more than it adds, so that they cannot accumulate.
const prunedPerWrite = 4

/**
 * Creates a store in a SQLite file, which persists and can be shared by the processes of one machine.
 *
 * It uses the runtime's `node:sqlite`, whose calls are synchronous: about 20 µs each, and with `durability: 'full'` the time that the disk takes to
 * confirm a write. A call waits up to 200 ms for a lock that another process holds. The methods reject with a `LineInputError` with SQLite's reason if
 * the database fails, for example because the disk is full, the file is locked or the store is closed.
 *
 * @param path Path of the file. It is created if it does not exist. `:memory:` creates a store in memory.
 * @throws {LineInputError} if an option is invalid, the runtime has no `node:sqlite`, or the file cannot be opened as a SQLite database.
 */
export function sqliteStore(path: string, options: SqliteStoreOptions = {}): SqliteStore {
  checkOptions('sqliteStore', options, { clock: 'with now' })
  const { clock = systemClock, durability = 'full' } = options
  if (durability !== 'full' && durability !== 'normal')
    throw new LineInputError("sqliteStore: durability must be 'full' or 'normal'")
  const setup = `
    PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'};
    CREATE TABLE IF NOT EXISTS line_oa_store (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS line_oa_store_expires ON line_oa_store (expires) WHERE expires IS NOT NULL;
  `
  const database = openDatabase(path, 'sqliteStore', setup, { name: 'store', version: 1 })
  const prepare = (sql: string) => database.prepare(sql)
  const live = '(expires IS NULL OR expires > ?)'
  const find = prepare(`SELECT value FROM line_oa_store WHERE key = ? AND ${live}`)
  const put = prepare('INSERT OR REPLACE INTO line_oa_store (key, value, expires) VALUES (?, ?, ?)')
  // Each is a single statement, so it is atomic. An expired entry counts as missing.
  const putNew = prepare(`
    INSERT INTO line_oa_store (key, value, expires) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires WHERE expires <= ?`)
  const swap = prepare(`UPDATE line_oa_store SET value = ?, expires = ? WHERE key = ? AND value = ? AND ${live}`)
  const remove = prepare(`DELETE FROM line_oa_store WHERE key = ? AND ${live}`)
  const removeValue = prepare(`DELETE FROM line_oa_store WHERE key = ? AND value = ? AND ${live}`)
  const prune = prepare(
    `DELETE FROM line_oa_store WHERE key IN (SELECT key FROM line_oa_store WHERE expires <= ? ORDER BY expires LIMIT ${prunedPerWrite})`,
  )
  const changed = (statement: SqliteStatement, ...values: readonly SqliteValue[]) =>
    Number(statement.run(...values).changes) > 0
  // NaN expires immediately. SQLite would store it as NULL, which means never.
  const end = (now: number, ttl: number | undefined) => (ttl === undefined ? null : ttl > 0 ? now + ttl : now)

  return {
    async get(key) {
      const row = find.get(key, clock.now())
      return row && String(row['value'])
    },
    async set(key, value, ttl) {
      checkEntry(ttl, key, value)
      const now = clock.now()
      prune.run(now)
      put.run(key, value, end(now, ttl))
    },
    async add(key, value, ttl) {
      checkEntry(ttl, key, value)
      const now = clock.now()
      prune.run(now)
      return changed(putNew, key, value, end(now, ttl), now)
    },
    async delete(key, expected) {
      const now = clock.now()
      return expected === undefined ? changed(remove, key, now) : changed(removeValue, key, expected, now)
    },
    async replace(key, expected, value, ttl) {
      checkEntry(ttl, key, value)
      const now = clock.now()
      return changed(swap, value, end(now, ttl), key, expected, now)
    },
    close: () => database.close(),
  }
}
