import { LineInputError } from '../core/errors.js'
import { codeChallenge } from '../core/hash.js'
import { authorizeUrl } from './authorize.js'
import type { StartOptions } from './options.js'
import { type RandomBytes, randomText } from './pkce.js'

/** A login that was started. Keep it where only this browser's next request finds it, and give it to `finish`. It is plain data for JSON. */
export interface LoginAttempt {
  /** Where to send the browser. */
  readonly url: string
  /** Ties the callback to this browser. */
  readonly state: string
  /** Ties the ID token to this attempt. */
  readonly nonce: string
  /** Proves at the exchange of the code that this is who asked for it (PKCE). */
  readonly codeVerifier: string
  /** In milliseconds since 1970. */
  readonly startedAt: number
  /** What `start` was given to find back after the login. */
  readonly returnTo?: string | undefined
}

/** What the attempts of one client have in common. */
export interface AttemptSource {
  readonly origin: string
  readonly channelId: string
  readonly redirectUri: string
  readonly now: () => number
  readonly randomBytes: RandomBytes | undefined
}

// A state that begins with it tells that auto login is off already, even where the attempt itself got lost.
const second = 'retry'

/** Makes an attempt. */
export async function makeAttempt(source: AttemptSource, options: StartOptions): Promise<LoginAttempt> {
  const { origin, channelId, randomBytes } = source
  const { returnTo } = options
  // Anything else would let a link send the user to another site after the login.
  if (returnTo !== undefined && !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(returnTo))
    throw new LineInputError('start: returnTo must be a path of your own site, beginning with one slash')
  const state = (options.disableAutoLogin ? second : '') + randomText(16, randomBytes)
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

/** What an attempt asked LINE for. */
export interface AskedFor {
  readonly channelId: string | null
  readonly redirectUri: string
  readonly openid: boolean
  /** In seconds. */
  readonly maxAge: number | undefined
  /** Whether LINE may have tried auto login, and may be asked again without it. */
  readonly autoLogin: boolean
}

/**
 * Reads what an attempt asked LINE for.
 *
 * @throws {LineInputError} when the attempt lost a part while it was kept.
 */
export function askedFor(attempt: LoginAttempt): AskedFor {
  const { url, state, nonce, codeVerifier }: { readonly [member: string]: unknown } = { ...attempt }
  const whole = [url, state, nonce, codeVerifier].every((value) => typeof value === 'string' && value !== '')
  const query = whole && URL.canParse(attempt.url) ? new URL(attempt.url).searchParams : undefined
  const redirectUri = query?.get('redirect_uri')
  if (!query || !redirectUri || !Number.isFinite(attempt.startedAt))
    throw new LineInputError('finish: the attempt is not what start gave; keep it whole')
  const maxAge = query.get('max_age')
  return {
    channelId: query.get('client_id'),
    redirectUri,
    openid: Boolean(query.get('scope')?.split(' ').includes('openid')),
    maxAge: maxAge === null ? undefined : Number(maxAge),
    autoLogin: query.get('disable_auto_login') !== 'true' && !['login', 'none'].includes(query.get('prompt') ?? ''),
  }
}

/** The same attempt without auto login. */
export function withoutAutoLogin(attempt: LoginAttempt, now: number): LoginAttempt {
  return { ...attempt, url: `${attempt.url}&disable_auto_login=true`, startedAt: now }
}

/** Whether a callback without its attempt may be answered by a new one: not when that was done before. */
export function mayStartAgain(state: string | undefined): boolean {
  return !state?.startsWith(second)
}
