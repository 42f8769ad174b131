import type { Clock } from 'line-oa'

/** A clock for tests: it stands still, and `settle` moves it from timer to timer. */
export class TestClock implements Clock {
  #now: number
  #timers = new Map<number, { readonly at: number; readonly run: () => void }>()
  #last = 0

  constructor(now = 1_800_000_000_000) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  setTimeout(run: () => void, ms: number): number {
    this.#timers.set(++this.#last, { at: this.#now + Math.max(0, ms), run })
    return this.#last
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(Number(timer))
  }

  /** How many timers are pending; a finished call leaves none. */
  get pending(): number {
    return this.#timers.size
  }

  /** Moves the time without running timers, like a correction of the system clock. */
  jump(ms: number): void {
    this.#now += ms
  }

  /** Awaits a promise. Whenever nothing else happens, the next timer runs. `busy` reports work that takes no time and is not visible here. */
  async settle<T>(promise: Promise<T>, busy: () => boolean = () => false): Promise<T> {
    let open = true
    const done = () => {
      open = false
    }
    promise.then(done, done)
    for (let idle = 0; open; idle++) {
      await new Promise((next) => setTimeout(next, 0))
      if (busy()) idle = 0
      if (!open || idle < 4) continue
      const [id, timer] = [...this.#timers].sort(([, a], [, b]) => a.at - b.at)[0] ?? []
      if (id === undefined || !timer) continue
      this.#timers.delete(id)
      this.#now = Math.max(this.#now, timer.at)
      timer.run()
      idle = 0
    }
    return promise
  }
}
