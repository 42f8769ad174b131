import { type Clock, systemClock } from '../core/clock.js'
import { openDatabase, type SqliteStatement, type SqliteValue } from './sqlite-database.js'
import type { Store } from './types.js'

/** What a SQLite store is made of. */
export interface SqliteStoreOptions {
  /** Where it reads the time for lifetimes; processes that share a file need the same. Default: the system's clock. */
  readonly clock?: Pick<Clock, 'now'> | undefined
}

/** A store in a file, with what a file needs beside. */
export interface SqliteStore extends Store {
  /** Closes the file. Nothing can be read or written any more. */
  close(): void
}

// Each write takes so many dead entries along, which is more than it adds, so that they cannot pile up.
const prunedPerWrite = 4

/**
 * Makes a store in a SQLite file, which the processes of one machine may share. It outlives them.
 *
 * It uses the runtime's own `node:sqlite`, and its calls do not give way to others: about 20 µs each.
 *
 * @param path The file; it is made when there is none. `:memory:` is gone with the store.
 * @throws {LineInputError} when the runtime has no `node:sqlite`.
 * @throws when the file cannot be opened.
 */
export function sqliteStore(path: string, options: SqliteStoreOptions = {}): SqliteStore {
  const { clock = systemClock } = options
  const database = openDatabase(path, 'sqliteStore')
  database.exec(`
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS line_oa_store (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS line_oa_store_expires ON line_oa_store (expires) WHERE expires IS NOT NULL;
  `)
  const prepare = (sql: string) => database.prepare(sql)
  const live = '(expires IS NULL OR expires > ?)'
  const find = prepare(`SELECT value FROM line_oa_store WHERE key = ? AND ${live}`)
  const put = prepare('INSERT OR REPLACE INTO line_oa_store (key, value, expires) VALUES (?, ?, ?)')
  // One statement each, so each is atomic. A dead entry counts as none.
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
  // A time that is no number ends at once; SQLite would make "never" of it.
  const end = (now: number, ttl: number | undefined) => (ttl === undefined ? null : ttl > 0 ? now + ttl : now)

  return {
    async get(key) {
      const row = find.get(key, clock.now())
      return row && String(row['value'])
    },
    async set(key, value, ttl) {
      const now = clock.now()
      prune.run(now)
      put.run(key, value, end(now, ttl))
    },
    async add(key, value, ttl) {
      const now = clock.now()
      prune.run(now)
      return changed(putNew, key, value, end(now, ttl), now)
    },
    async delete(key, expected) {
      const now = clock.now()
      return expected === undefined ? changed(remove, key, now) : changed(removeValue, key, expected, now)
    },
    async replace(key, expected, value, ttl) {
      const now = clock.now()
      return changed(swap, value, end(now, ttl), key, expected, now)
    },
    close: () => database.close(),
  }
}
