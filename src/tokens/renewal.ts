import type { Call, TokenContext, TokenSource } from '../core/call/token.js'
import type { TokenKind } from '../core/operation.js'

/** A token and how long it lives, in milliseconds since 1970. */
export interface Minted {
  readonly token: string
  readonly mintedAt: number
  readonly expiresAt: number
}

const longestMargin = 86_400_000

/** Whether a token may still be used: not refused, not in the last tenth of its life (a day at the most), and minted in this clock's past. */
export function isFresh(minted: Minted, context: TokenContext): boolean {
  const now = context.now()
  const margin = Math.min((minted.expiresAt - minted.mintedAt) / 10, longestMargin)
  // A clock that was set back would stretch the life of a token, so its life then counts as over.
  return minted.token !== context.force && now >= minted.mintedAt - 1000 && now < minted.expiresAt - margin
}

/** Makes a source that keeps one token per client and mints the next one once, however many callers wait for it. */
export function renewing(
  channelId: string,
  kind: TokenKind,
  mint: (context: TokenContext) => Promise<Minted>,
): TokenSource {
  const clients = new WeakMap<Call, { held?: Minted; minting?: Promise<Minted> }>()
  return {
    channelId,
    kind,
    async get(context) {
      let state = clients.get(context.call)
      if (!state) clients.set(context.call, (state = {}))
      const own = state
      if (own.held && isFresh(own.held, context)) return own.held.token
      const minting = (own.minting ??= mint(context)
        .then((minted) => (own.held = minted))
        .finally(() => delete own.minting))
      try {
        const { token } = await minting
        if (token !== context.force) return token
        // This mint was under way before LINE refused its token; the next one knows of the refusal.
        return (own.held = await mint(context)).token
      } catch (error) {
        // In the last tenth of its life the old token still serves while LINE issues no other.
        const { held } = own
        if (held && held.token !== context.force && context.now() >= held.mintedAt && context.now() < held.expiresAt)
          return held.token
        throw error
      }
    },
  }
}
