import { parseChannelId } from '../credentials/identifiers.js'
import { type Findings, isBlank, kindOf, refuse } from '../credentials/problems.js'
import type { Secret } from '../credentials/secret.js'
import { parseChannelAccessToken, parseChannelSecret } from '../credentials/secrets.js'
import { assertionKey } from '../keys/assertion-key.js'
import type { AssertionKey, LocalKey } from '../keys/types.js'

/** A channel that is opened by its ID and secret, as most tools ask for them. Stateless tokens are minted; a long-lived token is checked when it is given. */
export interface SecretAccess {
  readonly channelId: string
  readonly channelSecret: string | Secret
  /** A long-lived token that was pasted beside them. */
  readonly channelAccessToken?: string | Secret | undefined
  readonly assertionKey?: undefined
}

/** A channel that is opened by a pasted token alone. Without its secret no webhook can be received for it. */
export interface TokenAccess {
  readonly channelAccessToken: string | Secret
  /** The channel that the token is said to belong to. */
  readonly channelId?: string | undefined
  readonly channelSecret?: undefined
  readonly assertionKey?: undefined
}

/** A channel that is opened by a key: the tool keeps the private half, and the public half is registered on the channel. */
export interface KeyAccess {
  readonly channelId: string
  /** What `assertionKey` of `line-oa/keys` takes, or has made. Only the first can be kept in a registry. */
  readonly assertionKey: LocalKey | AssertionKey
  /** Only to check the signatures of webhooks with. */
  readonly channelSecret?: string | Secret | undefined
  readonly channelAccessToken?: undefined
}

/** What opens a Messaging API channel. */
export type MessagingAccess = SecretAccess | TokenAccess | KeyAccess

/** What opens a LINE Login channel. */
export type LoginAccess =
  | { readonly channelId: string; readonly channelSecret: string | Secret; readonly assertionKey?: undefined }
  | { readonly channelId: string; readonly channelSecret?: undefined; readonly assertionKey: LocalKey | AssertionKey }

/** A key that was read. */
export interface ReadKey {
  readonly key: AssertionKey
  /** What it was made of, where that was given. */
  readonly local: LocalKey | undefined
}

/** Access to a channel, read and cleaned. */
export interface ReadAccess {
  readonly channelId: string | undefined
  readonly channelSecret: Secret | undefined
  readonly token: Secret | undefined
  readonly key: ReadKey | undefined
}

interface Fields {
  readonly channelId?: unknown
  readonly channelSecret?: unknown
  readonly channelAccessToken?: unknown
  readonly assertionKey?: unknown
}

function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  return refuse(path, kindOf(value), {
    name: 'access to a channel',
    allowed: 'an object with one member for each value',
  })
}

function readKey(value: unknown, path: string): ReadKey {
  if (typeof value === 'object' && value !== null && 'assertion' in value && typeof value.assertion === 'function')
    return { key: value as AssertionKey, local: undefined } // made by assertionKey(), the only thing with such a method
  if (typeof value !== 'object' || value === null)
    return refuse(path, kindOf(value), {
      name: 'an assertion key',
      allowed: 'what assertionKey() takes or made: a kid and its private key',
    })
  const local = value as LocalKey // assertionKey checks each member
  return { key: assertionKey(local), local }
}

/** Reads access to a channel, whatever its shape, and gathers what is wrong with it. */
function readAccess(
  value: unknown,
  path: string,
  options: { readonly messagingChannelIds?: readonly string[] },
  findings: Findings,
): ReadAccess {
  const fields = findings.take(() => fieldsOf(value, path)) ?? {}
  const at = (name: string) => `${path}.${name}`
  const optional = <T>(name: keyof Fields, read: (given: unknown) => T, required = false) =>
    findings.optional(fields[name], required, () => read(fields[name]))
  const tokenOnly =
    isBlank(fields.channelSecret) && fields.assertionKey === undefined && !isBlank(fields.channelAccessToken)
  return {
    channelId: optional('channelId', (id) => parseChannelId(id, { ...options, path: at('channelId') }), !tokenOnly),
    channelSecret: optional(
      'channelSecret',
      (secret) => parseChannelSecret(secret, { path: at('channelSecret') }),
      !tokenOnly && fields.assertionKey === undefined,
    ),
    token: optional('channelAccessToken', (token) =>
      parseChannelAccessToken(token, { path: at('channelAccessToken') }),
    ),
    key: optional('assertionKey', (key) => readKey(key, at('assertionKey'))),
  }
}

/** Reads access to the Messaging API channel. */
export function readMessagingAccess(value: unknown, findings: Findings): ReadAccess {
  return readAccess(value, 'messaging', {}, findings)
}

/** Reads access to the LINE Login channel, which is another one than the Messaging API channel. */
export function readLoginAccess(
  value: unknown,
  messagingChannelId: string | undefined,
  findings: Findings,
): ReadAccess {
  return readAccess(value, 'login', { messagingChannelIds: messagingChannelId ? [messagingChannelId] : [] }, findings)
}
