import type { CallerOptions } from '../../core/call/caller.js'
import { systemClock } from '../../core/clock.js'
import { LineInputError } from '../../core/errors.js'
import { checkOptions, type OptionKind } from '../../core/read-options.js'
import { parseChannelAccessToken, parseChannelSecret } from '../../credentials/channel-credentials.js'
import { parseChannelId, parseLineId } from '../../credentials/identifiers.js'
import { Findings, isBlank, kindOf, refuse } from '../../credentials/problems.js'
import type { Secret } from '../../credentials/secret.js'
import { parseWebhookUrl } from '../../credentials/webhook-url.js'
import { assertionKey } from '../../keys/assertion-key.js'
import type { AssertionKey, LocalKey } from '../../keys/types.js'
import { type Answering, type Confirmation, readConfirmations } from '../guide/confirmations.js'
import type { Registry } from '../registry/registry.js'
import type { ConnectionMode } from '../registry/types.js'
import { work } from '../registry/work.js'
import type { ObservedLogin } from './login.js'

/** Access to a channel by its ID and secret, which most tools use. The SDK issues stateless tokens; a long-lived token is only validated. */
export interface SecretAccess {
  /** The channel ID, a string of digits. */
  readonly channelId: string
  /** The channel secret. */
  readonly channelSecret: string | Secret
  /** A long-lived channel access token that was also entered. Default: none. */
  readonly channelAccessToken?: string | Secret | undefined
  /** Not allowed here; see {@link KeyAccess}. */
  readonly assertionKey?: undefined
}

/** Access to a channel by a channel access token alone. Without the channel secret the connection cannot receive webhooks. */
export interface TokenAccess {
  /** A long-lived channel access token. */
  readonly channelAccessToken: string | Secret
  /** The ID of the channel that the token should belong to. Default: any channel. */
  readonly channelId?: string | undefined
  /** Not allowed here; see {@link SecretAccess}. */
  readonly channelSecret?: undefined
  /** Not allowed here; see {@link KeyAccess}. */
  readonly assertionKey?: undefined
}

/** Access to a channel by an assertion signing key: the tool holds the private key, and the public key is registered on the channel. */
export interface KeyAccess {
  /** The channel ID, a string of digits. */
  readonly channelId: string
  /** The input of `assertionKey` from `line-oa/keys`, or its result. A registry can only store the input, unless its `assertionKey` option finds keys. */
  readonly assertionKey: LocalKey | AssertionKey
  /** The channel secret, which is only used to verify webhook signatures. */
  readonly channelSecret?: string | Secret | undefined
  /** Not allowed here; see {@link SecretAccess}. */
  readonly channelAccessToken?: undefined
}

/** Access to a Messaging API channel. */
export type MessagingAccess = SecretAccess | TokenAccess | KeyAccess

/** Access to a LINE Login channel: its ID, and its secret or its assertion signing key. */
export type LoginAccess = Omit<SecretAccess, 'channelAccessToken'> | LoginKeyAccess

/** Access to a LINE Login channel by an assertion signing key. */
export interface LoginKeyAccess extends Pick<KeyAccess, 'channelId' | 'assertionKey'> {
  /** Not allowed here; see {@link SecretAccess}. */
  readonly channelSecret?: undefined
}

/** The values that connect an account, as a form or a file contains them. */
export interface AccountValues {
  /** Access to the Messaging API channel. */
  readonly messaging: MessagingAccess
  /** The intended account, to detect credentials of another account. Default: any account. */
  readonly account?:
    | {
        /** Its basic ID or premium ID, in any case, with or without `@`. */
        readonly lineId?: string | undefined
        /** Its name. A different name is only a warning. */
        readonly name?: string | undefined
      }
    | undefined
  /** Access to the LINE Login channel, if the tool uses one. */
  readonly login?: LoginAccess | undefined
  /** The URL on which the tool receives events, at most 500 characters. Without it, or without a channel secret, the connection only sends. */
  readonly webhookUrl?: string | undefined
  /** Who replies to users. Omit it if the tool does not reply. */
  readonly answering?: Answering | undefined
  /** Whether the tool works in group chats. Default: `false`. */
  readonly groups?: boolean | undefined
}

/** A connection of a registry, instead of the values. */
export interface RegisteredAccount {
  /** The registry that stores the connection. */
  readonly registry: Registry
  /** The ID of the connection. */
  readonly connectionId: string
}

/** An account: its values, or a connection of a registry. */
export type AccountSource =
  | (AccountValues & {
      /** Not allowed with values. */
      readonly registry?: undefined
      /** Not allowed with values. */
      readonly connectionId?: undefined
    })
  | (RegisteredAccount & { readonly [K in keyof AccountValues]?: undefined })

/** Options of the checks besides the account. */
export interface CommonCheckOptions {
  /** Confirmations of settings that no API shows. Default: none. */
  readonly confirmations?: readonly Confirmation[] | undefined
  /** The result of a login with the LINE Login channel. Default: none. */
  readonly observedLogin?: ObservedLogin | undefined
  /** Whether the tool lists followers, which unverified accounts may not do. Default: `false`. */
  readonly needsFollowers?: boolean | undefined
  /** Aborts the run. */
  readonly signal?: AbortSignal | undefined
}

/** A validated assertion signing key. */
export interface ParsedKey {
  readonly key: AssertionKey
  /** The input that the key was created from, if it was given. */
  readonly local: LocalKey | undefined
}

/** Validated and normalized access to a channel. */
export interface ParsedAccess {
  readonly channelId: string | undefined
  readonly channelSecret: Secret | undefined
  readonly token: Secret | undefined
  readonly key: ParsedKey | undefined
}

/** The validated and normalized values of an account and options of its checks. */
export interface ParsedOptions {
  readonly messaging: ParsedAccess
  readonly login: ParsedAccess | undefined
  readonly lineId: string | undefined
  readonly name: string | undefined
  readonly webhookUrl: string | undefined
  readonly previousWebhookUrl: string | undefined
  readonly answering: Answering | undefined
  readonly groups: boolean
  readonly mode: ConnectionMode
  readonly confirmations: readonly Confirmation[]
  readonly observedLogin: ObservedLogin | undefined
  readonly needsFollowers: boolean
}

interface Fields {
  readonly channelId?: unknown
  readonly channelSecret?: unknown
  readonly channelAccessToken?: unknown
  readonly assertionKey?: unknown
}

function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  return refuse(path, kindOf(value), { allowed: 'an object with a property for each field' })
}

function parseKey(value: unknown, path: string): ParsedKey {
  if (typeof value === 'object' && value !== null && 'assertion' in value && typeof value.assertion === 'function')
    return { key: value as AssertionKey, local: undefined } // only assertionKey() creates objects with this method
  if (typeof value !== 'object' || value === null)
    return refuse(path, kindOf(value), {
      allowed: 'the input or the result of assertionKey(): a kid and its private key',
    })
  const local = value as LocalKey // assertionKey checks each property
  return { key: assertionKey(local), local }
}

function parseAccess(
  value: unknown,
  path: string,
  findings: Findings,
  messagingChannelIds: readonly string[] = [],
): ParsedAccess {
  const fields = findings.take(() => fieldsOf(value, path)) ?? {}
  const field = <T>(
    name: keyof Fields,
    required: boolean,
    parse: (given: unknown, options: { readonly path: string }) => T,
  ) => findings.optional(fields[name], required, () => parse(fields[name], { path: `${path}.${name}` }))
  const hasKey = fields.assertionKey !== undefined
  const tokenOnly = !hasKey && isBlank(fields.channelSecret) && !isBlank(fields.channelAccessToken)
  return {
    channelId: field('channelId', !tokenOnly, (id, at) => parseChannelId(id, { ...at, messagingChannelIds })),
    channelSecret: field('channelSecret', !tokenOnly && !hasKey, parseChannelSecret),
    token: field('channelAccessToken', false, parseChannelAccessToken),
    key: field('assertionKey', false, (key, at) => parseKey(key, at.path)),
  }
}

function parseValues(values: AccountValues & CommonCheckOptions, now: number): ParsedOptions {
  const { account, answering, groups = false, confirmations = [], observedLogin, needsFollowers = false } = values
  const findings = new Findings()
  const messaging = parseAccess(values.messaging, 'messaging', findings)
  const { channelId } = messaging
  const login =
    values.login === undefined
      ? undefined
      : parseAccess(values.login, 'login', findings, channelId === undefined ? [] : [channelId])
  const lineId = findings.optional(account?.lineId, false, () =>
    parseLineId(account?.lineId, { path: 'account.lineId' }),
  )
  const webhookUrl = findings.optional(values.webhookUrl, false, () => parseWebhookUrl(values.webhookUrl))
  if (findings.problems.length > 0) throw findings.error()
  if (answering !== undefined && answering !== 'tool-only' && answering !== 'tool-and-manager')
    throw new LineInputError("answering must be 'tool-only' or 'tool-and-manager'")
  return {
    messaging,
    login,
    lineId,
    name: account?.name?.trim() || undefined,
    webhookUrl,
    previousWebhookUrl: undefined,
    answering,
    groups,
    mode: webhookUrl !== undefined && messaging.channelSecret ? 'full' : 'send-only',
    confirmations: readConfirmations(confirmations, now),
    observedLogin,
    needsFollowers,
  }
}

async function readConnection(source: RegisteredAccount & CommonCheckOptions, now: number): Promise<ParsedOptions> {
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
    confirmations: readConfirmations(source.confirmations ?? [], now, connection.confirmations),
    observedLogin: source.observedLogin,
    needsFollowers: source.needsFollowers ?? false,
  }
}

const optionKinds: { readonly [option: string]: OptionKind } = {
  fetch: 'function',
  clock: 'with now setTimeout clearTimeout',
  signal: 'with addEventListener',
  confirmations: 'array',
  resources: 'array',
  connectionId: 'string',
}

/**
 * Returns the options of the calls: those of the caller and, for omitted options, those of the registry.
 *
 * @throws {LineInputError} if an option that the calls depend on has the wrong type.
 */
export function callerOptions<Options extends CallerOptions & { readonly registry?: Registry | undefined }>(
  name: string,
  options: Options,
): Options {
  checkOptions(name, options, optionKinds)
  const { registry } = options
  if (registry !== undefined && !(Reflect.get(Object(registry), work) && typeof registry.get === 'function'))
    throw new LineInputError(`${name}: registry must be a registry, such as createRegistry() returns`)
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  return { ...options, ...options.registry?.[work].calling, ...given }
}

/**
 * Reads the values that connect an account.
 *
 * @throws {LineInputError} with every problem of every value in `problems`, for example `messaging.channelSecret`.
 */
export function parseOptions(values: AccountValues & CommonCheckOptions & CallerOptions): ParsedOptions {
  return parseValues(values, (values.clock ?? systemClock).now())
}

/**
 * Reads the values of an account, or its connection in a registry.
 *
 * @throws {LineInputError} as {@link parseOptions}, and when the registry does not have the connection or the connection is disconnected.
 */
export async function parseSource(source: AccountSource & CommonCheckOptions & CallerOptions): Promise<ParsedOptions> {
  return source.registry ? readConnection(source, (source.clock ?? systemClock).now()) : parseOptions(source)
}
