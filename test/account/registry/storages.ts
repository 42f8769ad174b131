import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Connection, memoryRegistryStorage, type RegistryStorage, type StoredConnection } from 'line-oa/account'
import { redisRegistryStorage } from 'line-oa/account/redis'
import { sqliteRegistryStorage } from 'line-oa/account/sqlite'
import { afterAll, describe } from 'vitest'
import { findRedis, type RedisServer, startRedis } from '../../store/redis-server.js'
import { ListIoRedis, ListRedis } from './redis-client.js'

/** An empty storage under test. */
export interface StorageSubject {
  readonly storage: RegistryStorage
  /** The same data through a second connection, as another process has it. */
  readonly other: RegistryStorage
  /** Inserts a number of connections. */
  fill(count: number): Promise<void>
  close(): void
}

const binary = findRedis()
if (!binary) console.warn('redis-server is not installed; the tests of the Redis storage are skipped')

let started: Promise<RedisServer> | undefined
let subjects = 0

/** Makes a folder for a database file, and a function that removes it. */
export function databaseFile(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'line-oa-'))
  return { path: join(folder, 'accounts.db'), remove: () => rmSync(folder, { recursive: true }) }
}

const filled = (storage: RegistryStorage) => ({
  storage,
  async fill(count: number) {
    await Promise.all(
      Array.from({ length: count }, (_, at) =>
        storage.insert(row(`id ${at}`, { channelId: undefined, destination: `U${at}` })),
      ),
    )
  },
})

async function overRedis(Client: typeof ListRedis | typeof ListIoRedis): Promise<StorageSubject> {
  const { port } = await (started ??= startRedis(binary ?? ''))
  const clients = [new Client(port), new Client(port)] as const
  const prefix = `{test ${++subjects}}`
  return {
    ...filled(redisRegistryStorage(clients[0], { prefix })),
    other: redisRegistryStorage(clients[1], { prefix }),
    close() {
      for (const client of clients) client.close()
    },
  }
}

/** Runs tests with every kind of storage. Those of Redis need redis-server. */
export function eachStorage(name: string, tests: (open: () => Promise<StorageSubject>) => void): void {
  afterAll(async () => {
    const server = started
    started = undefined
    await (await server)?.stop()
  })
  describe(`${name}, in memory`, () =>
    tests(async () => {
      const storage = memoryRegistryStorage()
      return { ...filled(storage), other: storage, close: () => {} }
    }))
  describe(`${name}, in SQLite`, () =>
    tests(async () => {
      const file = databaseFile()
      const both = [sqliteRegistryStorage(file.path), sqliteRegistryStorage(file.path)] as const
      return {
        ...filled(both[0]),
        other: both[1],
        close() {
          for (const storage of both) storage.close()
          file.remove()
        },
      }
    }))
  describe.skipIf(!binary)(`${name}, in Redis with a client like redis`, () => tests(() => overRedis(ListRedis)))
  describe.skipIf(!binary)(`${name}, in Redis with a client like ioredis`, () => tests(() => overRedis(ListIoRedis)))
}

const writes = ['insert', 'update', 'remove', 'putResource', 'dropResource', 'append'] as const

/** What happens at one write and all later ones: they fail, or they never return, as for a process that is killed. */
export interface Ending {
  readonly at: number
  /** Whether the write itself still happens: `after` makes it. */
  readonly when: 'before' | 'after'
  readonly by: 'refusal' | 'kill'
}

/** Lists every ending for a number of writes. */
export function endings(count: number): readonly Ending[] {
  const numbers = Array.from({ length: count }, (_, at) => at)
  return (['before', 'after'] as const).flatMap((when) =>
    (['refusal', 'kill'] as const).flatMap((by) => numbers.map((at) => ({ at, when, by }))),
  )
}

/** The error of a write that fails. */
export const storageGone = new Error('the storage is gone')

/** Wraps a storage that ends as described, with a promise that resolves when it has ended. */
export function endingStorage(storage: RegistryStorage, { at, when, by }: Ending) {
  let count = 0
  let end = () => {}
  const ended = new Promise<'ended'>((done) => {
    end = () => done('ended')
  })
  const guarded = writes.map((name) => {
    const write = storage[name] as (...input: readonly unknown[]) => Promise<unknown> // called with its own arguments
    return [
      name,
      async (...input: readonly unknown[]) => {
        const number = count++
        if (number < at) return write(...input)
        if (number === at && when === 'after') await write(...input)
        end()
        if (by === 'kill') return new Promise<never>(() => {})
        throw storageGone
      },
    ]
  })
  const ending: RegistryStorage = { ...storage, ...Object.fromEntries(guarded) }
  return { storage: ending, ended, count: () => count }
}

/** Makes a row as a registry writes it. */
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
    confirmations: [{ id: 'greeting', holds: true, at: 1 }],
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
