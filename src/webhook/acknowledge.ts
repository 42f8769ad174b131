import type { Clock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import type { Malformed } from './delivery.js'
import { createDispatch, type DispatchOptions, type Processed } from './dispatch.js'
import type { ChannelsOptions, FoundChannel, OnLate } from './options.js'
import type { Delivery } from './types.js'

/** The error message for a body that was parsed before the receiver got it. It is in this lazily loaded file because it is rarely needed. */
export const bodyAlreadyParsed =
  'The raw body is not available because it was parsed before it reached the receiver. Register the receiver before any body parser, ' +
  'or keep the raw bytes: express.json({ verify: (req, _res, bytes) => { req.rawBody = bytes } })'

/** When to acknowledge a slow delivery, in milliseconds. LINE waits for 2 seconds, and the response needs some of them to reach LINE. */
const deadline = 1500

export interface AcknowledgeOptions<Client> extends DispatchOptions<Client> {
  readonly channel: FoundChannel<Client> | ChannelsOptions<Client>['channel']
  readonly ack?: 'after-handlers' | 'early' | 'queued' | undefined
  readonly onLate?: OnLate | undefined
  readonly clock: Clock
  /** Counts a delivery as in flight. */
  readonly begin: () => void
  /** Ends it. */
  readonly end: () => void
}

/** Calls the handlers of a delivery and decides when to acknowledge it. */
export interface Acknowledger<Client> {
  /**
   * Calls the handlers for a delivery whose signature was verified before, given the result of `toDelivery`.
   *
   * @throws {LineInputError} if the value is not a delivery, or its channel is not found.
   */
  process(delivery: Delivery | Malformed): Promise<Processed>
  /**
   * Starts the handlers and returns, as soon as LINE has to be answered, whether LINE can consider the delivery handled.
   * It neither throws nor rejects unless `waitUntil` throws. `receivedAt` is when the delivery arrived, in milliseconds since 1970.
   */
  acknowledge(
    delivery: Delivery,
    client: Client,
    waitUntil: ((work: Promise<unknown>) => void) | undefined,
    receivedAt: number,
  ): boolean | Promise<boolean>
}

export function createAcknowledger<Client>(options: AcknowledgeOptions<Client>): Acknowledger<Client> {
  const { ack, onLate, clock, begin, end, report, channel } = options
  const dispatch = createDispatch(options)

  async function reportLate(events: Iterable<Parameters<OnLate>[0]>): Promise<void> {
    for (const event of events) {
      try {
        await onLate?.(event)
      } catch (error) {
        await report(error, event)
      }
    }
  }

  return {
    async process(delivery) {
      if (typeof delivery === 'string') throw new LineInputError(`process: the delivery is ${delivery}`)
      const found = typeof channel === 'function' ? await channel(delivery.destination) : channel
      if (!found)
        throw new LineInputError('process: the channel function found no channel for the destination of the delivery')
      // If there is no client, its type is undefined, too.
      return dispatch(delivery, found.client as Client).done
    },
    acknowledge(delivery, client, waitUntil, receivedAt) {
      begin()
      const { done, pending, acceptOrWithdraw } = dispatch(delivery, client)
      const work = done.then(({ failed, busy }) => failed + busy === 0).finally(end)
      waitUntil?.(work)
      if (ack === 'early' && waitUntil) return true
      // Without onLate and waitUntil, nothing happens at the deadline.
      if (!onLate && !waitUntil) return work
      return new Promise((resolve) => {
        const onDeadline = () => {
          if (onLate) reportLate(pending())
          if (waitUntil) resolve(acceptOrWithdraw())
        }
        const timer = clock.setTimeout(onDeadline, receivedAt + deadline - clock.now())
        work.then((handled) => {
          clock.clearTimeout(timer)
          resolve(handled)
        })
      })
    },
  }
}
