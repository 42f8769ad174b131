/** A case to measure. `run` returns its own figure; less is better. */
export interface Case {
  readonly name: string
  readonly run: () => Promise<number> | number
}

/** The ratio of a case to the last case, over all rounds. */
export interface Ratio {
  readonly name: string
  readonly median: number
  readonly least: number
  readonly most: number
}

/** The median. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/**
 * Measures cases in turn, A B C, A B C, … and returns the ratio of each case to the last one.
 *
 * A case returns its own figure, so that it can exclude the start of a process or a server. A round adds up several short slices of each
 * case, so that a machine that is slow for a moment slows down all cases.
 */
export async function compare(
  cases: readonly Case[],
  { rounds = 5, slices = 1 }: { readonly rounds?: number; readonly slices?: number } = {},
): Promise<{ ratios: Ratio[]; figures: ReadonlyMap<string, number> }> {
  for (const { run } of cases) await run()
  const measured = new Map<string, number[]>(cases.map(({ name }) => [name, Array<number>(rounds).fill(0)]))
  for (let round = 0; round < rounds; round++) {
    for (let slice = 0; slice < slices; slice++) {
      for (const { name, run } of cases) {
        const sums = measured.get(name) ?? []
        sums[round] = (sums[round] ?? 0) + (await run()) / slices
      }
    }
  }
  const base = measured.get(cases.at(-1)?.name ?? '') ?? []
  const ratios = cases.slice(0, -1).map(({ name }) => {
    const values = (measured.get(name) ?? []).map((value, round) => value / (base[round] ?? Number.NaN))
    return { name, median: median(values), least: Math.min(...values), most: Math.max(...values) }
  })
  return { ratios, figures: new Map([...measured].map(([name, values]) => [name, median(values)])) }
}

/** Runs `work` `count` times sequentially, and returns the time of one in microseconds. */
export async function timed(count: number, work: () => unknown): Promise<number> {
  const start = performance.now()
  for (let done = 0; done < count; done++) {
    const result = work()
    if (result instanceof Promise) await result
  }
  return ((performance.now() - start) / count) * 1000
}

/** Runs `work` `count` times, `width` concurrently, and returns the time of one in microseconds. */
export async function timedAtOnce(count: number, width: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  let left = count
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (left-- > 0) await work()
    }),
  )
  return ((performance.now() - start) / count) * 1000
}
