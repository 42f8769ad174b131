import { type Clock, systemClock, wait } from './clock.js'
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
  readonly #most: number
  readonly #perMs: number
  #tokens: number
  #at: number

  /** @param most how many calls it holds when it is full. Default: those of one period, as at LINE. */
  constructor(rate: Rate, now: number, most?: number) {
    const { calls, period } = parseRate(rate)
    this.#most = most ?? calls
    this.#perMs = calls / period
    this.#tokens = this.#most
    this.#at = now
  }

  /** Takes one if there is one; else says in how many milliseconds there will be. */
  take(now: number): number {
    // A clock that jumped back gives nothing and takes nothing.
    this.#tokens = Math.min(this.#most, this.#tokens + Math.max(0, now - this.#at) * this.#perMs)
    this.#at = now
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / this.#perMs)
    this.#tokens -= 1
    return 0
  }
}

/**
 * Lets callers through one after the other, in the order in which they came, as fast as a bucket allows.
 * One whose signal is aborted takes nothing from it.
 */
export function inTurn(bucket: TokenBucket, clock: Clock): (signal?: AbortSignal) => Promise<void> {
  let last = Promise.resolve()
  return (signal) => {
    const ms = () => (signal?.aborted ? 0 : bucket.take(clock.now()))
    // Only who is at the head asks the bucket and has a timer, however many wait.
    last = last.then(async () => {
      for (let left = ms(); left > 0; left = ms()) await wait(clock, left, signal)
    })
    return last
  }
}

/**
 * Makes a limiter that keeps LINE's buckets in this process: one per endpoint and method, for one channel. Clients of the same channel share one.
 *
 * @param options.clock where it reads the time. Default: the runtime's time.
 */
export function rateLimiter(options: { readonly clock?: Clock | undefined } = {}): RateLimiter {
  const { clock = systemClock } = options
  const turns = new Map<string, ReturnType<typeof inTurn>>()
  return {
    acquire({ key, rate }, signal) {
      let turn = turns.get(key)
      if (!turn) turns.set(key, (turn = inTurn(new TokenBucket(rate, clock.now()), clock)))
      return turn(signal)
    },
  }
}
