import { LineInputError } from '../core/errors.js'
import { codeChallenge, toHex } from '../core/hash.js'
import { authorizeUrl } from './authorize.js'
import type { StartOptions } from './client-types.js'

/** A started login. Store it in the session of the user's browser, and pass it to `finish`. It is plain JSON data. */
export interface LoginAttempt {
  /** URL to redirect the browser to. */
  readonly url: string
  /** Binds the callback to this browser. */
  readonly state: string
  /** Binds the ID token to this attempt. */
  readonly nonce: string
  /** PKCE code verifier. It proves that the code is exchanged by the client that requested it. */
  readonly codeVerifier: string
  /** Time of the start, in milliseconds since 1970. */
  readonly startedAt: number
  /** The `returnTo` path that was passed to `start`. */
  readonly returnTo?: string | undefined
}

/** What all attempts of a client have in common. */
export interface AttemptSource {
  readonly origin: string
  readonly channelId: string
  readonly redirectUri: string
  readonly now: () => number
  readonly randomBytes: RandomBytes | undefined
}

// A state with this prefix shows that auto login was turned off, even if the attempt itself is lost.
const retryPrefix = 'retry'

/** Creates an attempt. */
export async function makeAttempt(source: AttemptSource, options: StartOptions): Promise<LoginAttempt> {
  const { origin, channelId, randomBytes } = source
  if (typeof options !== 'object' || options === null) throw new LineInputError('start: the options must be an object')
  const { returnTo } = options
  // Any other value would allow an open redirect to another site after the login.
  if (returnTo !== undefined && !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(returnTo))
    throw new LineInputError('start: returnTo must be a path on your site that starts with a single slash')
  const state = (options.disableAutoLogin ? retryPrefix : '') + randomText(16, randomBytes)
  const nonce = randomText(16, randomBytes)
  const codeVerifier = randomText(32, randomBytes)
  const proofs = { state, nonce, codeChallenge: await codeChallenge(codeVerifier) }
  const url = authorizeUrl(
    origin,
    channelId,
    { ...options, redirectUri: options.redirectUri ?? source.redirectUri },
    proofs,
  )
  return { url, state, nonce, codeVerifier, startedAt: source.now(), ...(returnTo !== undefined && { returnTo }) }
}

/** What an attempt requested from LINE. */
export interface AuthorizationRequest {
  readonly channelId: string | null
  readonly redirectUri: string
  readonly openid: boolean
  /** In seconds. */
  readonly maxAge: number | undefined
  /** Whether LINE may have tried auto login, so that a retry without it can help. */
  readonly autoLogin: boolean
}

/**
 * Reads the authorization request of an attempt.
 *
 * @throws {LineInputError} if the attempt is incomplete.
 */
export function readAttempt(attempt: LoginAttempt): AuthorizationRequest {
  const { url, state, nonce, codeVerifier, startedAt }: { readonly [property: string]: unknown } = { ...attempt }
  const isComplete = [url, state, nonce, codeVerifier].every((value) => typeof value === 'string' && value !== '')
  const query = isComplete && URL.canParse(attempt.url) ? new URL(attempt.url).searchParams : undefined
  const redirectUri = query?.get('redirect_uri')
  if (!query || !redirectUri || !Number.isFinite(startedAt))
    throw new LineInputError('The login attempt is incomplete; store what start() returned and pass it unchanged')
  const maxAge = query.get('max_age')
  return {
    channelId: query.get('client_id'),
    redirectUri,
    openid: Boolean(query.get('scope')?.split(' ').includes('openid')),
    maxAge: maxAge === null ? undefined : Number(maxAge),
    autoLogin: query.get('disable_auto_login') !== 'true' && !['login', 'none'].includes(query.get('prompt') ?? ''),
  }
}

/** Returns the same attempt with auto login turned off. */
export function withoutAutoLogin(attempt: LoginAttempt, now: number): LoginAttempt {
  return { ...attempt, url: `${attempt.url}&disable_auto_login=true`, startedAt: now }
}

/** Whether a callback without its attempt may start a new attempt: only if that has not been done before. */
export function mayStartAgain(state: string | undefined): boolean {
  return !state?.startsWith(retryPrefix)
}

/** Returns random bytes, as many as `length`. */
export type RandomBytes = (length: number) => Uint8Array

/** The default source of random bytes. */
export const cryptoBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length))

/** Creates a random hexadecimal string, two digits per byte: LINE requires a `state` without URL-encoded characters. */
export function randomText(length: number, randomBytes: RandomBytes = cryptoBytes): string {
  return toHex(randomBytes(length))
}
