import { systemClock } from '../clock.js'
import type { Endpoint } from '../operation.js'
import { jsonObject } from '../property.js'
import { wait } from '../wait.js'
import {
  attempt,
  type CallState,
  type LineResponse,
  type NoResponse,
  type PreparedCall,
  type Transport,
} from './attempt.js'
import { type RetryEvent, tell } from './hooks.js'
import { monthlyLimit } from './monthly-limit.js'
import { defaultRate, parseRate } from './rate-limits.js'
import type { SendResult } from './transport.js'

const mostRetries = 3
// A 401 is retried with a new token, a 429 after the bucket has refilled.
const retriedStatuses: readonly number[] = [401, 408, 429, ...Array.from({ length: 100 }, (_, at) => 500 + at)]
// A bucket that refills more slowly, such as LINE's 60/h and 3/h buckets, is not worth waiting for within a call.
const slowestRefill = 60_000

/** Returns the milliseconds in which the bucket of an operation refills by one call. */
function refillTime({ rate = defaultRate }: Endpoint): number {
  const { calls, period } = parseRate(rate)
  return period / calls
}

const isQuota = ({ text }: LineResponse): boolean => monthlyLimit.test(String(jsonObject(text)?.['message'] ?? ''))

// fetch passes on statuses above 599, which some proxies send, but a `Response` for ky cannot have one. They are retried like 599.
const knownStatus = (status: number): number => Math.min(status, 599)

const mayHaveBeenDone = (last: LineResponse | NoResponse): boolean =>
  last.kind === 'response' ? last.status >= 500 || last.status === 408 : last.sent

const reasons: { readonly [status: number]: RetryEvent['reason'] } = { 401: 'token', 429: 'rate-limit' }

/** Loads ky, which most calls do not need. */
export const loadKy = (): Promise<typeof import('ky')> => import('ky')

// What a function of the caller returns may be any number.
const fraction = (value: number): number => Math.min(1, Math.max(0, value)) || 0

/** Repeats a call whose first attempt failed through ky, as often as its record, its deadline and LINE's responses allow. */
export async function repeat(
  transport: Transport,
  call: PreparedCall,
  state: CallState,
  first: LineResponse | NoResponse,
): Promise<SendResult> {
  const { clock, hooks, random } = transport
  const { operation, signal } = call
  const { left } = state
  let last = first
  const result = (): SendResult => ({ last, uncertain: state.uncertain, attempts: state.attempts })

  // LINE's rules where they differ from ky's: `false` ends the call, `true` retries it regardless of the status, `undefined` leaves the decision to ky.
  const shouldRetry = (): boolean | undefined => {
    const repeatable = operation.repeat !== 'never'
    if (last.kind !== 'response') return last.kind !== 'aborted' && (repeatable || !last.sent)
    if (last.status === 401) return call.token !== undefined && state.refused === undefined
    // A rate-limited call was not carried out, so it is safe to retry. A used-up quota stays used up until the next month.
    if (last.status === 429) return !isQuota(last) && refillTime(operation) < slowestRefill
    return repeatable && retriedStatuses.includes(knownStatus(last.status)) ? undefined : false
  }
  if (shouldRetry() === false) return result()

  const { default: ky } = await loadKy()
  let pause = 0
  let pausing = false
  let failed: { readonly error: unknown } | undefined

  const retry = async (): Promise<void> => {
    if (clock !== systemClock) await wait(clock, pause, signal)
    state.uncertain ||= mayHaveBeenDone(last)
    if (last.kind === 'response' && last.status === 401) state.refused = state.token
    last = await attempt(transport, call, state)
  }

  // ky does not report its delay before it waits, and never reports that of a Retry-After, so the whole delay is computed here and passed to the hook.
  const jitter = (backoff: number): number => {
    const status = last.kind === 'response' ? last.status : undefined
    const asked = last.kind === 'response' ? Number(last.headers.get('retry-after') ?? 0) * 1000 || 0 : 0
    pause = Math.max(fraction(random()) * backoff, asked) + (status === 429 ? refillTime(operation) : 0)
    if (status === 401) pause = 0
    if (pause >= left()) throw new Error('The pause ends after the deadline')
    const reason = last.kind === 'response' ? (reasons[last.status] ?? 'status') : last.kind
    if (reason !== 'aborted')
      tell(hooks.retry, {
        operation: call.name,
        attempt: state.attempts + 1,
        retryKey: call.retryKey,
        reason,
        status,
        delay: pause,
      })
    pausing = true
    // ky waits on the global timer. `retry` waits for a pause on any other clock.
    return clock === systemClock ? pause : 0
  }

  // ky gets only the status of each attempt, because its errors quote the URL and the body. Its first request gets the result of the first attempt.
  let isFirst = true
  const answer = async (): Promise<Response> => {
    pausing = false
    if (!isFirst) await retry().catch((error: unknown) => (failed = { error }))
    isFirst = false
    if (failed || (last.kind === 'response' && last.status < 400)) return new Response(null)
    if (last.kind !== 'response') throw new Error(last.kind)
    return new Response(null, { status: knownStatus(last.status) })
  }

  // ky gets a signal of the runtime, because `Request` refuses those of a polyfill or of another realm, such as jsdom.
  const stop = new AbortController()
  const onAbort = () => stop.abort()
  signal?.addEventListener('abort', onAbort)
  if (signal?.aborted) onAbort()
  try {
    const options = { limit: mostRetries, statusCodes: [...retriedStatuses], afterStatusCodes: [], jitter, shouldRetry }
    await ky('https://line.invalid/', { fetch: answer, timeout: false, retry: options, signal: stop.signal })
  } catch {
    // ky gave up, or the signal ended its wait. `last` holds the result.
    if (pausing) {
      state.uncertain ||= mayHaveBeenDone(last)
      last = { kind: 'aborted', sent: false, reason: undefined }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
  if (failed) throw failed.error
  return result()
}
