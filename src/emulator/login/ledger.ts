import type { LoginChannelState, PersonState } from '../state.js'
import { keep, unused, type World } from '../world.js'

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
  readonly expiresAt: number
  revoked: boolean
}

/** A refresh token. It stays the same for all its life. */
export interface RefreshToken extends Grant {
  readonly token: string
  readonly expiresAt: number
  revoked: boolean
}

const codes = keep<World, Map<string, Code>>(() => new Map())
const userTokens = keep<World, Map<string, UserToken>>(() => new Map())
const refreshTokens = keep<World, Map<string, RefreshToken>>(() => new Map())
/** What a person was asked for, and whether it was granted: the e-mail address can be withheld. */
export type Consent = ReadonlyMap<string, boolean>

const consents = keep<LoginChannelState, Map<PersonState, Consent>>(() => new Map())

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

/** A person takes back all that was granted to a channel: its tokens for this person end at once. Gives whether there was anything. */
export function withdrawConsent(world: World, channel: LoginChannelState, person: PersonState): boolean {
  const own = (grant: Grant) => grant.channel === channel && grant.person === person
  for (const kept of [userTokens(world), refreshTokens(world)])
    for (const token of kept.values()) if (own(token)) token.revoked = true
  for (const [text, code] of codes(world)) if (own(code)) codes(world).delete(text)
  return consents(channel).delete(person)
}

/** Hands out a code. */
export function issueCode(world: World, code: Omit<Code, 'expiresAt'>): string {
  const text = unused(() => world.ids.opaque(20), codes(world))
  codes(world).set(text, { ...code, expiresAt: world.clock.now() + lives.code })
  return text
}

/** Takes a code back, whatever comes of it: it works once. */
export function takeCode(world: World, text: string): Code | undefined {
  const code = codes(world).get(text)
  codes(world).delete(text)
  return code && world.clock.now() < code.expiresAt ? code : undefined
}

/** Hands out an access token: 30 days, or 12 hours in a LIFF app. */
export function issueUserToken(
  world: World,
  { person, channel, scopes }: Grant,
  kind: 'web' | 'liff' = 'web',
): UserToken {
  const taken = { has: (text: string) => userTokens(world).has(text) || world.tokens.has(text) }
  const token: UserToken = {
    token: unused(world.ids.jws, taken),
    person,
    channel,
    scopes,
    expiresAt: world.clock.now() + lives[kind],
    revoked: false,
  }
  userTokens(world).set(token.token, token)
  return token
}

/** Hands out a refresh token. */
export function issueRefreshToken(world: World, { person, channel, scopes }: Grant): RefreshToken {
  const token: RefreshToken = {
    token: unused(() => world.ids.opaque(20), refreshTokens(world)),
    person,
    channel,
    scopes,
    expiresAt: world.clock.now() + lives.refresh,
    revoked: false,
  }
  refreshTokens(world).set(token.token, token)
  return token
}

/** The access token behind a text, alive or not. */
export const findUserToken = (world: World, text: string): UserToken | undefined => userTokens(world).get(text)

/** The refresh token behind a text, if it is alive. */
export function liveRefreshToken(world: World, text: string): RefreshToken | undefined {
  const token = refreshTokens(world).get(text)
  return token && !token.revoked && world.clock.now() < token.expiresAt ? token : undefined
}
