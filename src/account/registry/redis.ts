import { LineInputError } from '../../core/errors.js'
import { checkOptions } from '../../core/read-options.js'
import { type IoRedisClient, type NodeRedisClient, senderOf } from '../../store/redis-client.js'
import { type OnBrokenRow, readPage } from './rows.js'
import type { AuditEntry, Connection, RegistryStorage, Resource, StoredConnection } from './types.js'

export type { IoRedisClient, NodeRedisClient } from '../../store/redis-client.js'

/** Options of a registry storage in Redis. */
export interface RedisRegistryStorageOptions {
  /**
   * The prefix of all keys. Default: `{line-oa:accounts}`. The braces keep all keys in one slot of a cluster; use braces in your own prefix too.
   */
  readonly prefix?: string | undefined
  /** Called with the ID of a connection that cannot be read in a listing, which leaves it out. Default: `console.warn` with the ID. */
  readonly onBrokenRow?: OnBrokenRow | undefined
}

// The scripts decide by these facts: {"revision":1,"team":"...","holds":["channel 1234567890"]}.
const insert = `
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 'taken' end
local facts = cjson.decode(ARGV[4])
for _, key in ipairs(facts.holds) do
  if redis.call('HEXISTS', KEYS[4], key) == 1 then return 'taken' end
end
for _, key in ipairs(facts.holds) do redis.call('HSET', KEYS[4], key, ARGV[1]) end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[4])
redis.call('ZADD', KEYS[5], 0, ARGV[1])
redis.call('ZADD', KEYS[6], 0, ARGV[1])
return 'done'`

const update = `
local known = redis.call('HGET', KEYS[3], ARGV[1])
if not known then return 'changed' end
local before = cjson.decode(known)
if before.revision ~= tonumber(ARGV[5]) then return 'changed' end
local facts = cjson.decode(ARGV[4])
for _, key in ipairs(facts.holds) do
  local holder = redis.call('HGET', KEYS[4], key)
  if holder and holder ~= ARGV[1] then return 'taken' end
end
for _, key in ipairs(before.holds) do redis.call('HDEL', KEYS[4], key) end
for _, key in ipairs(facts.holds) do redis.call('HSET', KEYS[4], key, ARGV[1]) end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[4])
if before.team ~= facts.team then
  redis.call('ZREM', ARGV[6] .. before.team, ARGV[1])
  redis.call('ZADD', KEYS[6], 0, ARGV[1])
end
return 'done'`

const remove = `
local known = redis.call('HGET', KEYS[3], ARGV[1])
if not known then return 0 end
local before = cjson.decode(known)
if before.revision ~= tonumber(ARGV[2]) then return 0 end
for _, key in ipairs(before.holds) do redis.call('HDEL', KEYS[4], key) end
for i = 1, 3 do redis.call('HDEL', KEYS[i], ARGV[1]) end
redis.call('ZREM', KEYS[5], ARGV[1])
redis.call('ZREM', ARGV[3] .. before.team, ARGV[1])
redis.call('DEL', KEYS[6], KEYS[7], KEYS[8])
return 1`

// A resource keeps its place when it is recorded again.
const putResource = `
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
local last = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
redis.call('ZADD', KEYS[2], 'NX', (tonumber(last[2]) or 0) + 1, ARGV[1])`

const dropResource = `
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])`

const find = `
local id = redis.call('HGET', KEYS[2], ARGV[1])
if not id then return false end
return { redis.call('HGET', KEYS[1], id), redis.call('HGET', KEYS[3], id), redis.call('HGET', KEYS[4], id) }`

const get = `
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return false end
return { redis.call('HGET', KEYS[1], ARGV[1]), redis.call('HGET', KEYS[3], ARGV[1]), redis.call('HGET', KEYS[4], ARGV[1]) }`

interface Facts {
  readonly revision: number
  readonly team: string
  /** The scripts only read it; Lua would write an empty list as an object. */
  readonly holds: readonly string[]
}

function factsOf({ connection, holds }: StoredConnection): Facts {
  const { channelId, destination } = holds
  return {
    revision: connection.revision,
    team: connection.team,
    holds: [
      ...(channelId === undefined ? [] : [`channel ${channelId}`]),
      ...(destination === undefined ? [] : [`destination ${destination}`]),
    ],
  }
}

const parsed = <T>(text: unknown): T => JSON.parse(String(text)) as T // written by this file, from a T

function stored(reply: unknown): StoredConnection | undefined {
  if (!Array.isArray(reply)) return undefined
  const [connection, sealed, facts]: readonly unknown[] = reply
  const { holds } = parsed<Facts>(facts)
  const held = (name: string) => holds.find((key) => key.startsWith(`${name} `))?.slice(name.length + 1)
  const channelId = held('channel')
  const destination = held('destination')
  return {
    connection: parsed<Connection>(connection),
    sealed: String(sealed),
    holds: { ...(channelId !== undefined && { channelId }), ...(destination !== undefined && { destination }) },
  }
}

// Keys without a version are those of version 0, which are the same as those of version 1.
const schemaVersion = 1

async function checkVersion(send: (...command: [string, ...string[]]) => Promise<unknown>, key: string): Promise<void> {
  await send('SET', key, String(schemaVersion), 'NX')
  if (Number(await send('GET', key)) > schemaVersion)
    throw new LineInputError(
      'redisRegistryStorage: the keys were written by a newer version of line-oa; update this program',
    )
}

/**
 * Creates a registry storage in Redis. You connect and close the client. Scripts make each change atomic. Errors of the client are passed on unchanged.
 *
 * The keys have a schema version, which the first call checks; a newer one makes every call throw a `LineInputError`.
 *
 * @throws {LineInputError} when the client is not a client of the packages `redis` or `ioredis`.
 */
export function redisRegistryStorage(
  client: NodeRedisClient | IoRedisClient,
  options: RedisRegistryStorageOptions = {},
): RegistryStorage {
  checkOptions('redisRegistryStorage', options, { prefix: 'string', onBrokenRow: 'function' })
  const { prefix = '{line-oa:accounts}', onBrokenRow } = options
  const sendNow = senderOf(client, 'redisRegistryStorage')
  const key = (name: string) => `${prefix}:${name}`
  let checked: Promise<void> | undefined
  // The first call checks the version. A failure is not kept, so that the next call tries again.
  const send: typeof sendNow = async (...command) => {
    checked ??= checkVersion(sendNow, key('schema')).catch((error: unknown) => {
      checked = undefined
      throw error
    })
    await checked
    return sendNow(...command)
  }
  const [rows, sealed, facts, holds, order] = [
    key('connections'),
    key('sealed'),
    key('facts'),
    key('holds'),
    key('order'),
  ]
  const teams = key('team:')
  const run = (script: string, keys: readonly string[], args: readonly string[]) =>
    send('EVAL', script, String(keys.length), ...keys, ...args)
  const values = (row: StoredConnection) => [
    row.connection.id,
    JSON.stringify(row.connection),
    row.sealed,
    JSON.stringify(factsOf(row)),
  ]
  const keysOf = (team: string) => [rows, sealed, facts, holds, order, teams + team]
  const recordOf = (connectionId: string) => [key(`resources:${connectionId}`), key(`resource-order:${connectionId}`)]
  const list = async (reply: Promise<unknown>): Promise<readonly string[]> => {
    const found = await reply
    return Array.isArray(found) ? found.flatMap((text: unknown) => (text === null ? [] : String(text))) : []
  }

  return {
    async insert(row) {
      return String(await run(insert, keysOf(row.connection.team), values(row))) === 'done' ? 'done' : 'taken'
    },
    async update(row, revision) {
      const reply = String(await run(update, keysOf(row.connection.team), [...values(row), String(revision), teams]))
      return reply === 'done' || reply === 'taken' ? reply : 'changed'
    },
    async remove(id, revision) {
      const own = [...recordOf(id), key(`trail:${id}`)]
      return Number(await run(remove, [rows, sealed, facts, holds, order, ...own], [id, String(revision), teams])) === 1
    },
    async get(id) {
      return stored(await run(get, [rows, holds, sealed, facts], [id]))
    },
    async findByChannelId(channelId) {
      return stored(await run(find, [rows, holds, sealed, facts], [`channel ${channelId}`]))
    },
    async findByDestination(destination) {
      return stored(await run(find, [rows, holds, sealed, facts], [`destination ${destination}`]))
    },
    async page({ team, after, limit }) {
      const load = async (last: string | undefined, most: number) => {
        const from = last === undefined ? '-' : `(${last}`
        const ids = await list(
          send('ZRANGEBYLEX', team === undefined ? order : teams + team, from, '+', 'LIMIT', '0', String(most)),
        )
        const texts: readonly unknown[] = ids.length > 0 ? await list(send('HMGET', rows, ...ids)) : []
        return ids.map((id, at) => ({ id, text: texts[at] }))
      }
      return readPage(load, { after, limit }, onBrokenRow)
    },
    async putResource(connectionId, resource) {
      await run(putResource, recordOf(connectionId), [`${resource.kind} ${resource.id}`, JSON.stringify(resource)])
    },
    async dropResource(connectionId, kind, id) {
      await run(dropResource, recordOf(connectionId), [`${kind} ${id}`])
    },
    async resources(connectionId) {
      const members = await list(send('ZRANGE', key(`resource-order:${connectionId}`), '0', '-1'))
      if (members.length === 0) return []
      return (await list(send('HMGET', key(`resources:${connectionId}`), ...members))).map((text) =>
        parsed<Resource>(text),
      )
    },
    async append(entry) {
      await send('RPUSH', key(`trail:${entry.connectionId}`), JSON.stringify(entry))
    },
    async trail(connectionId, from, limit) {
      if (limit < 1) return []
      return (await list(send('LRANGE', key(`trail:${connectionId}`), String(from), String(from + limit - 1)))).map(
        (text) => parsed<AuditEntry>(text),
      )
    },
  }
}
