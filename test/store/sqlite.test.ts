import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { inspect } from 'node:util'
import { sqliteStore } from 'line-oa/store/sqlite'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { storeContract } from './contract.js'

const folder = mkdtempSync(join(tmpdir(), 'line-oa-store-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = () => join(folder, `${++files}.db`)

function manualClock(at = 1_767_225_600_000) {
  return { now: () => at, pass: (ms: number) => void (at += ms) }
}

storeContract('sqliteStore', () => {
  const clock = manualClock()
  const path = newFile()
  const [store, other] = [sqliteStore(path, { clock }), sqliteStore(path, { clock })]
  return {
    store,
    other,
    ttl: 60_000,
    pass: clock.pass,
    close() {
      store.close()
      other.close()
    },
  }
})

describe('sqliteStore', () => {
  test('entries persist after the store is closed', async () => {
    const path = newFile()
    const first = sqliteStore(path)
    await first.set('key', 'value', 60_000)
    first.close()
    const second = sqliteStore(path)
    expect(await second.get('key')).toBe('value')
    second.close()
    await expect(second.get('key')).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test.each([
    [undefined, 2],
    ['full' as const, 2],
    ['normal' as const, 1],
  ])('with durability %s, SQLite’s synchronous is %d', async (durability, synchronous) => {
    // The setting belongs to the connection, so the statements that the store runs tell it.
    const exec = vi.spyOn(DatabaseSync.prototype, 'exec')
    sqliteStore(newFile(), { durability }).close()
    const setting = /PRAGMA synchronous = (\w+)/.exec(exec.mock.calls.flat().join('\n'))?.[1]
    exec.mockRestore()
    const database = new DatabaseSync(':memory:')
    database.exec(`PRAGMA synchronous = ${setting}`)
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous })
    database.close()
  })

  test('a lock that another process holds is waited for 200 ms, and then the call rejects', async () => {
    const path = newFile()
    const store = sqliteStore(path)
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const began = performance.now()
    await expect(store.add('key', 'value')).rejects.toMatchObject({ code: 'LINE_INPUT' })
    // The receiver gives a claim a second; the bound is far above 200 ms for busy machines.
    expect(performance.now() - began).toBeLessThan(900)
    other.exec('ROLLBACK')
    expect(await store.add('key', 'value')).toBe(true)
    other.close()
    store.close()
  })

  test('an entry expires exactly at the end of its lifetime', async () => {
    const clock = manualClock()
    const store = sqliteStore(':memory:', { clock })
    await store.set('key', 'value', 1000)
    clock.pass(999)
    expect(await store.get('key')).toBe('value')
    clock.pass(1)
    expect(await store.get('key')).toBeUndefined()
  })

  test('a lifetime of NaN expires at once', async () => {
    const store = sqliteStore(':memory:')
    await store.set('key', 'value', Number.NaN)
    expect(await store.get('key')).toBeUndefined()
  })

  test('expired entries are deleted from the file', async () => {
    const clock = manualClock()
    const path = newFile()
    const store = sqliteStore(path, { clock })
    for (let i = 0; i < 200; i++) {
      await store.add(`event ${i}`, 'done', 10)
      clock.pass(1)
    }
    const row = new DatabaseSync(path).prepare('SELECT count(*) AS entries FROM line_oa_store').get()
    expect(Number(row?.['entries'])).toBeLessThan(20)
    store.close()
  })

  test('another process reads what this one wrote', async () => {
    const path = newFile()
    const store = sqliteStore(path)
    await store.add('lease', 'mine', 60_000)
    const script = `const { DatabaseSync } = require('node:sqlite')
const row = new DatabaseSync(process.argv[1]).prepare('SELECT value FROM line_oa_store WHERE key = ?').get('lease')
process.stdout.write(row.value)`
    expect(
      execFileSync(process.execPath, ['-e', script, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    ).toBe('mine')
    store.close()
  })

  test.each([
    ['in a missing folder', () => join(folder, 'none', 'a.db')],
    ['that is a folder', () => folder],
    [
      'that is not a database',
      () => {
        const path = newFile()
        writeFileSync(path, 'not a database'.repeat(1000))
        return path
      },
    ],
    ['whose path is not a string', () => 42 as never],
  ])('refuses a file %s', (_, path) => {
    expect(() => sqliteStore(path())).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('throws a LineError, without the values, when the database fails', async () => {
    const path = newFile()
    const store = sqliteStore(path)
    new DatabaseSync(path).exec('DROP TABLE line_oa_store')
    const calls = [
      () => store.get('k'),
      () => store.set('k', 'secret'),
      () => store.add('k', 'secret'),
      () => store.delete('k'),
      () => store.delete('k', 'secret'),
      () => store.replace('k', 'secret', 'w'),
    ]
    for (const call of calls) {
      const error = await call().catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'LINE_INPUT', outcome: 'rejected' })
      expect(inspect(error, { showHidden: true })).not.toContain('secret')
    }
    store.close()
    expect(() => store.close()).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('refuses to open in a runtime without node:sqlite', () => {
    vi.stubGlobal('process', undefined)
    try {
      expect(() => sqliteStore(':memory:')).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
