import { createHmac } from 'node:crypto'

export const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'
export const destination = 'U8e742f61d673b39c7fff3cecb7536ef0'

/** Signs by node:crypto alone, so that nothing of the SDK checks itself. */
export function sign(body: string | Uint8Array, secret: string = channelSecret): string {
  return createHmac('sha256', secret).update(body).digest('base64')
}

export function signed(body: string | Uint8Array, secret?: string) {
  return { body, signature: sign(body, secret) }
}

export function delivery(...events: unknown[]): string {
  return JSON.stringify({ destination, events })
}

export function request(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  signature?: string,
  init: RequestInit = {},
): Request {
  const headers = new Headers(signature === undefined ? {} : { 'x-line-signature': signature })
  // Node asks for `duplex` where the body is a stream; the web's types do not know it yet.
  return new Request('https://bot.example/webhook', {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
    ...init,
  } as RequestInit)
}

let made = 0

/** A text message as on LINE's pages, written by hand. */
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
