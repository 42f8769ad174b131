import { type Clock, wait } from '../clock.js'
import { LineError, LineInputError } from '../errors.js'
import { type Endpoint, needsAnswer } from '../operation.js'
import { jsonObject } from '../property.js'
import { classify, withFacts } from './api-error.js'
import { type Hooks, type RetryEvent, tell } from './hooks.js'
import { type BucketOwner, bucketOf, defaultRate, parseRate, type RateLimiter } from './rate-limits.js'
import type { PlainRequest } from './request.js'
import { boundedStream } from './response.js'

/** What sends and keeps time. */
export interface Wire {
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** From 0 to below 1. */
  readonly random: () => number
  readonly limiter: RateLimiter | undefined
  readonly hooks: Hooks
}

/** One call, ready to be sent as often as its record allows. */
export interface Plan {
  readonly operation: Endpoint
  readonly name: string
  readonly request: PlainRequest
  readonly retryKey: string | undefined
  readonly timeout: number
  readonly totalTimeout: number
  readonly signal: AbortSignal | undefined
  /** Whose rate limits the call counts towards; a token that `token` gets is added. */
  readonly owner: BucketOwner
  /** Gets the token; `refused` is the one that LINE has just answered 401 to. */
  readonly token: ((refused: string | undefined) => Promise<string> | string) | undefined
  /** Whether another token may be had after a 401. */
  readonly renewable: boolean
}

/** LINE answered. */
export interface Answer {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Whether the body was lost on its way. */
  readonly broken: boolean
  readonly stream: ReadableStream<Uint8Array> | undefined
}

/** No answer came, or its body was lost where the body is what the call is for. */
export interface Loss {
  readonly kind: 'timeout' | 'network' | 'aborted'
  /** Whether a request may have reached LINE. */
  readonly sent: boolean
  /** The runtime's code, such as `ECONNRESET`, or else the name of its error. */
  readonly reason: string | undefined
}

/** How a call ended after all its attempts. */
export interface Ending {
  readonly last: Answer | Loss
  /** Whether an attempt before the last one may have been carried out. */
  readonly uncertain: boolean
  readonly attempts: number
}

const repeats = 3
const backoff = { first: 300, most: 5000 }
// Beyond this a bucket refills too slowly to be waited for inside a call; LINE's 60/h and 3/h buckets are such.
const slowestRefill = 60_000

class Stop extends Error {
  readonly why: 'timeout' | 'aborted'
  constructor(why: 'timeout' | 'aborted') {
    super(why)
    this.why = why
  }
}

function bounded<T>(
  clock: Clock,
  outer: AbortSignal | undefined,
  ms: number,
  run: (controller: AbortController) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController()
    const stop = (why: 'timeout' | 'aborted') => {
      end()
      reject(new Stop(why))
      controller.abort()
    }
    const onAbort = () => stop('aborted')
    const timer = clock.setTimeout(() => stop('timeout'), ms)
    const end = () => {
      clock.clearTimeout(timer)
      outer?.removeEventListener('abort', onAbort)
    }
    if (outer?.aborted) return onAbort()
    outer?.addEventListener('abort', onAbort)
    run(controller).then(resolve, reject).finally(end)
  })
}

// Undici has the code on the cause, or on the first of several causes; Bun and Deno on the error itself. Only code and name are safe to keep.
function reasonOf(error: unknown): string | undefined {
  const { code, name, cause, errors } = (error ?? {}) as {
    code?: unknown
    name?: unknown
    cause?: unknown
    errors?: readonly unknown[]
  } // read-only probing of a foreign error
  if (isWord(code)) return code
  return (
    (cause ? reasonOf(cause) : errors?.length ? reasonOf(errors[0]) : undefined) ?? (isWord(name) ? name : undefined)
  )
}

const isWord = (value: unknown): value is string => typeof value === 'string' && /^\w{3,40}$/.test(value)

function retryAfter(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? 0)
  return seconds > 0 ? seconds * 1000 : 0
}

/** Sends a call: once by plain fetch, and again through ky as often as its record, its deadline and LINE's answers allow. */
export async function send(wire: Wire, plan: Plan): Promise<Ending> {
  const { clock, hooks } = wire
  const { operation, name: operationName, request, signal, retryKey } = plan
  const start = clock.now()
  const left = () => Math.min(plan.totalTimeout, Math.max(0, start + plan.totalTimeout - clock.now()))
  const streamed = request.body instanceof ReadableStream
  let attempts = 0
  let refused: string | undefined
  let token: string | undefined
  let uncertain = false

  const attempt = async (): Promise<Answer | Loss> => {
    const count = ++attempts
    let sent = false
    let head: Response | undefined
    try {
      const headers = { ...request.headers }
      if (plan.token || wire.limiter) {
        await bounded(clock, signal, left(), async ({ signal: ended }) => {
          if (plan.token) headers['authorization'] = `Bearer ${(token = await plan.token(refused))}`
          await wire.limiter?.acquire(
            await bucketOf(operation, { ...plan.owner, token: token ?? plan.owner.token }),
            ended,
          )
        })
      }
      if (retryKey) headers['x-line-retry-key'] = retryKey
      return await bounded(clock, signal, Math.min(plan.timeout, left()), async (controller) => {
        tell(hooks.request, { operation: operationName, attempt: count, retryKey })
        const began = clock.now()
        sent = true
        head = await wire.fetch(request.url, {
          method: request.method,
          headers,
          body: request.body ?? null,
          redirect: 'manual',
          signal: controller.signal,
          ...(streamed && { duplex: 'half' }),
        })
        const { status } = head
        const file = operation.response === 'binary' && head.ok
        const text = file ? '' : await head.text()
        const requestId = head.headers.get('x-line-request-id') ?? undefined
        tell(hooks.response, {
          operation: operationName,
          attempt: count,
          status,
          requestId,
          duration: clock.now() - began,
        })
        const close = () => controller.abort()
        const stream = file
          ? boundedStream(head.body, { operation: operationName, clock, left: left(), signal, close })
          : undefined
        return { kind: 'answer', status, headers: head.headers, text, broken: false, stream }
      })
    } catch (error) {
      // LINE's word on the call came with the status. Only where its body is what the call is for does losing it mean asking again.
      if (head && !(head.ok && operation.repeat === 'safe' && needsAnswer(operation)))
        return { kind: 'answer', status: head.status, headers: head.headers, text: '', broken: true, stream: undefined }
      // LINE takes no body that was cut off, so why it was is all there is to say.
      const failure = request.upload?.failure()
      if (failure) throw failure.error
      if (error instanceof Stop) return { kind: error.why, sent, reason: undefined }
      if (!sent) {
        const facts = { outcome: uncertain ? ('unknown' as const) : ('rejected' as const), retryKey }
        // A source's own error may quote a secret or a URL, so it does not go on.
        throw error instanceof LineError
          ? withFacts(error, facts)
          : new LineInputError(`${operationName}: the token source or the limiter failed before anything was sent`, {
              ...facts,
              operation: operationName,
            })
      }
      return { kind: 'network', sent, reason: reasonOf(error) }
    }
  }

  const again = (last: Answer | Loss): RetryEvent | undefined => {
    const event = streamed || attempts > repeats ? undefined : judge(last)
    return event && event.delay < left() ? event : undefined
  }

  const judge = (last: Answer | Loss): RetryEvent | undefined => {
    const pause = wire.random() * Math.min(backoff.first * 2 ** (attempts - 1), backoff.most)
    const event = { operation: operationName, attempt: attempts + 1, retryKey, status: undefined, delay: pause }
    if (last.kind !== 'answer') {
      if (last.kind === 'aborted') return undefined
      if (last.sent && operation.repeat === 'never') return undefined
      uncertain ||= last.sent
      return { ...event, reason: last.kind }
    }
    const { status, headers, text } = last
    const told = { ...event, status, delay: Math.max(pause, retryAfter(headers)) }
    if (status === 401 && plan.renewable && !refused) {
      refused = token
      return { ...told, reason: 'token', delay: 0 }
    }
    if (status === 429) {
      if (classify(429, String(jsonObject(text)?.['message'] ?? '')).code === 'LINE_QUOTA') return undefined
      const { calls, period } = parseRate(operation.rate ?? defaultRate)
      return period / calls < slowestRefill
        ? { ...told, reason: 'rate-limit', delay: told.delay + period / calls }
        : undefined
    }
    if ((status < 500 && status !== 408) || operation.repeat === 'never') return undefined
    uncertain = true
    return { ...told, reason: 'status' }
  }

  let last = await attempt().finally(() => request.upload?.close())
  let next = again(last)
  if (next) {
    const { default: ky } = await import('ky')
    let failed: { readonly error: unknown } | undefined
    // ky counts and asks for the next turn; it is given neither URL nor body, since its errors quote both, and no error of ours either.
    const turn = async () => {
      if (next) {
        tell(hooks.retry, next)
        await wait(clock, next.delay, signal)
        try {
          last = await attempt()
          next = again(last)
        } catch (error) {
          failed = { error }
          next = undefined
        }
      }
      if (next) throw new Error('again')
      return new Response(null)
    }
    const retry = { limit: repeats, delay: () => 0, shouldRetry: () => next !== undefined }
    await ky('https://line.invalid/', { fetch: turn, timeout: false, retry })
    if (failed) throw failed.error
  }
  return { last, uncertain, attempts }
}
