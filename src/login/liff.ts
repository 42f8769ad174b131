import { isLineError, LineInputError } from '../core/errors.js'
import { property } from '../core/property.js'
import { isApiError } from '../core/response-errors.js'
import type { UserIdOf } from './client-types.js'
import { LineLoginError, type LoginFailure } from './errors.js'
import { readPart } from './id-token/verify.js'
import type { IdTokenClaims, UserInfo, UserProfile } from './types.js'

/** The user of an authenticated request. */
export interface LiffUser<Provider extends string = string> {
  /** User ID under this channel's provider. */
  readonly userId: UserIdOf<Provider>
  /** Display name. Missing if the token does not include the profile. */
  readonly name: string | undefined
  /** URL of the profile image. Missing if the user has none, or the token does not include the profile. */
  readonly picture: string | undefined
  /** Claims of the ID token. Missing if the request has an access token. */
  readonly claims: IdTokenClaims | undefined
  /** Granted scopes. Missing if the request has an ID token. */
  readonly scope: readonly string[] | undefined
}

/** The result of `authenticateLiff`: the user, or the reason why the request is not authenticated. */
export type LiffAuthentication<Provider extends string = string> =
  | {
      /** The request is authenticated. */
      readonly ok: true
      /** The user. */
      readonly user: LiffUser<Provider>
    }
  | {
      /** The request is not authenticated. */
      readonly ok: false
      /** The reason, which is also in `error`. */
      readonly reason: LoginFailure
      /** The error. */
      readonly error: LineLoginError
      /** The response to send: 401, or 403 if a scope is missing, with `WWW-Authenticate` and a JSON body. */
      readonly response: Response
    }

/** The functions that verify a token. */
export interface TokenChecks {
  readonly idToken: (token: string) => Promise<IdTokenClaims>
  readonly accessToken: (token: string) => Promise<{ readonly scope: readonly string[] }>
  readonly profile: (token: string) => Promise<UserProfile>
  readonly userInfo: (token: string) => Promise<UserInfo>
}

/** The headers of a request in Node, Express, Fastify or Koa: a plain object with names in lower case. */
export interface PlainHeaders {
  /** The value of a header, or a list of values. */
  readonly [name: string]: string | readonly string[] | undefined
}

/**
 * A request, its headers, or the value of its `Authorization` header. The request may be a web `Request`, or one of Node, Express, Fastify or Koa.
 */
export type BearerInput =
  | Request
  | Headers
  | PlainHeaders
  | {
      /** The headers of the request. */
      readonly headers: PlainHeaders
    }
  | string
  | null
  | undefined

const wrongInput = () =>
  new LineInputError(
    'authenticateLiff: request must be a Request, its Headers, or the text of its Authorization header',
  )

// Every request has headers, so an empty object is something else.
const isHeaders = (value: object): boolean =>
  typeof property(value, 'get') === 'function' || Object.keys(value).length > 0

function authorizationOf(bearer: object): unknown {
  const headers = 'headers' in bearer ? bearer.headers : bearer
  if (typeof headers !== 'object' || headers === null || (bearer === headers && !isHeaders(headers))) throw wrongInput()
  const get = property(headers, 'get')
  // A Koa context and an Express request have `get`, too, but their headers are found first.
  return typeof get === 'function' ? get.call(headers, 'authorization') : property(headers, 'authorization')
}

// What a missing token becomes in an app that adds it to "Bearer ". Asking LINE about it would cost a call.
const missing = /^(?:null|undefined|nan|true|false|none|.{1,4})$/i

function readToken(bearer: unknown): string {
  const value = typeof bearer === 'object' && bearer ? authorizationOf(bearer) : bearer
  if (typeof (value ?? '') !== 'string') throw wrongInput()
  const token = /^Bearer +([^\s,]+) *$/i.exec(String(value ?? '').slice(0, 10_000))?.[1] ?? ''
  if (!/^[\w.~+/=-]+$/.test(token) || missing.test(token))
    throw new LineLoginError('no-token', 'The request has no bearer token in its Authorization header')
  return token
}

async function userOfAccessToken(checks: TokenChecks, token: string): Promise<LiffUser> {
  const { scope } = await checks.accessToken(token)
  if (!scope.includes('profile') && !scope.includes('openid'))
    throw new LineLoginError(
      'scope',
      'The access token has neither the scope profile nor openid, so it does not identify the user',
    )
  try {
    if (scope.includes('profile')) {
      const { userId, displayName, pictureUrl } = await checks.profile(token)
      return { userId, name: displayName, picture: pictureUrl, claims: undefined, scope }
    }
    const { sub, name, picture } = await checks.userInfo(token)
    return { userId: sub, name, picture, claims: undefined, scope }
  } catch (error) {
    // A user can withdraw their consent at any time, even between two calls.
    if (isApiError(error) && error.status === 401)
      throw new LineLoginError('access-token', 'LINE rejected the access token, which was valid a moment ago')
    if (isApiError(error) && error.status === 403)
      throw new LineLoginError('scope', 'LINE did not allow the access token to read the profile of the user')
    throw error
  }
}

const isLoginError = (error: unknown): error is LineLoginError => isLineError(error) && error.code === 'LINE_LOGIN'

function unauthenticated(error: LineLoginError): LiffAuthentication<never> {
  const { reason, message } = error
  const code = reason === 'scope' ? 'insufficient_scope' : 'invalid_token'
  const headers = {
    'www-authenticate': reason === 'no-token' ? 'Bearer' : `Bearer error="${code}"`,
    'cache-control': 'no-store',
  }
  const response = Response.json({ reason, message }, { status: reason === 'scope' ? 403 : 401, headers })
  return { ok: false, reason, error, response }
}

/** Authenticates the user of a request by the token in its `Authorization` header. */
export async function authenticateBearer(checks: TokenChecks, bearer: BearerInput): Promise<LiffAuthentication> {
  try {
    const token = readToken(bearer)
    // LINE's access tokens look like JWTs, too, but their payload is not JSON.
    if (!readPart(token.split('.')[1])) return { ok: true, user: await userOfAccessToken(checks, token) }
    const claims = await checks.idToken(token)
    return {
      ok: true,
      user: { userId: claims.sub, name: claims.name, picture: claims.picture, claims, scope: undefined },
    }
  } catch (error) {
    if (isLoginError(error)) return unauthenticated(error)
    throw error
  }
}
