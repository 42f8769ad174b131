import type { LineClient } from '../../client.js'
import { systemClock } from '../../core/clock.js'
import { LineInputError } from '../../core/errors.js'
import { callerOptions } from '../run.js'
import { createSealer, type RegistryKey } from '../seal.js'
import { createBinder } from './clients.js'
import { createLifecycle, rowOf } from './lifecycle.js'
import type { RegistryOptions } from './options.js'
import { reseal } from './reseal.js'
import { heldToken } from './tokens.js'
import { exportTeam, type Imported, importTeam, type TransferOptions, walk } from './transfer.js'
import type { AuditEntry, Connection, ConnectionState, Resource, ResourceKind } from './types.js'
import { createVault, subjectOf } from './vault.js'
import { type Working, work } from './work.js'

/** A page of connections. */
export interface ConnectionPage {
  readonly connections: readonly Connection[]
  /** Where the next page starts; missing on the last page. */
  readonly next?: string | undefined
}

/** Which connections to list. */
export interface ListConnectionsOptions {
  readonly team?: string | undefined
  /** Where to go on from: `next` of the page before. */
  readonly after?: string | undefined
  /** Page size, 1 to 10,000. Default: 100. */
  readonly limit?: number | undefined
}

/** Connections of many teams: who has which account, how it is doing, and its secrets, sealed. Methods need no `this`. */
export interface Registry extends Working {
  readonly get: (id: string) => Promise<Connection | undefined>
  /** Finds the connection that holds an account now, by its channel ID or by the destination of its deliveries. */
  readonly find: (
    by: { readonly channelId: string } | { readonly destination: string },
  ) => Promise<Connection | undefined>
  /** Lists connections in the order of connecting. It opens no secret. */
  readonly list: (options?: ListConnectionsOptions) => Promise<ConnectionPage>
  /** Walks over connections, reading a page at a time. */
  readonly each: (options?: {
    readonly team?: string | undefined
    readonly state?: ConnectionState | undefined
  }) => AsyncGenerator<Connection, void, undefined>
  /**
   * Gets the client of a connection. It is made once and holds its token; when credentials change, the next call gives another one.
   *
   * @throws {LineInputError} when there is no such connection, it is disconnected, or its secrets do not open.
   */
  readonly client: (id: string) => Promise<LineClient>
  /** Finds secrets and client by the destination of a delivery: what `createReceiver` takes as `channel`. Pending connections are found too. */
  readonly channel: (
    destination: string,
  ) => Promise<{ readonly channelSecret: readonly string[]; readonly client: LineClient } | undefined>
  /** Puts on record what the tool has made at LINE. Disconnecting removes nothing else. */
  readonly recordResource: (id: string, resource: Omit<Resource, 'at'>) => Promise<void>
  /** Takes something off the record that the tool has removed itself. */
  readonly forgetResource: (id: string, resource: Pick<Resource, 'kind' | 'id'>) => Promise<void>
  readonly resources: (id: string) => Promise<readonly Resource[]>
  /** Lists what happened to a connection, oldest first, from a line on that is counted from 0; 100 lines unless told. */
  readonly history: (
    id: string,
    options?: { readonly from?: number | undefined; readonly limit?: number | undefined },
  ) => Promise<readonly AuditEntry[]>
  /**
   * Seals again, with the first key, what an older key had sealed, tokens that are kept included, and says how many connections that were.
   * It may be run while others work, and again where it was ended.
   */
  readonly reseal: () => Promise<number>
  /** Takes out all that belongs to one team, secrets included, sealed with the key given. Nothing is removed. */
  readonly exportTeam: (team: string, key: RegistryKey) => Promise<string>
  /** Puts an exported team into this registry, under its own name or another. What is there already stays as it is. */
  readonly importTeam: (
    exported: string,
    key: RegistryKey,
    options?: { readonly team?: string | undefined },
  ) => Promise<readonly Imported[]>
  /**
   * Deletes what is left of a disconnected connection: its names, its record and its trail.
   *
   * @throws {LineInputError} when it is not disconnected: `disconnectAccount` does that first.
   */
  readonly remove: (id: string) => Promise<void>
}

const kinds: { readonly [kind in ResourceKind]: true } = {
  'rich-menu': true,
  'rich-menu-alias': true,
  'default-rich-menu': true,
  audience: true,
  'liff-app': true,
}

function checkResource({ kind, id }: Pick<Resource, 'kind' | 'id'>): void {
  if (!Object.hasOwn(kinds, kind))
    throw new LineInputError(`A resource is of one of the kinds ${Object.keys(kinds).join(', ')}`)
  if (typeof id !== 'string' || id === '')
    throw new LineInputError(`A resource of kind ${kind} has the ID that LINE gave it, as a text`)
}

function checkLimit(limit: number, most: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit
  throw new LineInputError(`limit is a whole number from 1 to ${most}`)
}

/**
 * Makes a registry of connections for a tool with many customers.
 *
 * Secrets and tokens are sealed (JWE, A256GCM) before the storage sees them; names, IDs, team and health stand in the clear. One team has an account at a time.
 *
 * @throws {LineInputError} without keys, or with keys that are too short.
 * @example
 * const registry = createRegistry({ storage: memoryStorage(), keys: [{ id: '2026-11', key }] })
 * await connectAccount({ registry, team: 'tea-house', messaging: { channelId, channelSecret }, webhookUrl })
 * const receiver = createReceiver({ channel: registry.channel })
 */
export function createRegistry(options: RegistryOptions): Registry {
  const { storage, keys, tokens, assertionKey, clock = systemClock } = options
  const sealer = createSealer(keys)
  const vault = createVault(sealer, assertionKey)
  const calling = callerOptions(options)
  const binder = createBinder(vault, sealer, tokens, calling)
  const audit: TransferOptions['audit'] = ({ id, team }, event, more = {}) =>
    storage.append({ connectionId: id, team, event, at: clock.now(), ...more })
  const transfer: TransferOptions = { storage, vault, clock, audit }

  return {
    [work]: createLifecycle({
      storage,
      vault,
      clock,
      findsKeys: assertionKey !== undefined,
      calling,
      audit,
      heldToken: async (id) =>
        heldToken((await vault.open(await rowOf(storage, id))).messaging, tokens, sealer, subjectOf(id)),
    }),
    get: async (id) => (await storage.get(id))?.connection,
    find: async (by) =>
      ('channelId' in by
        ? await storage.findByChannelId(by.channelId)
        : await storage.findByDestination(by.destination)
      )?.connection,
    async list({ team, after, limit = 100 } = {}) {
      checkLimit(limit, 10_000)
      // One more than asked for tells whether there is a next page.
      const connections = await storage.page({ team, after, limit: limit + 1 })
      if (connections.length <= limit) return { connections }
      const page = connections.slice(0, limit)
      return { connections: page, next: page.at(-1)?.id }
    },
    async *each({ team, state } = {}) {
      for await (const connection of walk(storage, team))
        if (state === undefined || connection.state === state) yield connection
    },
    client: async (id) => (await binder.bind(await rowOf(storage, id))).client,
    async channel(destination) {
      const row = await storage.findByDestination(destination)
      if (!row) return undefined
      const { client, channelSecrets } = await binder.bind(row)
      return channelSecrets.length === 0 ? undefined : { channelSecret: channelSecrets, client }
    },
    async recordResource(id, { kind, id: resourceId, name }) {
      checkResource({ kind, id: resourceId })
      const { connection } = await rowOf(storage, id)
      await storage.putResource(id, { kind, id: resourceId, at: clock.now(), ...(name !== undefined && { name }) })
      await audit(connection, 'resource-recorded', { about: `${kind} ${resourceId}` })
    },
    async forgetResource(id, resource) {
      checkResource(resource)
      const { connection } = await rowOf(storage, id)
      await storage.dropResource(id, resource.kind, resource.id)
      await audit(connection, 'resource-removed', { about: `${resource.kind} ${resource.id}` })
    },
    resources: (id) => storage.resources(id),
    async history(id, { from = 0, limit = 100 } = {}) {
      if (!Number.isSafeInteger(from) || from < 0)
        throw new LineInputError('history: from is the number of a line, from 0')
      return storage.trail(id, from, checkLimit(limit, 10_000))
    },
    reseal: () => reseal({ ...transfer, sealer, tokens }),
    exportTeam: (team, key) => exportTeam(transfer, team, key),
    importTeam: (exported, key, { team } = {}) => importTeam(transfer, exported, key, team),
    async remove(id) {
      const { connection } = await rowOf(storage, id)
      if (connection.state !== 'disconnected')
        throw new LineInputError(`The connection ${id} is ${connection.state}; disconnectAccount it first`)
      if (!(await storage.remove(id, connection.revision)))
        throw new LineInputError(`The connection ${id} was changed by another process: try again`)
    },
  }
}
