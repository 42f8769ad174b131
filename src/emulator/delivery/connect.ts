import { LineInputError } from '../../core/errors.js'
import { property } from '../../core/property.js'
import { checkOptions } from '../check-options.js'
import type { WebhookTarget } from '../state.js'
import type { World } from '../world.js'
import { isWebhookUrl } from './post.js'

/** Options for connecting a receiver. */
export interface ConnectReceiverOptions {
  /** The webhook URL. Default: one on `webhook.example` that contains the channel ID. */
  readonly url?: string | undefined
  /**
   * Whether the receiver gets a context with `waitUntil`, as on a platform where work may continue after the response. A delivery is then answered as early as
   * there, and `emulator.idle()` waits for the rest. Default: `false`, so that the response comes after the handlers.
   */
  readonly waitUntil?: boolean | undefined
}

// The emulator reads more of a receiver than its fetch, so it stays the prototype.
function onPlatform(world: World, receiver: WebhookTarget): WebhookTarget {
  const context = {
    waitUntil(work: Promise<unknown>) {
      world.clock.busy(work).catch(() => {})
    },
  }
  return Object.create(receiver, {
    fetch: { value: (request: Request) => receiver.fetch(request, context) },
  }) as WebhookTarget // the receiver with another fetch
}

/**
 * Connects a receiver of this process with a webhook URL.
 *
 * @returns the URL.
 * @throws {LineInputError} when it is not a receiver, or LINE would not accept the URL.
 */
export function connectReceiver(
  world: World,
  channelId: string,
  receiver: WebhookTarget,
  options: ConnectReceiverOptions,
): string {
  checkOptions('connect', options)
  const { url = `https://webhook.example/${channelId}`, waitUntil = false } = options
  if (typeof waitUntil !== 'boolean') throw new LineInputError('connect: waitUntil must be true or false')
  if (typeof property(receiver, 'fetch') !== 'function')
    throw new LineInputError('connect: receiver must be an object with fetch(), such as createReceiver() returns')
  if (typeof url !== 'string' || !isWebhookUrl(url))
    throw new LineInputError(
      'connect: url must be an https URL of at most 500 characters; http is allowed for loopback addresses',
    )
  world.receivers.set(new URL(url).href, waitUntil ? onPlatform(world, receiver) : receiver)
  return url
}
