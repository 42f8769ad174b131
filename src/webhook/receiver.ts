import { type Clock, systemClock, wait } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import { textProperty } from '../core/property.js'
import { checkOptions, type OptionKind } from '../core/read-options.js'
import type { Acknowledger } from './acknowledge.js'
import type { ReplyClient } from './context.js'
import type { Processed } from './dispatch.js'
import { type Filter, nameOf, testOf } from './filters.js'
import { type OnError, type ReceiverOptions, readChannel } from './options.js'
import type { Receiving } from './receive.js'
import { failed, type WebhookResponse } from './responses.js'
import type { Handler, Middleware, Registered } from './run-handlers.js'
import type { Delivery } from './types.js'

/** A delivery as it was received, for servers that have neither a web `Request` nor `node:http`. */
export interface SignedDelivery {
  /** The raw request body. `undefined` means that it was parsed before; `onError` is then called with an error that says what to do. */
  readonly body: string | Uint8Array | undefined
  /** The `x-line-signature` header. */
  readonly signature: string | null | undefined
  /**
   * Registers work that continues after the response. Pass it only where work can safely continue after the response: on a long-running
   * server, a function that does nothing is enough. Without it, the receiver responds after all work is done.
   */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined
}

/** The platform's context of a request, such as the `ctx` of a Worker. */
export interface FetchContext {
  /** Keeps the runtime alive until the work is done. */
  waitUntil(work: Promise<unknown>): void
}

/** Options for `drain`. */
export interface DrainOptions {
  /** Maximum time to wait, in milliseconds. Default: no limit. */
  readonly timeout?: number | undefined
}

/** Receives webhooks from LINE: verifies their signatures, classifies their events and calls handlers. Its methods can be destructured. */
export interface Receiver<Client> {
  /**
   * Registers a handler. An event goes to every handler whose filter matches it, one after another in order of registration.
   *
   * @throws {LineInputError} if the filter is unknown.
   */
  readonly on: <F extends Filter>(filter: F, handler: Handler<F, Client>) => Receiver<Client>
  /** Registers a middleware, which runs around the handlers of every event. The first one registered is the outermost. */
  readonly use: (middleware: Middleware<Client>) => Receiver<Client>
  /**
   * Handles a web `Request`. It never rejects. The response is:
   *
   * - 200 if all handlers succeeded, or if `ack` allows to acknowledge the webhook before.
   * - 500 if a handler failed, so that LINE redelivers if redelivery is turned on.
   * - 401 if the signature is wrong. The `logger` gets a warning at most once a minute.
   * - 400 if the body is not a delivery, 405 for a method other than POST, 408 for a slow body and 413 for a large body.
   *
   * Pass the platform's context, if there is one, so that the webhook is acknowledged in time and the work is not cut off. On a long-running
   * server, as with Bun or Deno, pass `{ waitUntil() {} }`.
   */
  readonly fetch: (request: Request, context?: FetchContext) => Promise<Response>
  /** Does the same with a body and a signature, and returns the response for LINE. It never rejects. */
  readonly handle: (delivery: SignedDelivery) => Promise<WebhookResponse>
  /**
   * Calls the handlers for a delivery whose signature was verified before, such as one from a queue.
   *
   * @throws {LineInputError} if the value is not a delivery, or the `channel` function does not find its channel.
   */
  readonly process: (delivery: Delivery) => Promise<Processed>
  /**
   * Waits until no event is in flight, and resolves to whether that is so. On shutdown, first stop the server from accepting requests.
   *
   * Without a `timeout` it waits for every handler, even for one that never ends, unless the receiver has a `handlerTimeout`.
   */
  readonly drain: (options?: DrainOptions) => Promise<boolean>
}

/** Counts the tasks in flight. */
export interface InFlight {
  start(): void
  end(): void
  /** Waits until no task is in flight, or until a number of milliseconds has passed, and resolves to whether none is. */
  idle(clock: Clock, timeout?: number): Promise<boolean>
}

function countInFlight(): InFlight {
  let count = 0
  const waiting = new Set<() => void>()
  return {
    start() {
      count++
    },
    end() {
      if (!--count) for (const resume of waiting) resume()
    },
    async idle(clock, timeout) {
      const stop = new AbortController()
      const late = timeout === undefined ? undefined : wait(clock, timeout, stop.signal).then(() => true)
      let isLate = false
      while (count && !isLate) {
        let resume = () => {}
        const idle = new Promise<false>((resolve) => {
          resume = () => resolve(false)
        })
        waiting.add(resume)
        isLate = await (late ? Promise.race([idle, late]) : idle)
        waiting.delete(resume)
      }
      stop.abort()
      return !count
    },
  }
}

/** The limits for adapters that read the request body themselves. */
interface BodyLimits {
  /** Maximum size, in bytes. */
  readonly size: number
  /** Maximum time, in milliseconds. */
  readonly time: number
  readonly clock: Clock
}

const defaultLimits: BodyLimits = { size: 1_048_576, time: 2000, clock: systemClock }

// A symbol keeps the limits out of the public interface, and a copy of the receiver such as { ...receiver } still carries them.
const limitsKey: unique symbol = Symbol.for('line-oa.body-limits')

/** Calls a listener with every error that a receiver reports, until the returned function is called. */
type ListenToErrors = (listener: OnError) => () => void

// The emulator tells a test what the bot threw. The symbol keeps this out of the public interface.
const errorsKey: unique symbol = Symbol.for('line-oa.receiver-errors')

/** The body limits of a receiver, or the defaults if the object carries none. */
export function limitsOf(receiver: object): BodyLimits {
  const limits: unknown = Reflect.get(receiver, limitsKey)
  return limits ? (limits as BodyLimits) : defaultLimits // only createReceiver sets this symbol
}

const optionKinds: { readonly [option: string]: OptionKind } = {
  queue: 'with add',
  store: 'with add',
  logger: 'with error',
  clock: 'with now setTimeout clearTimeout',
  onError: 'function',
  onLate: 'function',
  onDuplicate: 'function',
}

/**
 * Creates a receiver of webhooks for one channel, or for several channels behind one URL.
 *
 * Events are deduplicated by their ID, even if LINE delivers them twice. Events of one chat are handled one after another: within a delivery in
 * order of their timestamps, across deliveries in order of arrival. Different chats are handled concurrently. If a handler fails, the others still
 * run and LINE gets a 500 response. If redelivery is turned on, LINE then redelivers the whole webhook, and only the failed events are handled again.
 *
 * @example
 * const receiver = createReceiver({ channelSecret, client: line })
 * receiver.on('message:text', ({ event, reply }) => reply(`You said: ${event.message.text}`))
 * export default { fetch: (request, env, ctx) => receiver.fetch(request, ctx) }
 * @throws {LineInputError} if the channel secret is missing, or an option is invalid.
 * @see https://developers.line.biz/en/docs/messaging-api/receiving-messages/
 */
export function createReceiver<Client extends ReplyClient | undefined = undefined>(
  options: ReceiverOptions<Client>,
): Receiver<Client> {
  checkOptions('createReceiver', options, optionKinds)
  const { ack, queue, logger = console, clock = defaultLimits.clock } = options
  const { concurrency = 16, maxBodySize = defaultLimits.size, bodyTimeout = defaultLimits.time } = options
  const { handlerTimeout = Number.POSITIVE_INFINITY } = options
  const logError: OnError = (error, event) =>
    logger.error(
      event
        ? `A handler failed for the LINE ${textProperty(event, 'type')} event ${textProperty(event, 'webhookEventId')}:`
        : 'A LINE webhook could not be handled:',
      error,
    )
  const { onError = logError } = options
  const channel = readChannel(options)
  for (const [name, value] of Object.entries({ concurrency, maxBodySize, bodyTimeout, handlerTimeout }))
    if (!(value > 0)) throw new LineInputError(`createReceiver: ${name} must be greater than 0`)
  if (!queue !== (ack !== 'queued'))
    throw new LineInputError("createReceiver: ack: 'queued' requires queue, and queue requires ack: 'queued'")
  const inFlight = countInFlight()

  const listeners = new Set<OnError>()
  const report: OnError = async (error, event) => {
    for (const listener of listeners) listener(error, event)
    try {
      await onError(error, event)
    } catch (failure) {
      try {
        logError(error, event)
        logError(failure, undefined)
      } catch {
        // There is no other way left to report the errors, and an event that was handled stays handled.
      }
    }
  }
  const handlers: Registered<Client>['handlers'] = []
  const middleware: Registered<Client>['middleware'] = []
  let acknowledger: Acknowledger<Client> | undefined
  // Loaded with the first event: a receiver that only verifies deliveries and fills a queue never needs it.
  const load = async (): Promise<Acknowledger<Client>> => {
    const { createAcknowledger } = await import('./acknowledge.js')
    acknowledger ??= createAcknowledger({
      ...options,
      channel,
      handlers,
      middleware,
      nameOf,
      report,
      logger,
      concurrency,
      clock,
      inFlight,
      isShared: typeof channel === 'function',
    })
    return acknowledger
  }

  let receiving: Receiving | undefined
  // Loaded with the first request, so that creating a receiver costs little where the process starts for each request.
  const loadReceiving = async (): Promise<Receiving> => {
    const { createReceiving } = await import('./receive.js')
    receiving ??= createReceiving({
      channel,
      queue,
      logger,
      clock,
      maxBodySize,
      bodyTimeout,
      // If there is no client, its type is undefined, too.
      acknowledge: async (delivery, client, ...rest) =>
        (acknowledger ?? (await load())).acknowledge(delivery, client as Client, ...rest),
    })
    return receiving
  }

  async function guarded(work: (receiving: Receiving) => Promise<WebhookResponse>): Promise<WebhookResponse> {
    inFlight.start()
    try {
      return await work(receiving ?? (await loadReceiving()))
    } catch (error) {
      await report(error, undefined)
      return failed
    } finally {
      inFlight.end()
    }
  }

  function handle(delivery: SignedDelivery): Promise<WebhookResponse> {
    const receivedAt = clock.now()
    return guarded(({ receive }) => receive(delivery, receivedAt))
  }

  async function process(delivery: Delivery): Promise<Processed> {
    inFlight.start()
    try {
      const { toDelivery } = await import('./delivery.js')
      return await (await load()).process(toDelivery(delivery))
    } finally {
      inFlight.end()
    }
  }

  const limits: BodyLimits = { size: maxBodySize, time: bodyTimeout, clock }
  const receiver: Receiver<Client> & { readonly [limitsKey]: BodyLimits; readonly [errorsKey]: ListenToErrors } = {
    on(filter, handler) {
      if (typeof handler !== 'function') throw new LineInputError('on: the handler must be a function')
      const test = testOf(filter)
      if (!test)
        throw new LineInputError(
          `Unknown filter ${typeof filter === 'string' ? JSON.stringify(filter) : typeof filter}. Use 'unknown' for event types this version does not know`,
        )
      handlers.push({ test, isForStandby: filter === 'standby', handler })
      return receiver
    },
    use(step) {
      if (typeof step !== 'function') throw new LineInputError('use: the middleware must be a function')
      middleware.push(step)
      return receiver
    },
    async fetch(request, context) {
      // A runtime may pass another second argument; Bun passes its server.
      const waitUntil = context?.waitUntil && ((work: Promise<unknown>) => context.waitUntil(work))
      const receivedAt = clock.now()
      const { status, message } = await guarded(({ respond }) => respond(request, waitUntil, receivedAt))
      return new Response(message, status === 405 ? { status, headers: { allow: 'POST' } } : { status })
    },
    handle,
    process,
    drain: ({ timeout } = {}) => inFlight.idle(clock, timeout),
    [limitsKey]: limits,
    [errorsKey](listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return receiver
}
