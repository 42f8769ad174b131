import { LineInputError } from '../../core/errors.js'
import { property } from '../../core/property.js'
import { checkOptions } from '../check-options.js'
import type { WebhookTarget } from '../state.js'
import type { World } from '../world.js'
import { isWebhookUrl } from './post.js'

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
  options: { readonly url?: string | undefined },
): string {
  checkOptions('connect', options)
  const { url = `https://webhook.example/${channelId}` } = options
  if (typeof property(receiver, 'fetch') !== 'function')
    throw new LineInputError('connect: receiver must be an object with fetch(), such as createReceiver() returns')
  if (typeof url !== 'string' || !isWebhookUrl(url))
    throw new LineInputError(
      'connect: url must be an https URL of at most 500 characters; http is allowed for loopback addresses',
    )
  world.receivers.set(new URL(url).href, receiver)
  return url
}
