import { type BodyTime, readBody } from '../core/call/read-body.js'
import { systemClock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import type { Answering } from './answering.js'
import { type Answer, done, failed, forged, malformed, tooLarge, tooSlow, unsigned, wrongMethod } from './answers.js'
import { isRaw } from './body.js'
import type { ReplyClient } from './context.js'
import { parseBody, toDelivery } from './delivery.js'
import type { Handler, Middleware, Processed, Registered } from './dispatch.js'
import { type Filter, testOf } from './filters.js'
import { member } from './member.js'
import { type FoundChannel, type OnError, type ReceiverOptions, readChannel } from './options.js'
import { isSignature, signatureFits } from './signature.js'
import { createTally } from './tally.js'
import type { Delivery } from './types.js'

/** A delivery as it came, for servers that have neither a web `Request` nor `node:http`. */
export interface SignedDelivery {
  /** The body as it came. `undefined` says that something parsed it before, which is an error with a way out. */
  readonly body: string | Uint8Array | undefined
  /** The `x-line-signature` header. */
  readonly signature: string | null | undefined
  /**
   * Takes work that goes on after the answer. Give it only where that is certain: on a server that stays up, a function that does
   * nothing will do. Without it nothing is answered before its work is done.
   */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined
}

/** What a server hands over beside the request so that work may outlive it, such as the `ctx` of a Worker. */
export interface FetchContext {
  waitUntil(work: Promise<unknown>): void
}

/** Takes LINE's webhooks: checks them, tells their events apart and calls handlers. Its methods need no `this`. */
export interface Receiver<Client> {
  /**
   * Registers a handler. An event goes to all handlers whose filter it passes, one after another as they were registered.
   *
   * @throws {LineInputError} when there is no such filter.
   */
  readonly on: <F extends Filter>(filter: F, handler: Handler<F, Client>) => Receiver<Client>
  /** Registers what runs around the handlers of every event, the first one outermost. */
  readonly use: (middleware: Middleware<Client>) => Receiver<Client>
  /**
   * Answers a web `Request`: 200 when all handlers ran, 500 when one failed, so that LINE delivers again where redelivery is on;
   * 401 for a signature that does not fit (told to the `logger` once a minute at most), 400 for a body that is no delivery, 405, 408 and 413. It never rejects.
   *
   * Pass the context of the platform where there is one, so that LINE is answered in time and the work is not cut off. For a server that
   * stays up, as with Bun or Deno, that is `{ waitUntil() {} }`.
   */
  readonly fetch: (request: Request, context?: FetchContext) => Promise<Response>
  /** Does the same with the body and the signature alone, and says what to answer. It never rejects. */
  readonly handle: (delivery: SignedDelivery) => Promise<Answer>
  /**
   * Calls the handlers for a delivery whose signature was checked before, such as one from a queue.
   *
   * @throws {LineInputError} when it is no delivery, or `channel` knows no such channel.
   */
  readonly process: (delivery: Delivery) => Promise<Processed>
  /** Waits until nothing is being handled. At shutdown, first stop the server from taking more. */
  readonly drain: () => Promise<void>
  /** The largest body in bytes, for adapters that read it themselves. */
  readonly maxBodySize: number
  /** How long a body may take to come, for adapters that read it themselves. */
  readonly bodyTime: BodyTime
}

/**
 * Makes a receiver of webhooks for one channel, or for many behind one URL.
 *
 * Each event is handled once, by its ID, even where LINE delivers it twice. Events of one chat are handled one after another, within
 * a delivery by their time, across deliveries as they come; chats side by side. When a handler fails, the others still run, and the
 * answer is 500; LINE then delivers the whole request again if redelivery is on, and the handlers of the events that failed run again.
 *
 * @example
 * const receiver = createReceiver({ channelSecret, client: line })
 * receiver.on('message:text', ({ event, reply }) => reply(`You said: ${event.message.text}`))
 * export default { fetch: (request, env, ctx) => receiver.fetch(request, ctx) }
 * @throws {LineInputError} when there is no channel secret, or an option makes no sense.
 * @see https://developers.line.biz/en/docs/messaging-api/receiving-messages/
 */
export function createReceiver<Client extends ReplyClient | undefined = undefined>(
  options: ReceiverOptions<Client>,
): Receiver<Client> {
  const { ack, queue, store, onLate, logger = console, clock = systemClock } = options
  const { concurrency = 16, maxBodySize = 1_048_576, bodyTimeout = 2000 } = options
  const logError: OnError = (error, event) =>
    logger.error(
      event ? `A handler of a LINE ${event.type} event (${event.webhookEventId}) failed:` : 'A LINE webhook failed:',
      error,
    )
  const { onError = logError } = options
  const channel = readChannel(options)
  for (const [name, value] of Object.entries({ concurrency, maxBodySize, bodyTimeout }))
    if (!(value > 0)) throw new LineInputError(`createReceiver: ${name} is a number above 0`)
  if (!queue !== (ack !== 'queued'))
    throw new LineInputError("createReceiver: `queue` and ack: 'queued' belong together")
  const tally = createTally()

  const report: OnError = async (error, event) => {
    try {
      await onError(error, event)
    } catch (failure) {
      try {
        logError(error, event)
        logError(failure, undefined)
      } catch {
        // There is nobody left to tell, and what was handled stays handled.
      }
    }
  }
  const handlers: Registered<Client>['handlers'] = []
  const middleware: Registered<Client>['middleware'] = []
  let answering: Answering<Client> | undefined
  // Loaded with the first event: what only checks deliveries and puts them into a queue never needs it.
  const load = async (): Promise<Answering<Client>> => {
    const { createAnswering } = await import('./answering.js')
    answering ??= createAnswering({
      handlers,
      middleware,
      report,
      store,
      logger,
      concurrency,
      ack,
      onLate,
      clock,
      tally,
    })
    return answering
  }

  // Somebody who changed the secret wants to know; somebody who tries out signatures is not to fill the log.
  let warned = Number.NEGATIVE_INFINITY
  function forgery(): Answer {
    const now = clock.now()
    if (now - warned >= 60_000) {
      warned = now
      logger.warn(`A LINE webhook was refused: ${forged.message}`)
    }
    return forged
  }

  async function receive({ body, signature, waitUntil }: SignedDelivery): Promise<Answer> {
    const began = clock.now()
    if (!isSignature(signature)) return unsigned
    if (!isRaw(body)) throw new LineInputError((await import('./answering.js')).parsedBefore)
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
    if (bytes.byteLength > maxBodySize) return tooLarge
    let found: FoundChannel<Client> | undefined
    // Only the receiver of many channels must look into the body before it knows which secret to check it with.
    let parsed: ReturnType<typeof parseBody> | undefined
    if (typeof channel === 'function') {
      parsed = parseBody(bytes)
      if (typeof parsed === 'string') return malformed(parsed)
      const destination = member(parsed.json, 'destination')
      if (typeof destination !== 'string' || !/^U[0-9a-f]{32}$/.test(destination)) return forged
      found = await channel(destination)
    } else found = channel
    if (!found) return forged
    const fits = signatureFits(bytes, found.channelSecret, signature)
    if (!(fits === true || (await fits))) return forgery()
    parsed ??= parseBody(bytes)
    const delivery = typeof parsed === 'string' ? parsed : toDelivery(parsed.json)
    if (typeof delivery === 'string') return malformed(delivery)
    if (!delivery.events.length) return done
    if (queue) await queue.add(delivery)
    // Without a client its type is undefined too.
    else if (!(await (answering ?? (await load())).answer(delivery, found.client as Client, waitUntil, began)))
      return failed
    return done
  }

  async function handle(delivery: SignedDelivery): Promise<Answer> {
    tally.begin()
    try {
      return await receive(delivery)
    } catch (error) {
      await report(error, undefined)
      return failed
    } finally {
      tally.end()
    }
  }

  async function process(delivery: Delivery): Promise<Processed> {
    tally.begin()
    try {
      const checked = toDelivery(delivery)
      if (typeof checked === 'string') throw new LineInputError(`process: the delivery is ${checked}`)
      const found = typeof channel === 'function' ? await channel(checked.destination) : channel
      if (!found) throw new LineInputError('process: `channel` knows no channel with the destination of the delivery')
      return await (await load()).dispatch(checked, found.client as Client) // as in receive
    } finally {
      tally.end()
    }
  }

  async function answer(request: Request, waitUntil: SignedDelivery['waitUntil']): Promise<Answer> {
    const signature = request.headers.get('x-line-signature')
    if (request.method !== 'POST') return wrongMethod
    if (!isSignature(signature)) return unsigned
    const body = await readBody(request, maxBodySize, { clock, limit: bodyTimeout })
    if (body === 'too large') return tooLarge
    if (body === 'too slow') return tooSlow
    return body === 'cut off' ? malformed(body) : handle({ body, signature, waitUntil })
  }

  const receiver: Receiver<Client> = {
    on(filter, handler) {
      const test = testOf(filter)
      if (!test)
        throw new LineInputError(
          `on: there is no filter ${JSON.stringify(filter)}; 'unknown' gets events that are not known`,
        )
      handlers.push({ test, handler })
      return receiver
    },
    use(step) {
      middleware.push(step)
      return receiver
    },
    async fetch(request, context) {
      // A runtime may pass something else as second argument, such as Bun its server.
      const waitUntil = context?.waitUntil && ((work: Promise<unknown>) => context.waitUntil(work))
      const { status, message } = await answer(request, waitUntil)
      return new Response(message, status === 405 ? { status, headers: { allow: 'POST' } } : { status })
    },
    handle,
    process,
    drain: tally.none,
    maxBodySize,
    bodyTime: { clock, limit: bodyTimeout },
  }
  return receiver
}
