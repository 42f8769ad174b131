import { checkOptions } from '../core/read-options.js'
import { checkEntry } from './check-entry.js'
import { type IoRedisClient, type NodeRedisClient, type SendCommand, senderOf } from './redis-client.js'
import type { Store } from './types.js'

export type { IoRedisClient, NodeRedisClient } from './redis-client.js'

/** Options for `redisStore`. */
export interface RedisStoreOptions {
  /** Prefix of every key, so that several programs can share a Redis. The SDK's own keys start with `line-oa:`. Default: no prefix. */
  readonly prefix?: string | undefined
}

// Redis runs a script atomically. With two commands, another process could write between the comparison and the write.
const compareAndDelete = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`
const compareAndSet = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] == '' then redis.call('SET', KEYS[1], ARGV[2]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end return 1`

// Redis requires whole milliseconds, at least 1.
const lifetime = (ttl: number | undefined) => (ttl === undefined ? [] : ['PX', String(Math.ceil(ttl))])
const isOver = (ttl: number | undefined) => ttl !== undefined && !(ttl > 0)

/**
 * Creates a store in Redis. The caller connects and closes the client. It supports Redis 2.8 or newer, Valkey, and clusters of both.
 *
 * Times to live use the clock of the Redis server. Its methods throw a `LineNetworkError` if a command fails; `reason` is the code of Redis or of
 * the connection, such as `OOM` or `ECONNREFUSED`.
 *
 * @example
 * import { createClient } from 'redis'
 * const store = redisStore(await createClient({ url }).connect())
 * @throws {LineInputError} if the client is not from the `redis` or `ioredis` package.
 */
export function redisStore(client: NodeRedisClient | IoRedisClient, options: RedisStoreOptions = {}): Store {
  checkOptions('redisStore', options, { prefix: 'string' })
  const { prefix = '' } = options
  const send = senderOf(client, 'redisStore')
  const one = async (...input: Parameters<SendCommand>) => Number(await send(...input)) === 1
  const swap = (key: string, expected: string, value: string, ttl: string) =>
    one('EVAL', compareAndSet, '1', prefix + key, expected, value, ttl)
  const remove = (key: string, expected: string) => one('EVAL', compareAndDelete, '1', prefix + key, expected)

  return {
    async get(key) {
      const value = await send('GET', prefix + key)
      return value === null || value === undefined ? undefined : String(value)
    },
    async set(key, value, ttl) {
      checkEntry(ttl, key, value)
      if (isOver(ttl)) await send('DEL', prefix + key)
      else await send('SET', prefix + key, value, ...lifetime(ttl))
    },
    async add(key, value, ttl) {
      checkEntry(ttl, key, value)
      if (isOver(ttl)) return (await send('EXISTS', prefix + key).then(Number)) === 0
      return (await send('SET', prefix + key, value, ...lifetime(ttl), 'NX')) !== null
    },
    async delete(key, expected) {
      return expected === undefined ? one('DEL', prefix + key) : remove(key, expected)
    },
    async replace(key, expected, value, ttl) {
      checkEntry(ttl, key, value)
      if (isOver(ttl)) return remove(key, expected)
      return swap(key, expected, value, ttl === undefined ? '' : String(Math.ceil(ttl)))
    },
  }
}
