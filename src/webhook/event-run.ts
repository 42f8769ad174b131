import type { Place } from './chat-queue.js'
import type { Claim, Lease } from './deduplicate.js'
import type { Slots, Ticket } from './slots.js'

/*
 * The states of an event, from its arrival to its end:
 *
 *   claim ──> chat ──> slot ──> begun ──> ended
 *     └────────┴────────┴──> withdrawn
 *
 * claim   waits for the store, which decides whether this process may handle the event. A duplicate ends here.
 * chat    has its claim and waits behind the earlier events of its chat.
 * slot    is the first of its chat and waits for one of the receiver's concurrent slots.
 * begun   its handlers run.
 *
 * A webhook may be acknowledged while its events are begun, or wait in `chat` behind an event that has begun. An event in any other state depends
 * on something that may never happen, so LINE has to keep it: the receiver responds with 500 and withdraws all events that have not begun.
 */

/** How an event ended. */
export type Outcome = 'succeeded' | 'failed' | 'repeated' | 'busy'

/** What an event waits for before its handlers begin. */
export type Wait = 'claim' | 'chat' | 'slot'

export interface EventRunOptions {
  /** Claims the event. Not called again unless the first claim was `busy`. Returns `undefined` for an event without an ID. */
  readonly claim: () => Claim | undefined | Promise<Claim | undefined>
  readonly place: Place
  readonly slots: Slots
  readonly channel: string
  /** Calls the handlers and resolves to whether they succeeded. It calls `onTimeout` if they take too long, and does not reject. */
  readonly handle: (onTimeout: () => void) => Promise<boolean>
  /** Reports that the claim could not be ended. */
  readonly report: (error: unknown) => unknown
}

/** The handling of one event. */
export interface EventRun {
  /** Resolves to how the event ended. Rejects if it could not be claimed. */
  readonly outcome: Promise<Outcome>
  /** Whether the event will be handled without waiting for anything but another handler of the same chat. */
  isAccepted(): boolean
  /** Withdraws the event if it has not begun, and returns what it was waiting for. */
  withdraw(): Wait | undefined
}

// The number of events that may wait behind a running handler of their chat when a webhook is acknowledged.
const maxBehind = 100

/** Starts to handle an event: takes its claim, its turn in the chat and a slot, and calls the handlers. */
export function startEvent({ claim, place, slots, channel, handle, report }: EventRunOptions): EventRun {
  let state: Wait | 'begun' | 'ended' | 'withdrawn' = 'claim'
  let ticket: Ticket | undefined
  // A function, because TypeScript does not know that withdraw() changes the state during an await.
  const isWithdrawn = () => state === 'withdrawn'

  async function endLease(lease: Lease | undefined, succeeded: boolean): Promise<void> {
    if (!lease) return
    try {
      const ended = succeeded ? lease.done() : lease.release()
      if (ended) await ended
    } catch (error) {
      // An event that was handled stays handled.
      await report(error)
    }
  }

  // Resolves when the handlers have ended, or have taken too long. In the second case the claim stays until they end.
  async function callHandlers(lease: Lease | undefined): Promise<boolean> {
    let onTimeout = () => {}
    const late = new Promise<false>((resolve) => {
      onTimeout = () => resolve(false)
    })
    async function handleToEnd(): Promise<boolean> {
      let succeeded = false
      try {
        succeeded = await handle(() => onTimeout())
      } finally {
        await endLease(lease, succeeded)
      }
      return succeeded
    }
    return Promise.race([handleToEnd(), late])
  }

  async function run(): Promise<Outcome> {
    const first = claim()
    let claimed = first instanceof Promise ? await first : first
    if (claimed === 'repeated') return 'repeated'
    if (!isWithdrawn() && !place.isFirst) {
      // A busy event may have an earlier copy in this chat, so it is claimed again at its turn.
      if (claimed !== 'busy') state = 'chat'
      await place.turn()
    }
    if (claimed === 'busy') {
      if (isWithdrawn()) return 'busy'
      claimed = await claim()
      if (claimed === 'repeated' || claimed === 'busy') return claimed
    }
    if (!isWithdrawn() && !slots.tryTake(channel)) {
      state = 'slot'
      ticket = slots.wait(channel)
      // A withdrawal at the very moment at which the slot was granted must give it back.
      if ((await ticket.granted) && isWithdrawn()) slots.free(channel)
    }
    if (isWithdrawn()) {
      await endLease(claimed, false)
      return 'failed'
    }
    state = 'begun'
    place.begin()
    try {
      return (await callHandlers(claimed)) ? 'succeeded' : 'failed'
    } finally {
      slots.free(channel)
    }
  }

  async function end(): Promise<Outcome> {
    try {
      return await run()
    } finally {
      state = 'ended'
      place.leave()
    }
  }

  return {
    outcome: end(),
    isAccepted: () => state === 'begun' || state === 'ended' || (state === 'chat' && place.isBehindRunning(maxBehind)),
    withdraw() {
      if (state === 'begun' || state === 'ended' || state === 'withdrawn') return undefined
      const wait = state
      state = 'withdrawn'
      ticket?.cancel()
      place.leave()
      return wait
    },
  }
}
