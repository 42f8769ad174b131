import { LineInputError } from '../../core/errors.js'

/** How many of the next times something goes wrong in the consoles; `true` for every time. */
export interface ConsoleFaults {
  /** "Use webhook" is switched on, and falls back to off by itself a second later. */
  readonly webhookFallsBack?: number | boolean | undefined
  /** The Developers Console refuses to change "Use webhook"; the Official Account Manager does not. */
  readonly consoleRefusesWebhook?: number | boolean | undefined
  /** Mails get lost, such as the one with the code of a sign-in. */
  readonly lostMail?: number | boolean | undefined
}

/** The faults of the consoles with what the consoles themselves ask them. */
export interface ConsoleFaultBox {
  set(faults: ConsoleFaults): void
  clear(): void
  /** Tells whether this goes wrong now, and counts it. */
  take(kind: keyof ConsoleFaults): boolean
}

/** Makes an empty box of faults. */
export function createConsoleFaultBox(): ConsoleFaultBox {
  const left = new Map<keyof ConsoleFaults, number>()
  return {
    set: (faults) => {
      for (const kind of ['webhookFallsBack', 'consoleRefusesWebhook', 'lostMail'] as const) {
        const count = faults[kind]
        if (count === undefined) continue
        if (typeof count === 'number' && !(count >= 0)) throw new LineInputError(`faults.consoles: ${kind} counts from 0`)
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
