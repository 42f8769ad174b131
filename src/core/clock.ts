/** Where the SDK reads the time and sets timers; tests put their own in. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

/** The runtime's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]), // what setTimeout above returned
}

/** Waits, or returns early when the signal is aborted. */
export function wait(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0) return Promise.resolve()
  return new Promise((done) => {
    const end = () => {
      clock.clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      done()
    }
    const timer = clock.setTimeout(end, ms)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
  })
}

/** The key under which a client carries its clock, so that helpers wait on the same one. */
export const clockKey: unique symbol = Symbol.for('line-oa.clock')

/** The clock of a client; the runtime's time for anything that carries none. */
export function clockOf(client: object): Clock {
  const clock: unknown = Reflect.get(client, clockKey)
  return clock ? (clock as Clock) : systemClock // only createLineClient puts something under this symbol
}
