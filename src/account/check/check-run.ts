import { type CallerOptions, createCaller } from '../../core/call/caller.js'
import type { TokenSource } from '../../core/call/token.js'
import { type Clock, systemClock } from '../../core/clock.js'
import { isLineError, LineAbortedError, type LineError, LineInputError } from '../../core/errors.js'
import type { Operation } from '../../core/operation.js'
import { isApiError, type LineApiError } from '../../core/response-errors.js'
import { type Check, type CheckId, type Finding, found } from './findings.js'

/** LINE's response: data, or a refusal that a retry would not change. */
export type DataOrRefusal<Data> =
  | { readonly data: Data; readonly refusal?: undefined }
  | { readonly data?: undefined; readonly refusal: LineApiError }

/**
 * Calls LINE with the access of one channel. A refusal is returned, not thrown.
 *
 * @throws {LineError} when LINE is unavailable.
 */
export type Calls = <Input extends object, Output>(
  operation: Operation<Input, Output>,
  input: NoInfer<Input>,
) => Promise<DataOrRefusal<Output>>

/** Returns whether an error only means that LINE is temporarily unavailable. */
export function isUnavailable(error: unknown): error is LineError {
  if (!isLineError(error)) return false
  if (isApiError(error))
    // A status below 400 was not sent by LINE.
    return error.status >= 500 || error.status < 400 || error.status === 408 || error.code === 'LINE_RATE_LIMIT'
  return error.code === 'LINE_NETWORK' || error.code === 'LINE_TIMEOUT'
}

/** Creates {@link Calls} from a function that throws if LINE refuses. */
export function expectRefusals(
  call: <Input extends object, Output>(operation: Operation<Input, Output>, input: NoInfer<Input>) => Promise<Output>,
): Calls {
  return async (operation, input) => {
    try {
      return { data: await call(operation, input) }
    } catch (error) {
      if (isApiError(error) && !isUnavailable(error)) return { refusal: error }
      throw error
    }
  }
}

/** The facts of an error that evidence may contain. */
export function errorFacts(error: LineError): {
  readonly operation?: string
  readonly error: string
  readonly status?: number
  readonly requestId?: string
} {
  return {
    ...(error.operation !== undefined && { operation: error.operation }),
    error: error.code,
    ...(isApiError(error) && {
      status: error.status,
      ...(error.requestId && { requestId: error.requestId }),
    }),
  }
}

/** A check, and the value that it read for later checks. */
export interface Checked<Value> {
  readonly check: Check
  readonly value: Value | undefined
}

/** One run of checks. */
export interface CheckRun {
  /** The checks so far, in order. */
  readonly checks: readonly Check[]
  readonly clock: Clock
  /** Returns calls with the given token, or without a token. */
  with(token: string | undefined): Calls
  /**
   * Runs a check and records its result; a check that runs again replaces its earlier result. The result is `unknown` when LINE is unavailable, and
   * `failed` when LINE refuses a call that the check expects to succeed.
   */
  check<Value = undefined>(id: CheckId, make: () => Promise<Finding<Value>> | Finding<Value>): Promise<Checked<Value>>
}

function findingOf(error: unknown): Finding<never> {
  if (isUnavailable(error)) return found('unknown', 'line_unavailable', 'LINE is unavailable', errorFacts(error))
  if (!isApiError(error)) throw error
  const facts = { ...errorFacts(error), line: error.lineMessage }
  return found('failed', 'line_refused', 'LINE refused a call that is available to every channel', facts)
}

// Every call of a run names its own token. A token source in the options keeps runs out of browser pages, as it does for clients.
const noToken: TokenSource = {
  async get() {
    throw new LineInputError('This call has no channel access token')
  },
}

/** Starts a run of checks. */
export function startRun(options: CallerOptions, signal: AbortSignal | undefined): CheckRun {
  const checks: Check[] = []
  const caller = createCaller({ ...options, channelAccessToken: noToken })
  return {
    checks,
    clock: options.clock ?? systemClock,
    with: (accessToken) => expectRefusals((operation, input) => caller.call(operation, input, { signal, accessToken })),
    async check(id, make) {
      if (signal?.aborted) throw new LineAbortedError(`${id} was aborted by the caller's signal`)
      let made: Awaited<ReturnType<typeof make>>
      try {
        made = await make()
      } catch (error) {
        made = findingOf(error)
      }
      const { value, ...finding } = made
      const check: Check = { id, ...finding }
      const earlier = checks.findIndex((one) => one.id === id)
      if (earlier >= 0) checks.splice(earlier, 1)
      checks.push(check)
      return { check, value }
    },
  }
}
