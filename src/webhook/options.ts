import { LineInputError } from '../core/errors.js'
import { isSecret } from './signature.js'
import type { UnknownEvent, WebhookEvent } from './types.js'

/** Is told of errors. There is no event where a delivery could not be handled at all. */
export type OnError = (error: unknown, event: WebhookEvent | UnknownEvent | undefined) => unknown

/** What handlers get as `client`, and what `reply` sends with. It may be left out where no client was named. */
export type WithClient<Client> = { readonly client: Client } | (undefined extends Client ? { readonly client?: undefined } : never)

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

interface CommonOptions {
  /** Is told what a handler threw, or why a delivery could not be handled, and is waited for. Default: `console.error`. */
  readonly onError?: OnError | undefined
  /** The largest body that is read, in bytes. Default: 1,048,576. LINE names no limit. */
  readonly maxBodySize?: number | undefined
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
export function readChannel<Client>(options: ReceiverOptions<Client>): FoundChannel<Client> | ChannelsOptions<Client>['channel'] {
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
