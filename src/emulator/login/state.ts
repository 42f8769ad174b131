import { BoundedMap, ExpiringMap } from '../expiring-map.js'
import type { LoginChannelState, PersonState } from '../state.js'
import { findToken } from '../tokens/state.js'
import { stateOf, unused, type World } from '../world.js'

const minute = 60 * 1000
const day = 24 * 60 * minute

/** Lifetimes in milliseconds. */
const lives = { code: 10 * minute, web: 30 * day, liff: day / 2, refresh: 90 * day }

/** What a person granted to a channel, and how the person logged in. */
export interface Grant {
  readonly person: PersonState
  readonly channel: LoginChannelState
  /** With `email`, where that was granted; LINE leaves it out of all its answers. */
  readonly scopes: readonly string[]
}

/** A code, with what the token exchange must repeat and what goes into the ID token. */
export interface Code extends Grant {
  readonly redirectUri: string
  readonly codeChallenge: string | undefined
  readonly nonce: string | undefined
  readonly amr: string
  /** In seconds since 1970; only where the request had `max_age`. */
  readonly authTime: number | undefined
  readonly expiresAt: number
}

/** An access token of a user. */
export interface UserToken extends Grant {
  readonly token: string
  /** In milliseconds since 1970. */
  readonly expiresAt: number
  /** Whether it has been exchanged for a service notification token, which works once. */
  exchanged: boolean
}

/**
 * What is kept of a user's access token that has ended, because LINE answers differently for an unknown one than for an expired or revoked one.
 * This is kept of the last 1,000 such tokens; older ones are answered like unknown ones.
 */
export interface EndedUserToken extends Omit<Grant, 'scopes'> {
  readonly end: 'expired' | 'revoked'
}

/** A refresh token. It stays the same for all its life. */
export interface RefreshToken extends Grant {
  readonly token: string
  /** In milliseconds since 1970. */
  readonly expiresAt: number
}

interface UserTokens {
  readonly usable: ExpiringMap<UserToken>
  readonly ended: BoundedMap<EndedUserToken>
}

const isExpired = ({ expiresAt }: { readonly expiresAt: number }, now: number) => now >= expiresAt

// LINE answers for an expired or used code, and for an expired or revoked refresh token, as for an unknown one.
const codes = stateOf<World, ExpiringMap<Code>>(() => new ExpiringMap<Code>(isExpired))
const refreshTokens = stateOf<World, ExpiringMap<RefreshToken>>(() => new ExpiringMap<RefreshToken>(isExpired))
const userTokens = stateOf<World, UserTokens>(() => {
  const ended = new BoundedMap<EndedUserToken>()
  const usable = new ExpiringMap<UserToken>(isExpired, (text, { person, channel }) =>
    ended.set(text, { person, channel, end: 'expired' }),
  )
  return { usable, ended }
})

/** What a person was asked for, and whether it was granted: the email address can be withheld. */
export type Consent = ReadonlyMap<string, boolean>

const consents = stateOf<LoginChannelState, Map<PersonState, Consent>>(() => new Map())

/** The scopes as LINE names them to a program: never `email`. */
export const scopeText = (scopes: readonly string[]): string => scopes.filter((scope) => scope !== 'email').join(' ')

/** What a person has granted to a channel so far. */
export function consentOf(channel: LoginChannelState, person: PersonState): Consent {
  return consents(channel).get(person) ?? new Map()
}

/** A person grants all or some of what a channel asks for, beside what was granted before. */
export function giveConsent({ channel, person, scopes }: Grant, asked: readonly string[] = scopes): void {
  const answered = asked.map((scope) => [scope, scopes.includes(scope)] as const)
  consents(channel).set(person, new Map([...consentOf(channel, person), ...answered]))
}

/** A person takes back all that was granted to a channel: its tokens for this person end at once. Returns whether there was a consent. */
export function withdrawConsent(world: World, channel: LoginChannelState, person: PersonState): boolean {
  const now = world.clock.now()
  const own = (grant: Omit<Grant, 'scopes'>) => grant.channel === channel && grant.person === person
  const { usable, ended } = userTokens(world)
  for (const [text, token] of [...usable.entries(now), ...ended]) if (own(token)) revokeUserToken(world, text)
  for (const kept of [refreshTokens(world), codes(world)])
    for (const [text, grant] of kept.entries(now)) if (own(grant)) kept.delete(text)
  return consents(channel).delete(person)
}

/** Hands out a code. */
export function issueCode(world: World, code: Omit<Code, 'expiresAt'>): string {
  const text = unused(() => world.ids.opaque(20), codes(world))
  const now = world.clock.now()
  codes(world).set(text, { ...code, expiresAt: now + lives.code }, now)
  return text
}

/** Takes a code, which works once, even when the exchange fails. */
export function takeCode(world: World, text: string): Code | undefined {
  const code = codes(world).get(text, world.clock.now())
  codes(world).delete(text)
  return code
}

/** Hands out an access token: 30 days, or 12 hours in a LIFF app. */
export function issueUserToken(
  world: World,
  { person, channel, scopes }: Grant,
  kind: 'web' | 'liff' = 'web',
): UserToken {
  const now = world.clock.now()
  const { usable, ended } = userTokens(world)
  const taken = { has: (text: string) => usable.has(text) || ended.has(text) || findToken(world, text) !== undefined }
  const token: UserToken = {
    token: unused(world.ids.jws, taken),
    person,
    channel,
    scopes,
    expiresAt: now + lives[kind],
    exchanged: false,
  }
  usable.set(token.token, token, now)
  return token
}

/** Hands out a refresh token. */
export function issueRefreshToken(world: World, { person, channel, scopes }: Grant): RefreshToken {
  const now = world.clock.now()
  const token: RefreshToken = {
    token: unused(() => world.ids.opaque(20), refreshTokens(world)),
    person,
    channel,
    scopes,
    expiresAt: now + lives.refresh,
  }
  refreshTokens(world).set(token.token, token, now)
  return token
}

/** The access token behind a text, or what is kept of one that has ended. */
export function findUserToken(world: World, text: string): UserToken | EndedUserToken | undefined {
  const { usable, ended } = userTokens(world)
  return usable.get(text, world.clock.now()) ?? ended.get(text)
}

/** Revokes an access token, also one that has expired. */
export function revokeUserToken(world: World, text: string): void {
  const { usable, ended } = userTokens(world)
  const found = findUserToken(world, text)
  if (!found) return
  usable.delete(text)
  ended.set(text, { person: found.person, channel: found.channel, end: 'revoked' })
}

/** The refresh token behind a text, if it is valid. */
export function liveRefreshToken(world: World, text: string): RefreshToken | undefined {
  return refreshTokens(world).get(text, world.clock.now())
}
