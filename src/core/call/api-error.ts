import {
  type ApiFacts,
  type CallFacts,
  LineAbortedError,
  LineApiError,
  type LineApiErrorCode,
  LineAuthenticationError,
  type LineError,
  LineInputError,
  LineNetworkError,
  LineNotFoundError,
  LinePermissionError,
  LineQuotaError,
  LineRateLimitError,
  LineReplyTokenError,
  LineTimeoutError,
} from '../errors.js'

const classes: { [code in LineApiErrorCode]: new (code: LineApiErrorCode, facts: ApiFacts) => LineApiError } = {
  LINE_RATE_LIMIT: LineRateLimitError,
  LINE_QUOTA: LineQuotaError,
  LINE_AUTHENTICATION: LineAuthenticationError,
  LINE_PERMISSION: LinePermissionError,
  LINE_NOT_FOUND: LineNotFoundError,
  LINE_REPLY_TOKEN: LineReplyTokenError,
  LINE_API: LineApiError,
}

const codeByStatus: { readonly [status: number]: LineApiErrorCode } = {
  401: 'LINE_AUTHENTICATION',
  403: 'LINE_PERMISSION',
  404: 'LINE_NOT_FOUND',
  429: 'LINE_RATE_LIMIT',
}

// LINE's texts are no stable contract, so each is only a refinement of what the status says already.
const known: readonly (readonly [status: number, text: RegExp, hint: string, code?: LineApiErrorCode])[] = [
  [429, /monthly limit/i, 'Raise the plan or the additional messages, or wait for the next month', 'LINE_QUOTA'],
  [
    400,
    /invalid reply token/i,
    'A reply token works once, within a minute of its event; push instead',
    'LINE_REPLY_TOKEN',
  ],
  [400, /invalid start param/i, 'A cursor works for 24 hours, and in its own list only; begin again without it'],
  [400, /maximum number of access tokens/i, 'A channel holds 30 v2.1 tokens; revoke one, or share one through a store'],
  [404, /channel key/i, 'The kid is not registered on this channel'],
  [400, /clientid of key/i, 'The key is registered on another channel'],
  [400, /invalid exp/i, 'The assertion is expired, or this clock is wrong'],
  [
    400,
    /client_credentials|client_id|client_secret/i,
    'Channel ID and channel secret do not belong together',
    'LINE_AUTHENTICATION',
  ],
  [400, /failed to send messages/i, 'Unknown to this channel; user IDs differ by provider'],
  [403, /not available for your account/i, 'It is for verified and premium accounts, or other plans'],
]

/** The code of an answer that is an error, and what to do about it where that is known. */
export function classify(status: number, lineMessage: string): { code: LineApiErrorCode; hint: string | undefined } {
  const match = known.find(([at, text]) => at === status && text.test(lineMessage))
  return { code: match?.[3] ?? codeByStatus[status] ?? 'LINE_API', hint: match?.[2] }
}

/** Makes the error for an answer of LINE, of the class that fits its code. */
export function apiError(code: LineApiErrorCode, facts: ApiFacts): LineApiError {
  return new classes[code](code, facts)
}

/** The same error with other facts of the call: what failed before a send, such as renewing its token, says nothing about the send. */
export function withFacts(error: LineError, facts: CallFacts): LineError {
  const { code, message } = error
  if (error instanceof LineApiError) return apiError(error.code, { ...error, ...facts })
  if (error instanceof LineNetworkError) return new LineNetworkError(message, { ...error, ...facts })
  if (error instanceof LineInputError) return new LineInputError(message, { ...error, ...facts })
  if (code === 'LINE_TIMEOUT') return new LineTimeoutError(message, { ...error, ...facts })
  if (code === 'LINE_ABORTED') return new LineAbortedError(message, { ...error, cause: error.cause, ...facts })
  return error
}
