import type { Clock } from '../core/clock.js'
import { createDispatch, type Dispatch, type DispatchOptions } from './dispatch.js'
import type { OnLate } from './options.js'
import type { Tally } from './tally.js'
import type { Delivery } from './types.js'

/** What to do when only a parsed body is left. It stands here because few ever need it. */
export const parsedBefore =
  'The body of the webhook is gone: something parsed it first. Put the receiver before body parsers, or let the parser keep the bytes: ' +
  'express.json({ verify: (req, _res, bytes) => { req.rawBody = bytes } })'

/** LINE waits for 2 seconds; an answer needs some of them for its way, in milliseconds. */
const guard = 1500

/** What answering works with, beside what calling handlers does. */
export interface AnsweringOptions<Client> extends DispatchOptions<Client> {
  readonly ack: 'after-handlers' | 'early' | 'queued' | undefined
  readonly onLate: OnLate | undefined
  readonly clock: Clock
  readonly tally: Tally
}

/** Calls handlers, and says when and what LINE is to be answered. */
export interface Answering<Client> {
  readonly dispatch: Dispatch<Client>
  /**
   * Says whether LINE may take the delivery for handled, as soon as it may be told. It neither throws nor rejects, unless `waitUntil`
   * throws. `began` is when the delivery came.
   */
  answer(
    delivery: Delivery,
    client: Client,
    waitUntil: ((work: Promise<unknown>) => void) | undefined,
    began: number,
  ): boolean | Promise<boolean>
}

/** Makes such a thing. */
export function createAnswering<Client>(options: AnsweringOptions<Client>): Answering<Client> {
  const { ack, onLate, clock, tally, report } = options
  const dispatch = createDispatch(options)

  async function tellLate(events: Iterable<Parameters<OnLate>[0]>): Promise<void> {
    for (const event of events) {
      try {
        await onLate?.(event)
      } catch (error) {
        await report(error, event)
      }
    }
  }

  return {
    dispatch,
    answer(delivery, client, waitUntil, began) {
      const open = onLate && new Set(delivery.events)
      tally.begin()
      const work = dispatch(delivery, client, open).then(({ failed, busy }) => {
        tally.end()
        return failed + busy === 0
      })
      waitUntil?.(work)
      if (ack === 'early' && waitUntil) return true
      // Without either nothing happens before the work is done.
      if (!open && !waitUntil) return work
      return new Promise((answer) => {
        const late = () => {
          if (open) tellLate([...open])
          if (waitUntil) answer(true)
        }
        const timer = clock.setTimeout(late, began + guard - clock.now())
        work.then((handled) => {
          clock.clearTimeout(timer)
          answer(handled)
        })
      })
    },
  }
}
