import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { type Connection, memoryStorage, type RegistryStorage, type StoredConnection } from '../../../src/account/index.js'
import { redisStorage } from '../../../src/account/registry/redis.js'
import { sqliteStorage } from '../../../src/account/registry/sqlite.js'
import { findRedis, type RedisServer, startRedis } from '../../store/redis-server.js'
import { ListIoRedis, ListRedis } from './redis-client.js'

/** A storage under test, empty. */
export interface StorageSubject {
  readonly storage: RegistryStorage
  /** The same data through another connection, as another process has it. */
  readonly other: RegistryStorage
  close(): void
}

const binary = findRedis()
if (!binary) console.warn('There is no redis-server on this machine: the tests of the Redis storage are left out')

let started: Promise<RedisServer> | undefined
let subjects = 0

/** A file for a database, in a folder that goes with it. */
export function databaseFile(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'line-oa-'))
  return { path: join(folder, 'accounts.db'), remove: () => rmSync(folder, { recursive: true }) }
}

async function overRedis(Client: typeof ListRedis | typeof ListIoRedis): Promise<StorageSubject> {
  const { port } = await (started ??= startRedis(binary ?? ''))
  const clients = [new Client(port), new Client(port)] as const
  const prefix = `{test ${++subjects}}`
  return {
    storage: redisStorage(clients[0], { prefix }),
    other: redisStorage(clients[1], { prefix }),
    close() {
      for (const client of clients) client.close()
    },
  }
}

/** Runs tests over every storage there is. Those of Redis need a redis-server on this machine. */
export function eachStorage(name: string, tests: (open: () => Promise<StorageSubject>) => void): void {
  afterAll(async () => {
    const server = started
    started = undefined
    await (await server)?.stop()
  })
  describe(`${name}, in memory`, () =>
    tests(async () => {
      const storage = memoryStorage()
      return { storage, other: storage, close: () => {} }
    }))
  describe(`${name}, in SQLite`, () =>
    tests(async () => {
      const file = databaseFile()
      const both = [sqliteStorage(file.path), sqliteStorage(file.path)] as const
      return {
        storage: both[0],
        other: both[1],
        close() {
          for (const storage of both) storage.close()
          file.remove()
        },
      }
    }))
  describe.skipIf(!binary)(`${name}, in Redis by a client like redis`, () => tests(() => overRedis(ListRedis)))
  describe.skipIf(!binary)(`${name}, in Redis by a client like ioredis`, () => tests(() => overRedis(ListIoRedis)))
}

/** A row as a registry writes it. */
export function row(id: string, change: Partial<Connection> = {}, sealed = `sealed ${id}`): StoredConnection {
  const number = [...id].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7) % 10 ** 9
  const connection: Connection = {
    id,
    team: 'tea',
    state: 'connected',
    channelId: `1${String(number).padStart(9, '0')}`,
    destination: `U${number.toString(16).padStart(32, '0')}`,
    basicId: '@123tea',
    name: `Tea House ${id}`,
    mode: 'full',
    answering: 'tool-only',
    groups: false,
    attested: [{ id: 'greeting', holds: true, at: 1 }],
    createdAt: 1_800_000_000_000,
    updatedAt: 1_800_000_000_000,
    revision: 1,
    ...change,
  }
  return {
    connection,
    sealed,
    holds: { ...(connection.channelId && { channelId: connection.channelId }), destination: connection.destination },
  }
}
