import type { Answering, Attestation } from '../attestation.js'
import type { FailureCode } from '../failures.js'

/**
 * How far a connection is: `pending` while it is being connected, or when the process that did it was ended; `connected`; `disconnecting` while,
 * or after a failure half way; `disconnected`, when its secrets are gone and another team may connect the account.
 */
export type ConnectionState = 'pending' | 'connected' | 'disconnecting' | 'disconnected'

/** Whether a connection receives webhooks (`full`), or only sends, because there is no channel secret to check them with, or no webhook URL was given. */
export type ConnectionMode = 'full' | 'send-only'

/** How a connection was when it was last checked. */
export interface Health {
  readonly verdict: 'connected' | 'needs-person' | 'broken'
  readonly codes: readonly FailureCode[]
  /** In milliseconds since 1970. */
  readonly checkedAt: number
}

/** An Official Account that a team has connected. Nothing in it is secret, and no listing opens what is. */
export interface Connection {
  readonly id: string
  /** Whose it is, in the tool's own words. One team has an account at a time. */
  readonly team: string
  readonly state: ConnectionState
  /** What was under way when it was last written, where it is `pending`: the webhook URL was about to be tested, or about to be set. */
  readonly step?: 'testing' | 'setting' | undefined
  /** Missing where nothing but a token of an unknown channel was given. */
  readonly channelId?: string | undefined
  /** The user ID of the bot: the `destination` of its webhook deliveries. */
  readonly destination: string
  readonly basicId: string
  readonly premiumId?: string | undefined
  readonly name: string
  readonly pictureUrl?: string | undefined
  readonly loginChannelId?: string | undefined
  readonly mode: ConnectionMode
  readonly answering?: Answering | undefined
  /** Whether the account is to join group chats. */
  readonly groups?: boolean | undefined
  readonly attested: readonly Attestation[]
  readonly health?: Health | undefined
  /** In milliseconds since 1970. */
  readonly createdAt: number
  /** When it was connected for the first time, in milliseconds since 1970; missing as long as it never was. */
  readonly connectedAt?: number | undefined
  /** In milliseconds since 1970. */
  readonly updatedAt: number
  /** Counts from 1; every change adds 1. */
  readonly revision: number
}

/** Something that can stay behind at LINE when a tool leaves. */
export type ResourceKind = 'rich-menu' | 'rich-menu-alias' | 'default-rich-menu' | 'audience' | 'liff-app'

/** Something at LINE that this tool made. Only what is on record is ever removed. */
export interface Resource {
  readonly kind: ResourceKind
  /** Its ID at LINE; of a default rich menu the ID of the menu. */
  readonly id: string
  /** What people know it by. */
  readonly name?: string | undefined
  /** When it was recorded, in milliseconds since 1970. */
  readonly at: number
}

/** What happened to a connection. */
export type AuditEvent =
  | 'begun'
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

/** One line of the audit trail. Nothing in it is secret. */
export interface AuditEntry {
  readonly connectionId: string
  readonly team: string
  readonly event: AuditEvent
  /** In milliseconds since 1970. */
  readonly at: number
  readonly codes?: readonly FailureCode[] | undefined
  /** What it was about, such as the kind and ID of a resource. */
  readonly about?: string | undefined
}
