// A list is one read and decrypts nothing; each() holds one page at a time. The bench measures how long they take.
import { DatabaseSync } from 'node:sqlite'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createRegistry, type RegistryStorage } from 'line-oa/account'
import { sqliteRegistryStorage } from 'line-oa/account/sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sealingKey } from '../setup.js'
import { databaseFile, eachStorage, row, type StorageSubject } from './storages.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void // the flag defines gc

/** Wraps a storage and records its calls. */
function watched(storage: RegistryStorage) {
  const asked: (readonly [method: string, ...input: readonly unknown[]])[] = []
  const proxy = new Proxy(storage, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return (...input: readonly unknown[]) => {
        asked.push([String(name), ...input])
        return Reflect.apply(method, target, input)
      }
    },
  })
  return { storage: proxy, asked }
}

eachStorage('list()', (open) => {
  let subject: StorageSubject
  beforeEach(async () => {
    subject = await open()
  })
  afterEach(() => subject.close())

  test('reads the storage once and decrypts nothing', async () => {
    const count = 200
    await subject.fill(count)
    const decrypt = vi.spyOn(crypto.subtle, 'decrypt')
    const { storage, asked } = watched(subject.other)
    const { connections, next } = await createRegistry({ storage, keys: [sealingKey] }).list({ limit: count })
    expect(connections).toHaveLength(count)
    expect(next).toBeUndefined()
    expect(asked).toEqual([['page', { team: undefined, after: undefined, limit: count + 1 }]])
    expect(decrypt).not.toHaveBeenCalled()
    decrypt.mockRestore()
  })
})

describe('each() over 100,000 connections in SQLite', () => {
  test('holds one page at a time: memory use is constant, and each connection is returned once and in order', {
    timeout: 60_000,
  }, async () => {
    const file = databaseFile()
    sqliteRegistryStorage(file.path).close()
    const database = new DatabaseSync(file.path)
    const [before = '', after = ''] = JSON.stringify({ ...row('id').connection, id: '#' }).split('#')
    database.exec(`
      PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < 100000)
      INSERT INTO line_oa_connections
        SELECT printf('%010d', i), 'tea', 1, NULL, NULL, '${before}' || printf('%010d', i) || '${after}' FROM n;
    `)
    database.close()
    const sqlite = sqliteRegistryStorage(file.path)
    const { storage, asked } = watched(sqlite)
    const heap: number[] = []
    let [count, last] = [0, '']
    for await (const { id } of createRegistry({ storage, keys: [sealingKey] }).each()) {
      if (id <= last) throw new Error(`${id} after ${last}`)
      last = id
      // The next page is read only when the previous one is used up.
      if (asked.length !== Math.floor(count / 500) + 1) throw new Error(`${asked.length} pages for ${count}`)
      if (++count % 10_000 !== 0) continue
      collectGarbage()
      heap.push(process.memoryUsage().heapUsed)
    }
    sqlite.close()
    file.remove()
    expect(count).toBe(100_000)
    expect(
      new Set(asked.map(([method, options]) => JSON.stringify([method, { ...(options as object), after: undefined }]))),
    ).toEqual(new Set(['["page",{"limit":500}]']))
    // All connections at once would need far more memory.
    expect((count * (before + after).length) / 2 ** 20).toBeGreaterThan(30)
    expect((Math.max(...heap) - Math.min(...heap)) / 2 ** 20, 'MiB').toBeLessThan(5)
  })
})
