import { type Context, createContext } from './context.js'
import { type EventOf, type Filter, filtersOf, member } from './filters.js'
import type { OnError } from './options.js'
import type { Delivery, UnknownEvent, WebhookEvent } from './types.js'

/** Handles the events that pass a filter. What it returns is waited for and dropped. */
export type Handler<F extends Filter, Client> = (context: Context<EventOf<F>, Client>) => unknown

/** What became of the events of a delivery. */
export interface Processed {
  /** How many events went through all their handlers, those without a handler included. */
  readonly succeeded: number
  /** How many events had a handler that failed. */
  readonly failed: number
}

/** The handlers of a receiver. */
export interface Dispatcher<Client> {
  add<F extends Filter>(filter: F, handler: Handler<F, Client>): void
  run(delivery: Delivery, client: Client): Promise<Processed>
}

// LINE names no limit of events per delivery; the handlers of so many chats run side by side.
const sideBySide = 16

// Events of one chat, or an event of none, in the order in which they happened; LINE does not promise it within a delivery.
function groupByChat(events: Delivery['events']): Iterable<Delivery['events']> {
  const chats = new Map<unknown, (WebhookEvent | UnknownEvent)[]>()
  for (const event of events) {
    const { source } = event
    const chat = member(source, 'groupId') ?? member(source, 'roomId') ?? member(source, 'userId') ?? event
    const others = chats.get(chat)
    if (others) others.push(event)
    else chats.set(chat, [event])
  }
  for (const chat of chats.values()) chat.sort((a, b) => Number(a.timestamp) - Number(b.timestamp))
  return chats.values()
}

/** Makes what calls handlers. `report` is told of those that fail, and must not. */
export function createDispatcher<Client>(report: OnError): Dispatcher<Client> {
  const handlers: { readonly filter: Filter; readonly handler: (context: Context<never, Client>) => unknown }[] = []

  async function runEvent(event: WebhookEvent | UnknownEvent, client: Client, destination: string): Promise<boolean> {
    const names = filtersOf(event)
    const context = createContext(event, client, destination)
    let succeeded = true
    for (const { filter, handler } of handlers) {
      if (!names.includes(filter)) continue
      try {
        // The event has passed the filter, so it is of the type that the handler was registered for.
        await handler(context as Context<never, Client>)
      } catch (error) {
        succeeded = false
        await report(error, event)
      }
    }
    return succeeded
  }

  return {
    add(filter, handler) {
      handlers.push({ filter, handler })
    },
    async run({ destination, events }, client) {
      const chats = groupByChat(events)
      const counts = { succeeded: 0, failed: 0 }
      // All of them take from the same iterator, so that each chat is taken once.
      const work = async () => {
        for (const chat of chats) for (const event of chat) counts[(await runEvent(event, client, destination)) ? 'succeeded' : 'failed']++
      }
      await Promise.all(Array.from({ length: Math.min(sideBySide, events.length) }, work))
      return counts
    },
  }
}
