import { createHmac } from 'node:crypto'

export const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'
export const destination = 'U8e742f61d673b39c7fff3cecb7536ef0'

/** Signs with node:crypto alone, so that the SDK is not checked against its own signer. */
export function sign(body: string | Uint8Array, secret: string = channelSecret): string {
  return createHmac('sha256', secret).update(body).digest('base64')
}

/** A body with its signature, as `receiver.handle` takes it. */
export function signed(body: string | Uint8Array, secret?: string) {
  return { body, signature: sign(body, secret) }
}

/** The body of a delivery of these events. */
export function delivery(...events: unknown[]): string {
  return JSON.stringify({ destination, events })
}

/** A webhook request. Without a signature it has no `x-line-signature` header. */
export function request(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  signature?: string,
  init: RequestInit = {},
): Request {
  const headers = new Headers(signature === undefined ? {} : { 'x-line-signature': signature })
  // Node requires `duplex` when the body is a stream. The DOM types do not have it yet.
  return new Request('https://bot.example/webhook', {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
    ...init,
  } as RequestInit)
}

let made = 0

/** A text message event in the shape of LINE's documentation. Every event has another ID. */
export function text(text: string, more: object = {}) {
  made++
  return {
    type: 'message',
    message: { type: 'text', id: '444573844083572737', quoteToken: 'q3Plxr4AgKd', text },
    webhookEventId: `01FZ74A0TDDPYRVKNK77XKC3${String(made).padStart(2, '0')}`,
    deliveryContext: { isRedelivery: false },
    timestamp: 1_692_251_666_727,
    source: { type: 'user', userId: 'U4af4980629a1b2c3d4e5f60718293a4b' },
    replyToken: '38ef843bde154d9b91c21320ffd17a0f',
    mode: 'active',
    ...more,
  }
}
