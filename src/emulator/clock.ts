import { type Clock, systemClock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import { property } from '../core/property.js'

/** The emulator's time. It can be moved forward; a `manual` clock does not move otherwise. */
export interface EmulatorClock extends Clock {
  /**
   * Moves the time forward by `ms` milliseconds. Every timer that becomes due runs in order and at its own time,
   * and the work that it starts continues as far as it can without time passing.
   *
   * @throws {LineInputError} when `ms` is negative or not a number.
   */
  advance(ms: number): Promise<void>
}

/**
 * The time that an emulator uses. `manual` starts at 2026-01-01T00:00:00Z and only moves with `advance`; any other clock keeps running.
 * Give clients `emulator.clock`, so that both have the same time.
 */
export type ClockChoice = 'manual' | Clock

/** The clock, as the emulator uses it. */
export interface Timekeeper extends EmulatorClock {
  /** Sets a timer that does not keep the process alive. */
  later(run: () => void, ms: number): void
  /** Marks work in flight that needs no time, so that `advance` waits for it. */
  busy<T>(work: Promise<T>): Promise<T>
  /** Marks a wait within such work that only time or another party can end. */
  parked<T>(wait: Promise<T>): Promise<T>
  /** Waits until no work is in flight. */
  idle(): Promise<void>
  /** Drops all timers. Timers that are set from now on never run. */
  close(): void
}

interface Timer {
  readonly at: number
  readonly order: number
  readonly run: () => void
  readonly background: boolean
  real: unknown
}

/** Where a `manual` clock starts: 2026-01-01, 9 o'clock in Tokyo. */
const manualStart = Date.UTC(2026, 0, 1)

const standing: Clock = { now: () => manualStart, setTimeout: () => undefined, clearTimeout: () => {} }

const methods: readonly (keyof Clock)[] = ['now', 'setTimeout', 'clearTimeout']

// Runtimes store a timer's delay in 31 bits and fire a longer one at once.
const longestTimer = 2 ** 31 - 1

// Work in flight is awaited by turns of the event loop, not by time, which may be faked. The turns suffice for an answer over a local socket.
const turns = { least: 20, most: 1000 }

function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function')
    timer.unref()
}

/** One turn of the event loop. Timers would do, but tests fake them; Node takes messages of one channel many to a turn, so each turn has its own. */
function eventLoopTurn(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((done) => {
    port1.onmessage = () => {
      port1.close()
      done()
    }
    port2.postMessage(null)
  })
}

/** Creates the emulator's clock on top of another one. */
export function createTimekeeper(choice: ClockChoice = systemClock): Timekeeper {
  const base = choice === 'manual' ? standing : choice
  if (!methods.every((name) => typeof property(base, name) === 'function'))
    throw new LineInputError(
      "createEmulator: clock must be 'manual', or an object with now(), setTimeout() and clearTimeout()",
    )
  const timers = new Set<Timer>()
  let offset = 0
  let order = 0
  let working = 0
  let moving: Promise<void> = Promise.resolve()
  let closed = false

  const waiting = new Set<() => void>()
  const change = (by: number): void => {
    working += by
    if (working > 0) return
    for (const resume of waiting) resume()
    waiting.clear()
  }

  const now = () => base.now() + offset

  const arm = (timer: Timer): void => {
    timer.real = base.setTimeout(
      () => (timer.at - now() > 1 ? arm(timer) : fire(timer)),
      Math.min(Math.max(0, timer.at - now()), longestTimer),
    )
    if (timer.background) unref(timer.real)
  }

  const fire = (timer: Timer): void => {
    if (!timers.delete(timer)) return
    base.clearTimeout(timer.real)
    timer.run()
  }

  const add = (run: () => void, ms: number, background: boolean): Timer => {
    if (typeof run !== 'function') throw new LineInputError('setTimeout: run must be a function')
    const delay = typeof ms === 'number' && ms > 0 ? ms : 0
    const timer: Timer = { at: now() + delay, order: order++, run, background, real: undefined }
    if (closed) return timer
    timers.add(timer)
    arm(timer)
    return timer
  }

  const settle = async (): Promise<void> => {
    for (let count = 0; count < turns.least || (working > 0 && count < turns.most); count++) await eventLoopTurn()
  }

  const move = async (ms: number): Promise<void> => {
    await settle()
    const target = now() + ms
    for (;;) {
      const [next] = [...timers]
        .filter(({ at }) => at <= target)
        .sort((one, other) => one.at - other.at || one.order - other.order)
      if (!next) break
      offset += Math.max(0, next.at - now())
      fire(next)
      await settle()
    }
    offset += Math.max(0, target - now())
    for (const timer of timers) {
      base.clearTimeout(timer.real)
      arm(timer)
    }
  }

  return {
    now,
    setTimeout: (run, ms) => add(run, ms, false),
    clearTimeout: (timer) => {
      const known = timers.has(timer as Timer) ? (timer as Timer) : undefined // only what setTimeout above returned is in the set
      if (!known) return
      timers.delete(known)
      base.clearTimeout(known.real)
    },
    later: (run, ms) => void add(run, ms, true),
    busy: (work) => {
      change(1)
      return work.finally(() => change(-1))
    },
    parked: (wait) => {
      change(-1)
      return wait.finally(() => change(1))
    },
    idle: async () => {
      do {
        if (working > 0) await new Promise<void>((resume) => waiting.add(resume))
        await settle()
      } while (working > 0)
    },
    close: () => {
      closed = true
      for (const { real } of timers) base.clearTimeout(real)
      timers.clear()
    },
    advance: (ms) => {
      // Dates end in the year 275760.
      if (!(typeof ms === 'number' && ms >= 0 && now() + ms <= 8.64e15))
        return Promise.reject(new LineInputError('advance: ms must be 0 or more milliseconds'))
      return (moving = moving.catch(() => {}).then(() => move(ms)))
    },
  }
}
