import { LineInputError } from '../core/errors.js'
import { property } from '../core/property.js'
import type { Acknowledger } from './acknowledge.js'
import { type BodyLimits, defaultLimits, limitsKey } from './body-limits.js'
import type { ReplyClient } from './context.js'
import type { Processed } from './dispatch.js'
import { type EventFilter, testOf, unknownFilter } from './filters.js'
import { type OnError, type ReceiverOptions, readChannel, readSecrets } from './options.js'
import type { Receiving } from './receive.js'
import type { WebhookResponse } from './responses.js'
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
  readonly on: <const F extends EventFilter>(filter: F, handler: Handler<F, Client>) => Receiver<Client>
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
   * Without a `timeout` it waits for all handlers. If one never ends, neither does the wait, unless the receiver has a `handlerTimeout`.
   */
  readonly drain: (options?: DrainOptions) => Promise<boolean>
}

/** Calls a listener with every error that a receiver reports, until the returned function is called. */
type ListenToErrors = (listener: OnError) => () => void

// The emulator tells a test what the bot threw. The symbol keeps this out of the public interface.
const errorsKey: unique symbol = Symbol.for('line-oa.receiver-errors')

/** The tasks in flight. */
export interface InFlight {
  count: number
  /** Called when the last task ends. */
  readonly onIdle: Set<() => void>
}

function endOne(inFlight: InFlight): void {
  if (!--inFlight.count) for (const resume of inFlight.onIdle) resume()
}

// The methods that a receiver calls.
const parts = {
  logger: ['debug', 'warn', 'error'],
  clock: ['now', 'setTimeout', 'clearTimeout'],
  store: ['add', 'get', 'replace', 'delete'],
}

const failed: WebhookResponse = { status: 500, message: 'Not all events were handled' }

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
  // Not by checkOptions, whose words would be part of every program that only verifies signatures.
  const check = (isRight: boolean, problem: string) => {
    if (!isRight) throw new LineInputError(`createReceiver: ${problem}`)
  }
  check(typeof options === 'object' && options !== null, 'the options must be an object')
  const { ack, queue, logger = console, clock = defaultLimits.clock } = options
  const { concurrency = 16, maxBodySize = defaultLimits.size, bodyTimeout = defaultLimits.time } = options
  const { handlerTimeout = Number.POSITIVE_INFINITY } = options
  const channel = readChannel(options)
  for (const [name, value] of Object.entries({ concurrency, maxBodySize, bodyTimeout, handlerTimeout }))
    check(typeof value === 'number' && value > 0, `${name} must be greater than 0`)
  for (const [name, methods] of Object.entries(parts)) {
    const part: unknown = Reflect.get(options, name)
    for (const method of methods)
      check(
        part === undefined || typeof property(part, method) === 'function',
        `${name} must be an object with ${method}()`,
      )
  }
  check(!queue === (ack !== 'queued'), "ack: 'queued' requires queue, and queue requires ack: 'queued'")
  const inFlight: InFlight = { count: 0, onIdle: new Set() }

  const listeners = new Set<OnError>()
  const { onError } = options
  const report = (error: unknown, event: Parameters<OnError>[1]): Promise<unknown> =>
    import('./report.js')
      .then(
        ({ report }) => report({ onError, logger, listeners }, error, event),
        // Where files of the package are missing, the error says so, and must still be reported.
        () => (onError ? onError(error, event) : logger.error(error)),
      )
      .catch(() => {})
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
      report,
      logger,
      concurrency,
      clock,
      begin() {
        inFlight.count++
      },
      end: () => endOne(inFlight),
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
      failed,
      readSecrets,
      // If there is no client, its type is undefined, too.
      acknowledge: async (delivery, client, ...rest) =>
        (acknowledger ?? (await load())).acknowledge(delivery, client as Client, ...rest),
    })
    return receiving
  }

  async function guarded(
    work: (receiving: Receiving, receivedAt: number) => Promise<WebhookResponse>,
  ): Promise<WebhookResponse> {
    inFlight.count++
    try {
      const receivedAt = clock.now()
      return await work(receiving ?? (await loadReceiving()), receivedAt)
    } catch (error) {
      await report(error, undefined)
      return failed
    } finally {
      endOne(inFlight)
    }
  }

  function handle(delivery: SignedDelivery): Promise<WebhookResponse> {
    return guarded(({ receive }, receivedAt) => receive(delivery, receivedAt))
  }

  async function process(delivery: Delivery): Promise<Processed> {
    inFlight.count++
    try {
      const { toDelivery } = await import('./delivery.js')
      return await (await load()).process(toDelivery(delivery))
    } finally {
      endOne(inFlight)
    }
  }

  const limits: BodyLimits = { size: maxBodySize, time: bodyTimeout, clock }
  const receiver: Receiver<Client> & { readonly [limitsKey]: BodyLimits; readonly [errorsKey]: ListenToErrors } = {
    on(filter, handler) {
      if (typeof handler !== 'function') throw new LineInputError('on: the handler must be a function')
      const test = testOf(filter)
      if (!test) throw new LineInputError(unknownFilter(filter))
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
      const { status, message } = await guarded(({ respond }, receivedAt) => respond(request, waitUntil, receivedAt))
      return new Response(message, status === 405 ? { status, headers: { allow: 'POST' } } : { status })
    },
    handle,
    process,
    drain: async (options) =>
      !inFlight.count || (await import('./in-flight.js')).untilIdle(inFlight, clock, options?.timeout),
    [limitsKey]: limits,
    [errorsKey](listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return receiver
}
