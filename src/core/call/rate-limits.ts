import { type Clock, systemClock, wait } from '../clock.js'
import { sha256 } from '../hash.js'
import type { Endpoint, Rate } from '../operation.js'
import { operationName } from './request.js'

/** One of LINE's rate limit buckets: one per channel, endpoint and HTTP method, and for module channels also per bot. */
export interface RateBucket {
  /** Identifies the bucket in every process: owner, bot and operation. It holds no token, so it may be stored or logged. */
  readonly key: string
  /** The rate of the bucket. A full bucket allows the calls of one period at once, and it refills evenly. */
  readonly rate: Rate
  /** Method and path of the operation, such as `POST /v2/bot/message/multicast`. */
  readonly operation: string
  /**
   * The channel ID, where the client knows it. For a token that was passed as a string: `token:` and 128 bits of its SHA-256 in hex.
   * `undefined` for calls without a channel, such as calls with a user's token.
   */
  readonly channel: string | undefined
  /** User ID of the bot that a module channel acts for, where the call names one. */
  readonly bot: string | undefined
}

/**
 * Delays calls until LINE's rate limit allows them. The client asks it before every attempt.
 *
 * Write your own to share LINE's limits between processes: keep a token bucket of `rate` under `key` where all of them see it.
 * An error that it throws ends the call before anything is sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#rate-limits
 */
export interface RateLimiter {
  /** Resolves when the call may be made, or early when the signal is aborted. */
  acquire(bucket: RateBucket, signal?: AbortSignal): Promise<void> | void
}

/** Who makes a call, which decides the bucket that LINE counts it in. */
export interface BucketOwner {
  /** The channel ID, where it is known. */
  readonly channel: string | undefined
  /** The token of the call, which tells channels apart whose ID is unknown. */
  readonly token: string | undefined
  /** User ID of the bot that a module channel acts for. */
  readonly bot: string | undefined
}

/** Returns the bucket that LINE counts a call in. */
export async function bucketOf(endpoint: Endpoint, { channel, token, bot }: BucketOwner): Promise<RateBucket> {
  const owner = channel ?? (token === undefined ? undefined : `token:${(await sha256(token)).slice(0, 32)}`)
  const operation = operationName(endpoint)
  const key = [owner, bot, operation].filter((part) => part !== undefined).join(' ')
  return { key, rate: endpoint.rate ?? defaultRate, operation, channel: owner, bot }
}

/** The rate limit of endpoints for which LINE lists no other. */
export const defaultRate: Rate = '2000/s'

const periods = { s: 1000, min: 60_000, h: 3_600_000 }

/** Returns how many calls a rate allows, and the period in milliseconds. */
export function parseRate(rate: Rate): { readonly calls: number; readonly period: number } {
  const [calls, unit] = rate.split('/') as [string, keyof typeof periods] // a Rate has exactly these two parts
  return { calls: Number(calls), period: periods[unit] }
}

/** A token bucket like LINE's: it starts full and refills evenly. */
export class TokenBucket {
  readonly #most: number
  readonly #perMs: number
  #tokens: number
  #at: number

  /** @param most how many calls a full bucket allows. Default: the calls of one period, as at LINE. */
  constructor(rate: Rate, now: number, most?: number) {
    const { calls, period } = parseRate(rate)
    this.#most = most ?? calls
    this.#perMs = calls / period
    this.#tokens = this.#most
    this.#at = now
  }

  /** Takes a token and returns 0, or returns the milliseconds until there is one. */
  take(now: number): number {
    // A clock that was set back adds and removes nothing.
    this.#tokens = Math.min(this.#most, this.#tokens + Math.max(0, now - this.#at) * this.#perMs)
    this.#at = now
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / this.#perMs)
    this.#tokens -= 1
    return 0
  }
}

/**
 * Makes a queue that lets callers through in order, as fast as a bucket allows.
 * A caller whose signal is aborted takes no token.
 */
export function queueFor(bucket: TokenBucket, clock: Clock): (signal?: AbortSignal) => Promise<void> {
  let last = Promise.resolve()
  return (signal) => {
    const ms = () => (signal?.aborted ? 0 : bucket.take(clock.now()))
    // Only the first in the queue asks the bucket and has a timer, however many wait.
    last = last.then(async () => {
      for (let left = ms(); left > 0; left = ms()) await wait(clock, left, signal)
    })
    return last
  }
}

/**
 * Creates a limiter that keeps LINE's rate limits within this process. Pass one limiter to all clients of the same channel; it keeps channels apart.
 *
 * @param options.clock where it reads the time. Default: the runtime's clock.
 */
export function rateLimiter(options: { readonly clock?: Clock | undefined } = {}): RateLimiter {
  const { clock = systemClock } = options
  const queues = new Map<string, ReturnType<typeof queueFor>>()
  return {
    acquire({ key, rate }, signal) {
      let acquire = queues.get(key)
      if (!acquire) queues.set(key, (acquire = queueFor(new TokenBucket(rate, clock.now()), clock)))
      return acquire(signal)
    },
  }
}
