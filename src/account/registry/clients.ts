import { createLineClient, type LineClient } from '../../client.js'
import type { CallerOptions } from '../../core/call/caller.js'
import type { Call, TokenSource } from '../../core/call/token.js'
import { LineInputError } from '../../core/errors.js'
import { Secret } from '../../credentials/secret.js'
import type { Store } from '../../store/types.js'
import { jwtTokens, keptTokenName, readKeptToken, shortLivedTokens } from '../../tokens/stored.js'
import { tokensFor } from '../check/channel.js'
import type { ParsedAccess } from '../check/parse-options.js'
import { type Sealer, subjectOf, type Vault } from './seal.js'
import type { StoredConnection } from './types.js'

/** A connection ready for use: its client, and the channel secrets that LINE may sign its webhooks with, the current one first. */
export interface Bound {
  readonly client: LineClient
  readonly channelSecrets: readonly string[]
}

/** Creates the clients of connections. */
export interface Binder {
  bind(row: StoredConnection): Promise<Bound>
}

const defaultActive = 1000
// A token source is much smaller than a client with all its methods.
const sourcesPerClient = 20

/** A map that drops its least recently used entry above a number of entries. */
class RecentMap<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key)
    if (value !== undefined) this.set(key, value)
    return value
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined && this.#entries.size > this.#most) this.#entries.delete(oldest)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}

/** A token source whose tokens outlive the client that it was created for, so that a new client does not issue another one. */
function shared(source: TokenSource): TokenSource {
  let latest: Call | undefined
  // A source keeps its token for one `call`, so all clients of the connection use this one.
  const call: Call = (operation, input) => {
    if (!latest) throw new LineInputError('A token source was used without a client')
    return latest(operation, input)
  }
  return {
    ...source,
    get(context) {
      latest = context.call
      return source.get({ ...context, call })
    },
  }
}

/** Creates a binder. It decrypts a connection when it is first used, and again when its encrypted part has changed. */
export function createBinder(
  vault: Vault,
  sealer: Sealer,
  tokens: KeptTokens | undefined,
  calling: CallerOptions,
  active = defaultActive,
): Binder {
  const bound = new RecentMap<{ readonly sealed: string; readonly made: Promise<Bound> }>(active)
  const sources = new RecentMap<{ readonly sealed: string; readonly source: TokenSource }>(active * sourcesPerClient)

  // Encrypted data changes with the credentials, so a source of former credentials is not used again.
  function sourceOf(row: StoredConnection, made: TokenSource): TokenSource {
    const { id } = row.connection
    const known = sources.get(id)
    if (known?.sealed === row.sealed) return known.source
    const source = shared(made)
    sources.set(id, { sealed: row.sealed, source })
    return source
  }

  const make = async (row: StoredConnection): Promise<Bound> => {
    const { id } = row.connection
    const content = await vault.content(row)
    const { messaging } = await vault.open(row)
    const channelAccessToken = tokensOf(messaging, tokens, sealer, subjectOf(id))
    if (!channelAccessToken) throw new LineInputError(`Connection ${id} has no credentials to call LINE with`)
    const { channelSecret } = content.messaging
    return {
      client: createLineClient({
        ...calling,
        channelAccessToken:
          typeof channelAccessToken === 'string' ? channelAccessToken : sourceOf(row, channelAccessToken),
      }),
      channelSecrets: [...(channelSecret === undefined ? [] : [channelSecret]), ...(content.formerSecrets ?? [])],
    }
  }

  return {
    async bind(row) {
      const { id } = row.connection
      const known = bound.get(id)
      const entry = known?.sealed === row.sealed ? known : { sealed: row.sealed, made: make(row) }
      bound.set(id, entry)
      try {
        return await entry.made
      } catch (error) {
        // A failure is not cached: a key store may have been unavailable.
        if (bound.get(id) === entry) bound.delete(id)
        throw error
      }
    },
  }
}

/** The kinds of tokens that a registry's clients can issue and store. */
export type MintedKind = 'short-lived' | 'v2.1'

/** Tokens that are stored, instead of stateless ones. */
export interface KeptTokens {
  /** The kind of token. `short-lived` requires a channel secret and `v2.1` an assertion signing key; connections without it use stateless tokens. */
  readonly kind: MintedKind
  /** Where tokens are stored, encrypted, and shared between processes. */
  readonly store: Store
}

/**
 * A store that encrypts its values. Encrypting a value twice gives different strings, so a value is compared after decryption, and the underlying store
 * then compares the encrypted string that was read. A value that cannot be decrypted counts as missing; the next token replaces it.
 */
function sealedStore(store: Store, sealer: Sealer, subject: string): Store {
  const seal = (value: string) => sealer.seal(value, subject)
  const read = async (key: string): Promise<{ readonly sealed: string; readonly value: string } | undefined> => {
    const sealed = await store.get(key)
    const value = sealed === undefined ? undefined : await sealer.open(sealed, subject).catch(() => undefined)
    return sealed === undefined || value === undefined ? undefined : { sealed, value }
  }
  return {
    get: async (key) => (await read(key))?.value,
    set: async (key, value, ttl) => store.set(key, await seal(value), ttl),
    add: async (key, value, ttl) => store.add(key, await seal(value), ttl),
    async delete(key, expected) {
      if (expected === undefined) return store.delete(key)
      const kept = await read(key)
      return kept?.value === expected && store.delete(key, kept.sealed)
    },
    async replace(key, expected, value, ttl) {
      const kept = await read(key)
      return kept?.value === expected && store.replace(key, kept.sealed, await seal(value), ttl)
    },
  }
}

/** A token that was issued and is stored. */
export interface HeldToken {
  readonly kind: MintedKind
  readonly token: Secret
  /** Deletes the stored token after it was revoked. */
  forget(): Promise<void>
}

const nameOf = (kind: MintedKind, channelId: string) => keptTokenName(kind === 'v2.1' ? 'jwt' : kind, channelId)

/** The kind of stored token that a connection uses; `undefined` for stateless tokens. */
function kindFor({ channelSecret, key }: ParsedAccess, kept: KeptTokens | undefined): MintedKind | undefined {
  if (kept?.kind === 'short-lived' && channelSecret) return 'short-lived'
  return kept?.kind === 'v2.1' && key ? 'v2.1' : undefined
}

/** The token source of a connection's client. */
export function tokensOf(
  access: ParsedAccess,
  kept: KeptTokens | undefined,
  sealer: Sealer,
  subject: string,
): TokenSource | string | undefined {
  const { channelId, channelSecret, key } = access
  const kind = kindFor(access, kept)
  if (channelId && kept && kind) {
    const store = sealedStore(kept.store, sealer, subject)
    if (kind === 'v2.1' && key) return jwtTokens({ channelId, assertionKey: key.key, store })
    if (channelSecret) return shortLivedTokens({ channelId, channelSecret, store })
  }
  return tokensFor(access)
}

/** Reads the stored token of a connection, if there is one. */
export async function heldToken(
  access: ParsedAccess,
  kept: KeptTokens | undefined,
  sealer: Sealer,
  subject: string,
): Promise<HeldToken | undefined> {
  const kind = kindFor(access, kept)
  if (!kept || !kind || !access.channelId) return undefined
  const store = sealedStore(kept.store, sealer, subject)
  const name = nameOf(kind, access.channelId)
  const minted = readKeptToken(await store.get(name))
  if (!minted) return undefined
  return {
    kind,
    token: new Secret(minted.token),
    async forget() {
      await store.delete(name)
    },
  }
}

/** Encrypts the stored token of a connection with the current key. A token that another process has replaced since is not changed. */
export async function resealToken(
  channelId: string,
  { kind, store }: KeptTokens,
  sealer: Sealer,
  subject: string,
  now: number,
): Promise<void> {
  const name = nameOf(kind, channelId)
  const sealed = await store.get(name)
  if (sealed === undefined || sealer.keyOf(sealed) === sealer.keyId) return
  const text = await sealer.open(sealed, subject).catch(() => undefined)
  const minted = readKeptToken(text)
  if (text !== undefined && minted)
    await store.replace(name, sealed, await sealer.seal(text, subject), minted.expiresAt - now)
}
