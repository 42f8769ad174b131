import { readBody } from '../core/call/read-body.js'
import type { Clock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import { destinationOf, parseBody, toDelivery } from './delivery.js'
import type { ChannelsOptions, DeliveryQueue, FoundChannel, Logger } from './options.js'
import type { SignedDelivery } from './receiver.js'
import { forged, malformed, ok, tooLarge, tooSlow, unsigned, type WebhookResponse, wrongMethod } from './responses.js'
import { isRaw, isSignature, signatureMatches } from './signature.js'
import type { Delivery } from './types.js'

/** What a receiver needs to take a request. */
export interface ReceivingOptions {
  readonly channel: FoundChannel<unknown> | ChannelsOptions<unknown>['channel']
  readonly queue: DeliveryQueue | undefined
  readonly logger: Logger
  readonly clock: Clock
  readonly maxBodySize: number
  readonly bodyTimeout: number
  /** The response for events that were not handled. This and the next function are passed on, because the receiver has loaded them already. */
  readonly failed: WebhookResponse
  readonly readSecrets: (given: unknown, name: string) => string | readonly string[]
  /** Calls the handlers, and resolves to whether LINE can consider the delivery handled. */
  readonly acknowledge: (
    delivery: Delivery,
    client: unknown,
    waitUntil: SignedDelivery['waitUntil'],
    receivedAt: number,
  ) => Promise<boolean>
}

/** Takes requests: reads and verifies them, and finds the response for LINE. */
export interface Receiving {
  /** Takes a body with its signature. `receivedAt` is when it arrived, in milliseconds since 1970. */
  receive(delivery: SignedDelivery, receivedAt: number): Promise<WebhookResponse>
  /** Takes a web request. */
  respond(request: Request, waitUntil: SignedDelivery['waitUntil'], receivedAt: number): Promise<WebhookResponse>
}

/** Creates the part of a receiver that is loaded with the first request. */
export function createReceiving(options: ReceivingOptions): Receiving {
  const { channel, queue, logger, clock, maxBodySize, bodyTimeout, failed, readSecrets, acknowledge } = options
  // A changed channel secret must be noticed, but requests with made-up signatures must not fill the log.
  let warnedAt = Number.NEGATIVE_INFINITY
  function refuseSignature(): WebhookResponse {
    const now = clock.now()
    if (now - warnedAt >= 60_000) {
      warnedAt = now
      logger.warn(`A LINE webhook was refused. ${forged.message}`)
    }
    return forged
  }

  async function receive({ body, signature, waitUntil }: SignedDelivery, receivedAt: number): Promise<WebhookResponse> {
    if (!isSignature(signature)) return unsigned
    if (!isRaw(body)) throw new LineInputError((await import('./acknowledge.js')).bodyAlreadyParsed)
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
    if (bytes.byteLength > maxBodySize) return tooLarge
    let found: FoundChannel<unknown> | undefined
    // Only a receiver of several channels has to parse the body before it knows which secret verifies it.
    let parsed: ReturnType<typeof parseBody> | undefined
    if (typeof channel === 'function') {
      parsed = parseBody(bytes)
      if (typeof parsed === 'string') return malformed(parsed)
      const destination = destinationOf(parsed.json)
      if (!destination) return forged
      const given = await channel(destination)
      found = given && { ...given, channelSecret: readSecrets(given.channelSecret, 'channelSecret of the channel') }
    } else found = channel
    if (!found) return forged
    const verified = signatureMatches(bytes, found.channelSecret, signature)
    if (!(verified === true || (await verified))) return refuseSignature()
    parsed ??= parseBody(bytes)
    const delivery = typeof parsed === 'string' ? parsed : toDelivery(parsed.json)
    if (typeof delivery === 'string') return malformed(delivery)
    if (!delivery.events.length) return ok
    if (queue) await queue.add(delivery)
    else if (!(await acknowledge(delivery, found.client, waitUntil, receivedAt))) return failed
    return ok
  }

  return {
    receive,
    async respond(request, waitUntil, receivedAt) {
      const signature = request.headers.get('x-line-signature')
      if (request.method !== 'POST') return wrongMethod
      if (!isSignature(signature)) return unsigned
      const body = await readBody(request, maxBodySize, { clock, limit: bodyTimeout })
      if (body === 'too large') return tooLarge
      if (body === 'too slow') return tooSlow
      return body === 'cut off' ? malformed(body) : receive({ body, signature, waitUntil }, receivedAt)
    },
  }
}
