import { clockOf } from './clock.js'
import { LineAbortedError, LineInputError, LineTimeoutError } from './errors.js'
import type { CallOptions } from './operation.js'
import { property } from './property.js'
import { checkOptions } from './read-options.js'
import { wait } from './wait.js'

/** Options of a function that waits until LINE has finished an asynchronous task. */
export interface WaitOptions extends Pick<CallOptions, 'accessToken' | 'botId'> {
  /** Longest time to wait, in milliseconds on the client's clock. Each request has its own timeout too. Default: see the function. */
  readonly timeout?: number | undefined
  /** Time between two requests, in milliseconds. Default: see the function. */
  readonly interval?: number | undefined
  /** Aborts the wait. Default: no signal. */
  readonly signal?: AbortSignal | undefined
}

/** Checks the options of a function that waits. */
export function checkWait(name: string, options: unknown): void {
  checkOptions(name, options, { signal: 'with addEventListener' })
  for (const option of ['timeout', 'interval']) {
    const value = property(options, option)
    // A timeout of 0 or less sends no request.
    if (value !== undefined && typeof value !== 'number')
      throw new LineInputError(`${name}: ${option} must be a number of milliseconds`)
  }
}

// The client's own timeout applies to each call, unless less time is left.
const usualTotal = 30_000

/**
 * Repeats a request until it returns a value.
 *
 * @param what the task, as errors name it.
 * @throws {LineTimeoutError} when the task has not finished within `timeout`.
 * @throws {LineAbortedError} when the signal is aborted.
 */
export async function poll<Value>(
  client: object,
  what: string,
  {
    timeout,
    interval,
    signal,
    accessToken,
    botId,
  }: WaitOptions & { readonly timeout: number; readonly interval: number },
  request: (options: CallOptions) => Promise<Value | undefined>,
): Promise<Value> {
  const clock = clockOf(client)
  const end = clock.now() + timeout
  const who = { ...(accessToken !== undefined && { accessToken }), ...(botId !== undefined && { botId }) }
  for (;;) {
    if (signal?.aborted)
      throw new LineAbortedError(`${what}: the wait was aborted by the caller's signal`, { outcome: 'unknown' })
    const left = end - clock.now()
    if (!(left > 0))
      throw new LineTimeoutError(`${what}: not finished within ${timeout} ms; it may still finish later`, {
        outcome: 'unknown',
      })
    const value = await request({ signal, ...who, ...(left < usualTotal && { totalTimeout: left }) })
    if (value !== undefined) return value
    await wait(clock, Math.min(interval, end - clock.now()), signal)
  }
}
