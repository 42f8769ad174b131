import type { Clock } from '../../core/clock.js'
import { LineNetworkError, LineTimeoutError } from '../../core/errors.js'
import { jsonObject } from '../../core/property.js'
import { version } from '../../core/version.js'
import type { EcPublicJwk } from './key-set.js'

const operation = 'GET /oauth2/v2.1/certs'
// All in milliseconds.
const minInterval = 60_000
const minIntervalAfterFailure = 1000
const maxAge = 3_600_000

/** Where the keys come from. */
export interface Source {
  readonly fetch: typeof fetch
  readonly url: string
  readonly clock: Clock
  readonly timeout: number
}

type Keys = ReadonlyMap<string, EcPublicJwk>

// Uses only keys that verify ES256, and drops the properties that would allow other uses.
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

async function request({ fetch, url }: Source, signal: AbortSignal): Promise<Keys> {
  let status: number
  let text: string
  try {
    const headers = { accept: 'application/json', 'user-agent': `line-oa/${version}` }
    const response = await fetch(url, { method: 'GET', headers, redirect: 'manual', signal })
    status = response.status
    text = await response.text()
  } catch {
    // Not passed on, because the runtime's error can contain the address of a proxy.
    throw new LineNetworkError(`${operation}: could not connect`, { operation })
  }
  const keys = status === 200 ? readKeys(text) : undefined
  if (keys) return keys
  const lineMessage = status === 200 ? 'the response contains no ES256 keys' : 'the key set is not available'
  const { LineApiError } = await import('../../core/response-errors.js')
  throw new LineApiError('LINE_API', { operation, status, lineMessage, details: [] })
}

async function withTimeout<T>(work: Promise<T>, { clock, timeout }: Source, onTimeout: () => void): Promise<T> {
  let timer: unknown
  const timedOut = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(() => {
      reject(new LineTimeoutError(`${operation}: timed out after ${timeout} ms`, { operation }))
      onTimeout()
    }, timeout)
  })
  try {
    return await Promise.race([work, timedOut])
  } finally {
    clock.clearTimeout(timer)
  }
}

// Also true if the clock was set back, so that it cannot block a renewal.
function hasPassed({ clock }: Source, since: number, ms: number): boolean {
  const now = clock.now()
  return now < since || now >= since + ms
}

/** The keys from one URL with one fetch function, for all callers. */
export class KeyCache {
  #keys: Keys | undefined
  #loadedAt = 0
  #requestedAt = Number.NEGATIVE_INFINITY
  #failure: unknown
  #loading: Promise<void> | undefined

  async get(kid: string, source: Source): Promise<EcPublicJwk | undefined> {
    const held = this.#keys?.get(kid)
    if (held && !hasPassed(source, this.#loadedAt, maxAge)) return held
    try {
      await this.#renewed(source)
    } catch (error) {
      // An old key is better than no login.
      if (!held) throw error
    }
    return this.#keys?.get(kid)
  }

  /** Waits for the request in flight, or sends a new one if the interval has passed. */
  async #renewed(source: Source): Promise<void> {
    const loading = this.#loading
    // A platform that ends a request also ends its fetches and timers, so an overdue request is abandoned.
    if (loading && !hasPassed(source, this.#requestedAt, 2 * source.timeout)) return this.#waitFor(loading, source)
    if (hasPassed(source, this.#requestedAt, this.#keys ? minInterval : minIntervalAfterFailure))
      return this.#load(source)
    if (!this.#keys) throw this.#failure
  }

  // Uses its own timer, because that of the load may have ended with the platform's request that started it.
  async #waitFor(loading: Promise<void>, source: Source): Promise<void> {
    try {
      await withTimeout(loading, source, () => this.#forget(loading))
    } catch (error) {
      this.#failure = error
      throw error
    }
  }

  #load(source: Source): Promise<void> {
    const now = source.clock.now()
    const controller = new AbortController()
    const load = async () => {
      // The result is stored before a caller can see that the promise has settled.
      try {
        this.#keys = await withTimeout(request(source, controller.signal), source, () => controller.abort())
        this.#loadedAt = now
      } catch (error) {
        this.#failure = error
        throw error
      } finally {
        this.#forget(loading)
      }
    }
    this.#requestedAt = now
    const loading = load()
    this.#loading = loading
    return loading
  }

  #forget(loading: Promise<void>): void {
    if (this.#loading === loading) this.#loading = undefined
  }
}

// Module state, because a login client is often created for each request, and fetching the keys every time would cost a round trip.
const caches: WeakMap<typeof fetch, Map<string, KeyCache>> = /* @__PURE__ */ new WeakMap()

/** Returns the cache of a URL and a fetch function. */
export function cacheOf(fetch: typeof globalThis.fetch, url: string): KeyCache {
  let byUrl = caches.get(fetch)
  if (!byUrl) caches.set(fetch, (byUrl = new Map()))
  let cache = byUrl.get(url)
  if (!cache) byUrl.set(url, (cache = new KeyCache()))
  return cache
}
