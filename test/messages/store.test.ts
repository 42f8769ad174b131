// Every message of line-oa/store, line-oa/store/sqlite and line-oa/store/redis, whole. No other test asserts one.

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore } from 'line-oa/store'
import { redisStore } from 'line-oa/store/redis'
import { sqliteStore } from 'line-oa/store/sqlite'
import { expect, test, vi } from 'vitest'
import { type ErrorRow, errorOf } from './error-of.js'

test.each<readonly [what: string, call: () => unknown, ...ErrorRow]>([
  [
    'maxEntries: 0',
    () => memoryStore({ maxEntries: 0 }),
    'LINE_INPUT',
    undefined,
    'memoryStore: maxEntries must be 1 or more',
  ],
  [
    'maxEntries: NaN',
    () => memoryStore({ maxEntries: Number.NaN }),
    'LINE_INPUT',
    undefined,
    'memoryStore: maxEntries must be 1 or more',
  ],
  [
    'a value that is not a string',
    () => memoryStore().set('a', 1 as never),
    'LINE_INPUT',
    undefined,
    'A store requires strings as key and value, and a number of milliseconds as ttl',
  ],
  [
    'no Redis client',
    () => redisStore({} as never),
    'LINE_INPUT',
    undefined,
    'redisStore: client must be a connected client of the redis or ioredis package',
  ],
  [
    'a runtime without node:sqlite',
    () => {
      vi.stubGlobal('process', undefined)
      try {
        return sqliteStore(':memory:')
      } finally {
        vi.unstubAllGlobals()
      }
    },
    'LINE_INPUT',
    undefined,
    'sqliteStore requires node:sqlite, which this runtime does not have; use Node 22.13 or newer',
  ],
  [
    'a SQLite file in a missing folder',
    () => sqliteStore(join(tmpdir(), 'line-oa-missing', 'store.db')),
    'LINE_INPUT',
    undefined,
    'sqliteStore: path cannot be opened as a SQLite database (unable to open database file)',
  ],
  [
    'a SQLite path that is not a string',
    () => sqliteStore(42 as never),
    'LINE_INPUT',
    undefined,
    'sqliteStore: path cannot be opened as a SQLite database (ERR_INVALID_ARG_TYPE)',
  ],
  [
    'a closed SQLite store',
    async () => {
      const store = sqliteStore(':memory:')
      store.close()
      await store.get('key')
    },
    'LINE_INPUT',
    undefined,
    'sqliteStore: the database failed (ERR_INVALID_STATE)',
  ],
  [
    'a Redis without a connection',
    () =>
      redisStore({
        sendCommand: () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })),
      }).get('key'),
    'LINE_NETWORK',
    undefined,
    'redisStore: the Redis command GET failed (ECONNREFUSED)',
  ],
  [
    'a Redis that is full',
    () => redisStore({ call: () => Promise.reject(new Error('OOM command not allowed')) }).set('key', 'value'),
    'LINE_NETWORK',
    undefined,
    'redisStore: the Redis command SET failed (OOM)',
  ],
])('%s', async (_what, call, ...row) => {
  expect(await errorOf(call)).toEqual(row)
})
