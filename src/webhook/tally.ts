/** Counts what is under way, so that one can wait for its end. */
export interface Tally {
  begin(): void
  end(): void
  /** Waits until nothing is under way. */
  none(): Promise<void>
}

/** Makes such a count. */
export function createTally(): Tally {
  let count = 0
  const waiting: (() => void)[] = []
  return {
    begin() {
      count++
    },
    end() {
      if (!--count) for (const go of waiting.splice(0)) go()
    },
    async none() {
      while (count) await new Promise<void>((go) => waiting.push(go))
    },
  }
}
