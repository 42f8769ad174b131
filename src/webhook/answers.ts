/** What the server is to answer LINE with. The message is fixed text; nothing of the request is repeated in it. */
export interface Answer {
  readonly status: 200 | 400 | 401 | 405 | 408 | 413 | 500
  readonly message: string
}

export const done: Answer = { status: 200, message: 'OK' }
export const unsigned: Answer = {
  status: 401,
  message: 'The x-line-signature header is missing, double or not 44 characters of base64',
}
export const forged: Answer = { status: 401, message: 'The signature does not fit the body and the channel secret' }
export const wrongMethod: Answer = { status: 405, message: 'LINE delivers webhooks by POST' }
export const tooLarge: Answer = { status: 413, message: 'The body is too large' }
export const tooSlow: Answer = { status: 408, message: 'The body did not come in time' }
export const failed: Answer = { status: 500, message: 'The events were not all handled; deliver them again' }
export const malformed = (how: string): Answer => ({ status: 400, message: `The body is ${how}` })
