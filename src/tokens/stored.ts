import type { TokenContext, TokenSource } from '../core/call/token.js'
import { LineInputError, LineTimeoutError } from '../core/errors.js'
import { property } from '../core/property.js'
import type { Store } from '../store/types.js'
import { issueChannelToken, issueChannelTokenByJWT } from './operations.js'
import {
  type AssertionCredentials,
  assertionGrant,
  type ChannelSecretCredentials,
  isFresh,
  isValid,
  type Minted,
  minted,
  readChannel,
  renewing,
  secretGrant,
} from './sources.js'

// In milliseconds. Longer than a call may take, so that a slow request for a token is not made twice.
const lease = 60_000
const pollDelay = { first: 50, max: 1000 }

/** The key under which a store keeps the token of a channel. */
export const keptTokenName = (kind: 'jwt' | 'short-lived', channelId: string): string =>
  `line-oa:token:${kind}:${channelId}`

/** Reads the value of that key. Returns `undefined` if it is not a token. */
export function readKeptToken(text: string | undefined): Minted | undefined {
  try {
    const { token, mintedAt, expiresAt } = JSON.parse(text ?? '') as Partial<Minted> // the next line checks each property
    if (typeof token === 'string' && typeof mintedAt === 'number' && typeof expiresAt === 'number')
      return { token, mintedAt, expiresAt }
  } catch {
    // Another program wrote the entry. The next token replaces it.
  }
  return undefined
}

// Of all sources that share a store, one requests a token, and the others wait for it to appear in the store.
function shared<Options extends { readonly store: Store; readonly channelId: string }>(
  options: Options,
  kind: 'v2.1' | 'short-lived',
  issue: (options: Options, context: TokenContext) => Promise<Minted>,
): TokenSource {
  const channel = readChannel(options, kind === 'v2.1' ? 'jwtTokens' : 'shortLivedTokens')
  const { store, channelId } = channel
  const mint = (context: TokenContext) => issue(channel, context)
  if (typeof property(store, 'add') !== 'function')
    throw new LineInputError(
      'store is required for tokens of this kind, because LINE limits them to 30 per channel; see line-oa/store',
    )
  const name = keptTokenName(kind === 'v2.1' ? 'jwt' : kind, channelId)
  const lock = `${name}:minting`
  return renewing(channelId, kind, async (context) => {
    const owner = crypto.randomUUID()
    let delay = pollDelay.first
    for (let waited = 0; waited <= 2 * lease; waited += delay) {
      const held = readKeptToken(await store.get(name))
      if (held && isFresh(held, context)) return held
      if (await store.add(lock, owner, lease)) {
        try {
          // Another source may have stored a token since the lookup above.
          const stored = readKeptToken(await store.get(name))
          if (stored && isFresh(stored, context)) return stored
          const fresh = await mint(context)
          await store.set(name, JSON.stringify(fresh), fresh.expiresAt - fresh.mintedAt)
          return fresh
        } finally {
          // A failure here must not hide why no token was issued. The lock expires.
          await store.delete(lock, owner).catch(() => {})
        }
      }
      // Another source is renewing the token, or died while it did. The old token is used as long as LINE accepts it.
      if (held && isValid(held, context)) return held
      await context.wait(delay)
      delay = Math.min(delay * 2, pollDelay.max)
    }
    throw new LineTimeoutError(`${name}: another process holds the lock for a new token, but did not store one in time`)
  })
}

/** Options for `jwtTokens`. */
export interface JwtTokensOptions extends AssertionCredentials {
  /** The store that all processes share. */
  readonly store: Store
  /** Lifetime of a token, in seconds, at most 2,592,000 (30 days). Default: 2,592,000. */
  readonly tokenLifetime?: number | undefined
}

/**
 * Creates a source of channel access tokens v2.1, which it requests with an assertion signing key and shares through a store.
 *
 * A channel can have 30 of them. LINE rejects a request for one more; the source then throws `LINE_API` with a hint.
 *
 * @throws {LineInputError} if there is no store.
 * @see https://developers.line.biz/en/docs/basics/channel-access-token/
 */
export function jwtTokens(options: JwtTokensOptions): TokenSource {
  return shared(options, 'v2.1', async (channel, { call, now }) => {
    const mintedAt = now()
    const grant = await assertionGrant(channel, mintedAt, channel.tokenLifetime)
    return minted(await call(issueChannelTokenByJWT, grant), mintedAt, issueChannelTokenByJWT)
  })
}

/** Options for `shortLivedTokens`. */
export interface ShortLivedTokensOptions extends ChannelSecretCredentials {
  /** The store that all processes share. */
  readonly store: Store
}

/**
 * Creates a source of short-lived channel access tokens, which live for 30 days. It requests them with the channel secret and shares them
 * through a store.
 *
 * A channel can have 30 of them. When LINE issues one more, it revokes the oldest without notice.
 *
 * @throws {LineInputError} if there is no store, or the channel ID or the channel secret is malformed.
 * @see https://developers.line.biz/en/docs/basics/channel-access-token/
 */
export function shortLivedTokens(options: ShortLivedTokensOptions): TokenSource {
  return shared(options, 'short-lived', async (channel, { call, now }) => {
    const mintedAt = now()
    return minted(await call(issueChannelToken, secretGrant(channel)), mintedAt, issueChannelToken)
  })
}
