import type { Clock } from '../core/clock.js'
import { type Revealable, readCredential } from '../core/credential-values.js'
import { LineInputError } from '../core/errors.js'
import type { Store } from '../store/types.js'
import type { Delivery, UnknownEvent, WebhookEvent } from './types.js'

/** Called with every error. `event` is undefined if a whole delivery could not be handled. */
export type OnError = (error: unknown, event: WebhookEvent | UnknownEvent | undefined) => unknown

/** Called with every event that takes longer to handle than LINE waits. */
export type OnLate = (event: WebhookEvent | UnknownEvent) => unknown

/** Called with every event that was skipped because it had been handled before. */
export type OnDuplicate = (event: WebhookEvent | UnknownEvent) => unknown

/** A channel secret, or a list of secrets that are all accepted while the secret is being replaced. */
type SecretInput = string | Revealable | readonly (string | Revealable)[]

/** A client; optional if no client type was given. */
type WithClient<Client> =
  | {
      /** The client that handlers get as `client`, and that `reply` and the other methods use. */
      readonly client: Client
    }
  | (undefined extends Client
      ? {
          /** No client: handlers cannot use `reply` and the other methods. */
          readonly client?: undefined
        }
      : never)

/** The channel of an Official Account, as a receiver needs it: the channel secret and, optionally, a client. */
export type ReceiverChannel<Client> = WithClient<Client> & {
  /** The channel secret, or a list of secrets that are all accepted while the secret is being replaced. */
  readonly channelSecret: SecretInput
}

/** A channel inside the receiver, where a missing client is undefined, as its type says. */
export interface FoundChannel<Client> {
  readonly channelSecret: string | readonly string[]
  readonly client?: Client | undefined
}

/** The logger of a receiver and its handlers, such as `console`, pino or winston. */
export interface Logger {
  /** Logs details for debugging. */
  debug(...data: unknown[]): void
  /** Logs normal operation. */
  info(...data: unknown[]): void
  /** Logs what may need attention, such as failed signature checks. */
  warn(...data: unknown[]): void
  /** Logs errors of handlers. */
  error(...data: unknown[]): void
}

/** Stores deliveries for a worker, which passes them to `receiver.process`. */
export interface DeliveryQueue {
  /** Adds a delivery, which is plain JSON. If it rejects, LINE gets a 500 response and may deliver the webhook again. */
  add(delivery: Delivery): Promise<unknown>
}

interface CommonOptions {
  /**
   * When to acknowledge a webhook. LINE waits for 2 seconds.
   *
   * - `after-handlers` (default): after the handlers have run, with 500 if one failed, so that LINE redelivers if redelivery is turned on.
   *   After 1.5 seconds it responds earlier, but only where work can safely continue after the response: under `toNodeHandler` on a
   *   server, or with a context that has `waitUntil`. It responds with 200 if the handlers of every event are running, or wait only for a
   *   running handler of the same chat (up to 100 events). If an event waits for a free slot or for the store, it responds with 500, and the
   *   events that have not begun are withdrawn: they are handled when LINE redelivers them. Elsewhere it keeps waiting for the handlers.
   * - `early`: as soon as the signature is verified, where work can safely continue after the response; otherwise like `after-handlers`.
   *   LINE does not redeliver events that fail after that.
   * - `queued`: as soon as `queue` has accepted the delivery.
   */
  readonly ack?: 'after-handlers' | 'early' | 'queued' | undefined
  /** The queue for deliveries. Required by `ack: 'queued'`, and not allowed otherwise. */
  readonly queue?: DeliveryQueue | undefined
  /**
   * Where to record handled events for deduplication: a lease of 60 seconds, which is renewed while an event is handled, then a mark for 24 hours.
   * An event whose claim takes longer than 1 second fails. Use one store for all processes. Default: this process remembers at least its last
   * 25,000 events.
   */
  readonly store?: Store | undefined
  /**
   * Maximum number of chats handled concurrently, over all deliveries. Default: 16. With a `channel` function, channels that wait take turns, and
   * one channel cannot take the last quarter of it.
   */
  readonly concurrency?: number | undefined
  /**
   * Maximum time for the handlers of an event, in milliseconds. Default: no limit. After it, the event has failed: `signal` of the context is
   * aborted, the methods of the context that send refuse to, `onError` is called with an error of the code `LINE_TIMEOUT`, and the next event of the chat is
   * handled. The claim on the event stays until its handlers end, so that a redelivery does not run them a second time meanwhile.
   */
  readonly handlerTimeout?: number | undefined
  /**
   * What to do with events in standby mode, when another channel holds the chat and LINE allows only that channel to send.
   *
   * - `skip` (default): no handler is called, and the event counts as handled.
   * - `handle`: handlers are called as for other events, but `reply`, `respond`, `push` and `loading` refuse to send.
   *
   * A handler with the filter `standby` gets these events in both cases. Events about the channel itself, such as `activated`, are never skipped.
   */
  readonly standby?: 'skip' | 'handle' | undefined
  /**
   * Called with every error of a handler, and with the reason if a delivery could not be handled. The receiver awaits it.
   * Default: the logger's `error`.
   */
  readonly onError?: OnError | undefined
  /** Called with each event that is skipped because it was handled before. The receiver awaits it. Default: a `debug` line in the log. */
  readonly onDuplicate?: OnDuplicate | undefined
  /** Called with each event that is still being handled 1.5 seconds after its delivery arrived. Not called with `early` and `queued`. */
  readonly onLate?: OnLate | undefined
  /** The logger for the receiver and its handlers. Default: `console`. */
  readonly logger?: Logger | undefined
  /** Maximum size of a request body, in bytes. Larger bodies get a 413 response. Default: 1,048,576 (1 MiB). LINE documents no limit. */
  readonly maxBodySize?: number | undefined
  /** Maximum time to receive a request body, in milliseconds. Slower bodies get a 408 response. Default: 2000, as long as LINE waits. */
  readonly bodyTimeout?: number | undefined
  /** The clock for all times above. Default: the system clock. */
  readonly clock?: Clock | undefined
}

/** Options for a receiver of one channel. */
export type ChannelOptions<Client> = CommonOptions & {
  /** Not allowed together with `channelSecret`. */
  readonly channel?: undefined
} & (
    | {
        /** The client that handlers get as `client`, and that `reply` and the other methods use. */
        readonly client: Client
        /**
         * The channel secret, or a list of secrets that are all accepted while the secret is being replaced. Default: that of the client, if it was created
         * with a channel secret.
         */
        readonly channelSecret?: SecretInput | undefined
      }
    | (undefined extends Client
        ? {
            /** No client: handlers cannot use `reply` and the other methods. */
            readonly client?: undefined
            /** The channel secret, or a list of secrets that are all accepted while the secret is being replaced. */
            readonly channelSecret: SecretInput
          }
        : never)
  )

/** Options for a receiver of several channels behind one URL. */
export interface ChannelsOptions<Client> extends CommonOptions {
  /**
   * Finds a channel by the user ID of its bot: `U` followed by 32 hexadecimal digits. Return `undefined` if there is no such channel; LINE
   * then gets a 401 response. The ID comes from a body whose signature is not verified yet, so use it only for the lookup.
   */
  readonly channel: (
    destination: string,
  ) => ReceiverChannel<Client> | undefined | Promise<ReceiverChannel<Client> | undefined>
  /** Not allowed together with `channel`. */
  readonly channelSecret?: undefined
  /** Not allowed together with `channel`, which returns the client. */
  readonly client?: undefined
}

/** Options for `createReceiver`. */
export type ReceiverOptions<Client> = ChannelOptions<Client> | ChannelsOptions<Client>

/** Reads one channel secret or a list of them, as every entry of the package does. */
export function readSecrets(given: unknown, name: string): string | readonly string[] {
  if (!Array.isArray(given)) return readCredential(given, name, 'channelSecret')
  if (!given.length) throw new LineInputError(`${name} must contain at least one channel secret`)
  return given.map((secret) => readCredential(secret, name, 'channelSecret'))
}

/** Reads the channel, or the function that finds it, from the options. */
export function readChannel<Client>(
  options: ReceiverOptions<Client>,
): FoundChannel<Client> | ChannelsOptions<Client>['channel'] {
  const { channel, channelSecret, client } = options
  if (channel) {
    if (typeof channel === 'function' && channelSecret === undefined) return channel
    throw new LineInputError(
      'createReceiver: pass either channelSecret, or channel as a function that finds the channel',
    )
  }
  const own: unknown = client && Reflect.get(client, Symbol.for('line-oa.channel-secret'))
  const secret = channelSecret ?? (typeof own === 'function' ? own() : undefined)
  return { channelSecret: readSecrets(secret, 'createReceiver: channelSecret'), client }
}
