import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { fromBase64url } from '../../core/base64url.js'
import { LineInputError } from '../../core/errors.js'
import { jsonObject } from '../../core/property.js'
import { checkOptions } from '../../core/read-options.js'
import { checkSealingKey, type SealingKey, sealingBytes } from '../../credentials/sealing-key.js'
import { Secret } from '../../credentials/secret.js'
import { assertionKey } from '../../keys/assertion-key.js'
import { importAssertionKey } from '../../keys/pair.js'
import type { AssertionKey } from '../../keys/types.js'
import type { ParsedAccess, ParsedKey } from '../check/parse-options.js'
import type { Connection, StoredConnection } from './types.js'
import type { OpenConnection } from './work.js'

/** A key that encrypts what a registry stores. */
export interface RegistryKey {
  /** The ID of the key, 1 to 64 letters, digits, `-`, `.` and `_`. It is stored unencrypted with everything that the key encrypted, so that keys can be rotated. */
  readonly id: string
  /** 32 random bytes, or a random string of at least 32 characters, for example from `openssl rand -base64 32`. */
  readonly key: SealingKey
}

/** What is authenticated together with the encrypted data of a connection, besides its ID. */
interface SealClaims {
  readonly team?: string | undefined
  readonly destination?: string | undefined
  /** The version of the encrypted data, so that an older one cannot take its place. */
  readonly version?: number | undefined
}

const claimNames = ['team', 'destination', 'version'] as const

/** Encrypts and decrypts strings. */
export interface Sealer {
  /** The ID of the key that encrypts. */
  readonly keyId: string
  /** Encrypts a string. It can only be decrypted for the same subject and claims. */
  seal(text: string, subject: string, claims?: SealClaims): Promise<string>
  /** Decrypts a string. */
  open(sealed: string, subject: string, claims?: SealClaims): Promise<string>
  /** The ID of the key that encrypted a string; `undefined` when it was not encrypted by a registry. */
  keyOf(sealed: string): string | undefined
}

const algorithm = { alg: 'dir', enc: 'A256GCM' } as const
const forms = { keyManagementAlgorithms: [algorithm.alg], contentEncryptionAlgorithms: [algorithm.enc] }

function checkKey(given: RegistryKey): void {
  checkOptions('keys', given, {})
  const { id, key } = given
  if (typeof id !== 'string' || !/^[\w.-]{1,64}$/.test(id))
    throw new LineInputError('keys: each id must be 1 to 64 characters from A-Z a-z 0-9 - . _')
  checkSealingKey(key, `keys: key "${id}"`)
}

function headerOf(sealed: string): { readonly kid?: unknown; readonly sub?: unknown } {
  const bytes = fromBase64url(sealed.slice(0, Math.max(0, sealed.indexOf('.'))))
  return (bytes && jsonObject(new TextDecoder().decode(bytes))) ?? {}
}

/**
 * Creates a sealer (JWE, `dir`, A256GCM). The first key encrypts and all of them decrypt.
 *
 * @throws {LineInputError} without a key, with a key that is too short, and with two keys of the same ID.
 */
export function createSealer(keys: readonly RegistryKey[]): Sealer {
  if (!Array.isArray(keys)) throw new LineInputError('keys must be an array of keys, each with id and key')
  for (const key of keys) checkKey(key)
  const byId = new Map(keys.map((key) => [key.id, key]))
  const [first] = keys
  if (!first) throw new LineInputError('keys must contain at least one key')
  if (byId.size < keys.length) throw new LineInputError('keys must not contain two keys with the same id')
  const made = new Map<string, Promise<Uint8Array>>()
  const bytes = (key: RegistryKey) => {
    let own = made.get(key.id)
    if (!own) made.set(key.id, (own = sealingBytes(key.key, 'line-oa account registry', key.id)))
    return own
  }

  const keyOf = (sealed: string): string | undefined => {
    const { kid } = headerOf(sealed)
    return typeof kid === 'string' ? kid : undefined
  }

  return {
    keyId: first.id,
    keyOf,
    async seal(text, subject, claims = {}) {
      const header = { ...algorithm, kid: first.id, sub: subject, ...claims }
      return new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader(header).encrypt(await bytes(first))
    },
    async open(sealed, subject, claims = {}) {
      const id = keyOf(sealed)
      const key = id === undefined ? undefined : byId.get(id)
      if (!key)
        throw new LineInputError(
          id === undefined
            ? `The data of ${subject} was not encrypted by a registry`
            : `The data of ${subject} was encrypted with key ${JSON.stringify(id.slice(0, 64))}, which is not in keys`,
        )
      const opened = await compactDecrypt(sealed, await bytes(key), forms).catch(() => undefined)
      // The header is authenticated too, so data that was encrypted for one connection, team or version cannot take the place of another.
      const header: { readonly [name: string]: unknown } = opened?.protectedHeader ?? {}
      if (!opened || header['sub'] !== subject || claimNames.some((name) => header[name] !== claims[name]))
        throw new LineInputError(
          `The data of ${subject} cannot be decrypted: it was modified, it is of another connection or version, or key "${key.id}" is not the key that encrypted it`,
        )
      return new TextDecoder().decode(opened.plaintext)
    },
  }
}

/** Access to a channel as strings, before encryption. */
export interface KeptAccess {
  readonly channelId?: string | undefined
  readonly channelSecret?: string | undefined
  readonly channelAccessToken?: string | undefined
  /** Without a private key, the key is stored elsewhere, and the registry's `assertionKey` looks it up. */
  readonly key?: { readonly kid: string; readonly privateKey?: string | undefined } | undefined
}

/** The encrypted part of a connection. It includes webhook URLs, because they can contain keys. */
export interface Content {
  readonly messaging: KeptAccess
  readonly login?: KeptAccess | undefined
  readonly webhookUrl?: string | undefined
  /** The webhook URL before this tool set its own. */
  readonly previousWebhookUrl?: string | undefined
  /** Channel secrets that LINE may still sign deliveries with while the connection is renewed. */
  readonly formerSecrets?: readonly string[] | undefined
  /** The run that works on the connection, to detect that another run has taken over. */
  readonly run?: string | undefined
}

/** Finds an assertion signing key that is stored elsewhere, for example in a key management service. */
export type FindAssertionKey = (about: {
  /** The channel on which the key is registered. */
  readonly channelId: string
  /** The `kid` of the key. */
  readonly kid: string
}) => AssertionKey | Promise<AssertionKey>

async function keptKey({ key, local }: ParsedKey, canFind: boolean): Promise<KeptAccess['key']> {
  // A key that is stored elsewhere has no private key here.
  const { privateKey } = local ?? { privateKey: undefined }
  if (privateKey !== undefined)
    return { kid: key.kid, privateKey: await (await importAssertionKey(privateKey)).exportPem() }
  if (canFind) return { kid: key.kid }
  throw new LineInputError(
    'assertionKey must be { kid, privateKey }, so that the registry can store it. For keys that are stored elsewhere, pass the option assertionKey to createRegistry',
  )
}

/** Converts access to strings, for encryption. */
export async function keepAccess(access: ParsedAccess, canFind: boolean): Promise<KeptAccess> {
  return {
    ...(access.channelId && { channelId: access.channelId }),
    ...(access.channelSecret && { channelSecret: access.channelSecret.reveal() }),
    ...(access.token && { channelAccessToken: access.token.reveal() }),
    ...(access.key && { key: await keptKey(access.key, canFind) }),
  }
}

async function restoreKey(
  kept: NonNullable<KeptAccess['key']>,
  channelId: string,
  find: FindAssertionKey | undefined,
): Promise<ParsedKey> {
  const { kid, privateKey } = kept
  if (privateKey !== undefined) {
    const local = { kid, privateKey }
    return { key: assertionKey(local), local }
  }
  if (!find)
    throw new LineInputError(
      `The registry does not store the assertion key ${kid}; pass the option assertionKey to createRegistry to look it up`,
    )
  return { key: await find({ channelId, kid }), local: undefined }
}

/** Converts strings back to access. */
export async function restoreAccess(kept: KeptAccess, find: FindAssertionKey | undefined): Promise<ParsedAccess> {
  return {
    channelId: kept.channelId,
    channelSecret: kept.channelSecret === undefined ? undefined : new Secret(kept.channelSecret),
    token: kept.channelAccessToken === undefined ? undefined : new Secret(kept.channelAccessToken),
    key: kept.key && (await restoreKey(kept.key, kept.channelId ?? '', find)),
  }
}

/** Reads the decrypted part of a connection. */
export function readContent(text: string, subject: string): Content {
  const content = jsonObject(text)
  if (typeof content?.['messaging'] === 'object' && content['messaging'] !== null) return content as unknown as Content // sealed by this registry
  throw new LineInputError(`The data of ${subject} is not a connection`)
}

/** Encrypts and decrypts connections. */
export interface Vault {
  /** Encrypts the content of a connection, and returns it with the connection, whose version of the encrypted data is one higher. */
  seal(connection: Connection, content: Content): Promise<Pick<StoredConnection, 'connection' | 'sealed'>>
  /** @throws {LineInputError} when the connection is disconnected, or cannot be decrypted. */
  content(row: StoredConnection): Promise<Content>
  open(row: StoredConnection): Promise<OpenConnection>
}

/** The subject that a connection's credentials are encrypted for. */
export const subjectOf = (id: string): string => `connection ${id}`

// Versions before 0.2 authenticated only the ID. Their data is read until it is encrypted again, by a change or by `reseal`.
function claimsOf({ team, destination, sealVersion }: Connection): SealClaims {
  return sealVersion === undefined ? {} : { team, destination, version: sealVersion }
}

/** Creates a vault. */
export function createVault(sealer: Sealer, find: FindAssertionKey | undefined): Vault {
  const content = async ({ connection, sealed }: StoredConnection): Promise<Content> => {
    const { id } = connection
    if (sealed === '')
      throw new LineInputError(
        `Connection ${id} is disconnected and its credentials are deleted; connect the account again`,
      )
    return readContent(await sealer.open(sealed, subjectOf(id), claimsOf(connection)), subjectOf(id))
  }
  return {
    async seal(given, kept) {
      const connection = { ...given, sealVersion: (given.sealVersion ?? 0) + 1 }
      const sealed = await sealer.seal(JSON.stringify(kept), subjectOf(given.id), claimsOf(connection))
      return { connection, sealed }
    },
    content,
    async open(row) {
      const { messaging, login, webhookUrl, previousWebhookUrl } = await content(row)
      return {
        connection: row.connection,
        messaging: await restoreAccess(messaging, find),
        login: login && (await restoreAccess(login, find)),
        webhookUrl,
        previousWebhookUrl,
      }
    },
  }
}
