import { clockOf, wait } from './clock.js'
import { LineAbortedError, LineTimeoutError } from './errors.js'
import type { CallOptions } from './operation.js'

/** How long to wait for something at LINE, how often to ask, and for whom, where that is not as the client has it. */
export interface WaitOptions extends Pick<CallOptions, 'accessToken' | 'botId'> {
  /** Longest time to wait, in milliseconds on the client's clock. Each call has its own deadline inside of it. */
  readonly timeout?: number | undefined
  /** Time between two calls, in milliseconds. */
  readonly interval?: number | undefined
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined
}

// A call's own deadline is the client's affair, unless less than that is left.
const usualTotal = 30_000

/**
 * Asks again and again until there is an answer.
 *
 * @param what is waited for, as it stands in an error.
 * @throws {LineTimeoutError} when there is none in time.
 * @throws {LineAbortedError} when the signal ends the waiting.
 */
export async function poll<Answer>(
  client: object,
  what: string,
  {
    timeout,
    interval,
    signal,
    accessToken,
    botId,
  }: WaitOptions & { readonly timeout: number; readonly interval: number },
  ask: (options: CallOptions) => Promise<Answer | undefined>,
): Promise<Answer> {
  const clock = clockOf(client)
  const end = clock.now() + timeout
  const who = { ...(accessToken !== undefined && { accessToken }), ...(botId !== undefined && { botId }) }
  for (;;) {
    if (signal?.aborted)
      throw new LineAbortedError(`${what}: aborted by the caller's signal while waiting`, { outcome: 'unknown' })
    const left = end - clock.now()
    if (!(left > 0))
      throw new LineTimeoutError(`${what}: not within ${timeout} ms; it may still come`, { outcome: 'unknown' })
    const answer = await ask({ signal, ...who, ...(left < usualTotal && { totalTimeout: left }) })
    if (answer !== undefined) return answer
    await wait(clock, Math.min(interval, end - clock.now()), signal)
  }
}
