import { LineInputError } from '../core/errors.js'
import { checkOptions } from '../core/read-options.js'
import { signBody } from '../webhook/signature.js'
import type { UnknownEvent, WebhookEvent } from '../webhook/types.js'
import { testBotId } from './values.js'

/** Input for a signed delivery. */
export interface DeliveryInput {
  /** Channel secret to sign the delivery with. */
  readonly channelSecret: string
  /** The events. LINE sends an empty list to verify a webhook URL. */
  readonly events: readonly (WebhookEvent | UnknownEvent)[]
  /** User ID of the bot that receives the events. Default: the same ID in every delivery. */
  readonly destination?: string | undefined
}

function serialize(delivery: object): string {
  try {
    return JSON.stringify(delivery)
  } catch {
    throw new LineInputError('signedDelivery: events must consist of JSON values, without cycles and BigInt')
  }
}

/**
 * Creates the body of a webhook and its signature, for `receiver.handle`.
 *
 * @throws {LineInputError} if the channel secret is empty, or the events are not JSON.
 */
export async function signedDelivery(
  input: DeliveryInput,
): Promise<{ readonly body: string; readonly signature: string }> {
  checkOptions('signedDelivery', input, { events: 'array', destination: 'string' })
  const { channelSecret, events, destination = testBotId() } = input
  const body = serialize({ destination, events })
  return { body, signature: await signBody(body, channelSecret) }
}

/**
 * Creates the request that LINE would send, for `receiver.fetch` or for a server under test.
 *
 * @param input The events and the channel secret. `url` is the webhook URL. Default: `https://bot.example/webhook`.
 * @throws {LineInputError} if the channel secret is empty, the events are not JSON, or `url` is not an absolute URL.
 */
export async function signedRequest(input: DeliveryInput & { readonly url?: string | undefined }): Promise<Request> {
  checkOptions('signedRequest', input, { url: 'string' })
  const { url = 'https://bot.example/webhook' } = input
  const target = URL.canParse(url) ? new URL(url) : undefined
  // A request cannot contain credentials in its URL.
  if (!target || target.username || target.password)
    throw new LineInputError('signedRequest: url must be an absolute URL without credentials')
  const { body, signature } = await signedDelivery(input)
  return new Request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'LineBotWebhook/2.0',
      'x-line-signature': signature,
    },
    body,
  })
}
