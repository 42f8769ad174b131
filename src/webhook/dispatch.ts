import type { Store } from '../store/types.js'
import { type Context, createContext } from './context.js'
import { type EventOf, type Filter, filtersOf, type Test } from './filters.js'
import { ownLeases } from './leases.js'
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
export type Middleware<Client> = (context: Context<WebhookEvent | UnknownEvent, Client>, next: () => Promise<boolean>) => unknown

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

const claim = 60_000
const day = 24 * 60 * 60 * 1000
const done = 'done'
// So many chats are remembered for telling which events are late.
const mostChats = 10_000

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

const chatOf = ({ source }: Event): string | undefined =>
  text(member(source, 'groupId')) ?? text(member(source, 'roomId')) ?? text(member(source, 'userId'))

/** Makes what calls handlers. */
export function createDispatch<Client>(options: DispatchOptions<Client>): Dispatch<Client> {
  const { handlers, middleware, report, store, logger } = options
  const leases = store ?? ownLeases()
  const inTurn = createTurns(options.concurrency)
  // The time of the newest event that was handled, by chat.
  const newest = recent<number>(mostChats)

  function isLate(chat: string, timestamp: number): boolean {
    const before = newest.get(chat)
    // A time that is no number is neither late nor makes another late.
    newest.set(chat, before === undefined || timestamp > before ? timestamp : before)
    return before !== undefined && timestamp < before
  }

  // Whether all handlers succeeded.
  async function handle(event: Event, chatId: string | undefined, client: Client, delivery: Delivery): Promise<boolean> {
    const names = filtersOf(event)
    const known = { isLate: chatId !== undefined && isLate(`${delivery.destination} ${chatId}`, Number(event.timestamp)), logger }
    // Its event passes the filters of the handlers that get it, and its client is theirs.
    const context = createContext({ event, client, delivery, chatId, store }, known) as Context<never, Client>
    let succeeded = true
    const fail = async (error: unknown) => {
      succeeded = false
      await report(error, event)
    }
    const enter = async (at: number): Promise<boolean> => {
      const step = middleware[at]
      if (step) {
        let rest: Promise<boolean> | undefined
        await step(context, () => (rest ??= enter(at + 1)))
      } else {
        for (const { test, handler } of handlers) {
          if (!test(names, event)) continue
          try {
            await handler(context)
          } catch (error) {
            await fail(error)
          }
        }
      }
      return succeeded
    }
    await enter(0).catch(fail)
    return succeeded
  }

  // An event without an ID cannot be told from another, so it is handled however often it comes.
  async function handleOnce(event: Event, client: Client, delivery: Delivery): Promise<keyof Processed> {
    const chatId = chatOf(event)
    const id = text(event.webhookEventId)
    if (!id) return (await handle(event, chatId, client, delivery)) ? 'succeeded' : 'failed'
    const key = `line-oa:event:${delivery.destination}:${id}`
    const owner = crypto.randomUUID()
    if (!(await leases.add(key, owner, claim))) return (await leases.get(key)) === done ? 'repeated' : 'busy'
    const succeeded = await handle(event, chatId, client, delivery)
    try {
      if (!succeeded) await leases.delete(key, owner)
      // A handler that took longer than its lease is done all the same, unless another has begun since.
      else if (!(await leases.replace(key, owner, done, day))) await leases.add(key, done, day)
    } catch (error) {
      // What was handled stays handled.
      await report(error, event)
    }
    return succeeded ? 'succeeded' : 'failed'
  }

  // Events of one chat in the order in which they happened, which LINE does not promise within a delivery; one without a chat by itself.
  function groupByChat({ destination, events }: Delivery): Map<unknown, Event[]> {
    const chats = new Map<unknown, Event[]>()
    for (const event of events) {
      const chat = chatOf(event)
      const key = chat === undefined ? (event.webhookEventId ?? event) : `${destination} ${chat}`
      const others = chats.get(key)
      if (others) others.push(event)
      else chats.set(key, [event])
    }
    return chats
  }

  return async (delivery, client, open) => {
    const counts = { succeeded: 0, failed: 0, repeated: 0, busy: 0 }
    const turns: Promise<void>[] = []
    for (const [chat, events] of groupByChat(delivery)) {
      events.sort((a, b) => Number(a.timestamp) - Number(b.timestamp))
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
      turns.push(inTurn(chat, work))
    }
    await Promise.all(turns)
    return counts
  }
}
