import { type Clock, wait } from './clock.js'
import type { Rate } from './operation.js'

/** The buckets that LINE keeps: one per channel, endpoint and HTTP method. */
export interface RateBucket {
  /** Method and path of the operation, such as `POST /v2/bot/message/multicast`. */
  readonly key: string
  readonly rate: Rate
}

/**
 * Waits until a call may be made. The client asks before every attempt; plug in one of your own to share a limit between processes.
 */
export interface RateLimiter {
  acquire(bucket: RateBucket, signal?: AbortSignal): Promise<void> | void
}

/** The rate of all endpoints that LINE lists no other for. */
export const defaultRate: Rate = '2000/s'

const periods = { s: 1000, min: 60_000, h: 3_600_000 }

/** How many calls a rate allows in how many milliseconds. */
export function parseRate(rate: Rate): { readonly calls: number; readonly period: number } {
  const [calls, unit] = rate.split('/') as [string, keyof typeof periods] // the type of Rate has just these two parts
  return { calls: Number(calls), period: periods[unit] }
}

/** A token bucket as LINE's: it starts full and refills evenly. */
export class TokenBucket {
  readonly #calls: number
  readonly #perMs: number
  #tokens: number
  #at: number

  constructor(rate: Rate, now: number) {
    const { calls, period } = parseRate(rate)
    this.#calls = calls
    this.#perMs = calls / period
    this.#tokens = calls
    this.#at = now
  }

  /** Takes one if there is one; else says in how many milliseconds there will be. */
  take(now: number): number {
    // A clock that jumped back gives nothing and takes nothing.
    this.#tokens = Math.min(this.#calls, this.#tokens + Math.max(0, now - this.#at) * this.#perMs)
    this.#at = now
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / this.#perMs)
    this.#tokens -= 1
    return 0
  }
}

/** Makes a limiter that keeps LINE's buckets in this process: one per endpoint and method, for one channel. */
export function rateLimiter(options: { readonly clock: Clock }): RateLimiter {
  const { clock } = options
  const buckets = new Map<string, TokenBucket>()
  const next = async (bucket: TokenBucket, signal: AbortSignal | undefined): Promise<void> => {
    for (let ms = bucket.take(clock.now()); ms > 0 && !signal?.aborted; ms = bucket.take(clock.now())) {
      await wait(clock, ms, signal)
    }
  }
  return {
    acquire({ key, rate }, signal) {
      let bucket = buckets.get(key)
      if (!bucket) buckets.set(key, (bucket = new TokenBucket(rate, clock.now())))
      return next(bucket, signal)
    },
  }
}
