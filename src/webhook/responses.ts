/**
 * The HTTP response for LINE: its status and its body. The body is a fixed text; it never repeats anything from the request.
 */
export interface WebhookResponse {
  /** HTTP status code. LINE treats 2xx as delivered, and everything else as failed. */
  readonly status: 200 | 400 | 401 | 405 | 408 | 413 | 500
  /** Response body, in plain ASCII text. */
  readonly message: string
}

export const ok: WebhookResponse = { status: 200, message: 'OK' }
export const unsigned: WebhookResponse = {
  status: 401,
  message: 'The x-line-signature header is missing or malformed',
}
export const forged: WebhookResponse = {
  status: 401,
  message:
    'Signature verification failed: the channel secret is wrong, or the body was modified before it reached the receiver',
}
export const wrongMethod: WebhookResponse = { status: 405, message: 'Webhooks must be sent with POST' }
export const tooLarge: WebhookResponse = { status: 413, message: 'The request body is too large' }
export const tooSlow: WebhookResponse = { status: 408, message: 'The request body did not arrive in time' }
export const malformed = (problem: string): WebhookResponse => ({
  status: 400,
  message: `The request body is ${problem}`,
})
