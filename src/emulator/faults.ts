import { LineInputError } from '../core/errors.js'
import type { Endpoint } from '../core/operation.js'
import { checkOptions } from './check-options.js'
import type { OperationName } from './platform/platform.js'

/**
 * What goes wrong with an answer: a status with LINE's error body, no answer at all (`timeout`), a connection that is reset (`reset`),
 * one that is reset in the middle of the body (`reset-body`), an answer that comes late (`slow`), or a gateway's HTML page (`html`).
 */
export type FaultAnswer = number | 'timeout' | 'reset' | 'reset-body' | 'slow' | 'html'

/** A failure at LINE. */
export interface Fault {
  /** The operation that fails: its name or its record. Default: every operation. */
  readonly operation?: OperationName | Endpoint | undefined
  /** What goes wrong with the answer. */
  readonly answer: FaultAnswer
  /** How many times. Default: 1. */
  readonly times?: number | undefined
  /** `before` (default): LINE has not carried out the request. `after`: it has, and only the answer goes wrong. */
  readonly when?: 'before' | 'after' | undefined
  /** The delay of `slow` answers, in milliseconds of the emulator's clock. Default: 5,000. */
  readonly delay?: number | undefined
  /** The status of `html` (default: 502) and `reset-body` (default: what LINE answered, or 500 when it did not carry out the request). */
  readonly status?: number | undefined
}

/** The number of next deliveries that go wrong; `true` for all of them. */
export interface DeliveryFaults {
  /** Deliveries that are sent twice, as LINE warns can happen. */
  readonly duplicate?: number | boolean | undefined
  /** Deliveries that are held back until the next delivery has been answered, at most 1,000 ms. */
  readonly reorder?: number | boolean | undefined
  /** Deliveries that are lost. */
  readonly drop?: number | boolean | undefined
}

/** Makes LINE fail on demand. */
export interface Faults {
  /**
   * Adds a fault. When several match, the oldest that is not used up applies.
   *
   * @throws {LineInputError} when the operation is unknown, or a number is out of range.
   */
  add(fault: Fault): void
  /** Sets what goes wrong with webhook deliveries. Omitted kinds stay unchanged; 0 or `false` ends a kind. */
  delivery(faults: DeliveryFaults): void
  /** Sets what goes wrong in the consoles. Omitted kinds stay unchanged; 0 or `false` ends a kind. */
  consoles(faults: ConsoleFaults): void
  /** Removes all faults. */
  clear(): void
}

type DeliveryFault = keyof DeliveryFaults

/** The faults, as the emulator uses them. */
export interface FaultBox {
  add(fault: Fault, operation: Endpoint | undefined): void
  setDelivery(faults: DeliveryFaults): void
  clear(): void
  /** Takes the next fault for an operation and counts it. */
  take(operation: Endpoint): Fault | undefined
  /** Returns whether the next delivery fails in this way, and counts it. */
  takeDelivery(kind: DeliveryFault): boolean
}

const answers: readonly unknown[] = ['timeout', 'reset', 'reset-body', 'slow', 'html']

function checkNames(method: string, given: object, names: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw new LineInputError(`${method}: unknown option ${unknown}; the options are ${names.join(', ')}`)
}

function check(fault: Fault): void {
  checkNames('faults.add', fault, ['operation', 'answer', 'times', 'when', 'delay', 'status'])
  const { answer, times, delay, status, when } = fault
  if (when !== undefined && when !== 'before' && when !== 'after')
    throw new LineInputError("faults.add: when must be 'before' or 'after'")
  const isStatus = (value: unknown) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599
  if (!isStatus(answer) && !answers.includes(answer))
    throw new LineInputError('faults.add: answer must be an HTTP status from 200 to 599, or the name of a fault')
  if (status !== undefined && !isStatus(status))
    throw new LineInputError('faults.add: status must be an HTTP status from 200 to 599')
  if (times !== undefined && !(typeof times === 'number' && times > 0))
    throw new LineInputError('faults.add: times must be greater than 0')
  if (delay !== undefined && !(typeof delay === 'number' && delay >= 0))
    throw new LineInputError('faults.add: delay must be 0 or more milliseconds')
}

/** Creates an empty box of faults. */
export function createFaultBox(): FaultBox {
  const waiting: { readonly fault: Fault; readonly operation: Endpoint | undefined; left: number }[] = []
  const deliveries = createFaultCounter<DeliveryFault>('faults.delivery', ['duplicate', 'reorder', 'drop'])
  return {
    add: (fault, operation) => {
      check(fault)
      waiting.push({ fault, operation, left: fault.times ?? 1 })
    },
    setDelivery: deliveries.set,
    clear: () => {
      waiting.length = 0
      deliveries.clear()
    },
    take: (operation) => {
      const next = waiting.find(
        (entry) => entry.left > 0 && (entry.operation === undefined || entry.operation === operation),
      )
      if (next && --next.left <= 0) waiting.splice(waiting.indexOf(next), 1)
      return next?.fault
    },
    takeDelivery: deliveries.take,
  }
}

/** The number of next times that each kind of fault occurs; `true` for every time. */
export type FaultCounts<Kind extends string> = { readonly [kind in Kind]?: number | boolean | undefined }

/** What is left of them. */
export interface FaultCounter<Kind extends string> {
  /** Sets the counts. Omitted kinds stay unchanged; 0 or `false` ends a kind. */
  set(counts: FaultCounts<Kind>): void
  clear(): void
  /** Returns whether a fault of this kind occurs now, and counts it. */
  take(kind: Kind): boolean
}

/** Creates a counter of faults. Its errors begin with the name. */
export function createFaultCounter<Kind extends string>(name: string, kinds: readonly Kind[]): FaultCounter<Kind> {
  const left = new Map<Kind, number>()
  return {
    set: (counts) => {
      checkOptions(name, counts)
      checkNames(name, counts, kinds)
      for (const kind of kinds) {
        const count = counts[kind]
        if (count === undefined) continue
        if (typeof count !== 'boolean' && !(typeof count === 'number' && count >= 0))
          throw new LineInputError(`${name}: ${kind} must be true, false, or 0 or more`)
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

/** The number of next times that something goes wrong in the consoles; `true` for every time. */
export interface ConsoleFaults {
  /** "Use webhook" is switched on, and falls back to off 1,000 ms later. */
  readonly webhookFallsBack?: number | boolean | undefined
  /** The LINE Developers Console refuses to change "Use webhook"; LINE Official Account Manager does not. */
  readonly consoleRefusesWebhook?: number | boolean | undefined
  /** Mails that are lost, such as the one with the code of a sign-in. */
  readonly lostMail?: number | boolean | undefined
}

/** The faults of the consoles, as the consoles use them. */
export type ConsoleFaultBox = FaultCounter<keyof ConsoleFaults>

/** Creates an empty box of faults. */
export function createConsoleFaultBox(): ConsoleFaultBox {
  return createFaultCounter('faults.consoles', ['webhookFallsBack', 'consoleRefusesWebhook', 'lostMail'])
}
