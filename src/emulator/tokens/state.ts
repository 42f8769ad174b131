import type { TokenKind } from '../../core/operation.js'
import { BoundedMap, ExpiringMap } from '../expiring-map.js'
import { errorMessages } from '../platform/error-messages.js'
import { refuse } from '../platform/refusal.js'
import type { Channel, MessagingChannel, Token } from '../state.js'
import { stateOf, unused, type World } from '../world.js'

const minute = 60 * 1000
const day = 24 * 60 * minute
const mostAlive = 30

/** Lifetimes in milliseconds. */
export const lifetimes: { readonly stateless: number; readonly shortLived: number } = {
  stateless: 15 * minute,
  shortLived: 30 * day,
}

/**
 * What is kept of a channel access token that has ended. LINE answers differently for an unknown token than for an expired one, and
 * where v2.1 tokens are verified, than for a revoked one. In all other places it answers a revoked token like an unknown one, so nothing is kept.
 * This is kept of the last 1,000 such tokens; older ones are answered like unknown ones.
 */
export interface EndedToken {
  readonly kind: TokenKind
  readonly channel: Channel
  readonly end: 'expired' | 'revoked'
}

interface Tokens {
  readonly usable: ExpiringMap<Token>
  readonly ended: BoundedMap<EndedToken>
}

const tokensOf = stateOf<World, Tokens>(() => {
  const ended = new BoundedMap<EndedToken>()
  const usable = new ExpiringMap<Token>(
    ({ expiresAt }, now) => now >= expiresAt,
    (text, { kind, channel }) => ended.set(text, { kind, channel, end: 'expired' }),
  )
  return { usable, ended }
})

/** The channel access token behind a text, or what is kept of one that has ended. */
export function findToken(world: World, text: string): Token | EndedToken | undefined {
  const { usable, ended } = tokensOf(world)
  return usable.get(text, world.clock.now()) ?? ended.get(text)
}

/** Revokes a token, also one that has expired. */
export function revokeToken(world: World, text: string): void {
  const { usable, ended } = tokensOf(world)
  const found = findToken(world, text)
  if (!found) return
  usable.delete(text)
  if (found.kind === 'v2.1') ended.set(text, { kind: found.kind, channel: found.channel, end: 'revoked' })
  else ended.delete(text)
}

/** Revokes all tokens of a channel. */
export function revokeTokensOf(world: World, channel: Channel): void {
  const { usable, ended } = tokensOf(world)
  for (const [text, token] of [...usable.entries(world.clock.now()), ...ended])
    if (token.channel === channel) revokeToken(world, text)
}

/** The remaining lifetime of a token, in whole seconds, rounded up. */
export function secondsLeft(token: Token, now: number): number {
  return Math.ceil((token.expiresAt - now) / 1000)
}

/** The usable tokens of a kind that a channel has, the oldest first. */
export function usableTokens(world: World, channel: Channel, kind: TokenKind): readonly Token[] {
  return tokensOf(world)
    .usable.entries(world.clock.now())
    .map(([, token]) => token)
    .filter((token) => token.channel === channel && token.kind === kind)
}

function add(world: World, channel: Channel, kind: TokenKind, life: number, given?: string): Token {
  const { usable, ended } = tokensOf(world)
  const now = world.clock.now()
  const form = kind === 'stateless' || kind === 'v2.1' ? world.ids.jws : world.ids.base64
  const token: Token = {
    token: given ?? unused(form, { has: (text) => usable.has(text) || ended.has(text) }),
    kind,
    channel,
    issuedAt: now,
    expiresAt: now + life,
    keyId: kind === 'v2.1' ? world.ids.opaque(22) : undefined,
  }
  usable.set(token.token, token, now)
  return token
}

/** Issues a stateless token. There is no limit to them. */
export function issueStateless(world: World, channel: Channel): Token {
  return add(world, channel, 'stateless', lifetimes.stateless)
}

/** Issues a v2.1 token, and refuses when the channel has 30 valid ones. */
export function issueV21(world: World, channel: Channel, life: number): Token {
  if (usableTokens(world, channel, 'v2.1').length >= mostAlive) refuse(400, errorMessages.tokenLimit)
  return add(world, channel, 'v2.1', life)
}

/** Issues a short-lived token, and silently revokes the oldest when the channel has 30 valid ones. */
export function issueShortLived(world: World, channel: Channel): Token {
  const [oldest, ...others] = usableTokens(world, channel, 'short-lived')
  if (oldest && others.length >= mostAlive - 1) revokeToken(world, oldest.token)
  return add(world, channel, 'short-lived', lifetimes.shortLived)
}

/** Returns whether a token is in use. */
export function isToken(world: World, text: string): boolean {
  return tokensOf(world).usable.has(text)
}

/** Gives a channel a long-lived token whose text is known before. */
export function giveLongLived(world: World, channel: MessagingChannel, text: string): void {
  add(world, channel, 'long-lived', Number.POSITIVE_INFINITY, text)
}

/** Issues the channel's long-lived token. The previous one stays valid for `overlap` milliseconds. */
export function issueLongLived(world: World, channel: MessagingChannel, overlap: number): Token {
  const ends = world.clock.now() + overlap
  for (const token of usableTokens(world, channel, 'long-lived')) token.expiresAt = Math.min(token.expiresAt, ends)
  return add(world, channel, 'long-lived', Number.POSITIVE_INFINITY)
}
