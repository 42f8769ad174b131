/** The clock that the SDK uses to read the time and to set timers. Tests can pass their own. */
export interface Clock {
  /** Returns the time, in milliseconds since 1970. */
  now(): number
  /** Calls `run` after a number of milliseconds and returns a handle for `clearTimeout`. */
  setTimeout(run: () => void, ms: number): unknown
  /** Cancels a timer. */
  clearTimeout(timer: unknown): void
}

// The runtime fires a timer that is longer than this at once.
const longestTimer = 2 ** 31 - 1

/** The runtime's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, Math.min(ms, longestTimer)),
  clearTimeout: (timer) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]), // what setTimeout above returned
}

/** The symbol under which a client exposes its clock, so that functions that take a client use the same clock. */
export const clockKey: unique symbol = Symbol.for('line-oa.clock')

/** Returns the clock of a client, or the runtime's clock for an object without one. */
export function clockOf(client: object): Clock {
  const clock: unknown = Reflect.get(client, clockKey)
  return clock ? (clock as Clock) : systemClock // only createLineClient sets this symbol
}
