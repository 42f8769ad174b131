import { checkOptions } from '../../core/read-options.js'
import { openDatabase, SqliteError, type SqliteRow, type SqliteValue } from '../../store/sqlite-database.js'
import { type OnBrokenRow, readPage } from './rows.js'
import type { AuditEntry, Connection, RegistryStorage, Resource, StoredConnection } from './types.js'

/** Options for `sqliteRegistryStorage`. */
export interface SqliteRegistryStorageOptions {
  /** Called with the ID of a connection that cannot be read in a listing, which leaves it out. Default: `console.warn` with the ID. */
  readonly onBrokenRow?: OnBrokenRow | undefined
}

/** A registry storage in a SQLite file. */
export interface SqliteRegistryStorage extends RegistryStorage {
  /** Closes the file. The storage cannot be used afterwards. */
  close(): void
}

// The encrypted parts have their own table, so that a listing does not read them.
const schema = `
  CREATE TABLE IF NOT EXISTS line_oa_connections (
    id TEXT PRIMARY KEY, team TEXT NOT NULL, revision INTEGER NOT NULL, channel_id TEXT UNIQUE, destination TEXT UNIQUE, connection TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS line_oa_connections_by_team ON line_oa_connections (team, id);
  CREATE TABLE IF NOT EXISTS line_oa_sealed (id TEXT PRIMARY KEY, sealed TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS line_oa_resources (
    connection_id TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, resource TEXT NOT NULL, UNIQUE (connection_id, kind, id)
  );
  CREATE TABLE IF NOT EXISTS line_oa_trail (connection_id TEXT NOT NULL, number INTEGER NOT NULL, entry TEXT NOT NULL, UNIQUE (connection_id, number));
`

const parsed = <T>(text: unknown): T => JSON.parse(String(text)) as T // written by this file, from a T

function stored({ connection, sealed, channel_id, destination }: SqliteRow): StoredConnection {
  return {
    connection: parsed<Connection>(connection),
    sealed: String(sealed),
    holds: {
      ...(channel_id !== null && { channelId: String(channel_id) }),
      ...(destination !== null && { destination: String(destination) }),
    },
  }
}

// SQLITE_CONSTRAINT, whose extended codes tell UNIQUE (2067) and PRIMARY KEY (1555).
const isUniqueBroken = (error: unknown) =>
  error instanceof SqliteError && (error.errcode === 2067 || error.errcode === 1555)

/**
 * Creates a registry storage in a SQLite file, which the processes of one machine can share.
 *
 * It uses `node:sqlite` of the runtime, whose calls are synchronous and block the event loop.
 *
 * @param path The file, which is created if it does not exist. `:memory:` is lost when the storage is closed.
 * @throws {LineInputError} when the runtime has no `node:sqlite`, or the file cannot be opened as a SQLite database. The methods throw one with
 * SQLite's reason when the database fails.
 */
export function sqliteRegistryStorage(path: string, options: SqliteRegistryStorageOptions = {}): SqliteRegistryStorage {
  checkOptions('sqliteRegistryStorage', options, { onBrokenRow: 'function' })
  const { onBrokenRow } = options
  // Deleted credentials must not remain in the file.
  const database = openDatabase(path, 'sqliteRegistryStorage', `PRAGMA secure_delete = ON; ${schema}`, {
    name: 'registry',
    version: 1,
  })

  const whole =
    'SELECT c.connection, c.channel_id, c.destination, s.sealed FROM line_oa_connections c JOIN line_oa_sealed s USING (id)'
  const statements = {
    insert: database.prepare(
      'INSERT INTO line_oa_connections (id, team, revision, channel_id, destination, connection) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    update: database.prepare(
      'UPDATE line_oa_connections SET team = ?, revision = ?, channel_id = ?, destination = ?, connection = ? WHERE id = ? AND revision = ?',
    ),
    remove: database.prepare('DELETE FROM line_oa_connections WHERE id = ? AND revision = ?'),
    seal: database.prepare(
      'INSERT INTO line_oa_sealed (id, sealed) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed',
    ),
    unseal: database.prepare('DELETE FROM line_oa_sealed WHERE id = ?'),
    get: database.prepare(`${whole} WHERE c.id = ?`),
    byChannelId: database.prepare(`${whole} WHERE c.channel_id = ?`),
    byDestination: database.prepare(`${whole} WHERE c.destination = ?`),
    page: database.prepare('SELECT id, connection FROM line_oa_connections WHERE id > ? ORDER BY id LIMIT ?'),
    pageOfTeam: database.prepare(
      'SELECT id, connection FROM line_oa_connections WHERE team = ? AND id > ? ORDER BY id LIMIT ?',
    ),
    putResource: database.prepare(
      `INSERT INTO line_oa_resources (connection_id, kind, id, resource) VALUES (?, ?, ?, ?)
       ON CONFLICT (connection_id, kind, id) DO UPDATE SET resource = excluded.resource`,
    ),
    dropResource: database.prepare('DELETE FROM line_oa_resources WHERE connection_id = ? AND kind = ? AND id = ?'),
    dropResources: database.prepare('DELETE FROM line_oa_resources WHERE connection_id = ?'),
    resources: database.prepare('SELECT resource FROM line_oa_resources WHERE connection_id = ? ORDER BY rowid'),
    append: database.prepare(
      `INSERT INTO line_oa_trail (connection_id, number, entry)
       VALUES (?1, (SELECT COALESCE(MAX(number) + 1, 0) FROM line_oa_trail WHERE connection_id = ?1), ?2)`,
    ),
    dropTrail: database.prepare('DELETE FROM line_oa_trail WHERE connection_id = ?'),
    trail: database.prepare(
      'SELECT entry FROM line_oa_trail WHERE connection_id = ? AND number >= ? ORDER BY number LIMIT ?',
    ),
  }

  // Everything is synchronous, so no other transaction of this database connection can interleave.
  const transaction = <T>(work: () => T): T => {
    database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      database.exec('COMMIT')
      return result
    } catch (error) {
      database.exec('ROLLBACK')
      throw error
    }
  }
  const unlessTaken = <T>(work: () => T): T | 'taken' => {
    try {
      return transaction(work)
    } catch (error) {
      if (isUniqueBroken(error)) return 'taken'
      throw error
    }
  }
  const one = (statement: keyof typeof statements, ...values: readonly SqliteValue[]): StoredConnection | undefined => {
    const row = statements[statement].get(...values)
    return row && stored(row)
  }

  return {
    async insert({ connection, sealed, holds }) {
      const { id, team, revision } = connection
      return unlessTaken(() => {
        statements.insert.run(
          id,
          team,
          revision,
          holds.channelId ?? null,
          holds.destination ?? null,
          JSON.stringify(connection),
        )
        statements.seal.run(id, sealed)
        return 'done'
      })
    },
    async update({ connection, sealed, holds }, revision) {
      const { id, team } = connection
      const values = [
        team,
        connection.revision,
        holds.channelId ?? null,
        holds.destination ?? null,
        JSON.stringify(connection),
      ]
      return unlessTaken(() => {
        if (Number(statements.update.run(...values, id, revision).changes) === 0) return 'changed'
        statements.seal.run(id, sealed)
        return 'done'
      })
    },
    async remove(id, revision) {
      return transaction(() => {
        if (Number(statements.remove.run(id, revision).changes) === 0) return false
        for (const drop of [statements.unseal, statements.dropResources, statements.dropTrail]) drop.run(id)
        return true
      })
    },
    async get(id) {
      return one('get', id)
    },
    async findByChannelId(channelId) {
      return one('byChannelId', channelId)
    },
    async findByDestination(destination) {
      return one('byDestination', destination)
    },
    async page({ team, after, limit }) {
      const load = (from = '', most: number) => {
        const rows: readonly SqliteRow[] =
          team === undefined ? statements.page.all(from, most) : statements.pageOfTeam.all(team, from, most)
        return rows.map(({ id, connection }) => ({ id: String(id), text: connection }))
      }
      return readPage(load, { after, limit }, onBrokenRow)
    },
    async putResource(connectionId, resource) {
      statements.putResource.run(connectionId, resource.kind, resource.id, JSON.stringify(resource))
    },
    async dropResource(connectionId, kind, id) {
      statements.dropResource.run(connectionId, kind, id)
    },
    async resources(connectionId) {
      return statements.resources.all(connectionId).map(({ resource }) => parsed<Resource>(resource))
    },
    async append(entry) {
      statements.append.run(entry.connectionId, JSON.stringify(entry))
    },
    async trail(connectionId, from, limit) {
      return statements.trail.all(connectionId, from, limit).map(({ entry }) => parsed<AuditEntry>(entry))
    },
    close() {
      database.close()
    },
  }
}
