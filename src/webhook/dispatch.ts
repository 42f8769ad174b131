import type { Clock } from '../core/clock.js'
import { LineError } from '../core/errors.js'
import { keptId } from '../core/hash.js'
import { textProperty } from '../core/property.js'
import type { Store } from '../store/types.js'
import { type ChatQueue, createChatQueue } from './chat-queue.js'
import { abort, type Context, type ContextState, createContext } from './context.js'
import { createBoundedMap, deduplicateInProcess, deduplicateInStore } from './deduplicate.js'
import { type EventRun, type Outcome, startEvent } from './event-run.js'
import type { Logger, OnDuplicate, OnError } from './options.js'
import { PendingCalls } from './pending-calls.js'
import { createRunHandlers, type Registered } from './run-handlers.js'
import { createSlots } from './slots.js'
import { isStandby, tellsState } from './standby.js'
import type { Delivery, UnknownEvent, WebhookEvent } from './types.js'

/** The number of events in a delivery by how they ended. */
export interface Processed {
  /** Number of events whose handlers all succeeded, including events without a handler and events that were skipped in standby mode. */
  readonly succeeded: number
  /** Number of events with a handler that failed, or that could not be claimed in the store. */
  readonly failed: number
  /** Number of duplicate events, which were skipped because they had been handled before. */
  readonly repeated: number
  /** Number of events that another process is handling, or was handling when it died. LINE should deliver them again. */
  readonly busy: number
}

type Event = WebhookEvent | UnknownEvent

/** The handling of one delivery. */
export interface Dispatched {
  /** Resolves when every event has ended. It never rejects. */
  readonly done: Promise<Processed>
  /** The events that have not ended. */
  pending(): readonly Event[]
  /**
   * Returns whether the delivery may be acknowledged now, with the events still running. If not, the events that have not begun are withdrawn:
   * they never run, and their claims are released, so that the redelivery of the webhook can claim them.
   */
  acceptOrWithdraw(): boolean
}

/** Starts to handle a delivery. It neither throws nor rejects. */
export type Dispatch<Client> = (delivery: Delivery, client: Client) => Dispatched

export interface DispatchOptions<Client> extends Registered<Client> {
  /** Reports an error of a handler. It never rejects. */
  readonly report: OnError
  readonly onDuplicate?: OnDuplicate | undefined
  readonly store?: Store | undefined
  readonly logger: Logger
  readonly clock: Clock
  readonly concurrency: number
  readonly handlerTimeout?: number | undefined
  readonly standby?: 'skip' | 'handle' | undefined
  /** Whether the receiver serves several channels. */
  readonly isShared: boolean
}

// The number of chats whose newest event is remembered, to recognize events that are out of order: about 2 MB.
const maxChats = 10_000

// Anyone who knows a channel secret can sign a timestamp that is an object, which Number() would call methods of. Digits in a string are accepted.
function timeOf({ timestamp }: Event): number | undefined {
  if (typeof timestamp === 'number') return timestamp
  return typeof timestamp === 'string' && /^\d{1,16}$/.test(timestamp) ? Number(timestamp) : undefined
}

function chatOf({ source }: Event): string | undefined {
  return textProperty(source, 'groupId') ?? textProperty(source, 'roomId') ?? textProperty(source, 'userId')
}

// An in-app purchase has no event ID. LINE says that its order ID identifies it, once for the purchase and once for a refund.
function idOf(event: Event): string | undefined {
  const orderId = textProperty(event, 'orderId')
  return textProperty(event, 'webhookEventId') ?? (orderId && `${textProperty(event, 'type')}:${orderId}`)
}

/** An event with the IDs under which the receiver remembers it. */
interface Entry {
  readonly event: Event
  readonly id: string | undefined
  readonly chat: string | undefined
}

// Sorts the events of each chat by time, because LINE does not guarantee their order within a delivery. Chats with an event that has no time keep the
// order in which LINE listed their events.
function inOrder(entries: readonly Entry[]): readonly Entry[] {
  const chats = new Map<unknown, Entry[]>()
  for (const entry of entries) {
    const key = entry.chat ?? entry
    const others = chats.get(key)
    if (others) others.push(entry)
    else chats.set(key, [entry])
  }
  if (chats.size === entries.length) return entries
  return [...chats.values()].flatMap((own) =>
    own.every(({ event }) => timeOf(event) !== undefined)
      ? own.sort((a, b) => (timeOf(a.event) ?? 0) - (timeOf(b.event) ?? 0))
      : own,
  )
}

/** Creates the function that calls the handlers of a receiver. */
export function createDispatch<Client>(options: DispatchOptions<Client>): Dispatch<Client> {
  const { report, onDuplicate, store, logger, clock, handlerTimeout, standby } = options
  const claim = store ? deduplicateInStore(store, clock) : deduplicateInProcess()
  const chats: ChatQueue = createChatQueue()
  const slots = createSlots(options.concurrency, options.isShared)
  const receiver: ContextState['receiver'] = { store }
  // The time of the newest event handled, by chat.
  const newest = createBoundedMap<number>(maxChats)

  const runHandlers = createRunHandlers({
    ...options,
    selects: (event, isForStandby) =>
      isForStandby ? isStandby(event) : standby === 'handle' || !isStandby(event) || tellsState(event),
  })

  // Without a handler that selects standby events, they end before anything else happens to them.
  const isSkipped = (event: Event): boolean =>
    isStandby(event) &&
    standby !== 'handle' &&
    !tellsState(event) &&
    !options.handlers.some(({ isForStandby }) => isForStandby)

  function isOutOfOrder(channel: string, chatId: string | undefined, event: Event): boolean {
    const time = timeOf(event)
    // An event without a time is never out of order, and does not put another event out of order.
    if (chatId === undefined || time === undefined) return false
    const before = newest.get(channel, chatId) ?? Number.NEGATIVE_INFINITY
    if (time >= before) newest.set(channel, chatId, time)
    return time < before
  }

  async function tellDuplicate(event: Event): Promise<void> {
    try {
      logger.debug('A LINE event was delivered again and skipped, because it was handled before:', event.webhookEventId)
      await onDuplicate?.(event)
    } catch (error) {
      await report(error, event)
    }
  }

  // Synchronous unless an ID has to be hashed, so that events enter the queues of their chats in order of arrival.
  function readEntries(events: Delivery['events']): readonly Entry[] | Promise<readonly Entry[]> {
    const read = events.map((event) => {
      const [id, chat] = [idOf(event), chatOf(event)]
      return { event, id: id && keptId(id), chat: chat && keptId(chat) }
    })
    const isReady = (entry: (typeof read)[number]): entry is Entry =>
      !(entry.id instanceof Promise || entry.chat instanceof Promise)
    if (read.every(isReady)) return read
    return Promise.all(read.map(async ({ event, id, chat }) => ({ event, id: await id, chat: await chat })))
  }

  // Calls the handlers. With a timeout, the slot and the chat are free before the handlers have ended.
  async function handle(
    { event, chat }: Entry,
    delivery: Delivery,
    channel: string,
    shared: ContextState['delivery'],
    client: Client,
    onTimeout: () => void,
  ): Promise<boolean> {
    const calls = new PendingCalls()
    const state: ContextState = {
      event,
      client,
      destination: delivery.destination,
      chatId: chatOf(event),
      receiver,
      delivery: shared,
      pushes: 0,
      calls,
      isStandby: isStandby(event),
    }
    // The filter of each handler has matched the event, and the client is the one that the handlers are typed for.
    const context = createContext(state, isOutOfOrder(channel, chat, event), logger) as Context<never, Client>
    if (handlerTimeout === undefined) return runHandlers(event, context, calls)
    const timer = clock.setTimeout(() => {
      const error = new LineError(
        'LINE_TIMEOUT',
        `The handlers of a LINE event did not end within ${handlerTimeout} ms`,
      )
      abort(state, error)
      onTimeout()
      report(error, event)
    }, handlerTimeout)
    const succeeded = await runHandlers(event, context, calls)
    clock.clearTimeout(timer)
    return succeeded
  }

  return (delivery, client) => {
    const counts = { succeeded: 0, failed: 0, repeated: 0, busy: 0 }
    // The events that have not ended. Those without a run wait for the hash of an ID.
    const pending = new Map<Event, EventRun | undefined>(delivery.events.map((event) => [event, undefined]))
    const shared: ContextState['delivery'] = {}
    let isWithdrawn = false

    async function count(event: Event, outcome: Promise<Outcome> | Outcome): Promise<void> {
      let ended: Outcome = 'failed'
      try {
        ended = await outcome
      } catch (error) {
        await report(error, event)
      }
      counts[ended]++
      pending.delete(event)
      if (ended === 'repeated') await tellDuplicate(event)
    }

    async function handleAll(entries: readonly Entry[], channel: string): Promise<void> {
      const ids = new Set<string>()
      const copies: Event[] = []
      const ended: Promise<void>[] = []
      for (const entry of isWithdrawn ? [] : inOrder(entries)) {
        const { event, id, chat } = entry
        if (isSkipped(event)) {
          counts.succeeded++
          pending.delete(event)
        } else if (id && ids.has(id)) copies.push(event)
        else {
          if (id) ids.add(id)
          const run = startEvent({
            claim: () => (id ? claim(channel, id) : undefined),
            place: chats.enter(channel, chat ?? id ?? event),
            slots,
            channel,
            handle: (onTimeout) => handle(entry, delivery, channel, shared, client, onTimeout),
            report: (error) => report(error, event),
          })
          pending.set(event, run)
          ended.push(count(event, run.outcome))
        }
      }
      // Of several events with the same ID, one is handled, even if they are of different chats.
      for (const event of copies) pending.delete(event)
      await Promise.all(ended)
      await Promise.all(copies.map((event) => count(event, 'repeated')))
    }

    async function start(): Promise<Processed> {
      try {
        const [entries, channel] = [readEntries(delivery.events), keptId(delivery.destination)]
        if (entries instanceof Promise || channel instanceof Promise) await handleAll(await entries, await channel)
        else await handleAll(entries, channel)
      } catch (error) {
        counts.failed++
        await report(error, undefined)
      }
      return counts
    }

    function withdraw(): void {
      isWithdrawn = true
      const waits = [...pending.values()].flatMap((run) => run?.withdraw() ?? (run ? [] : 'claim'))
      const [claims, slotted] = [waits.filter((wait) => wait === 'claim'), waits.filter((wait) => wait === 'slot')]
      try {
        logger.error(
          `A LINE webhook was answered with 500, because ${slotted.length} of its events waited for a concurrency slot and ` +
            `${claims.length} for the store after 1.5 seconds. ${waits.length} events were withdrawn; LINE delivers them again only if ` +
            'webhook redelivery is turned on',
        )
      } catch {
        // A logger that fails must not change the response.
      }
    }

    return {
      done: start(),
      pending: () => [...pending.keys()],
      acceptOrWithdraw() {
        if ([...pending.values()].every((run) => run?.isAccepted())) return counts.failed + counts.busy === 0
        withdraw()
        return false
      },
    }
  }
}
