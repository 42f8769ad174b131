import { nodeBuiltin } from '../core/crypto.js'
import { isLineError, LineInputError } from '../core/errors.js'
import { property } from '../core/property.js'
import { reasonOf } from '../core/reason.js'

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

/** An operation on a database failed. */
export class SqliteError extends LineInputError {
  /** SQLite's extended result code, such as 2067 for a unique value that exists already; `undefined` for an error of the runtime. */
  readonly errcode: number | undefined

  constructor(problem: string, error: unknown) {
    // SQLite's own text for its code quotes neither the statement nor the values.
    const text = property(error, 'errstr')
    const errcode = property(error, 'errcode')
    super(`${problem} (${typeof text === 'string' ? text : reasonOf(error)})`)
    this.errcode = typeof errcode === 'number' ? errcode : undefined
  }
}

/** The tables of a file, which other tables of the same file do not affect. */
export interface SqliteSchema {
  readonly name: string
  readonly version: number
}

// A newer version of the SDK may have changed what its tables mean, so that writing to them would damage them.
function checkVersion(database: SqliteDatabase, caller: string, { name, version }: SqliteSchema): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS line_oa_schema (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID',
  )
  const found = database.prepare('SELECT version FROM line_oa_schema WHERE name = ?').get(name)?.['version']
  if (found === undefined)
    database.prepare('INSERT OR IGNORE INTO line_oa_schema (name, version) VALUES (?, ?)').run(name, version)
  else if (Number(found) > version)
    throw new LineInputError(`${caller}: path was written by a newer version of line-oa; update this program`)
}

/**
 * Opens a SQLite file that several processes can share, with the runtime's `node:sqlite`.
 *
 * @param name The calling function, for error messages.
 * @param setup Statements to run before the database is used.
 * @param schema Name and version of the tables. A file without a version has the tables of version 0, which are the same as those of version 1.
 * @throws {LineInputError} if the runtime has no `node:sqlite`, or the file cannot be opened as a SQLite database. The methods of the result
 * throw {@link SqliteError}, which is one too.
 */
export function openDatabase(path: string, name: string, setup: string, schema: SqliteSchema): SqliteDatabase {
  const sqlite = nodeBuiltin<Sqlite>('node:sqlite')
  if (!sqlite)
    throw new LineInputError(`${name} requires node:sqlite, which this runtime does not have; use Node 22.13 or newer`)
  const attempt = <T>(problem: string, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw isLineError(error) ? error : new SqliteError(`${name}: ${problem}`, error)
    }
  }
  const database = attempt('path cannot be opened as a SQLite database', () => {
    const opened = new sqlite.DatabaseSync(path)
    try {
      // Opening may wait for another process that opens the file. The write-ahead log lets reads and writes run concurrently, and survives a crash of
      // the process.
      opened.exec(`PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; ${setup}`)
      checkVersion(opened, name, schema)
      // The calls are synchronous, so a wait for a lock stops the whole process, with all the webhooks that it has to acknowledge within 2 seconds.
      opened.exec('PRAGMA busy_timeout = 200')
      return opened
    } catch (error) {
      try {
        opened.close()
      } catch {
        // The first error says what is wrong.
      }
      throw error
    }
  })
  const failed = 'the database failed'
  return {
    exec: (sql) => attempt(failed, () => database.exec(sql)),
    prepare(sql) {
      const statement = attempt(failed, () => database.prepare(sql))
      return {
        all: (...values) => attempt(failed, () => statement.all(...values)),
        get: (...values) => attempt(failed, () => statement.get(...values)),
        run: (...values) => attempt(failed, () => statement.run(...values)),
      }
    },
    close: () => attempt(failed, () => database.close()),
  }
}
