import { type CallerOptions, createCaller } from '../core/call/caller.js'
import type { TokenSource } from '../core/call/token.js'
import { type Clock, systemClock } from '../core/clock.js'
import { LineAbortedError, LineApiError, LineInputError } from '../core/errors.js'
import type { Operation } from '../core/operation.js'
import { aboutError, isUnavailable } from './ask.js'
import { type Check, type CheckId, type Finding, found } from './checks.js'

/** Calls with the access of one channel. */
export type Calls = <Input extends object, Output>(
  operation: Operation<Input, Output>,
  input: NoInfer<Input>,
) => Promise<Output>

/** One run of checks. */
export interface Run {
  readonly checks: readonly Check[]
  readonly clock: Clock
  /** Calls without a token, or with the one given. */
  with(token: string | undefined): Calls
  /** Makes a check, keeps how it ended, in the place of an earlier one of this name, and gives it back. When LINE cannot be asked it ends `unknown`; when LINE refuses what the check does not expect, `failed`. */
  check(id: CheckId, make: () => Promise<Finding> | Finding): Promise<Check>
}

/** The options that a caller takes, without what else stands beside them. */
export function callerOptions(options: CallerOptions): CallerOptions {
  const { baseUrl, fetch, timeout, totalTimeout, validate, limiter, hooks, clock, random, allowBrowser } = options
  return { baseUrl, fetch, timeout, totalTimeout, validate, limiter, hooks, clock, random, allowBrowser }
}

// Every call of a run says itself whose token it goes under. That there is a source keeps runs out of browser pages, as it keeps clients.
const none: TokenSource = {
  async get() {
    throw new LineInputError('There is no channel access token for this call')
  },
}

/** Starts a run. */
export function startRun(options: CallerOptions, signal: AbortSignal | undefined): Run {
  const checks: Check[] = []
  const caller = createCaller({ ...callerOptions(options), channelAccessToken: none })
  return {
    checks,
    clock: options.clock ?? systemClock,
    with: (accessToken) => (operation, input) => caller.call(operation, input, { signal, accessToken }),
    async check(id, make) {
      if (signal?.aborted) throw new LineAbortedError(`${id}: aborted by the caller's signal`)
      let finding: Finding
      try {
        finding = await make()
      } catch (error) {
        if (isUnavailable(error))
          finding = found('unknown', 'line_unavailable', 'LINE could not be asked', aboutError(error))
        else if (error instanceof LineApiError)
          finding = found('failed', 'line_refused', 'LINE refuses what it takes from every channel', {
            ...aboutError(error),
            line: error.lineMessage,
          })
        else throw error
      }
      const check: Check = { id, ...finding }
      // One that is made again says how it is now.
      const earlier = checks.findIndex((one) => one.id === id)
      if (earlier >= 0) checks.splice(earlier, 1)
      checks.push(check)
      return check
    },
  }
}
