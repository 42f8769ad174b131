// Listing opens nothing and parses once; walking holds one page at a time.
import { DatabaseSync } from 'node:sqlite'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRegistry, memoryStorage, type RegistryStorage } from '../../../src/account/index.js'
import { redisStorage } from '../../../src/account/registry/redis.js'
import { sqliteStorage } from '../../../src/account/registry/sqlite.js'
import { findRedis, startRedis } from '../../store/redis-server.js'
import { sealingKey } from '../setup.js'
import { ListRedis } from './redis-client.js'
import { databaseFile, row } from './storages.js'

const binary = findRedis()

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void // that flag puts it there

/** Puts so many connections into a file, in one transaction, as a registry would have written them. */
function fill(path: string, count: number): void {
  sqliteStorage(path).close()
  const database = new DatabaseSync(path)
  const { connection } = row('id')
  const [before = '', after = ''] = JSON.stringify({ ...connection, id: '#', channelId: undefined }).split('#')
  database.exec(`
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})
    INSERT INTO line_oa_connections
      SELECT printf('%010d', i), 'team', 1, NULL, NULL, '${before}' || printf('%010d', i) || '${after}' FROM n;
  `)
  database.close()
}

/** The best of up to 60 rounds, and no more of them once it is below the goal: others may be using this machine. */
async function best(work: () => Promise<number>, goal = 0): Promise<{ readonly ms: number; readonly count: number }> {
  let ms = Number.POSITIVE_INFINITY
  let count = 0
  for (let round = 0; round < 60 && !(ms < goal); round++) {
    const start = performance.now()
    count = await work()
    ms = Math.min(ms, performance.now() - start)
  }
  return { ms, count }
}

const listAll = (storage: RegistryStorage, goal: number) => {
  const registry = createRegistry({ storage, keys: [sealingKey] })
  return best(async () => (await registry.list({ limit: 10_000 })).connections.length, goal)
}

describe('10,000 connections are listed in 50 ms', () => {
  test('in memory', async () => {
    const storage = memoryStorage()
    for (let at = 0; at < 10_000; at++) await storage.insert(row(`id ${at}`, { channelId: undefined, destination: `U${at}` }))
    const { ms, count } = await listAll(storage, 50)
    expect(count).toBe(10_000)
    expect(ms).toBeLessThan(50)
  })

  test('in SQLite', async () => {
    const file = databaseFile()
    fill(file.path, 10_000)
    const storage = sqliteStorage(file.path)
    const { ms, count } = await listAll(storage, 50)
    storage.close()
    file.remove()
    expect(count).toBe(10_000)
    expect(ms).toBeLessThan(50)
  })

  test.skipIf(!binary)('in Redis, with what it takes over the wire, in 100 ms', async () => {
    const server = await startRedis(binary ?? '')
    const client = new ListRedis(server.port)
    const storage = redisStorage(client)
    await Promise.all(
      Array.from({ length: 10_000 }, (_, at) => storage.insert(row(`id ${at}`, { channelId: undefined, destination: `U${at}` }))),
    )
    const { ms, count } = await listAll(storage, 100)
    client.close()
    await server.stop()
    expect(count).toBe(10_000)
    expect(ms).toBeLessThan(100)
  })
})

describe('1,000,000 connections in SQLite', () => {
  const file = databaseFile()
  beforeAll(() => fill(file.path, 1_000_000), 120_000)
  afterAll(() => file.remove())

  test('are walked over in constant memory, each once and in order', { timeout: 120_000 }, async () => {
    const storage = sqliteStorage(file.path)
    const registry = createRegistry({ storage, keys: [sealingKey] })
    let count = 0
    let last = ''
    let lowest = Number.POSITIVE_INFINITY
    let highest = 0
    for await (const { id } of registry.each()) {
      if (id <= last) throw new Error(`${id} after ${last}`)
      last = id
      if (++count % 50_000 !== 0) continue
      // What is in use, and not what waits to be collected.
      collectGarbage()
      const { heapUsed } = process.memoryUsage()
      lowest = Math.min(lowest, heapUsed)
      highest = Math.max(highest, heapUsed)
    }
    storage.close()
    expect(count).toBe(1_000_000)
    expect((highest - lowest) / 2 ** 20, 'MiB').toBeLessThan(10)
  })

  test('a page from the middle takes no longer than the first', async () => {
    const storage = sqliteStorage(file.path)
    const registry = createRegistry({ storage, keys: [sealingKey] })
    const at = (after: string | undefined) => best(async () => (await registry.list({ after, limit: 100 })).connections.length)
    const [first, middle] = [await at(undefined), await at('0000500000')]
    storage.close()
    expect(middle.count).toBe(100)
    expect(middle.ms).toBeLessThan(Math.max(5, first.ms * 5))
  })
})
