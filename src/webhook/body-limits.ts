import { type Clock, systemClock } from '../core/clock.js'

/** The limits for adapters that read the request body themselves. */
export interface BodyLimits {
  /** Maximum size, in bytes. */
  readonly size: number
  /** Maximum time, in milliseconds. */
  readonly time: number
  readonly clock: Clock
}

export const defaultLimits: BodyLimits = { size: 1_048_576, time: 2000, clock: systemClock }

// A symbol keeps the limits out of the public interface, and a copy of the receiver such as { ...receiver } still carries them.
export const limitsKey: unique symbol = Symbol.for('line-oa.body-limits')

/** The body limits of a receiver, or the defaults if the object carries none. */
export function limitsOf(receiver: object): BodyLimits {
  const limits: unknown = Reflect.get(receiver, limitsKey)
  return limits ? (limits as BodyLimits) : defaultLimits // only createReceiver sets this symbol
}
