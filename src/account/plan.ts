import type { CallerOptions } from '../core/call/caller.js'
import { systemClock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import { parseLineId } from '../credentials/identifiers.js'
import { Findings } from '../credentials/problems.js'
import { parseWebhookUrl } from '../credentials/webhook-url.js'
import {
  type LoginAccess,
  type MessagingAccess,
  type ReadAccess,
  readLoginAccess,
  readMessagingAccess,
} from './access.js'
import { type Answering, type Attestation, readAttestations } from './attestation.js'
import type { ObservedLogin } from './check/login.js'
import type { Registry } from './registry/registry.js'
import type { ConnectionMode } from './registry/types.js'
import { work } from './registry/work.js'
import { callerOptions } from './run.js'

/** What connects an account, as a form or a file holds it. */
export interface AccountValues {
  /** What opens the Messaging API channel. */
  readonly messaging: MessagingAccess
  /** What a person says the account is, to find out when the values are those of another one. */
  readonly account?:
    | {
        /** Its basic or its premium ID, in any case, with or without `@`. */
        readonly lineId?: string | undefined
        /** Its name. Another name is a warning only. */
        readonly name?: string | undefined
      }
    | undefined
  /** What opens the LINE Login channel, where the tool uses one. */
  readonly login?: LoginAccess | undefined
  /** Where the tool receives events. Left out, or without a channel secret to check signatures with, the connection only sends. */
  readonly webhookUrl?: string | undefined
  /** How the tool and LINE share the answering. Left out: the tool answers nobody. */
  readonly answering?: Answering | undefined
  /** Whether the tool serves group chats. Default: `false`. */
  readonly groups?: boolean | undefined
}

/** What a registry knows instead. */
export interface RegisteredAccount {
  readonly registry: Registry
  readonly connectionId: string
}

/** What may be told to a check beside whose account it is. */
export interface LookOptions {
  /** What people said about what no API tells. */
  readonly attested?: readonly Attestation[] | undefined
  /** What a login has shown. */
  readonly observedLogin?: ObservedLogin | undefined
  /** Whether the tool lists followers, which unverified accounts may not. Default: `false`. */
  readonly needsFollowers?: boolean | undefined
  /** Ends the run. */
  readonly signal?: AbortSignal | undefined
}

/** What is to be looked at, read and cleaned. */
export interface Plan {
  readonly messaging: ReadAccess
  readonly login: ReadAccess | undefined
  readonly lineId: string | undefined
  readonly name: string | undefined
  readonly webhookUrl: string | undefined
  readonly previousWebhookUrl: string | undefined
  readonly answering: Answering | undefined
  readonly groups: boolean
  readonly mode: ConnectionMode
  readonly attested: readonly Attestation[]
  readonly observedLogin: ObservedLogin | undefined
  readonly needsFollowers: boolean
}

const modeOf = (messaging: ReadAccess, webhookUrl: string | undefined): ConnectionMode =>
  webhookUrl !== undefined && messaging.channelSecret ? 'full' : 'send-only'

/** Options of calls, those of the registry where none are given. */
export function callingOptions(options: CallerOptions & { readonly registry?: Registry | undefined }): CallerOptions {
  const own = Object.entries(callerOptions(options)).filter(([, value]) => value !== undefined)
  return { ...options.registry?.[work].calling, ...Object.fromEntries(own) }
}

/**
 * Reads values that connect an account.
 *
 * @throws {LineInputError} with every problem of every value in `problems`, such as `messaging.channelSecret`.
 */
export function readPlan(values: AccountValues & LookOptions & CallerOptions): Plan {
  const { account, answering, groups = false, attested = [], observedLogin, needsFollowers = false } = values
  const findings = new Findings()
  const messaging = readMessagingAccess(values.messaging, findings)
  const login = values.login === undefined ? undefined : readLoginAccess(values.login, messaging.channelId, findings)
  const lineId = findings.optional(account?.lineId, false, () =>
    parseLineId(account?.lineId, { path: 'account.lineId' }),
  )
  const webhookUrl = findings.optional(values.webhookUrl, false, () => parseWebhookUrl(values.webhookUrl))
  if (findings.problems.length > 0) throw findings.error()
  if (answering !== undefined && answering !== 'tool-only' && answering !== 'tool-and-manager')
    throw new LineInputError("answering is 'tool-only' or 'tool-and-manager'")
  return {
    messaging,
    login,
    lineId,
    name: account?.name?.trim() || undefined,
    webhookUrl,
    previousWebhookUrl: undefined,
    answering,
    groups,
    mode: modeOf(messaging, webhookUrl),
    attested: readAttestations(attested, (values.clock ?? systemClock).now()),
    observedLogin,
    needsFollowers,
  }
}

/** Reads what a registry knows of a connection. */
export async function registeredPlan(source: RegisteredAccount & LookOptions, now: number): Promise<Plan> {
  const { connection, messaging, login, webhookUrl, previousWebhookUrl } = await source.registry[work].open(
    source.connectionId,
  )
  return {
    messaging,
    login,
    lineId: connection.basicId.toLowerCase(),
    name: undefined,
    webhookUrl,
    previousWebhookUrl,
    answering: connection.answering,
    groups: connection.groups ?? false,
    mode: connection.mode,
    attested: readAttestations(source.attested ?? [], now, connection.attested),
    observedLogin: source.observedLogin,
    needsFollowers: source.needsFollowers ?? false,
  }
}
