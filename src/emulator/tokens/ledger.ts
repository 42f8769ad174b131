import type { TokenKind } from '../../core/operation.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import type { Channel, MessagingChannel, Token } from '../state.js'
import { unused, type World } from '../world.js'

const minute = 60 * 1000
const day = 24 * 60 * minute
const mostAlive = 30

/** Lifetimes in milliseconds. */
export const lifetimes: { readonly stateless: number; readonly shortLived: number } = {
  stateless: 15 * minute,
  shortLived: 30 * day,
}

/** Tells whether a token opens anything now. */
export function isAlive(token: Token, now: number): boolean {
  return !token.revoked && now < token.expiresAt
}

/** How many whole seconds a token lives still. */
export function secondsLeft(token: Token, now: number): number {
  return Math.ceil((token.expiresAt - now) / 1000)
}

function alive(world: World, channel: Channel, kind: TokenKind): readonly Token[] {
  const now = world.clock.now()
  return [...world.tokens.values()].filter(
    (token) => token.channel === channel && token.kind === kind && isAlive(token, now),
  )
}

function add(world: World, channel: Channel, kind: TokenKind, life: number): Token {
  const now = world.clock.now()
  const form = kind === 'stateless' || kind === 'v2.1' ? world.ids.jws : world.ids.base64
  const token: Token = {
    token: unused(form, world.tokens),
    kind,
    channel,
    issuedAt: now,
    expiresAt: now + life,
    keyId: kind === 'v2.1' ? world.ids.opaque(22) : undefined,
    revoked: false,
  }
  world.tokens.set(token.token, token)
  return token
}

/** Issues a stateless token. There is no limit to them. */
export function issueStateless(world: World, channel: Channel): Token {
  return add(world, channel, 'stateless', lifetimes.stateless)
}

/** Issues a v2.1 token, and refuses when the channel has 30 that are alive. */
export function issueV21(world: World, channel: Channel, life: number): Token {
  if (alive(world, channel, 'v2.1').length >= mostAlive) refuse(400, words.tokenLimit)
  return add(world, channel, 'v2.1', life)
}

/** Issues a short-lived token, and revokes the oldest without a word when the channel has 30 that are alive. */
export function issueShortLived(world: World, channel: Channel): Token {
  const [oldest, ...others] = alive(world, channel, 'short-lived')
  if (oldest && others.length >= mostAlive - 1) oldest.revoked = true
  return add(world, channel, 'short-lived', lifetimes.shortLived)
}

/** Issues the channel's long-lived token. The one before it lives for `overlap` milliseconds more. */
export function issueLongLived(world: World, channel: MessagingChannel, overlap: number): Token {
  const ends = world.clock.now() + overlap
  for (const token of alive(world, channel, 'long-lived')) token.expiresAt = Math.min(token.expiresAt, ends)
  return add(world, channel, 'long-lived', Number.POSITIVE_INFINITY)
}

/** The v2.1 tokens of a channel that are alive. */
export function aliveV21(world: World, channel: Channel): readonly Token[] {
  return alive(world, channel, 'v2.1')
}
