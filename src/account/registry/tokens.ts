import type { TokenSource } from '../../core/call/token.js'
import { Secret } from '../../credentials/secret.js'
import type { Store } from '../../store/types.js'
import { statelessTokens } from '../../tokens/stateless.js'
import { jwtTokens, keptTokenName, readKeptToken, shortLivedTokens } from '../../tokens/stored.js'
import type { ReadAccess } from '../access.js'
import type { Sealer } from '../seal.js'

/** The kinds of tokens that a registry's clients work with where they mint their own. */
export type MintedKind = 'short-lived' | 'v2.1'

/** Tokens that LINE counts and that are kept, in place of stateless ones. */
export interface KeptTokens {
  /** `short-lived` needs channel secrets, `v2.1` keys; a connection that has not what its kind needs works with stateless tokens. */
  readonly kind: MintedKind
  /** Where tokens are kept, sealed, and shared between processes. */
  readonly store: Store
}

/**
 * A store in which everything is sealed. That a value is still what was expected can only be told by opening it, so the sealed text that was
 * opened is what the store below compares with. What does not open is as good as nothing: the next mint puts it right.
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

/** A token that was minted and is still held. */
export interface HeldToken {
  readonly kind: MintedKind
  readonly token: Secret
  /** Forgets it, once it is revoked. */
  forget(): Promise<void>
}

const nameOf = (kind: MintedKind, channelId: string) => keptTokenName(kind === 'v2.1' ? 'jwt' : kind, channelId)

/** Which kept tokens a connection works with; `undefined` for stateless ones. */
function kindFor({ channelSecret, key }: ReadAccess, kept: KeptTokens | undefined): MintedKind | undefined {
  if (kept?.kind === 'short-lived' && channelSecret) return 'short-lived'
  return kept?.kind === 'v2.1' && key ? 'v2.1' : undefined
}

/** Where a connection's client gets its tokens. */
export function tokensOf(
  access: ReadAccess,
  kept: KeptTokens | undefined,
  sealer: Sealer,
  subject: string,
): TokenSource | Secret | undefined {
  const { channelId, channelSecret, key, token } = access
  const kind = kindFor(access, kept)
  if (channelId && kept && kind) {
    const store = sealedStore(kept.store, sealer, subject)
    if (kind === 'v2.1' && key) return jwtTokens({ channelId, assertionKey: key.key, store })
    if (channelSecret) return shortLivedTokens({ channelId, channelSecret, store })
  }
  if (channelId && key) return statelessTokens({ channelId, assertionKey: key.key })
  if (channelId && channelSecret) return statelessTokens({ channelId, channelSecret })
  return token
}

/** The token that was minted for a connection and is still in the store, if there is one. */
export async function heldToken(
  access: ReadAccess,
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

/** Seals the token of a connection again, with the key that seals now. One that another process has replaced meanwhile stays as that one left it. */
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
