import { type CallFacts, isLineError, type LineApiErrorCode, LineError, LineInputError } from './errors.js'
import { textProperty } from './property.js'
import { redact } from './redact.js'

/** One entry of LINE's list of problems with a request. */
export interface LineErrorDetail {
  /** LINE's description of the problem. */
  readonly message?: string
  /** The path in the request body, such as `messages[0].text`. */
  readonly property?: string
}

/** The fields of an error response from LINE. */
export interface ApiFacts extends CallFacts {
  /** The HTTP status. */
  readonly status: number
  /** LINE's own message. */
  readonly lineMessage: string
  /** LINE's list of problems with the request; empty when LINE sent none. */
  readonly details: readonly LineErrorDetail[]
  /** The `error` field of OAuth responses, such as `invalid_client`. Default: none. */
  readonly oauthError?: string | undefined
  /** The `errorCode` field of responses about in-app purchases, such as `PRODUCT_ID_NOT_FOUND`. Default: none. */
  readonly purchaseError?: string | undefined
  /** LINE's `x-line-request-id`. Default: none. */
  readonly requestId?: string | undefined
  /** LINE's `x-line-accepted-request-id`, when an earlier attempt was accepted. Default: none. */
  readonly acceptedRequestId?: string | undefined
  /** What to do about the error, where it is known. Default: none. */
  readonly hint?: string | undefined
}

const isText = (value: unknown): boolean => typeof value === 'string'

// A regular expression for the end of a text takes quadratic time on a long run of dots.
function withoutDots(text: string): string {
  let end = text.length
  while (text[end - 1] === '.') end--
  return text.slice(0, end)
}

/** LINE responded with an error. */
export class LineApiError extends LineError {
  declare readonly code: LineApiErrorCode
  /** Method and path of the operation, such as `POST /v2/bot/message/push`. */
  declare readonly operation: string
  /** The HTTP status. */
  readonly status: number
  /** LINE's own message. LINE may change it, so switch on `code` and `status`. */
  readonly lineMessage: string
  /** LINE's list of problems with the request; empty when LINE sent none. */
  readonly details: readonly LineErrorDetail[]
  /** The `error` field of OAuth responses, such as `invalid_client`. */
  readonly oauthError: string | undefined
  /** The `errorCode` field of responses about in-app purchases, such as `PRODUCT_ID_NOT_FOUND`. */
  readonly purchaseError: string | undefined
  /** LINE's `x-line-request-id`. Quote it to LINE's support. */
  readonly requestId: string | undefined
  /** LINE's `x-line-accepted-request-id`, when an earlier attempt was accepted. */
  readonly acceptedRequestId: string | undefined
  /** What to do about the error, where it is known. */
  readonly hint: string | undefined

  /** @throws {LineInputError} if the facts have no operation, status, message or list of details. */
  constructor(code: LineApiErrorCode, facts: ApiFacts) {
    const { operation, status, lineMessage, details } = facts ?? {}
    if (
      typeof operation !== 'string' ||
      typeof status !== 'number' ||
      typeof lineMessage !== 'string' ||
      !Array.isArray(details)
    )
      throw new LineInputError('LineApiError requires facts with operation, status, lineMessage and details')
    const redacted = (details as readonly (LineErrorDetail | undefined)[]).map((detail) => {
      const message = textProperty(detail, 'message')
      return message === undefined ? { ...detail } : { ...detail, message: redact(message) }
    })
    const places = redacted.map(({ property, message }) => [property, message].filter(isText).join(' ')).join('; ')
    const said = redact(`${operation} -> ${status} ${lineMessage}${places && `: ${places}`}`)
    const hint = textProperty(facts, 'hint')
    const requestId = textProperty(facts, 'requestId')
    super(
      code,
      (hint ? withoutDots(said) : said) + (requestId ? ` (request ${requestId})` : '') + (hint ? `. ${hint}` : ''),
      facts,
    )
    this.status = status
    this.lineMessage = redact(lineMessage)
    this.details = redacted
    this.oauthError = facts.oauthError
    this.purchaseError = facts.purchaseError
    this.requestId = facts.requestId
    this.acceptedRequestId = facts.acceptedRequestId
    this.hint = facts.hint
  }
}

/** 429: the rate limit of this endpoint is exceeded, or one user received too many messages. LINE did not carry out the call; try again later. */
export class LineRateLimitError extends LineApiError {
  declare readonly code: 'LINE_RATE_LIMIT'
}

/** 429: the monthly message quota is used up, or reserved by a running narrowcast. The SDK does not retry this error. */
export class LineQuotaError extends LineApiError {
  declare readonly code: 'LINE_QUOTA'
}

/** 401: the token is missing, wrong, expired or revoked. */
export class LineAuthenticationError extends LineApiError {
  declare readonly code: 'LINE_AUTHENTICATION'
}

/** 403: the plan, the account type or a missing permission does not allow the call. */
export class LinePermissionError extends LineApiError {
  declare readonly code: 'LINE_PERMISSION'
}

/** 404: the resource does not exist or is not visible to this channel. */
export class LineNotFoundError extends LineApiError {
  declare readonly code: 'LINE_NOT_FOUND'
}

/** 400: the reply token was already used, is older than a minute, or is invalid. */
export class LineReplyTokenError extends LineApiError {
  declare readonly code: 'LINE_REPLY_TOKEN'
}

const apiCodes: readonly string[] = [
  'LINE_RATE_LIMIT',
  'LINE_QUOTA',
  'LINE_AUTHENTICATION',
  'LINE_PERMISSION',
  'LINE_NOT_FOUND',
  'LINE_REPLY_TOKEN',
  'LINE_API',
]

/** Returns whether a value is an error that LINE responded with, even if another copy of the package threw it. */
export function isApiError(value: unknown): value is LineApiError {
  return isLineError(value) && apiCodes.includes(value.code)
}
