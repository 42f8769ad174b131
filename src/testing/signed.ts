import { signBody, type UnknownEvent, type WebhookEvent } from '../webhook/index.js'
import { testBotId } from './values.js'

/** What a delivery is made of. */
export interface DeliveryInput {
  readonly channelSecret: string
  /** None is what LINE sends to check a URL. */
  readonly events: readonly (WebhookEvent | UnknownEvent)[]
  /** The user ID of the bot. Default: always the same one. */
  readonly destination?: string | undefined
}

/** Makes the body of a webhook and its signature, for `receiver.handle`. */
export async function signedDelivery(
  input: DeliveryInput,
): Promise<{ readonly body: string; readonly signature: string }> {
  const { channelSecret, events, destination = testBotId() } = input
  const body = JSON.stringify({ destination, events })
  return { body, signature: await signBody(body, channelSecret) }
}

/** Makes the request that LINE would send, for `receiver.fetch` or for a server under test. */
export async function signedRequest(input: DeliveryInput & { readonly url?: string | undefined }): Promise<Request> {
  const { url = 'https://bot.example/webhook' } = input
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
