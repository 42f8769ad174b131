// Every message of line-oa/store, line-oa/store/sqlite and line-oa/store/redis, whole. No other test asserts one.

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
])('%s', async (_what, call, ...row) => {
  expect(await errorOf(call)).toEqual(row)
})
