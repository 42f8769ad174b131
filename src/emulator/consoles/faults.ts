import { createFaultCounter, type FaultCounter } from '../fault-counts.js'

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
export type ConsoleFaultBox = FaultCounter<keyof ConsoleFaults>

/** Makes an empty box of faults. */
export function createConsoleFaultBox(): ConsoleFaultBox {
  return createFaultCounter('faults.consoles', ['webhookFallsBack', 'consoleRefusesWebhook', 'lostMail'])
}
