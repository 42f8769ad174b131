import { LineInputError } from '../core/errors.js'

/** How many of the next times each kind of thing goes wrong; `true` for every time. */
export type FaultCounts<Kind extends string> = { readonly [kind in Kind]?: number | boolean | undefined }

/** What is left of them. */
export interface FaultCounter<Kind extends string> {
  /** Sets what goes wrong. What is left out stays as it is; 0 or `false` ends it. */
  set(counts: FaultCounts<Kind>): void
  clear(): void
  /** Tells whether this goes wrong now, and counts it. */
  take(kind: Kind): boolean
}

/** Makes a counter of faults, which calls itself by a name when it is given a number below 0. */
export function createFaultCounter<Kind extends string>(name: string, kinds: readonly Kind[]): FaultCounter<Kind> {
  const left = new Map<Kind, number>()
  return {
    set: (counts) => {
      for (const kind of kinds) {
        const count = counts[kind]
        if (count === undefined) continue
        if (typeof count === 'number' && !(count >= 0)) throw new LineInputError(`${name}: ${kind} counts from 0`)
        left.set(kind, typeof count === 'number' ? count : count ? Number.POSITIVE_INFINITY : 0)
      }
    },
    clear: () => left.clear(),
    take: (kind) => {
      const count = left.get(kind) ?? 0
      if (count > 0) left.set(kind, count - 1)
      return count > 0
    },
  }
}
