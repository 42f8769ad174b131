import type { Store } from '../store/types.js'
import { type Context, createContext } from './context.js'
import { type EventOf, type Filter, nameOf, type Test } from './filters.js'
import { leasesIn, ownLeases } from './leases.js'
import { member } from './member.js'
import type { Logger, OnError } from './options.js'
import { recent } from './recent.js'
import { createTurns } from './turns.js'
import type { Delivery, UnknownEvent, WebhookEvent } from './types.js'

/** Handles the events that pass a filter. What it returns is waited for and dropped. */
export type Handler<F extends Filter, Client> = (context: Context<EventOf<F>, Client>) => unknown

/**
 * Runs around the handlers of every event, known or not. `next` runs what comes after it, once, and says whether all handlers succeeded;
 * their errors have gone to `onError`. Without calling it no handler runs, and the event counts as handled. What it throws fails the event.
 */
export type Middleware<Client> = (
  context: Context<WebhookEvent | UnknownEvent, Client>,
  next: () => Promise<boolean>,
) => unknown

/** What became of the events of a delivery. */
export interface Processed {
  /** How many events went through all their handlers, those without a handler included. */
  readonly succeeded: number
  /** How many events had a handler that failed, or could not be claimed in the store. */
  readonly failed: number
  /** How many events had been handled before, so that nothing was done. */
  readonly repeated: number
  /** How many events another process is handling right now, or was when it died. They are to be delivered again. */
  readonly busy: number
}

/** What was registered at a receiver. It may grow at any time. */
export interface Registered<Client> {
  readonly handlers: { readonly test: Test; readonly handler: (context: Context<never, Client>) => unknown }[]
  readonly middleware: Middleware<Client>[]
}

/** Handles a delivery. Events are taken out of `open` as they are done. It never rejects. */
export type Dispatch<Client> = (delivery: Delivery, client: Client, open?: Set<unknown>) => Promise<Processed>

/** What a dispatcher works with. */
export interface DispatchOptions<Client> extends Registered<Client> {
  /** Is told of handlers that fail, and must not fail itself. */
  readonly report: OnError
  readonly store: Store | undefined
  readonly logger: Logger
  readonly concurrency: number
}

type Event = WebhookEvent | UnknownEvent

// So many chats are remembered for telling which events are late.
const mostChats = 10_000

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

function chatOf({ source }: Event): string | undefined {
  return text(member(source, 'groupId')) ?? text(member(source, 'roomId')) ?? text(member(source, 'userId'))
}

// Events of one chat in the order in which they happened, which LINE does not promise within a delivery; one without a chat by itself.
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

/** Makes what calls handlers. */
export function createDispatch<Client>(options: DispatchOptions<Client>): Dispatch<Client> {
  const { handlers, middleware, report, store, logger } = options
  const claim = store ? leasesIn(store) : ownLeases()
  const inTurn = createTurns(options.concurrency)
  // The time of the newest event that was handled, by chat.
  const newest = recent<number>(mostChats)

  function isLate(channel: string, chatId: string | undefined, timestamp: unknown): boolean {
    if (chatId === undefined) return false
    const time = Number(timestamp)
    const before = newest.get(channel, chatId) ?? Number.NEGATIVE_INFINITY
    // A time that is no number is neither late nor makes another late.
    if (time >= before) newest.set(channel, chatId, time)
    return time < before
  }

  // Whether all handlers succeeded.
  async function callHandlers(event: Event, context: Context<never, Client>): Promise<boolean> {
    const name = nameOf(event)
    let succeeded = true
    for (const { test, handler } of handlers) {
      if (!test(name, event)) continue
      try {
        const result = handler(context)
        // Many handlers have nothing to wait for, and waiting for nothing costs as much as calling them.
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
      let isOpen = false
      const next = (): Promise<boolean> => {
        if (rest) return rest
        isOpen = true
        rest = enter(at + 1).finally(() => {
          isOpen = false
        })
        return rest
      }
      try {
        await step(context, next)
      } finally {
        // A step that did not wait must not make the event look done while its handlers run.
        if (isOpen) await rest
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

  function handle(event: Event, client: Client, delivery: Delivery): Promise<boolean> {
    const chatId = chatOf(event)
    const late = isLate(delivery.destination, chatId, event.timestamp)
    // Its event passes the filters of the handlers that get it, and its client is theirs.
    const context = createContext({ event, client, delivery, chatId, store }, late, logger) as Context<never, Client>
    return middleware.length ? callMiddleware(event, context) : callHandlers(event, context)
  }

  // An event without an ID cannot be told from another, so it is handled however often it comes.
  async function handleOnce(event: Event, client: Client, delivery: Delivery): Promise<keyof Processed> {
    const id = text(event.webhookEventId)
    const claimed = id && claim(delivery.destination, id)
    const lease = claimed instanceof Promise ? await claimed : claimed
    if (lease === 'repeated' || lease === 'busy') return lease
    const succeeded = await handle(event, client, delivery)
    if (lease) {
      try {
        const ended = succeeded ? lease.done() : lease.release()
        if (ended) await ended
      } catch (error) {
        // What was handled stays handled.
        await report(error, event)
      }
    }
    return succeeded ? 'succeeded' : 'failed'
  }

  return async (delivery, client, open) => {
    const counts = { succeeded: 0, failed: 0, repeated: 0, busy: 0 }
    const turns: Promise<void>[] = []
    for (const [chat, events] of groupByChat(delivery.events)) {
      const work = async () => {
        for (const event of events) {
          try {
            counts[await handleOnce(event, client, delivery)]++
          } catch (error) {
            counts.failed++
            await report(error, event)
          }
          open?.delete(event)
        }
      }
      turns.push(inTurn(delivery.destination, chat, work))
    }
    await (turns.length > 1 ? Promise.all(turns) : turns[0])
    return counts
  }
}
