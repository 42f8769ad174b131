import { property } from '../core/property.js'
import type { Store } from '../store/types.js'
import { type Context, type ContextState, createContext } from './context.js'
import { createBoundedMap, deduplicateInProcess, deduplicateInStore } from './deduplicate.js'
import { type EventOf, type Filter, nameOf, type Test } from './filters.js'
import type { Logger, OnError } from './options.js'
import type { Delivery, UnknownEvent, WebhookEvent } from './types.js'

/** Handles the events that match a filter. The receiver awaits its return value and ignores the result. */
export type Handler<F extends Filter, Client> = (context: Context<EventOf<F>, Client>) => unknown

/**
 * Runs around the handlers of every event, known or unknown.
 *
 * `next` runs the rest of the chain, once, and resolves to whether all handlers succeeded; their errors have been passed to `onError`.
 * If the middleware does not call it, no handler runs and the event counts as handled. An error thrown by the middleware fails the event.
 */
export type Middleware<Client> = (
  context: Context<WebhookEvent | UnknownEvent, Client>,
  next: () => Promise<boolean>,
) => unknown

/** The number of events in a delivery by how they ended. */
export interface Processed {
  /** Number of events whose handlers all succeeded, including events without a handler. */
  readonly succeeded: number
  /** Number of events with a handler that failed, or that could not be claimed in the store. */
  readonly failed: number
  /** Number of duplicate events, which were skipped because they had been handled before. */
  readonly repeated: number
  /** Number of events that another process is handling, or was handling when it died. LINE should deliver them again. */
  readonly busy: number
}

/** The handlers and middleware of a receiver. Both lists can grow at any time. */
export interface Registered<Client> {
  readonly handlers: { readonly test: Test; readonly handler: (context: Context<never, Client>) => unknown }[]
  readonly middleware: Middleware<Client>[]
}

/** Handles a delivery. Removes each event from `pending` when it is done. It never rejects. */
export type Dispatch<Client> = (delivery: Delivery, client: Client, pending?: Set<unknown>) => Promise<Processed>

export interface DispatchOptions<Client> extends Registered<Client> {
  /** Reports an error of a handler. It never rejects. */
  readonly report: OnError
  readonly store?: Store | undefined
  readonly logger: Logger
  readonly concurrency: number
}

type Event = WebhookEvent | UnknownEvent

// The number of chats whose newest event is remembered, to recognize events that are out of order.
const maxChats = 10_000

const nonEmpty = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

function chatOf({ source }: Event): string | undefined {
  return (
    nonEmpty(property(source, 'groupId')) ??
    nonEmpty(property(source, 'roomId')) ??
    nonEmpty(property(source, 'userId'))
  )
}

// Sorts the events of each chat by time, because LINE does not guarantee their order within a delivery. An event without a chat is on its own.
function groupByChat(events: Delivery['events']): ReadonlyMap<unknown, readonly Event[]> {
  const chats = new Map<unknown, Event[]>()
  for (const event of events) {
    const chat = chatOf(event) ?? event.webhookEventId ?? event
    const others = chats.get(chat)
    if (others) others.push(event)
    else chats.set(chat, [event])
  }
  for (const [, events] of chats)
    if (events.length > 1) events.sort((a, b) => Number(a.timestamp) - Number(b.timestamp))
  return chats
}

/** Creates the function that calls the handlers of a receiver. */
export function createDispatch<Client>(options: DispatchOptions<Client>): Dispatch<Client> {
  const { handlers, middleware, report, store, logger } = options
  const claim = store ? deduplicateInStore(store) : deduplicateInProcess()
  const enqueue = createChatQueue(options.concurrency)
  const receiver: ContextState['receiver'] = { store }
  // The time of the newest event handled, by chat.
  const newest = createBoundedMap<number>(maxChats)

  function isOutOfOrder(channel: string, chatId: string | undefined, timestamp: unknown): boolean {
    if (chatId === undefined) return false
    const time = Number(timestamp)
    const before = newest.get(channel, chatId) ?? Number.NEGATIVE_INFINITY
    // NaN is never out of order, and does not put another event out of order.
    if (time >= before) newest.set(channel, chatId, time)
    return time < before
  }

  // Resolves to whether all handlers succeeded.
  async function callHandlers(event: Event, context: Context<never, Client>): Promise<boolean> {
    const name = nameOf(event)
    let succeeded = true
    for (const { test, handler } of handlers) {
      if (!test(name, event)) continue
      try {
        const result = handler(context)
        // Many handlers are synchronous, and awaiting undefined costs as much as calling them.
        if (result !== undefined) await result
      } catch (error) {
        succeeded = false
        await report(error, event)
      }
    }
    return succeeded
  }

  async function callMiddleware(event: Event, context: Context<never, Client>): Promise<boolean> {
    let succeeded = true
    const enter = async (at: number): Promise<boolean> => {
      const step = middleware[at]
      if (!step) {
        succeeded = await callHandlers(event, context)
        return succeeded
      }
      let rest: Promise<boolean> | undefined
      let isRunning = false
      const next = (): Promise<boolean> => {
        if (rest) return rest
        isRunning = true
        rest = enter(at + 1).finally(() => {
          isRunning = false
        })
        return rest
      }
      try {
        await step(context, next)
      } finally {
        // A middleware that did not await next() must not make the event look handled while its handlers are still running.
        if (isRunning) await rest
      }
      return succeeded
    }
    try {
      return await enter(0)
    } catch (error) {
      await report(error, event)
      return false
    }
  }

  function handle(event: Event, client: Client, { destination }: Delivery, shared: ContextState['delivery']) {
    const chatId = chatOf(event)
    const outOfOrder = isOutOfOrder(destination, chatId, event.timestamp)
    const state: ContextState = { event, client, destination, chatId, receiver, delivery: shared, pushes: 0 }
    // The filter of each handler has matched the event, and the client is the one that the handlers are typed for.
    const context = createContext(state, outOfOrder, logger) as Context<never, Client>
    return middleware.length ? callMiddleware(event, context) : callHandlers(event, context)
  }

  // An event without an ID cannot be recognized as a duplicate, so it is handled on every delivery.
  async function handleOnce(
    event: Event,
    client: Client,
    delivery: Delivery,
    shared: ContextState['delivery'],
  ): Promise<keyof Processed> {
    const id = nonEmpty(event.webhookEventId)
    const claimed = id && claim(delivery.destination, id)
    const lease = claimed instanceof Promise ? await claimed : claimed
    if (lease === 'repeated' || lease === 'busy') return lease
    const succeeded = await handle(event, client, delivery, shared)
    if (lease) {
      try {
        const ended = succeeded ? lease.done() : lease.release()
        if (ended) await ended
      } catch (error) {
        // An event that was handled stays handled.
        await report(error, event)
      }
    }
    return succeeded ? 'succeeded' : 'failed'
  }

  return async (delivery, client, pending) => {
    const counts = { succeeded: 0, failed: 0, repeated: 0, busy: 0 }
    const shared: ContextState['delivery'] = {}
    const queued: Promise<void>[] = []
    for (const [chat, events] of groupByChat(delivery.events)) {
      const task = async () => {
        for (const event of events) {
          try {
            counts[await handleOnce(event, client, delivery, shared)]++
          } catch (error) {
            counts.failed++
            await report(error, event)
          }
          pending?.delete(event)
        }
      }
      queued.push(enqueue(delivery.destination, chat, task))
    }
    await (queued.length > 1 ? Promise.all(queued) : queued[0])
    return counts
  }
}

/** Runs the tasks of one chat one at a time in order of arrival, and those of different chats concurrently. */
type ChatQueue = (channel: string, chat: unknown, task: () => Promise<void>) => Promise<void>

/** Creates a chat queue. `concurrency` limits the number of tasks in flight over all chats. */
function createChatQueue(concurrency: number): ChatQueue {
  // The last task of each chat, by channel.
  const last = new Map<string, Map<unknown, Promise<void>>>()
  const waiting = new Set<() => void>()
  let free = concurrency

  return (channel, chat, task) => {
    const chats = last.get(channel) ?? new Map<unknown, Promise<void>>()
    const run = async () => {
      if (free > 0) free--
      else await new Promise<void>((resume) => waiting.add(resume))
      try {
        await task()
      } finally {
        const [resume] = waiting
        if (resume) {
          waiting.delete(resume)
          resume()
        } else free++
        if (chats.get(chat) === queued) chats.delete(chat)
        if (!chats.size) last.delete(channel)
      }
    }
    // A task that waits for the one before it does not count towards the limit.
    const queued: Promise<void> = chats.get(chat)?.then(run, run) ?? run()
    chats.set(chat, queued)
    last.set(channel, chats)
    return queued
  }
}
