import { operationName } from '../core/call/request.js'
import type { TokenContext, TokenSource } from '../core/call/token.js'
import { LineInputError, LineTimeoutError } from '../core/errors.js'
import type { Store } from '../store/types.js'
import {
  type AssertionCredentials,
  assertionGrant,
  type ChannelSecretCredentials,
  minted,
  secretGrant,
} from './minted.js'
import { issueChannelToken, issueChannelTokenByJWT } from './operations.js'
import { isFresh, type Minted, renewing } from './renewal.js'

// Longer than a call may take, so that a slow mint is not made a second time.
const lease = 60_000
const pauses = { first: 50, most: 1000 }

/** The name under which a store keeps the token of a channel. */
export const keptTokenName = (kind: 'jwt' | 'short-lived', channelId: string): string =>
  `line-oa:token:${kind}:${channelId}`

/** Reads what stands under that name; `undefined` when it is no token. */
export function readKeptToken(text: string | undefined): Minted | undefined {
  try {
    const { token, mintedAt, expiresAt } = JSON.parse(text ?? '') as Partial<Minted> // each member is checked in the next line
    if (typeof token === 'string' && typeof mintedAt === 'number' && typeof expiresAt === 'number')
      return { token, mintedAt, expiresAt }
  } catch {
    // Not one of ours: the next mint puts the entry right.
  }
  return undefined
}

// Of all sources over one store one mints, and the others wait for what it puts there.
function shared(
  { store, channelId }: { store: Store; channelId: string },
  kind: 'v2.1' | 'short-lived',
  mint: (context: TokenContext) => Promise<Minted>,
): TokenSource {
  if (typeof store?.add !== 'function')
    throw new LineInputError(
      'Tokens of this kind need a store, since LINE allows a channel 30 of them; see line-oa/store',
    )
  const name = keptTokenName(kind === 'v2.1' ? 'jwt' : kind, channelId)
  const lock = `${name}:minting`
  return renewing(channelId, kind, async (context) => {
    const owner = crypto.randomUUID()
    let pause = pauses.first
    for (let waited = 0; waited <= 2 * lease; waited += pause) {
      const held = readKeptToken(await store.get(name))
      if (held && isFresh(held, context)) return held
      if (await store.add(lock, owner, lease)) {
        try {
          // Between the look and the lock another source may have put a token there.
          const late = readKeptToken(await store.get(name))
          if (late && isFresh(late, context)) return late
          const fresh = await mint(context)
          await store.set(name, JSON.stringify(fresh), fresh.expiresAt - fresh.mintedAt)
          return fresh
        } finally {
          await store.delete(lock, owner)
        }
      }
      await context.wait(pause)
      pause = Math.min(pause * 2, pauses.most)
    }
    throw new LineTimeoutError(`${name}: another process holds the right to mint and put no token into the store`)
  })
}

/** What `jwtTokens` needs. */
export interface JwtTokensOptions extends AssertionCredentials {
  /** Where the token is shared between processes. */
  readonly store: Store
  /** How long a token lives, in seconds, at most 2,592,000 (30 days), which is the default. */
  readonly tokenLifetime?: number | undefined
}

/**
 * Makes a source of v2.1 tokens, minted with an assertion key and shared through a store.
 *
 * A channel holds 30 of them, and LINE refuses one more: `LINE_API` with a hint that says so.
 *
 * @throws {LineInputError} without a store.
 * @see https://developers.line.biz/en/docs/basics/channel-access-token/
 */
export function jwtTokens(options: JwtTokensOptions): TokenSource {
  return shared(options, 'v2.1', async ({ call, now }) => {
    const mintedAt = now()
    const grant = await assertionGrant(options, mintedAt, options.tokenLifetime)
    return minted(await call(issueChannelTokenByJWT, grant), mintedAt, operationName(issueChannelTokenByJWT))
  })
}

/** What `shortLivedTokens` needs. */
export interface ShortLivedTokensOptions extends ChannelSecretCredentials {
  /** Where the token is shared between processes. */
  readonly store: Store
}

/**
 * Makes a source of short-lived tokens (30 days), minted with the channel secret and shared through a store.
 *
 * A channel holds 30 of them, and one more silently revokes the oldest.
 *
 * @throws {LineInputError} without a store, and when ID and secret can be none.
 * @see https://developers.line.biz/en/docs/basics/channel-access-token/
 */
export function shortLivedTokens(options: ShortLivedTokensOptions): TokenSource {
  secretGrant(options)
  return shared(options, 'short-lived', async ({ call, now }) => {
    const mintedAt = now()
    return minted(await call(issueChannelToken, secretGrant(options)), mintedAt, operationName(issueChannelToken))
  })
}
