import type { CallerOptions } from '../../core/call/caller.js'
import type { ParsedAccess } from '../check/parse-options.js'
import type { HeldToken } from './clients.js'
import type { Content, KeptAccess } from './seal.js'
import type { AuditEntry, Connection, Health, Resource, ResourceKind, StoredConnection } from './types.js'

/** The data that is stored before connecting an account changes anything at LINE. */
export interface Draft {
  readonly connection: Pick<
    Connection,
    | 'team'
    | 'channelId'
    | 'destination'
    | 'basicId'
    | 'premiumId'
    | 'name'
    | 'pictureUrl'
    | 'mode'
    | 'answering'
    | 'groups'
    | 'confirmations'
  >
  readonly messaging: ParsedAccess
  readonly login?: ParsedAccess | undefined
  readonly webhookUrl?: string | undefined
  /** The webhook URL of another tool that is set at LINE now. */
  readonly previousWebhookUrl?: string | undefined
}

/** A pending connection that this run works on. */
export interface Held {
  readonly row: StoredConnection
  readonly content: Content
  /** The stored connection before this run, to restore it. */
  readonly before?: StoredConnection | undefined
}

/** A connection with its credentials. */
export interface OpenConnection {
  readonly connection: Connection
  readonly messaging: ParsedAccess
  readonly login?: ParsedAccess | undefined
  readonly webhookUrl?: string | undefined
  readonly previousWebhookUrl?: string | undefined
}

/** The methods of a registry for connecting, checking and disconnecting, beyond its public methods. */
export interface RegistryWork {
  /** How the registry's clients call LINE. */
  readonly calling: CallerOptions
  /** Returns whether another team has connected the account. A pending connection that was never completed does not count after an hour. */
  isTaken(team: string, channelId: string | undefined, destination: string): Promise<boolean>
  /** Stores a pending connection; returns `other-team` when another team was first. */
  begin(draft: Draft): Promise<Held | 'other-team'>
  /** Returns whether this run still owns the connection. */
  owns(held: Held): Promise<boolean>
  /** Records that a receiver has asked for a connection. */
  lookedUp(connection: Connection): Promise<void>
  /**
   * Runs a test of the webhook URL, and tells it whether a receiver has asked for the connection since: in any process while it is pending, and otherwise
   * in this process only, where `undefined` means that another process may have been asked.
   */
  watch<Result>(
    connection: Connection,
    test: (asked: () => Promise<boolean | undefined>) => Promise<Result>,
  ): Promise<Result>
  /** Records that the webhook URL is about to be set. */
  setting(held: Held): Promise<Held>
  /** Completes the connection. */
  commit(held: Held, health: Health): Promise<Connection>
  /** Restores the stored connection before the run, or removes the pending one. */
  rollBack(held: Held): Promise<void>
  /** @throws {LineInputError} when the connection does not exist, is disconnected, or it cannot be decrypted. */
  open(id: string): Promise<OpenConnection>
  /** Stores the health of the connection, the current names of the account, and all confirmations. */
  saveHealth(
    id: string,
    health: Health,
    seen: Partial<Pick<Connection, 'name' | 'premiumId' | 'pictureUrl' | 'confirmations'>>,
  ): Promise<void>
  /** Records that the connection is being disconnected. */
  leave(id: string): Promise<void>
  /** Deletes the credentials and releases the account. */
  left(id: string): Promise<Connection>
  heldToken(id: string): Promise<HeldToken | undefined>
  dropResource(id: string, kind: ResourceKind, resourceId: string): Promise<void>
}

/** The property of a registry that has its {@link RegistryWork}. */
export const work: unique symbol = Symbol.for('line-oa.registry')

/** A registry with the methods for connecting, checking and disconnecting. */
export interface Working {
  readonly [work]: RegistryWork
}

/** A connection with everything that belongs to it, for export and import. */
export interface TransferredConnection {
  readonly connection: Connection
  readonly content: { readonly messaging: KeptAccess } & Content
  readonly resources: readonly Resource[]
  readonly trail: readonly AuditEntry[]
}
