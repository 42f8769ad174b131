import { type Clock, systemClock } from '../../core/clock.js'
import { LineApiError, LineNetworkError, LineTimeoutError } from '../../core/errors.js'
import { jsonObject } from '../../core/property.js'
import { version } from '../../core/version.js'

/** A public key of LINE's: a point on P-256. */
export interface EcPublicJwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

/** Where the public keys for ID tokens under ES256 come from. */
export interface IdTokenKeys {
  /** Gets the key of an ID, or nothing when LINE has no such key. */
  get(kid: string): Promise<EcPublicJwk | undefined>
}

/** How LINE's key set is fetched. */
export interface LineKeySetOptions {
  /** What sends the request. Default: the runtime's fetch, looked up at every call. */
  readonly fetch?: typeof fetch | undefined
  /** One origin for all of LINE's hosts: an emulator, or a proxy. Without a slash at the end. */
  readonly baseUrl?: string | undefined
  /** Default: the runtime's time. */
  readonly clock?: Clock | undefined
  /** Longest time for a fetch, in milliseconds. Default: 5,000. */
  readonly timeout?: number | undefined
}

const operation = 'GET /oauth2/v2.1/certs'
const pause = 60_000
const pauseAfterFailure = 1000
const longestLife = 3_600_000

interface Source {
  readonly fetch: typeof fetch
  readonly url: string
  readonly clock: Clock
  readonly timeout: number
}

type Keys = ReadonlyMap<string, EcPublicJwk>

// Only what verifies ES256 counts; members that would let a key do more are left behind.
function readKeys(text: string): Keys | undefined {
  const listed = jsonObject(text)?.['keys']
  if (!Array.isArray(listed)) return undefined
  const keys = new Map<string, EcPublicJwk>()
  for (const entry of listed as readonly unknown[]) {
    const {
      kty,
      crv,
      kid,
      alg = 'ES256',
      use = 'sig',
      x,
      y,
    }: { readonly [name: string]: unknown } = { ...Object(entry) }
    if (kty !== 'EC' || crv !== 'P-256' || alg !== 'ES256' || use !== 'sig') continue
    if (typeof kid === 'string' && typeof x === 'string' && typeof y === 'string') keys.set(kid, { kty, crv, x, y })
  }
  return keys.size ? keys : undefined
}

async function ask({ fetch, url }: Source, signal: AbortSignal): Promise<Keys> {
  let status: number
  let text: string
  try {
    const headers = { accept: 'application/json', 'user-agent': `line-oa/${version}` }
    const response = await fetch(url, { method: 'GET', headers, redirect: 'manual', signal })
    status = response.status
    text = await response.text()
  } catch {
    // The runtime's error may quote the address of a proxy.
    throw new LineNetworkError(`${operation}: the connection failed`, { operation })
  }
  const keys = status === 200 ? readKeys(text) : undefined
  if (keys) return keys
  const lineMessage = status === 200 ? 'the answer is no set of ES256 keys' : "LINE's keys cannot be had"
  throw new LineApiError('LINE_API', { operation, status, lineMessage, details: [] })
}

async function inTime<T>(work: Promise<T>, { clock, timeout }: Source, giveUp: () => void): Promise<T> {
  let timer: unknown
  const late = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(() => {
      reject(new LineTimeoutError(`${operation}: LINE's keys did not arrive in time`, { operation }))
      giveUp()
    }, timeout)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clock.clearTimeout(timer)
  }
}

// A clock that was set back stops nothing.
function passed({ clock }: Source, since: number, ms: number): boolean {
  const now = clock.now()
  return now < since || now >= since + ms
}

// The keys of one address by one fetch, whoever asks for them.
class KeyCache {
  #keys: Keys | undefined
  #loadedAt = 0
  #askedAt = Number.NEGATIVE_INFINITY
  #failure: unknown
  #loading: Promise<void> | undefined

  async get(kid: string, source: Source): Promise<EcPublicJwk | undefined> {
    const held = this.#keys?.get(kid)
    if (held && !passed(source, this.#loadedAt, longestLife)) return held
    try {
      await this.#renewed(source)
    } catch (error) {
      // A key that was good an hour ago is better than no login at all.
      if (!held) throw error
    }
    return this.#keys?.get(kid)
  }

  /** Waits for the load under way, or for a new one where it is time for it. */
  async #renewed(source: Source): Promise<void> {
    const loading = this.#loading
    // A platform that ends a request ends its fetch and its timers too: a load that is overdue is left to itself.
    if (loading && !passed(source, this.#askedAt, 2 * source.timeout)) return this.#waitFor(loading, source)
    if (passed(source, this.#askedAt, this.#keys ? pause : pauseAfterFailure)) return this.#load(source)
    if (!this.#keys) throw this.#failure
  }

  // By a timer of one's own, because that of the load may have ended with the request that it belonged to.
  async #waitFor(loading: Promise<void>, source: Source): Promise<void> {
    try {
      await inTime(loading, source, () => this.#forget(loading))
    } catch (error) {
      this.#failure = error
      throw error
    }
  }

  #load(source: Source): Promise<void> {
    const now = source.clock.now()
    const controller = new AbortController()
    const load = async () => {
      // What came of it is kept before anybody can see that it has ended.
      try {
        this.#keys = await inTime(ask(source, controller.signal), source, () => controller.abort())
        this.#loadedAt = now
      } catch (error) {
        this.#failure = error
        throw error
      } finally {
        this.#forget(loading)
      }
    }
    this.#askedAt = now
    const loading = load()
    this.#loading = loading
    return loading
  }

  #forget(loading: Promise<void>): void {
    if (this.#loading === loading) this.#loading = undefined
  }
}

const caches: WeakMap<typeof fetch, Map<string, KeyCache>> = /* @__PURE__ */ new WeakMap()

function cacheOf(fetch: typeof globalThis.fetch, url: string): KeyCache {
  let byUrl = caches.get(fetch)
  if (!byUrl) caches.set(fetch, (byUrl = new Map()))
  let cache = byUrl.get(url)
  if (!cache) byUrl.set(url, (cache = new KeyCache()))
  return cache
}

/**
 * Gets LINE's public keys for ID tokens, and keeps them: one set per fetch function, however often this is called.
 *
 * They are fetched when first needed, once for all who wait, renewed when an unknown key ID turns up (at most once a minute) and after an hour.
 * A renewal that fails leaves known keys in use. Without any keys it is `LINE_NETWORK`, `LINE_TIMEOUT` or `LINE_API`, and the next try is a second later.
 *
 * @see https://developers.line.biz/en/docs/line-login/verify-id-token/#signature
 */
export function lineKeySet(options: LineKeySetOptions = {}): IdTokenKeys {
  const { fetch: given, clock = systemClock, timeout = 5000 } = options
  const url = `${options.baseUrl?.replace(/\/+$/, '') ?? 'https://api.line.me'}/oauth2/v2.1/certs`
  return {
    get: (kid) => {
      const fetch = given ?? globalThis.fetch
      return cacheOf(fetch, url).get(kid, { fetch, url, clock, timeout })
    },
  }
}
