import type { AuditEntry, Connection, Resource, ResourceKind } from './types.js'

/** A connection as a storage keeps it. */
export interface StoredConnection {
  /** What is in the clear. */
  readonly connection: Connection
  /** Its secrets, sealed. Empty once it is disconnected. */
  readonly sealed: string
  /** What no other connection may hold at the same time: its channel ID and its destination, until it is disconnected. */
  readonly holds: { readonly channelId?: string | undefined; readonly destination?: string | undefined }
}

/** Which connections to list. */
export interface PageOptions {
  /** Only those of one team. */
  readonly team?: string | undefined
  /** Those whose ID comes after this one. */
  readonly after?: string | undefined
  /** How many at the most. */
  readonly limit: number
}

/**
 * Where a registry keeps connections. It gets no secret that is not sealed.
 *
 * Every method is atomic: of two at the same time one sees the other's effect whole or not at all.
 */
export interface RegistryStorage {
  /** Adds a connection: `taken` when there is one of this ID, or another holds its channel ID or destination. */
  insert(row: StoredConnection): Promise<'done' | 'taken'>
  /** Replaces a connection that stands at the given revision: `changed` when it does not, `taken` as with {@link insert}. */
  update(row: StoredConnection, revision: number): Promise<'done' | 'changed' | 'taken'>
  /** Deletes a connection that stands at the given revision, with its resources and its trail, and says whether it did. */
  remove(id: string, revision: number): Promise<boolean>
  get(id: string): Promise<StoredConnection | undefined>
  /** Finds the connection that holds a channel ID. */
  findByChannelId(channelId: string): Promise<StoredConnection | undefined>
  /** Finds the connection that holds a destination. */
  findByDestination(destination: string): Promise<StoredConnection | undefined>
  /** Lists connections in the order of their IDs, without what is sealed. */
  page(options: PageOptions): Promise<readonly Connection[]>
  /** Puts a resource on record; one that is there is replaced. */
  putResource(connectionId: string, resource: Resource): Promise<void>
  dropResource(connectionId: string, kind: ResourceKind, id: string): Promise<void>
  /** Lists what is on record, in the order in which it was recorded. */
  resources(connectionId: string): Promise<readonly Resource[]>
  /** Adds a line to the audit trail. Lines are never changed. */
  append(entry: AuditEntry): Promise<void>
  /** Lists the trail of a connection in its order, from the number of the line on, counted from 0. */
  trail(connectionId: string, from: number, limit: number): Promise<readonly AuditEntry[]>
}
