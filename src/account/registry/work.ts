import type { CallerOptions } from '../../core/call/caller.js'
import type { ReadAccess } from '../access.js'

import type { Content, KeptAccess } from './content.js'
import type { StoredConnection } from './storage.js'
import type { HeldToken } from './tokens.js'
import type { AuditEntry, Connection, Health, Resource, ResourceKind } from './types.js'

/** What connecting an account puts into the registry before anything changes at LINE. */
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
    | 'attested'
  >
  readonly messaging: ReadAccess
  readonly login?: ReadAccess | undefined
  readonly webhookUrl?: string | undefined
  /** What stands at LINE now, if it is not ours. */
  readonly previousWebhookUrl?: string | undefined
}

/** A connection that this process works on. */
export interface Held {
  readonly row: StoredConnection
  readonly content: Content
  /** What stood there before, to be put back. */
  readonly before?: StoredConnection | undefined
}

/** A connection with its secrets. */
export interface OpenConnection {
  readonly connection: Connection
  readonly messaging: ReadAccess
  readonly login?: ReadAccess | undefined
  readonly webhookUrl?: string | undefined
  readonly previousWebhookUrl?: string | undefined
}

/** What connecting, checking and disconnecting need of a registry, beyond what its users do. */
export interface RegistryWork {
  /** How the registry's own clients call. */
  readonly calling: CallerOptions
  /** Who has an account now, when that is another team that has not left it half connected an hour ago or more. */
  isTaken(team: string, channelId: string | undefined, destination: string): Promise<boolean>
  /** Puts a pending connection there; `other-team` when somebody else was first. */
  begin(draft: Draft): Promise<Held | 'other-team'>
  /** Tells whether no other run has taken the connection over. */
  owns(held: Held): Promise<boolean>
  /** Notes that the webhook URL is about to be set. */
  setting(held: Held): Promise<Held>
  commit(held: Held, health: Health): Promise<Connection>
  rollBack(held: Held): Promise<void>
  /** @throws {LineInputError} when there is no such connection, or it is disconnected, or its secrets do not open. */
  open(id: string): Promise<OpenConnection>
  /** Keeps how the connection is, what LINE calls the account now, and all that people have said about it. */
  saveHealth(
    id: string,
    health: Health,
    seen: Partial<Pick<Connection, 'name' | 'premiumId' | 'pictureUrl' | 'attested'>>,
  ): Promise<void>
  /** Notes that the connection is being disconnected. */
  leave(id: string): Promise<void>
  /** Takes the secrets away and lets go of the account. */
  left(id: string): Promise<Connection>
  heldToken(id: string): Promise<HeldToken | undefined>
  dropResource(id: string, kind: ResourceKind, resourceId: string): Promise<void>
}

/** The key under which a registry carries its {@link RegistryWork}. */
export const work: unique symbol = Symbol.for('line-oa.registry')

/** A registry as connecting, checking and disconnecting see it. */
export interface Working {
  readonly [work]: RegistryWork
}

/** One connection with all that belongs to it, as it travels from one registry to another. */
export interface Travelling {
  readonly connection: Connection
  readonly content: { readonly messaging: KeptAccess } & Content
  readonly resources: readonly Resource[]
  readonly trail: readonly AuditEntry[]
}
