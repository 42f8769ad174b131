import { type Clock, systemClock, wait } from '../clock.js'
import { sha256 } from '../hash.js'
import type { Endpoint, Rate } from '../operation.js'
import { operationName } from './request.js'

/** One of the buckets that LINE keeps: one per channel, endpoint and HTTP method, and for module channels per bot too. */
export interface RateBucket {
  /** The same text for the same bucket, in whatever process: owner, bot and operation. It holds no token, so it may stand in a store or a log. */
  readonly key: string
  /** How many calls it takes: those of one period at once when it is full, and it refills evenly. */
  readonly rate: Rate
  /** Method and path of the operation, such as `POST /v2/bot/message/multicast`. */
  readonly operation: string
  /**
   * Whose bucket it is: the channel ID where the client knows it, which it does but for a token that was given as text; of such a one 128 bits
   * of its SHA-256, as `token:` and hex digits. `undefined` for calls without a channel, with a user's token say.
   */
  readonly channel: string | undefined
  /** User ID of the bot that a module channel calls for, where the call names one. */
  readonly bot: string | undefined
}

/**
 * Waits until a call may be made. The client asks before every attempt.
 *
 * Plug in one of your own to share LINE's limits between processes: keep a token bucket of `rate` under `key` where all of them see it.
 * What it throws ends the call before anything is sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#rate-limits
 */
export interface RateLimiter {
  /** Resolves when the call may be made, and early when the signal is aborted. */
  acquire(bucket: RateBucket, signal?: AbortSignal): Promise<void> | void
}

/** Who makes a call, as far as LINE's buckets go. */
export interface BucketOwner {
  readonly channel: string | undefined
  /** The token of the call, to tell channels apart of which nothing else is known. */
  readonly token: string | undefined
  readonly bot: string | undefined
}

/** The bucket that LINE counts a call in. */
export async function bucketOf(endpoint: Endpoint, { channel, token, bot }: BucketOwner): Promise<RateBucket> {
  const owner = channel ?? (token === undefined ? undefined : `token:${(await sha256(token)).slice(0, 32)}`)
  const operation = operationName(endpoint)
  const key = [owner, bot, operation].filter((part) => part !== undefined).join(' ')
  return { key, rate: endpoint.rate ?? defaultRate, operation, channel: owner, bot }
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
 * Makes a limiter that keeps LINE's buckets in this process. Give the same one to all clients here that call for the same channel; it keeps channels apart.
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
