import type { Clock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import type { Store } from '../store/types.js'
import { isSecret } from './signature.js'
import type { Delivery, UnknownEvent, WebhookEvent } from './types.js'

/** Is told of errors. There is no event where a delivery could not be handled at all. */
export type OnError = (error: unknown, event: WebhookEvent | UnknownEvent | undefined) => unknown

/** Is told of events that take longer than LINE waits. */
export type OnLate = (event: WebhookEvent | UnknownEvent) => unknown

/** What handlers get as `client`, and what `reply` sends with. It may be left out where no client was named. */
export type WithClient<Client> =
  | { readonly client: Client }
  | (undefined extends Client ? { readonly client?: undefined } : never)

/** One Official Account's channel, as far as webhooks go. */
export type Channel<Client> = WithClient<Client> & {
  /** One, or several for the time in which the channel gets a new one. */
  readonly channelSecret: string | readonly string[]
}

/** A channel once it is inside, where a client that was not named is undefined like its type. */
export interface FoundChannel<Client> {
  readonly channelSecret: string | readonly string[]
  readonly client?: Client | undefined
}

/** What a receiver and its handlers log with, such as `console`, pino or winston. */
export interface Logger {
  debug(...data: unknown[]): void
  info(...data: unknown[]): void
  warn(...data: unknown[]): void
  error(...data: unknown[]): void
}

/** Keeps deliveries for a worker, which hands them to `receiver.process`. */
export interface DeliveryQueue {
  /** Takes a delivery, which is plain JSON. When it rejects, LINE is answered 500 and may deliver again. */
  add(delivery: Delivery): Promise<unknown>
}

interface CommonOptions {
  /**
   * When LINE is answered. It waits for 2 seconds.
   *
   * - `after-handlers` (default): when the handlers have run; 500 when one failed, so that LINE delivers again where redelivery is on.
   *   After 1.5 seconds it is answered 200 all the same, but only where the work provably goes on: under `toNodeHandler` in a server, or
   *   with a context that has `waitUntil`. Elsewhere the answer keeps waiting.
   * - `early`: once the signature fits, where the work provably goes on; elsewhere as `after-handlers`. What fails then is not delivered again.
   * - `queued`: once `queue` has taken the delivery.
   */
  readonly ack?: 'after-handlers' | 'early' | 'queued' | undefined
  /** Where deliveries go with `ack: 'queued'`. */
  readonly queue?: DeliveryQueue | undefined
  /**
   * Where it is remembered which events have been handled: leases of 60 seconds, then for 24 hours that it is done. Share one between
   * processes. Default: this process remembers its last 25,000 events, at least.
   */
  readonly store?: Store | undefined
  /** How many chats are handled side by side, over all deliveries. Default: 16. */
  readonly concurrency?: number | undefined
  /** Is told what a handler threw, or why a delivery could not be handled, and is waited for. Default: the logger's `error`. */
  readonly onError?: OnError | undefined
  /** Is told of each event that is still being handled 1.5 seconds after its delivery came. Not with `early` and `queued`. */
  readonly onLate?: OnLate | undefined
  /** Default: `console`. */
  readonly logger?: Logger | undefined
  /** The largest body that is read, in bytes. Default: 1,048,576. LINE names no limit. */
  readonly maxBodySize?: number | undefined
  /** How long a body may take to come, in milliseconds, before it is answered 408. Default: 2000, as long as LINE waits. */
  readonly bodyTimeout?: number | undefined
  /** Where the times above come from. Default: the system's clock. */
  readonly clock?: Clock | undefined
}

/** A receiver for one channel. */
export type ChannelOptions<Client> = CommonOptions & Channel<Client> & { readonly channel?: undefined }

/** A receiver for many channels behind one URL. */
export interface ChannelsOptions<Client> extends CommonOptions {
  /**
   * Finds the channel of a bot by its user ID, `U` and 32 hexadecimal digits. `undefined` means that there is none, and is answered 401.
   * The ID comes from a body whose signature is not checked yet: look it up, and do nothing else with it.
   */
  readonly channel: (destination: string) => Channel<Client> | undefined | Promise<Channel<Client> | undefined>
  readonly channelSecret?: undefined
  readonly client?: undefined
}

/** What a receiver is made of. */
export type ReceiverOptions<Client> = ChannelOptions<Client> | ChannelsOptions<Client>

/** Takes the channel, or the function that finds it, out of the options. */
export function readChannel<Client>(
  options: ReceiverOptions<Client>,
): FoundChannel<Client> | ChannelsOptions<Client>['channel'] {
  const { channel, channelSecret, client } = options
  if (channel) {
    if (typeof channel === 'function' && channelSecret === undefined) return channel
    throw new LineInputError('createReceiver: give either channelSecret, or `channel` as a function that finds it')
  }
  if (!isSecret(channelSecret))
    throw new LineInputError(
      'createReceiver: channelSecret is missing or empty; copy it from the basic settings of the channel in the LINE Developers Console',
    )
  return { channelSecret, client }
}
