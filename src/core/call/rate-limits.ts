import { type Clock, systemClock } from '../clock.js'
import { LineInputError } from '../errors.js'
import { sha256 } from '../hash.js'
import type { Endpoint, Rate } from '../operation.js'
import { property } from '../property.js'
import { checkOptions } from '../read-options.js'
import { wait } from '../wait.js'
import { operationName } from './request.js'

/** One of LINE's rate limit buckets. LINE keeps one per channel, endpoint and HTTP method, and for module channels also per bot. */
export interface RateBucket {
  /** Identifies the bucket across processes by owner, bot and operation. It contains no token, so it may be stored or logged. */
  readonly key: string
  /** The rate of the bucket. A full bucket allows the calls of one period at once, and it refills evenly. */
  readonly rate: Rate
  /** Method and path of the operation, such as `POST /v2/bot/message/multicast`. */
  readonly operation: string
  /**
   * The channel ID, if the client knows it. For a token that was passed as a string: `token:` and 128 bits of its SHA-256 in hex.
   * `undefined` for calls without a channel, such as calls with a user access token.
   */
  readonly channel: string | undefined
  /** User ID of the bot that a module channel acts for, if the call has one. */
  readonly bot: string | undefined
}

/**
 * Delays calls until LINE's rate limit allows them. The client calls it before every attempt.
 *
 * To share LINE's limits between processes, implement this interface with a token bucket of `rate` under `key` in a store that all processes share.
 * If it throws, the call fails before anything is sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#rate-limits
 */
export interface RateLimiter {
  /** Resolves when the call may be made, or early when the signal is aborted. */
  acquire(bucket: RateBucket, signal?: AbortSignal): Promise<void> | void
}

/** The caller of an operation, which determines the rate limit bucket. */
export interface BucketOwner {
  /** The channel ID, where it is known. */
  readonly channel: string | undefined
  /** The token of the call, which distinguishes channels whose ID is unknown. */
  readonly token: string | undefined
  /** User ID of the bot that a module channel acts for. */
  readonly bot: string | undefined
}

/** Returns the rate limit bucket of a call. */
export async function bucketOf(endpoint: Endpoint, { channel, token, bot }: BucketOwner): Promise<RateBucket> {
  const owner = channel ?? (token === undefined ? undefined : `token:${(await sha256(token)).slice(0, 32)}`)
  const operation = operationName(endpoint)
  const key = [owner, bot, operation].filter((part) => part !== undefined).join(' ')
  return { key, rate: endpoint.rate ?? defaultRate, operation, channel: owner, bot }
}

/** The rate limit of endpoints for which LINE documents no other limit. */
export const defaultRate: Rate = '2000/s'

const periods = { s: 1000, min: 60_000, h: 3_600_000 }

/**
 * Returns how many calls a rate allows, and the period in milliseconds.
 *
 * @throws {LineInputError} if it is not a rate such as `2000/s`, `60/min` or `3/h`.
 */
export function parseRate(rate: Rate): { readonly calls: number; readonly period: number } {
  const [calls, unit = ''] = typeof rate === 'string' ? rate.split('/') : []
  const period = Object.hasOwn(periods, unit) ? periods[unit as keyof typeof periods] : undefined // checked in this line
  if (!(Number(calls) > 0) || !period) throw new LineInputError('rate must be a rate such as 2000/s, 60/min or 3/h')
  return { calls: Number(calls), period }
}

/** A token bucket like LINE's: it starts full and refills evenly. */
export class TokenBucket {
  readonly #most: number
  readonly #perMs: number
  #tokens: number
  #at: number

  /** @param most the number of calls that a full bucket allows. Default: the calls of one period, as at LINE. */
  constructor(rate: Rate, now: number, most?: number) {
    const { calls, period } = parseRate(rate)
    this.#most = most ?? calls
    this.#perMs = calls / period
    this.#tokens = this.#most
    this.#at = now
  }

  /** Takes a token and returns 0, or returns the milliseconds until a token is available. */
  take(now: number): number {
    // A clock that was set back adds and removes no tokens.
    this.#tokens = Math.min(this.#most, this.#tokens + Math.max(0, now - this.#at) * this.#perMs)
    this.#at = now
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / this.#perMs)
    this.#tokens -= 1
    return 0
  }
}

/**
 * Creates a queue that admits callers in order, at the rate of a bucket.
 * A caller whose signal is aborted takes no token.
 */
export function queueFor(bucket: TokenBucket, clock: Clock): (signal?: AbortSignal) => Promise<void> {
  let last = Promise.resolve()
  return (signal) => {
    const ms = () => (signal?.aborted ? 0 : bucket.take(clock.now()))
    // Only the first caller in the queue checks the bucket and has a timer, regardless of the length of the queue.
    last = last.then(async () => {
      for (let left = ms(); left > 0; left = ms()) await wait(clock, left, signal)
    })
    return last
  }
}

/**
 * Creates a limiter that keeps LINE's rate limits within this process. Pass one limiter to all clients; it counts each channel separately.
 *
 * @param options.clock the clock that it uses. Default: the runtime's clock.
 * @throws {LineInputError} if the clock is not one.
 */
export function rateLimiter(options: { readonly clock?: Clock | undefined } = {}): RateLimiter {
  checkOptions('rateLimiter', options, { clock: 'with now setTimeout clearTimeout' })
  const { clock = systemClock } = options
  const queues = new Map<string, ReturnType<typeof queueFor>>()
  return {
    acquire(bucket, signal) {
      const key = property(bucket, 'key')
      if (typeof key !== 'string') throw new LineInputError('acquire: bucket must be a rate limit bucket with a key')
      const { rate } = bucket
      let acquire = queues.get(key)
      if (!acquire) queues.set(key, (acquire = queueFor(new TokenBucket(rate, clock.now()), clock)))
      return acquire(signal)
    },
  }
}
