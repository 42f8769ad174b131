import type { LineClient } from '../../client.js'
import { systemClock } from '../../core/clock.js'
import { LineInputError } from '../../core/errors.js'
import { textProperty } from '../../core/property.js'
import { checkOptions } from '../../core/read-options.js'
import { createBinder, heldToken } from './clients.js'
import { createLifecycle, rowOf } from './lifecycle.js'
import { createSealer, createVault, type RegistryKey, subjectOf } from './seal.js'
import { exportTeam, type Imported, importTeam, reseal, type TransferOptions, walk } from './transfer.js'
import type { AuditEntry, Connection, ConnectionState, RegistryOptions, Resource, ResourceKind } from './types.js'
import { type Working, work } from './work.js'

/** A page of connections. */
export interface ConnectionPage {
  /** The connections of the page, in the order in which they were connected. */
  readonly connections: readonly Connection[]
  /** The cursor of the next page, for `after`. Missing on the last page. */
  readonly next?: string | undefined
}

/** Options for listing connections. */
export interface ListConnectionsOptions {
  /** Only connections of this team. Default: all teams. */
  readonly team?: string | undefined
  /** The cursor to continue from: `next` of the page before. Default: the first page. */
  readonly after?: string | undefined
  /** The number of connections on a page, 1 to 10,000. Default: 100. */
  readonly limit?: number | undefined
}

/** Stores the connections of many teams: which team has which account, its health, and its credentials, encrypted. The methods can be passed on without `this`. */
export interface Registry extends Working {
  /** Gets a connection; `undefined` when the registry has no connection with this ID. */
  readonly get: (id: string) => Promise<Connection | undefined>
  /** Finds the current connection of an account by its channel ID or by the `destination` of its webhook deliveries. */
  readonly find: (
    by:
      | {
          /** The ID of the Messaging API channel. */
          readonly channelId: string
        }
      | {
          /** The user ID of the bot. */
          readonly destination: string
        },
  ) => Promise<Connection | undefined>
  /** Lists connections in the order in which they were connected. It does not decrypt credentials. */
  readonly list: (options?: ListConnectionsOptions) => Promise<ConnectionPage>
  /** Iterates over connections, one page at a time. */
  readonly each: (options?: {
    /** Only connections of this team. Default: all teams. */
    readonly team?: string | undefined
    /** Only connections in this state. Default: all states. */
    readonly state?: ConnectionState | undefined
  }) => AsyncGenerator<Connection, void, undefined>
  /**
   * Gets the client of a connection. The client is created once and keeps its token; after the credentials change, the next call returns another client.
   *
   * @throws {LineInputError} when there is no such connection, it is disconnected, or its credentials cannot be decrypted.
   */
  readonly client: (id: string) => Promise<LineClient>
  /** Finds channel secrets and client by the `destination` of a webhook delivery: the `channel` option of `createReceiver`. It finds pending connections too. */
  readonly channel: (destination: string) => Promise<
    | {
        /** The channel secrets that LINE may sign with, the current one first. */
        readonly channelSecret: readonly string[]
        /** The client of the connection. */
        readonly client: LineClient
      }
    | undefined
  >
  /** Records a resource that the tool created at LINE. Disconnecting removes only recorded resources. */
  readonly recordResource: (id: string, resource: Omit<Resource, 'at'>) => Promise<void>
  /** Deletes the record of something that the tool removed itself. */
  readonly forgetResource: (id: string, resource: Pick<Resource, 'kind' | 'id'>) => Promise<void>
  /** Lists what is recorded for a connection, in the order in which it was recorded. */
  readonly resources: (id: string) => Promise<readonly Resource[]>
  /** Lists the audit trail of a connection, oldest entry first. */
  readonly history: (
    id: string,
    options?: {
      /** The index of the first entry, from 0. Default: 0. */
      readonly from?: number | undefined
      /** The number of entries, 1 to 10,000. Default: 100. */
      readonly limit?: number | undefined
    },
  ) => Promise<readonly AuditEntry[]>
  /**
   * Encrypts with the first key what is encrypted with another key, including stored tokens, and returns the number of connections.
   * It can run while other processes use the registry, and can be repeated after an interruption.
   */
  readonly reseal: () => Promise<number>
  /** Exports the connections of a team with their credentials, encrypted with the given key. Nothing is deleted. */
  readonly exportTeam: (team: string, key: RegistryKey) => Promise<string>
  /** Imports an exported team, under its own name or under `team`. Connections that exist already are not changed. */
  readonly importTeam: (
    exported: string,
    key: RegistryKey,
    options?: {
      /** The team that gets the connections. Default: the team of the export. */
      readonly team?: string | undefined
    },
  ) => Promise<readonly Imported[]>
  /**
   * Deletes a disconnected connection with its record and its audit trail.
   *
   * @throws {LineInputError} when it is not disconnected; call `disconnectAccount` first.
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

function checkResource(name: string, resource: Pick<Resource, 'kind' | 'id'>): void {
  checkOptions(name, resource, {})
  const { kind, id } = resource
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind))
    throw new LineInputError(`${name}: kind must be one of ${Object.keys(kinds).join(', ')}`)
  if (typeof id !== 'string' || id === '')
    throw new LineInputError(`${name}: id must be a non-empty string, the ID of the ${kind} at LINE`)
}

function checkLimit(limit: number, most: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit
  throw new LineInputError(`limit must be an integer from 1 to ${most}`)
}

/**
 * Creates a registry of connections for a tool with many customers.
 *
 * Credentials and tokens are encrypted (JWE, A256GCM) before they reach the storage; names, IDs, team and health are not encrypted. Only one team at a time
 * can connect an account.
 *
 * @throws {LineInputError} without keys, with a key that is too short, and with two keys of the same ID.
 * @example
 * const registry = createRegistry({ storage: memoryRegistryStorage(), keys: [{ id: '2026-11', key }] })
 * await connectAccount({ registry, team: 'tea-house', messaging: { channelId, channelSecret }, webhookUrl })
 * const receiver = createReceiver({ channel: registry.channel })
 */
export function createRegistry(options: RegistryOptions): Registry {
  checkOptions('createRegistry', options, { keys: 'array', assertionKey: 'function', storage: 'with page' })
  const { storage, keys, tokens, assertionKey, activeAccounts, ...calling } = options
  if (!storage) throw new LineInputError('createRegistry: storage is required, such as memoryRegistryStorage()')
  if (activeAccounts !== undefined && !(Number.isInteger(activeAccounts) && activeAccounts > 0))
    throw new LineInputError('createRegistry: activeAccounts must be a positive integer')
  const { clock = systemClock } = calling
  const sealer = createSealer(keys)
  const vault = createVault(sealer, assertionKey)
  const binder = createBinder(vault, sealer, tokens, calling, activeAccounts)
  const audit: TransferOptions['audit'] = ({ id, team }, event, more = {}) =>
    storage.append({ connectionId: id, team, event, at: clock.now(), ...more })
  const transfer: TransferOptions = { storage, vault, clock, audit }

  const lifecycle = createLifecycle({
    storage,
    vault,
    clock,
    findsKeys: assertionKey !== undefined,
    calling,
    audit,
    heldToken: async (id) =>
      heldToken((await vault.open(await rowOf(storage, id))).messaging, tokens, sealer, subjectOf(id)),
  })

  return {
    [work]: lifecycle,
    get: async (id) => (await storage.get(id))?.connection,
    find: async (by) => {
      checkOptions('find', by, {})
      const [channelId, destination] = [textProperty(by, 'channelId'), textProperty(by, 'destination')]
      if (channelId !== undefined) return (await storage.findByChannelId(channelId))?.connection
      if (destination !== undefined) return (await storage.findByDestination(destination))?.connection
      throw new LineInputError('find: channelId or destination must be a non-empty string')
    },
    async list(options = {}) {
      checkOptions('list', options, { team: 'string', after: 'string' })
      const { team, after, limit = 100 } = options
      checkLimit(limit, 10_000)
      // One connection more than requested tells whether there is a next page.
      const connections = await storage.page({ team, after, limit: limit + 1 })
      if (connections.length <= limit) return { connections }
      const page = connections.slice(0, limit)
      return { connections: page, next: page.at(-1)?.id }
    },
    async *each(options = {}) {
      checkOptions('each', options, { team: 'string', state: 'string' })
      const { team, state } = options
      for await (const connection of walk(storage, team))
        if (state === undefined || connection.state === state) yield connection
    },
    client: async (id) => (await binder.bind(await rowOf(storage, id))).client,
    async channel(destination) {
      const row = typeof destination === 'string' ? await storage.findByDestination(destination) : undefined
      if (!row) return undefined
      await lifecycle.lookedUp(row.connection)
      const { client, channelSecrets } = await binder.bind(row)
      return channelSecrets.length === 0 ? undefined : { channelSecret: channelSecrets, client }
    },
    async recordResource(id, resource) {
      checkResource('recordResource', resource)
      const { kind, id: resourceId, name } = resource
      const { connection } = await rowOf(storage, id)
      await storage.putResource(id, { kind, id: resourceId, at: clock.now(), ...(name !== undefined && { name }) })
      await audit(connection, 'resource-recorded', { about: `${kind} ${resourceId}` })
    },
    async forgetResource(id, resource) {
      checkResource('forgetResource', resource)
      const { connection } = await rowOf(storage, id)
      await storage.dropResource(id, resource.kind, resource.id)
      await audit(connection, 'resource-removed', { about: `${resource.kind} ${resource.id}` })
    },
    resources: (id) => storage.resources(id),
    async history(id, options = {}) {
      checkOptions('history', options, {})
      const { from = 0, limit = 100 } = options
      if (!Number.isSafeInteger(from) || from < 0) throw new LineInputError('from must be an integer of 0 or more')
      return storage.trail(id, from, checkLimit(limit, 10_000))
    },
    reseal: () => reseal({ ...transfer, sealer, tokens }),
    exportTeam: (team, key) => exportTeam(transfer, team, key),
    async importTeam(exported, key, options = {}) {
      checkOptions('importTeam', options, { team: 'string' })
      if (typeof exported !== 'string')
        throw new LineInputError('importTeam: exported must be the text that exportTeam() returned')
      return importTeam(transfer, exported, key, options.team)
    },
    async remove(id) {
      const { connection } = await rowOf(storage, id)
      if (connection.state !== 'disconnected')
        throw new LineInputError(`Connection ${id} is not disconnected; call disconnectAccount() before remove()`)
      if (!(await storage.remove(id, connection.revision)))
        throw new LineInputError(`Connection ${id} was changed by another process; try again`)
    },
  }
}
