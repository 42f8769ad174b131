import type { Clock } from '../core/clock.js'
import { wait } from '../core/wait.js'
import type { InFlight } from './receiver.js'

/** Waits until no task is in flight, or until a number of milliseconds has passed, and resolves to whether none is. */
export async function untilIdle(inFlight: InFlight, clock: Clock, timeout: number | undefined): Promise<boolean> {
  const stop = new AbortController()
  const late = timeout === undefined ? undefined : wait(clock, timeout, stop.signal).then(() => true)
  let isLate = false
  while (inFlight.count && !isLate) {
    let resume = () => {}
    const idle = new Promise<false>((resolve) => {
      resume = () => resolve(false)
    })
    inFlight.onIdle.add(resume)
    isLate = await (late ? Promise.race([idle, late]) : idle)
    inFlight.onIdle.delete(resume)
  }
  stop.abort()
  return !inFlight.count
}
