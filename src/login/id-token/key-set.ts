import { type Clock, systemClock } from '../../core/clock.js'
import { LineInputError } from '../../core/errors.js'
import { readOrigin } from '../../core/origin.js'
import { property } from '../../core/property.js'

/** A public key on the curve P-256. */
export interface EcPublicJwk {
  /** Key type. */
  readonly kty: 'EC'
  /** Curve. */
  readonly crv: 'P-256'
  /** X coordinate, in base64url. */
  readonly x: string
  /** Y coordinate, in base64url. */
  readonly y: string
}

/** A source of public keys for ID tokens signed with ES256. */
export interface IdTokenKeys {
  /** Gets the key with a key ID, or `undefined` if LINE has no such key. */
  get(kid: string): Promise<EcPublicJwk | undefined>
}

/** Options for `lineKeySet`. */
export interface LineKeySetOptions {
  /** The fetch function. Default: the runtime's fetch, looked up on every call. */
  readonly fetch?: typeof fetch | undefined
  /** Origin to use instead of all of LINE's hosts, for an emulator or a proxy. Default: LINE's own hosts. */
  readonly baseUrl?: string | undefined
  /** Allows `http` in `baseUrl` for another machine. Default: `false`. */
  readonly allowInsecure?: boolean | undefined
  /** The clock. Default: the system clock. */
  readonly clock?: Clock | undefined
  /** Maximum time for a request, in milliseconds. Default: 5,000. */
  readonly timeout?: number | undefined
}

/**
 * Creates a source of LINE's public keys for ID tokens. All sources with the same fetch function share one cache.
 *
 * The keys are fetched on first use, once for all concurrent callers. They are renewed after an hour, and when an unknown key ID appears, at most
 * once a minute. If a renewal fails, the known keys stay in use. Without any keys, `get` throws `LINE_NETWORK`, `LINE_TIMEOUT` or `LINE_API`, and
 * the next request is sent a second later at the earliest.
 *
 * @throws {LineInputError} if an option has the wrong type.
 *
 * @see https://developers.line.biz/en/docs/line-login/verify-id-token/#signature
 */
export function lineKeySet(options: LineKeySetOptions = {}): IdTokenKeys {
  // Not by checkOptions, whose words would be part of every program that only verifies signatures or ID tokens.
  const check = (isRight: boolean, problem: string) => {
    if (!isRight) throw new LineInputError(`lineKeySet: ${problem}`)
  }
  check(typeof options === 'object' && options !== null, 'the options must be an object')
  const { fetch: given, clock = systemClock, timeout = 5000, baseUrl, allowInsecure } = options
  check(given === undefined || typeof given === 'function', 'fetch must be a function')
  for (const method of ['now', 'setTimeout', 'clearTimeout'])
    check(typeof property(clock, method) === 'function', `clock must be an object with ${method}()`)
  check(typeof timeout === 'number' && timeout > 0, 'timeout must be a number of milliseconds above 0')
  const url = `${baseUrl === undefined ? 'https://api.line.me' : readOrigin(baseUrl, allowInsecure)}/oauth2/v2.1/certs`
  return {
    // Loaded with the first key: ID tokens of web apps are signed with the channel secret, and need none.
    get: async (kid) => {
      const { cacheOf } = await import('./key-cache.js')
      const fetch = given ?? globalThis.fetch
      return cacheOf(fetch, url).get(kid, { fetch, url, clock, timeout })
    },
  }
}
