import type { Clock } from '../clock.js'
import { isLineError, LineInputError } from '../errors.js'
import { type Endpoint, needsResponseBody } from '../operation.js'
import { reasonOf } from '../reason.js'
import { type Hooks, tell } from './hooks.js'
import { type BucketOwner, bucketOf, type RateLimiter } from './rate-limits.js'
import type { PlainRequest } from './request.js'
import { boundedStream, requestIdOf } from './response.js'

/** The options of a caller that every call uses. */
export interface Transport {
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** Returns numbers from 0 to below 1. */
  readonly random: () => number
  readonly limiter: RateLimiter | undefined
  readonly hooks: Hooks
}

/** One call that is ready to be sent, and may be retried as its record allows. */
export interface PreparedCall {
  readonly operation: Endpoint
  /** Method and path, as in errors and hooks. */
  readonly name: string
  readonly request: PlainRequest
  readonly retryKey: string | undefined
  /** Longest time for one attempt, in milliseconds. */
  readonly timeout: number
  /** Longest time for all attempts together, in milliseconds. */
  readonly totalTimeout: number
  readonly signal: AbortSignal | undefined
  /** Identifies the rate limits that the call counts towards, without the token that `token` returns. */
  readonly owner: BucketOwner
  /** Returns the token. `refused` is the token that LINE rejected with 401. */
  readonly token: ((refused: string | undefined) => Promise<string> | string) | undefined
}

/** LINE responded. */
export interface LineResponse {
  readonly kind: 'response'
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Whether the body was lost in transit. */
  readonly broken: boolean
  readonly stream: ReadableStream<Uint8Array> | undefined
}

/** No response arrived, or its body was lost and the call is made for its body. */
export interface NoResponse {
  readonly kind: 'timeout' | 'network' | 'aborted'
  /** Whether a request may have reached LINE. */
  readonly sent: boolean
  /** The runtime's code, such as `ECONNRESET`, or else the name of its error. */
  readonly reason: string | undefined
}

/** The state that the attempts of one call share. */
export interface CallState {
  /** Attempts made so far. */
  attempts: number
  /** The token of the last attempt, if a token source provides it. */
  token: string | undefined
  /** The token that LINE rejected with 401. */
  refused: string | undefined
  /** Whether an earlier attempt may have been carried out. */
  uncertain: boolean
  /** Returns the milliseconds left for the call. */
  readonly left: () => number
}

class Stopped extends Error {
  readonly kind: 'timeout' | 'aborted'
  constructor(kind: 'timeout' | 'aborted') {
    super(kind)
    this.kind = kind
  }
}

function withDeadline<T>(
  { clock }: Transport,
  outer: AbortSignal | undefined,
  ms: number,
  run: (controller: AbortController) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController()
    const stop = (kind: 'timeout' | 'aborted') => {
      end()
      reject(new Stopped(kind))
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

async function authorizeAndWait(
  transport: Transport,
  call: PreparedCall,
  state: CallState,
): Promise<Record<string, string>> {
  const headers = { ...call.request.headers }
  if (call.retryKey) headers['x-line-retry-key'] = call.retryKey
  if (call.token || transport.limiter) {
    await withDeadline(transport, call.signal, state.left(), async ({ signal }) => {
      if (call.token) headers['authorization'] = `Bearer ${(state.token = await call.token(state.refused))}`
      const owner = { ...call.owner, token: state.token ?? call.owner.token }
      await transport.limiter?.acquire(await bucketOf(call.operation, owner), signal)
    })
  }
  return headers
}

/**
 * Sends a call once by plain fetch.
 *
 * @throws {LineError} when the token source or the limiter failed, in which case nothing was sent, or when an uploaded file failed, in which case LINE drops the truncated body.
 */
export async function attempt(
  transport: Transport,
  call: PreparedCall,
  state: CallState,
): Promise<LineResponse | NoResponse> {
  const { clock, hooks } = transport
  const { operation, name, request, retryKey, signal } = call
  const count = ++state.attempts
  let sent = false
  let head: Response | undefined
  try {
    const headers = await authorizeAndWait(transport, call, state)
    return await withDeadline(transport, signal, Math.min(call.timeout, state.left()), async (controller) => {
      tell(hooks.request, { operation: name, attempt: count, retryKey })
      const began = clock.now()
      sent = true
      const response = await transport.fetch(request.url, {
        method: request.method,
        headers,
        body: request.body ?? null,
        redirect: 'manual',
        signal: controller.signal,
        ...(request.body instanceof ReadableStream && { duplex: 'half' }),
      })
      const { status, headers: received } = response
      if (typeof status !== 'number' || typeof received.get !== 'function') throw new TypeError('Not a Response')
      head = response
      const file = operation.response === 'binary' && head.ok
      const text = file ? '' : await head.text()
      // A fetch that ignores its signal may respond after the attempt has ended.
      controller.signal.throwIfAborted()
      const close = () => controller.abort()
      const stream = file
        ? boundedStream(head.body, { operation: name, clock, left: state.left(), signal, close })
        : undefined
      const requestId = requestIdOf(received)
      tell(hooks.response, { operation: name, attempt: count, status, requestId, duration: clock.now() - began })
      return { kind: 'response', status, headers: received, text, broken: false, stream }
    })
  } catch (error) {
    // The status already shows the result of the call. A lost body matters only for calls that are made for their body.
    if (head && !(head.ok && operation.repeat === 'safe' && needsResponseBody(operation)))
      return { kind: 'response', status: head.status, headers: head.headers, text: '', broken: true, stream: undefined }
    // LINE drops a truncated body, so the cause of the truncation is the only thing to report.
    const failure = request.upload?.failure()
    if (failure) throw failure.error
    if (error instanceof Stopped) return { kind: error.kind, sent, reason: undefined }
    if (sent) return { kind: 'network', sent, reason: reasonOf(error) }
    const facts = { outcome: state.uncertain ? ('unknown' as const) : ('rejected' as const), retryKey }
    // The source's own error may quote a secret or a URL, so it is not passed on.
    throw isLineError(error)
      ? (await import('./refusal.js')).withFacts(error, facts)
      : new LineInputError(`${name}: the token source or the limiter failed before anything was sent`, {
          ...facts,
          operation: name,
        })
  }
}
