import { insist } from './answer.js'
import { issueUserToken } from './operations.js'
import type { IdTokenClaims, RefreshedUserToken } from './types.js'
import type { UserIdOf } from './user-id.js'

/** A user's tokens. Keep them as you keep a password. */
export interface UserTokens {
  /** Opaque, and good for 30 days. */
  readonly accessToken: string
  /** Gets new access tokens until 90 days after the login; using it does not extend it. */
  readonly refreshToken: string
  /** When the access token ends, in milliseconds since 1970. */
  readonly expiresAt: number
  /** What the user granted. It never has `email`, even where that was granted: look at the claim. */
  readonly scope: readonly string[]
}

/** Who has logged in, and with what. */
export interface LoginSession<Provider extends string = string> {
  /** The user's ID under this channel's provider. Missing when the scope had no `openid`; `profile` gets it then. */
  readonly userId: UserIdOf<Provider> | undefined
  /** What the ID token says, checked. Missing when the scope had no `openid`. */
  readonly claims: IdTokenClaims | undefined
  /** The ID token itself, for those who pass it on. */
  readonly idToken: string | undefined
  readonly tokens: UserTokens
  /** Whether the user added or unblocked the linked Official Account during the login. Missing when LINE did not offer it. */
  readonly friendshipStatusChanged: boolean | undefined
  /** What `start` was given to find back. */
  readonly returnTo: string | undefined
}

/** Puts LINE's answer into the form that is worth keeping: with a time instead of a span. */
export function userTokens(issued: RefreshedUserToken, askedAt: number): UserTokens {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, scope } = issued
  insist(typeof accessToken === 'string' && typeof seconds === 'number', 'token', issueUserToken)
  return { accessToken, refreshToken, expiresAt: askedAt + seconds * 1000, scope: listScopes(scope) }
}

/** Reads a list of scopes as LINE writes it. */
export function listScopes(scope: unknown): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ').filter(Boolean) : []
}
