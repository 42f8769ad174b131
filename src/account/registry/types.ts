import type { CallerOptions } from '../../core/call/caller.js'
import type { FailureCode } from '../check/findings.js'
import type { Answering, Confirmation } from '../guide/confirmations.js'
import type { KeptTokens } from './clients.js'
import type { FindAssertionKey, RegistryKey } from './seal.js'

/**
 * The state of a connection:
 *
 * - `pending`: it is being connected, or the process that connected it stopped.
 * - `connected`: it is in use.
 * - `disconnecting`: it is being disconnected, or disconnecting failed.
 * - `disconnected`: its credentials are deleted, and another team can connect the account.
 */
export type ConnectionState = 'pending' | 'connected' | 'disconnecting' | 'disconnected'

/** Whether a connection receives webhooks (`full`), or only sends (`send-only`) because it has no channel secret or no webhook URL. */
export type ConnectionMode = 'full' | 'send-only'

/** The result of the last check of a connection. */
export interface Health {
  /** The verdict of the check. */
  readonly verdict: 'connected' | 'needs-person' | 'broken'
  /** The failures that the check found, each once. */
  readonly codes: readonly FailureCode[]
  /** When it was checked, in milliseconds since 1970. */
  readonly checkedAt: number
}

/** An Official Account that a team has connected. It contains no credentials. */
export interface Connection {
  /** The ID of the connection. IDs sort in the order in which accounts were connected. */
  readonly id: string
  /** The team that owns it, as the tool names it. Only one team at a time can connect an account. */
  readonly team: string
  /** The state of the connection. */
  readonly state: ConnectionState
  /** The step that a `pending` connection has reached: the webhook URL is about to be tested, or about to be set. */
  readonly step?: 'testing' | 'setting' | undefined
  /** The ID of the Messaging API channel. Missing when only a token of an unknown channel was given. */
  readonly channelId?: string | undefined
  /** The user ID of the bot: the `destination` of its webhook deliveries. */
  readonly destination: string
  /** The basic ID of the account, with `@`. */
  readonly basicId: string
  /** The premium ID of the account, with `@`. Missing if the account has none. */
  readonly premiumId?: string | undefined
  /** The display name of the account. */
  readonly name: string
  /** The URL of the profile picture. Missing when the account has none. */
  readonly pictureUrl?: string | undefined
  /** The ID of the LINE Login channel. Missing when the tool uses none. */
  readonly loginChannelId?: string | undefined
  /** Whether it receives webhooks, or only sends. */
  readonly mode: ConnectionMode
  /** Who replies to users. Missing when the tool does not reply. */
  readonly answering?: Answering | undefined
  /** Whether the tool works in group chats. Default: `false`. */
  readonly groups?: boolean | undefined
  /** The latest confirmation of each statement. */
  readonly confirmations: readonly Confirmation[]
  /** The result of the last check. Missing until the first one. */
  readonly health?: Health | undefined
  /** When connecting began, in milliseconds since 1970. */
  readonly createdAt: number
  /** When it was first connected, in milliseconds since 1970. Missing until then. */
  readonly connectedAt?: number | undefined
  /** When it was last changed, in milliseconds since 1970. */
  readonly updatedAt: number
  /** The number of the version, from 1; every change adds 1. */
  readonly revision: number
  /**
   * How often the credentials have been encrypted, from 1. It is authenticated with them, so that credentials of an earlier version are refused. Missing for a
   * connection that was stored before there were versions, until it is encrypted again.
   */
  readonly sealVersion?: number | undefined
}

/** The kinds of resources that a tool creates at LINE and that can remain after it is disconnected. */
export type ResourceKind = 'rich-menu' | 'rich-menu-alias' | 'default-rich-menu' | 'audience' | 'liff-app'

/** A resource that this tool created at LINE. Only recorded resources are removed. */
export interface Resource {
  /** The kind of the resource. */
  readonly kind: ResourceKind
  /** Its ID at LINE; for a default rich menu the ID of the menu. */
  readonly id: string
  /** A name for people. Default: none. */
  readonly name?: string | undefined
  /** When it was recorded, in milliseconds since 1970. */
  readonly at: number
}

/** An event in the audit trail of a connection. `looked-up`: a receiver asked for its channel secret while the webhook URL was being tested. */
export type AuditEvent =
  | 'begun'
  | 'looked-up'
  | 'connected'
  | 'rolled-back'
  | 'health'
  | 'resource-recorded'
  | 'resource-removed'
  | 'disconnecting'
  | 'disconnected'
  | 'resealed'
  | 'exported'
  | 'imported'

/** An entry of the audit trail. It contains no credentials. */
export interface AuditEntry {
  /** The ID of the connection. */
  readonly connectionId: string
  /** The team that owns the connection. */
  readonly team: string
  /** The event. */
  readonly event: AuditEvent
  /** When it happened, in milliseconds since 1970. */
  readonly at: number
  /** The failures of a check. Missing for other events. */
  readonly codes?: readonly FailureCode[] | undefined
  /** Details, for example the kind and ID of a resource. */
  readonly about?: string | undefined
}

/** A connection as a storage stores it. */
export interface StoredConnection {
  /** The part that is not encrypted. */
  readonly connection: Connection
  /** The credentials, encrypted. Empty once the connection is disconnected. */
  readonly sealed: string
  /** The IDs that no other connection may have at the same time. Empty once the connection is disconnected. */
  readonly holds: {
    /** The channel ID. */
    readonly channelId?: string | undefined
    /** The destination. */
    readonly destination?: string | undefined
  }
}

/** Options for listing connections. */
export interface PageOptions {
  /** Only connections of this team. Default: all teams. */
  readonly team?: string | undefined
  /** Only connections whose ID sorts after this one. Default: from the first one. */
  readonly after?: string | undefined
  /** The maximum number of connections to return. */
  readonly limit: number
}

/**
 * The storage of a registry. It only receives encrypted credentials.
 *
 * Every method must be atomic: a concurrent call sees the effect of another call completely or not at all.
 */
export interface RegistryStorage {
  /** Adds a connection. Returns `taken` when its ID exists, or another connection holds its channel ID or destination. */
  insert(row: StoredConnection): Promise<'done' | 'taken'>
  /** Replaces a connection of the given revision. Returns `changed` when it has another revision, and `taken` as {@link insert}. */
  update(row: StoredConnection, revision: number): Promise<'done' | 'changed' | 'taken'>
  /** Deletes a connection of the given revision with its resources and its audit trail. Returns whether it was deleted. */
  remove(id: string, revision: number): Promise<boolean>
  /** Gets a connection by its ID. */
  get(id: string): Promise<StoredConnection | undefined>
  /** Finds the connection that holds a channel ID. */
  findByChannelId(channelId: string): Promise<StoredConnection | undefined>
  /** Finds the connection that holds a destination. */
  findByDestination(destination: string): Promise<StoredConnection | undefined>
  /** Lists connections in the order of their IDs, without credentials. */
  page(options: PageOptions): Promise<readonly Connection[]>
  /** Records a resource. An existing one of the same kind and ID is replaced. */
  putResource(connectionId: string, resource: Resource): Promise<void>
  /** Deletes a recorded resource. */
  dropResource(connectionId: string, kind: ResourceKind, id: string): Promise<void>
  /** Lists recorded resources in the order in which they were recorded. */
  resources(connectionId: string): Promise<readonly Resource[]>
  /** Appends an entry to the audit trail. Entries never change. */
  append(entry: AuditEntry): Promise<void>
  /** Lists the audit trail of a connection in its order, from the entry with the given index, counted from 0. */
  trail(connectionId: string, from: number, limit: number): Promise<readonly AuditEntry[]>
}

/** The parts of a registry, and how its clients call LINE. */
export interface RegistryOptions extends CallerOptions {
  /** Where connections are stored. */
  readonly storage: RegistryStorage
  /** The encryption keys. The first one encrypts and all of them decrypt, so that keys can be rotated with `reseal`. */
  readonly keys: readonly [RegistryKey, ...RegistryKey[]]
  /** Makes clients issue and store tokens of a kind that LINE limits to 30 per channel. Default: stateless tokens, which are not stored. */
  readonly tokens?: KeptTokens | undefined
  /** Finds assertion signing keys that are stored elsewhere, for example in a key management service. Default: the registry stores private keys, encrypted. */
  readonly assertionKey?: FindAssertionKey | undefined
  /**
   * Number of accounts whose client stays in memory, about 100 KB each. Default: 1,000. Above it, the least recently used client is created again when it is
   * needed. The tokens of 20 times as many accounts stay in memory, so that a new client does not issue a new token.
   */
  readonly activeAccounts?: number | undefined
}
