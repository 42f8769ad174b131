import { LineInputError } from '../core/errors.js'
import type { Endpoint } from '../core/operation.js'
import type { ConsoleFaults } from './consoles/faults.js'
import { createFaultCounter } from './fault-counts.js'
import type { OperationName } from './platform/records.js'

/**
 * What is to go wrong with an answer: a status with LINE's error body, no answer at all (`timeout`), a connection that is reset (`reset`),
 * one that is reset in the middle of the body (`reset-body`), an answer that comes late (`slow`), or a gateway's HTML page (`html`).
 */
export type FaultAnswer = number | 'timeout' | 'reset' | 'reset-body' | 'slow' | 'html'

/** Something to go wrong at LINE. */
export interface Fault {
  /** Where: the name of an operation, its record, or every operation when it is left out. */
  readonly operation?: OperationName | Endpoint | undefined
  readonly answer: FaultAnswer
  /** How often. Default: once. */
  readonly times?: number | undefined
  /** `before` (default): LINE has not carried out the request. `after`: it has, and only the answer goes wrong. */
  readonly when?: 'before' | 'after' | undefined
  /** How late `slow` answers come, in milliseconds of the emulator's clock. Default: 5,000. */
  readonly delay?: number | undefined
  /** The status of `html` (default: 502) and `reset-body` (default: what LINE answered, or 500 when it did not carry out the request). */
  readonly status?: number | undefined
}

/** How many of the next deliveries go wrong; `true` for all of them. */
export interface DeliveryFaults {
  /** They come twice, as LINE warns that they may. */
  readonly duplicate?: number | boolean | undefined
  /** They are held back until the next delivery has been answered, at most 1,000 ms. */
  readonly reorder?: number | boolean | undefined
  /** They get lost on the way. */
  readonly drop?: number | boolean | undefined
}

/** Makes LINE fail on demand. */
export interface Faults {
  /**
   * Adds a fault. Of several that fit, the oldest that is not used up takes place.
   *
   * @throws {LineInputError} when there is no such operation, or a number is out of bounds.
   */
  add(fault: Fault): void
  /** Sets what goes wrong with webhook deliveries. What is left out stays as it is; 0 or `false` ends it. */
  delivery(faults: DeliveryFaults): void
  /** Sets what goes wrong in the consoles. What is left out stays as it is; 0 or `false` ends it. */
  consoles(faults: ConsoleFaults): void
  /** Takes all faults away. */
  clear(): void
}

type DeliveryFault = keyof DeliveryFaults

/** The faults with what the emulator itself asks them. */
export interface FaultBox {
  add(fault: Fault, operation: Endpoint | undefined): void
  setDelivery(faults: DeliveryFaults): void
  clear(): void
  /** Takes the fault that is next for an operation, and counts it. */
  take(operation: Endpoint): Fault | undefined
  /** Tells whether the next delivery suffers this, and counts it. */
  takeDelivery(kind: DeliveryFault): boolean
}

function check({ answer, times, delay, status }: Fault): void {
  const isStatus = (value: number) => Number.isInteger(value) && value >= 200 && value <= 599
  if (typeof answer === 'number' && !isStatus(answer))
    throw new LineInputError('faults.add: an answer in numbers is an HTTP status from 200 to 599')
  if (status !== undefined && !isStatus(status))
    throw new LineInputError('faults.add: status is an HTTP status from 200 to 599')
  if (times !== undefined && !(times > 0)) throw new LineInputError('faults.add: times counts from 1')
  if (delay !== undefined && !(delay >= 0)) throw new LineInputError('faults.add: delay is in milliseconds from 0')
}

/** Makes an empty box of faults. */
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
      if (next) next.left -= 1
      return next?.fault
    },
    takeDelivery: deliveries.take,
  }
}
