import { LineInputError } from '../core/errors.js'

/** A row of a table, by column. */
export interface SqliteRow {
  readonly [column: string]: unknown
}

/** A value for a `?` placeholder in a statement. */
export type SqliteValue = string | number | null

/** The part of a prepared statement of `node:sqlite` that the SDK uses. */
export interface SqliteStatement {
  all(...values: readonly SqliteValue[]): readonly SqliteRow[]
  get(...values: readonly SqliteValue[]): SqliteRow | undefined
  run(...values: readonly SqliteValue[]): { readonly changes: number | bigint }
}

/** The part of a database of `node:sqlite` that the SDK uses. */
export interface SqliteDatabase {
  exec(sql: string): void
  prepare(sql: string): SqliteStatement
  close(): void
}

interface Sqlite {
  readonly DatabaseSync: new (path: string) => SqliteDatabase
}

/**
 * Opens a SQLite file that several processes can share, with the runtime's `node:sqlite`.
 *
 * @param name The calling function, for the error message.
 * @throws {LineInputError} if the runtime has no `node:sqlite`.
 * @throws the error of `node:sqlite` if the file cannot be opened.
 */
export function openDatabase(path: string, name: string): SqliteDatabase {
  // The web's types have no `process`, and the type of a built-in module follows from its name.
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  const sqlite = process?.getBuiltinModule?.('node:sqlite') as Sqlite | undefined
  if (!sqlite)
    throw new LineInputError(`${name} requires node:sqlite, which this runtime does not have; use Node 22.13 or newer`)
  const database = new sqlite.DatabaseSync(path)
  // A busy file is retried for 5 seconds. The write-ahead log lets reads and writes run concurrently, and survives a crash of the process.
  database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL')
  return database
}
