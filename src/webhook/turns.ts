/** Lets work of one key run one at a time in order of arrival, and of different keys side by side up to a bound. */
export type Turns = (key: unknown, work: () => Promise<void>) => Promise<void>

/** Makes turns. The bound holds over all that goes through them. */
export function createTurns(bound: number): Turns {
  const last = new Map<unknown, Promise<void>>()
  const waiting = new Set<() => void>()
  let free = bound

  return (key, work) => {
    const before = last.get(key)
    let turn: Promise<void> | undefined
    turn = (async () => {
      // Whoever waits for the one before takes no place meanwhile.
      await before
      if (free > 0) free--
      else await new Promise<void>((go) => waiting.add(go))
      try {
        await work()
      } finally {
        const [next] = waiting
        if (next) {
          waiting.delete(next)
          next()
        } else free++
        if (last.get(key) === turn) last.delete(key)
      }
    })()
    last.set(key, turn)
    return turn
  }
}
