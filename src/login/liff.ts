import { LineApiError } from '../core/errors.js'
import { LineLoginError, type LoginFailure } from './errors.js'
import { readPart } from './id-token/parts.js'
import type { IdTokenClaims, UserInfo, UserProfile } from './types.js'
import type { UserIdOf } from './user-id.js'

/** Who a request comes from. */
export interface LiffUser<Provider extends string = string> {
  /** The user's ID under this channel's provider. */
  readonly userId: UserIdOf<Provider>
  /** Display name; missing where the token says nothing of it. */
  readonly name: string | undefined
  /** URL of the profile image. */
  readonly picture: string | undefined
  /** What the ID token says, when the request carried one. */
  readonly claims: IdTokenClaims | undefined
  /** What the user granted, when the request carried an access token. */
  readonly scope: readonly string[] | undefined
}

/** A request that is let in, or one that is not, with the answer to send. */
export type LiffAuthentication<Provider extends string = string> =
  | { readonly ok: true; readonly user: LiffUser<Provider> }
  | {
      readonly ok: false
      readonly reason: LoginFailure
      readonly error: LineLoginError
      /** 401, or 403 for a scope that is missing, with `WWW-Authenticate` and a body of JSON. */
      readonly response: Response
    }

/** What checks a token. */
export interface TokenChecks {
  readonly idToken: (token: string) => Promise<IdTokenClaims>
  readonly accessToken: (token: string) => Promise<{ readonly scope: readonly string[] }>
  readonly profile: (token: string) => Promise<UserProfile>
  readonly userInfo: (token: string) => Promise<UserInfo>
}

/** A request, its headers, or the value of its `Authorization` header. */
export type BearerInput = Request | Headers | string | null | undefined

function readToken(bearer: BearerInput): string {
  const value =
    typeof bearer === 'object' && bearer ? ('headers' in bearer ? bearer.headers : bearer).get('authorization') : bearer
  const token = /^Bearer +([^\s,]+) *$/i.exec(value ?? '')?.[1]
  if (!token) throw new LineLoginError('no-token', 'The request carries no bearer token in its Authorization header')
  return token
}

async function askLine(checks: TokenChecks, token: string): Promise<LiffUser> {
  const { scope } = await checks.accessToken(token)
  if (!scope.includes('profile') && !scope.includes('openid'))
    throw new LineLoginError(
      'scope',
      'The access token has neither the scope profile nor openid, so it does not tell who the user is',
    )
  try {
    if (scope.includes('profile')) {
      const { userId, displayName, pictureUrl } = await checks.profile(token)
      return { userId, name: displayName, picture: pictureUrl, claims: undefined, scope }
    }
    const { sub, name, picture } = await checks.userInfo(token)
    return { userId: sub, name, picture, claims: undefined, scope }
  } catch (error) {
    // Users take their consent back whenever they like, also between two calls.
    if (error instanceof LineApiError && error.status === 401)
      throw new LineLoginError('access-token', 'LINE refuses the access token, which was good a moment ago')
    if (error instanceof LineApiError && error.status === 403)
      throw new LineLoginError('scope', 'LINE does not let the access token read who the user is')
    throw error
  }
}

function refusal(error: LineLoginError): LiffAuthentication<never> {
  const { reason, message } = error
  const code = reason === 'scope' ? 'insufficient_scope' : 'invalid_token'
  const headers = {
    'www-authenticate': reason === 'no-token' ? 'Bearer' : `Bearer error="${code}"`,
    'cache-control': 'no-store',
  }
  const response = Response.json({ reason, message }, { status: reason === 'scope' ? 403 : 401, headers })
  return { ok: false, reason, error, response }
}

/** Finds out who a request comes from, by the token in its `Authorization` header. */
export async function authenticateBearer(checks: TokenChecks, bearer: BearerInput): Promise<LiffAuthentication> {
  try {
    const token = readToken(bearer)
    // LINE's access tokens look like JWTs too, but what is in them is no JSON.
    if (!readPart(token.split('.')[1])) return { ok: true, user: await askLine(checks, token) }
    const claims = await checks.idToken(token)
    return {
      ok: true,
      user: { userId: claims.sub, name: claims.name, picture: claims.picture, claims, scope: undefined },
    }
  } catch (error) {
    if (error instanceof LineLoginError) return refusal(error)
    throw error
  }
}
