import { LineInputError } from '../core/errors.js'
import { type Answer, done, failed, forged, malformed, tooLarge, unsigned, wrongMethod } from './answers.js'
import { isRaw, readBody } from './body.js'
import type { ReplyClient } from './context.js'
import { parseBody, toDelivery } from './delivery.js'
import { createDispatcher, type Handler, type Processed } from './dispatch.js'
import { type Filter, isFilter, member } from './filters.js'
import { type FoundChannel, type OnError, type ReceiverOptions, readChannel } from './options.js'
import { isSignature, verifySignature } from './signature.js'
import type { Delivery } from './types.js'

/** A delivery as it came, for servers that have neither a web `Request` nor `node:http`. */
export interface SignedDelivery {
  /** The body as it came. `undefined` says that something parsed it before, which is an error with a way out. */
  readonly body: string | Uint8Array | undefined
  /** The `x-line-signature` header. */
  readonly signature: string | null | undefined
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
  /**
   * Answers a web `Request`: 200 when all handlers ran, 500 when one failed, so that LINE delivers again where redelivery is on;
   * 401 for a signature that does not fit, 400 for a body that is no delivery, 405 and 413. It never rejects.
   *
   * Pass the context of the platform where there is one, so that the work is not cut off when LINE stops waiting after 2 seconds.
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
}

const logError: OnError = (error, event) =>
  console.error(event ? `A handler of a LINE ${event.type} event (${event.webhookEventId}) failed:` : 'A LINE webhook failed:', error)

const parsedBefore =
  'The body of a webhook is no longer there as it came, so that its signature cannot be checked: something parsed it first. ' +
  'Put the receiver before body parsers, or let the parser keep the bytes: ' +
  'express.json({ verify: (req, _res, bytes) => { req.rawBody = bytes } })'

/**
 * Makes a receiver of webhooks for one channel, or for many behind one URL.
 *
 * Handlers run before LINE is answered. Events of one chat are handled one after another by their time, chats side by side.
 * When a handler fails, the others still run, and the answer is 500; LINE then delivers the whole request again if redelivery
 * is on, so a handler may see an event twice.
 *
 * @example
 * const receiver = createReceiver({ channelSecret, client: line })
 * receiver.on('message:text', ({ event, reply }) => reply(`You said: ${event.message.text}`))
 * export default { fetch: (request, env, ctx) => receiver.fetch(request, ctx) }
 * @throws {LineInputError} when there is no channel secret, or an option makes no sense.
 * @see https://developers.line.biz/en/docs/messaging-api/receiving-messages/
 */
export function createReceiver<Client extends ReplyClient | undefined = undefined>(options: ReceiverOptions<Client>): Receiver<Client> {
  const { onError = logError, maxBodySize = 1_048_576 } = options
  const channel = readChannel(options)
  if (!(maxBodySize > 0)) throw new LineInputError('createReceiver: maxBodySize is a number of bytes above 0')
  const find: (destination: string) => FoundChannel<Client> | undefined | Promise<FoundChannel<Client> | undefined> =
    typeof channel === 'function' ? channel : () => channel
  const running = new Set<Promise<unknown>>()

  const report: OnError = async (error, event) => {
    try {
      await onError(error, event)
    } catch (failure) {
      logError(error, event)
      logError(failure, undefined)
    }
  }
  const dispatcher = createDispatcher<Client>(report)

  async function receive({ body, signature }: SignedDelivery): Promise<Answer> {
    if (!isSignature(signature)) return unsigned
    if (!isRaw(body)) throw new LineInputError(parsedBefore)
    if (body.length > maxBodySize) return tooLarge
    // Only the receiver of many channels must look into the body before it knows which secret to check it with.
    let parsed = typeof channel === 'function' ? parseBody(body) : undefined
    if (typeof parsed === 'string') return malformed(parsed)
    const destination = member(parsed?.json, 'destination')
    if (parsed && !(typeof destination === 'string' && /^U[0-9a-f]{32}$/.test(destination))) return forged
    const found = await find(String(destination))
    if (!found || !(await verifySignature(body, found.channelSecret, signature))) return forged
    parsed ??= parseBody(body)
    const delivery = typeof parsed === 'string' ? parsed : toDelivery(parsed.json)
    if (typeof delivery === 'string') return malformed(delivery)
    // Without a client its type is undefined too.
    return (await dispatcher.run(delivery, found.client as Client)).failed ? failed : done
  }

  async function process(delivery: Delivery): Promise<Processed> {
    const checked = toDelivery(delivery)
    if (typeof checked === 'string') throw new LineInputError(`process: the delivery is ${checked}`)
    const found = await find(checked.destination)
    if (!found) throw new LineInputError('process: `channel` knows no channel with the destination of the delivery')
    return dispatcher.run(checked, found.client as Client) // as in receive
  }

  async function track<T>(work: Promise<T>): Promise<T> {
    running.add(work)
    try {
      return await work
    } finally {
      running.delete(work)
    }
  }

  const handle: Receiver<Client>['handle'] = (delivery) =>
    track(
      receive(delivery).catch(async (error) => {
        await report(error, undefined)
        return failed
      }),
    )

  async function answer(request: Request): Promise<Answer> {
    const signature = request.headers.get('x-line-signature')
    if (request.method !== 'POST') return wrongMethod
    if (!isSignature(signature)) return unsigned
    const body = await readBody(request, maxBodySize)
    if (body === 'too large') return tooLarge
    return body === 'cut off' ? malformed(body) : handle({ body, signature })
  }

  const receiver: Receiver<Client> = {
    on(filter, handler) {
      if (!isFilter(filter))
        throw new LineInputError(`on: there is no filter ${JSON.stringify(filter)}; 'unknown' gets events that are not known`)
      dispatcher.add(filter, handler)
      return receiver
    },
    async fetch(request, context) {
      const work = answer(request)
      context?.waitUntil?.(work)
      const { status, message } = await work
      return new Response(message, status === 405 ? { status, headers: { allow: 'POST' } } : { status })
    },
    handle,
    process: (delivery) => track(process(delivery)),
    async drain() {
      while (running.size) await Promise.allSettled(running)
    },
    maxBodySize,
  }
  return receiver
}
