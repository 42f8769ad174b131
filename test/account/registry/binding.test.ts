// What the encrypted part of a connection is bound to, and rows that cannot be read.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CompactEncrypt } from 'jose'
import { memoryRegistryStorage, type StoredConnection } from 'line-oa/account'
import { redisRegistryStorage } from 'line-oa/account/redis'
import { sqliteRegistryStorage } from 'line-oa/account/sqlite'
import { sqliteStore } from 'line-oa/store/sqlite'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { setup } from '../setup.js'

const folder = mkdtempSync(join(tmpdir(), 'line-oa-registry-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = () => join(folder, `${++files}.db`)

const key = { id: '2026-10', key: new Uint8Array(32).fill(1) }

async function connected() {
  const line = setup()
  const storage = memoryRegistryStorage()
  const registry = line.createRegistry({ storage, keys: [key] })
  const connect = () => line.connect({ ...line.values, registry, team: 'tea' })
  const { connection } = await connect()
  const id = connection?.id ?? ''
  const row = async (): Promise<StoredConnection> => {
    const found = await storage.get(id)
    if (!found) throw new Error('the connection is not stored')
    return found
  }
  const client = (changed: StoredConnection) =>
    line.createRegistry({ storage: { ...storage, get: async () => changed }, keys: [key] }).client(id)
  return { line, id, row, client, connect, registry }
}

const refused = { code: 'LINE_INPUT' }

describe('the credentials of a connection are refused', () => {
  test.each<[string, object]>([
    ['under another team', { team: 'coffee' }],
    ['under another destination', { destination: `U${'0'.repeat(32)}` }],
    ['as another version', { sealVersion: 1 }],
    ['without a version', { sealVersion: undefined }],
  ])('%s', async (_, change) => {
    const { row, client } = await connected()
    const stored = await row()
    await client(stored)
    await expect(client({ ...stored, connection: { ...stored.connection, ...change } })).rejects.toMatchObject(refused)
  })

  test('when an older row takes the place of a newer one', async () => {
    const { row, client, connect } = await connected()
    const old = await row()
    await connect()
    const now = await row()
    expect(now.connection.sealVersion).toBeGreaterThan(old.connection.sealVersion ?? 0)
    await client(now)
    await expect(client({ ...now, sealed: old.sealed })).rejects.toMatchObject(refused)
  })
})

test('a row of an earlier version, which authenticated only the ID, can be read and is encrypted again', async () => {
  const { line, id, row, client } = await connected()
  const stored = await row()
  const { sealVersion: _, ...connection } = stored.connection
  const content = { messaging: { channelId: line.account.channelId, channelSecret: line.account.channelSecret } }
  // The key as the registry derives it from 32 bytes: the bytes themselves.
  const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: key.id, sub: `connection ${id}` })
    .encrypt(key.key)
  const bot = await (await client({ ...stored, connection, sealed })).messaging.getBotInfo()
  expect(bot.userId).toBe(line.account.userId)
})

describe('a row that cannot be read', () => {
  test('is reported and skipped, and hides no other connection', async () => {
    const path = newFile()
    const broken: string[] = []
    const storage = sqliteRegistryStorage(path, {
      // An error of the report must hide no connection, and end no process.
      onBrokenRow: async (id) => {
        broken.push(id)
        throw new Error('the report failed')
      },
    })
    const connections = Array.from({ length: 7 }, (_, i) => ({ id: `c${i}`, team: 'tea', revision: 1, name: `N${i}` }))
    for (const connection of connections)
      await storage.insert({ connection: connection as never, sealed: '', holds: { destination: connection.id } })
    const database = new DatabaseSync(path)
    const change = database.prepare('UPDATE line_oa_connections SET connection = ? WHERE id = ?')
    change.run('{"name":"a secret', 'c2')
    change.run('[]', 'c3')
    change.run('{"id":"c0"}', 'c5')
    database.close()
    const registry = setup().createRegistry({ storage, keys: [key] })
    const ids: string[] = []
    for await (const { id } of registry.each()) ids.push(id)
    expect(ids).toEqual(['c0', 'c1', 'c4', 'c6'])
    expect(new Set(broken)).toEqual(new Set(['c2', 'c3', 'c5']))
    const first = await registry.list({ limit: 2 })
    expect(first.connections.map(({ id }) => id)).toEqual(['c0', 'c1'])
    const second = await registry.list({ limit: 2, after: first.next })
    expect(second.connections.map(({ id }) => id)).toEqual(['c4', 'c6'])
    storage.close()
  })

  test('is reported to the console by its ID, unless a function takes the report', async () => {
    const path = newFile()
    const storage = sqliteRegistryStorage(path)
    await storage.insert({
      connection: { id: 'c0', team: 'tea', revision: 1 } as never,
      sealed: '',
      holds: { destination: 'c0' },
    })
    const database = new DatabaseSync(path)
    database.exec(`UPDATE line_oa_connections SET connection = '{"name":"a secret'`)
    database.close()
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    try {
      expect(
        await setup()
          .createRegistry({ storage, keys: [key] })
          .list(),
      ).toMatchObject({ connections: [] })
      expect(JSON.stringify(warn.mock.calls)).toContain('c0')
      expect(JSON.stringify(warn.mock.calls)).not.toContain('a secret')
    } finally {
      warn.mockRestore()
      storage.close()
    }
  })
})

describe('the tables of a file', () => {
  test('without a version, as earlier versions left them, are upgraded and keep their rows', async () => {
    const path = newFile()
    const first = sqliteStore(path)
    await first.set('key', 'value')
    first.close()
    const database = new DatabaseSync(path)
    database.exec('DROP TABLE line_oa_schema')
    database.close()
    const second = sqliteStore(path)
    expect(await second.get('key')).toBe('value')
    second.close()
    sqliteRegistryStorage(path).close()
    const after = new DatabaseSync(path)
    expect(after.prepare('SELECT name, version FROM line_oa_schema ORDER BY name').all()).toEqual([
      { name: 'registry', version: 1 },
      { name: 'store', version: 1 },
    ])
    after.close()
  })

  test('of a newer version are refused', () => {
    const path = newFile()
    sqliteStore(path).close()
    sqliteRegistryStorage(path).close()
    const database = new DatabaseSync(path)
    database.exec('UPDATE line_oa_schema SET version = 2')
    database.close()
    for (const open of [() => sqliteStore(path), () => sqliteRegistryStorage(path)])
      expect(open).toThrow(expect.objectContaining(refused))
  })
})

describe('keys in Redis', () => {
  // A server with the keys of an earlier or later version, which has no connections.
  function server(version: string | undefined) {
    const keys = new Map(version === undefined ? [] : [['tea:schema', version]])
    const seen: string[] = []
    const fails = { next: false }
    const client = {
      async sendCommand([name = '', key = '', value = '']: readonly string[]) {
        seen.push(name)
        if (fails.next) {
          fails.next = false
          throw new Error('the connection was lost')
        }
        if (name === 'SET' && !keys.has(key)) keys.set(key, value)
        return name === 'GET' ? keys.get(key) : name === 'LRANGE' ? [] : null
      },
    }
    return { keys, seen, fails, storage: redisRegistryStorage(client, { prefix: 'tea' }) }
  }

  test('without a version get one with the first call, which checks it once', async () => {
    const { keys, seen, storage } = server(undefined)
    expect(seen).toEqual([])
    await storage.get('x')
    await storage.trail('x', 0, 1)
    expect(keys.get('tea:schema')).toBe('1')
    expect(seen).toEqual(['SET', 'GET', 'EVAL', 'LRANGE'])
  })

  test('of a newer version are refused by every call', async () => {
    const { keys, storage, seen } = server('2')
    await expect(storage.get('x')).rejects.toMatchObject(refused)
    await expect(storage.trail('x', 0, 1)).rejects.toMatchObject(refused)
    expect(keys.get('tea:schema')).toBe('2')
    expect(seen).not.toContain('EVAL')
  })

  test('are checked again after a check that failed', async () => {
    const { fails, storage } = server('1')
    fails.next = true
    await expect(storage.get('x')).rejects.toMatchObject({ code: 'LINE_NETWORK' })
    expect(await storage.get('x')).toBeUndefined()
  })
})

test('more accounts than clients in memory issue one token each', async () => {
  const line = setup()
  const storage = memoryRegistryStorage()
  const registry = line.createRegistry({ storage, keys: [key], activeAccounts: 2 })
  const ids: string[] = []
  for (const name of ['a', 'b', 'c', 'd']) {
    const { channelId, channelSecret } = line.emulator.createAccount({ name })
    const { connection } = await line.connect({ messaging: { channelId, channelSecret }, registry, team: name })
    ids.push(connection?.id ?? '')
  }
  const issued = () => line.calls.filter(({ call }) => call.includes('/oauth2/v3/token')).length
  const before = issued()
  for (let round = 0; round < 3; round++) for (const id of ids) await (await registry.client(id)).messaging.getBotInfo()
  expect(issued() - before).toBe(ids.length)
})
