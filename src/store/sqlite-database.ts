import { LineInputError } from '../core/errors.js'

/** What a row of a table holds, by column. */
export interface SqliteRow {
  readonly [column: string]: unknown
}

/** What a statement takes for a `?`. */
export type SqliteValue = string | number | null

/** As much of a prepared statement of `node:sqlite` as is used. */
export interface SqliteStatement {
  all(...values: readonly SqliteValue[]): readonly SqliteRow[]
  get(...values: readonly SqliteValue[]): SqliteRow | undefined
  run(...values: readonly SqliteValue[]): { readonly changes: number | bigint }
}

/** As much of a database of `node:sqlite` as is used. */
export interface SqliteDatabase {
  exec(sql: string): void
  prepare(sql: string): SqliteStatement
  close(): void
}

interface Sqlite {
  readonly DatabaseSync: new (path: string) => SqliteDatabase
}

/**
 * Opens a file of SQLite that processes share, with the runtime's own `node:sqlite`.
 *
 * @param name The function that opens it, for the message.
 * @throws {LineInputError} when the runtime has no `node:sqlite`.
 * @throws when the file cannot be opened.
 */
export function openDatabase(path: string, name: string): SqliteDatabase {
  // The web's types know no `process`, and what a built-in module holds is known by its name alone.
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  const sqlite = process?.getBuiltinModule?.('node:sqlite') as Sqlite | undefined
  if (!sqlite) throw new LineInputError(`${name}: this runtime has no node:sqlite; Node has it from 22.13 on`)
  const database = new sqlite.DatabaseSync(path)
  // Whoever finds the file busy waits; a write-ahead log lets reading and writing go side by side, and loses nothing when a process dies.
  database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL')
  return database
}
