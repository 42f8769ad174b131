/**
 * What went wrong, for a program to switch on. The list is closed:
 *
 * - LINE answered: `LINE_RATE_LIMIT`, `LINE_QUOTA`, `LINE_AUTHENTICATION`, `LINE_PERMISSION`, `LINE_NOT_FOUND`, `LINE_REPLY_TOKEN`, `LINE_API` for all else.
 * - No answer came: `LINE_NETWORK`, `LINE_TIMEOUT`, `LINE_ABORTED`.
 * - Nothing was sent, or what came in is not acceptable: `LINE_INPUT`, `LINE_SIGNATURE`, `LINE_LOGIN`.
 */
export type LineErrorCode =
  | LineApiErrorCode
  | 'LINE_NETWORK'
  | 'LINE_TIMEOUT'
  | 'LINE_ABORTED'
  | 'LINE_INPUT'
  | 'LINE_SIGNATURE'
  | 'LINE_LOGIN'

/** The codes of errors that LINE answered with. */
export type LineApiErrorCode =
  | 'LINE_RATE_LIMIT'
  | 'LINE_QUOTA'
  | 'LINE_AUTHENTICATION'
  | 'LINE_PERMISSION'
  | 'LINE_NOT_FOUND'
  | 'LINE_REPLY_TOKEN'
  | 'LINE_API'

/** What a failed call did at LINE: nothing (`rejected`), or nobody can tell (`unknown`). */
export type FailedOutcome = 'rejected' | 'unknown'

/** What a call that failed carries beside its message. */
export interface CallFacts {
  /** Method and path of the operation, such as `POST /v2/bot/message/push`. */
  readonly operation?: string | undefined
  readonly outcome?: FailedOutcome | undefined
  /** The retry key of the send; the same call under the same key may be made again within 24 hours. */
  readonly retryKey?: string | undefined
}

/**
 * The base of every error that the SDK throws.
 *
 * Switch on {@link code}: `instanceof` fails where two copies of the package are loaded.
 * `JSON.stringify` keeps everything it carries; none of it is a token, a secret, a query or a body.
 */
export class LineError extends Error {
  readonly code: LineErrorCode
  /** Method and path of the operation, such as `POST /v2/bot/message/push`; missing when the error is not about a call. */
  readonly operation: string | undefined
  /** What the call did at LINE: `rejected` is certain to have done nothing, `unknown` may have been carried out. */
  readonly outcome: FailedOutcome
  /** The retry key of a send. The same call with the same key may be made again within 24 hours and is carried out once. */
  readonly retryKey: string | undefined

  constructor(code: LineErrorCode, message: string, facts: CallFacts = {}) {
    super(message)
    this.name = new.target.name
    this.code = code
    this.operation = facts.operation
    this.outcome = facts.outcome ?? 'rejected'
    this.retryKey = facts.retryKey
  }

  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this)
  }
}

/** One entry of LINE's list of what is wrong with a request. */
export interface LineErrorDetail {
  readonly message?: string
  /** Where in the body, such as `messages[0].text`. */
  readonly property?: string
}

/** What an answer of LINE held when it refused. */
export interface ApiFacts extends CallFacts {
  readonly status: number
  readonly lineMessage: string
  readonly details: readonly LineErrorDetail[]
  readonly oauthError?: string | undefined
  readonly requestId?: string | undefined
  readonly acceptedRequestId?: string | undefined
  readonly hint?: string | undefined
}

/** LINE answered, and refused. */
export class LineApiError extends LineError {
  declare readonly code: LineApiErrorCode
  declare readonly operation: string
  /** The HTTP status. */
  readonly status: number
  /** LINE's own words. Not a stable contract: decide by code and status. */
  readonly lineMessage: string
  /** LINE's list of what is wrong, with places in the body. */
  readonly details: readonly LineErrorDetail[]
  /** The `error` member of OAuth answers, such as `invalid_client`. */
  readonly oauthError: string | undefined
  /** `x-line-request-id`: name it to LINE's support. */
  readonly requestId: string | undefined
  /** `x-line-accepted-request-id`, when an earlier attempt had been accepted. */
  readonly acceptedRequestId: string | undefined
  /** What to do about it, where that is known. */
  readonly hint: string | undefined

  constructor(code: LineApiErrorCode, facts: ApiFacts) {
    const places = facts.details.map((detail) => `${detail.property ?? ''} ${detail.message ?? ''}`.trim()).join('; ')
    super(
      code,
      redact(`${facts.operation} -> ${facts.status} ${facts.lineMessage}${places && `: ${places}`}`) +
        (facts.requestId ? ` (request ${facts.requestId})` : '') +
        (facts.hint ? `. ${facts.hint}` : ''),
      facts,
    )
    this.status = facts.status
    this.lineMessage = redact(facts.lineMessage)
    this.details = facts.details.map((detail) =>
      detail.message ? { ...detail, message: redact(detail.message) } : detail,
    )
    this.oauthError = facts.oauthError
    this.requestId = facts.requestId
    this.acceptedRequestId = facts.acceptedRequestId
    this.hint = facts.hint
  }
}

/** 429: the bucket of this endpoint is empty, or one user was sent too much. Nothing was sent; try again later. */
export class LineRateLimitError extends LineApiError {
  declare readonly code: 'LINE_RATE_LIMIT'
}

/** 429: the month's messages are used up, or reserved by a narrowcast under way. Never repeated by the SDK. */
export class LineQuotaError extends LineApiError {
  declare readonly code: 'LINE_QUOTA'
}

/** 401: the token is missing, wrong, expired or revoked. */
export class LineAuthenticationError extends LineApiError {
  declare readonly code: 'LINE_AUTHENTICATION'
}

/** 403: the plan, the kind of account or a missing permission forbids it. */
export class LinePermissionError extends LineApiError {
  declare readonly code: 'LINE_PERMISSION'
}

/** 404: there is none, or it is not visible to this account. */
export class LineNotFoundError extends LineApiError {
  declare readonly code: 'LINE_NOT_FOUND'
}

/** 400: the reply token was used before, is older than a minute, or never was one. */
export class LineReplyTokenError extends LineApiError {
  declare readonly code: 'LINE_REPLY_TOKEN'
}

/** The connection failed before an answer came. */
export class LineNetworkError extends LineError {
  declare readonly code: 'LINE_NETWORK'
  /** The runtime's code for it, such as `ECONNRESET`, or else the name of what it threw. Its own words may quote the URL, so they are left out. */
  readonly reason: string | undefined

  constructor(message: string, facts: CallFacts & { readonly reason?: string | undefined } = {}) {
    super('LINE_NETWORK', message, facts)
    this.reason = facts.reason
  }
}

/** No answer came in time. */
export class LineTimeoutError extends LineError {
  declare readonly code: 'LINE_TIMEOUT'

  constructor(message: string, facts?: CallFacts) {
    super('LINE_TIMEOUT', message, facts)
  }
}

/** The caller's signal ended the call. `cause` is the reason that the signal was given. */
export class LineAbortedError extends LineError {
  declare readonly code: 'LINE_ABORTED'

  constructor(message: string, facts: CallFacts & { readonly cause?: unknown } = {}) {
    super('LINE_ABORTED', message, facts)
    // As the language itself does it: not among what is enumerated.
    Object.defineProperty(this, 'cause', { value: facts.cause, writable: true, configurable: true })
  }
}

/** One thing that is wrong with a value. */
export interface Problem {
  /** Where, such as `messages[2].text`. */
  readonly path: string
  /** What stands there, in short; never a whole value. */
  readonly found: string
  /** What LINE takes there. */
  readonly allowed: string
  /** Both in one sentence. */
  readonly message: string
}

/** The call itself is wrong. Nothing was sent. */
export class LineInputError extends LineError {
  declare readonly code: 'LINE_INPUT'
  /** Everything that is wrong, with its place, where a value was checked. */
  readonly problems: readonly Problem[]

  constructor(message: string, facts: CallFacts & { readonly problems?: readonly Problem[] | undefined } = {}) {
    super('LINE_INPUT', message, facts)
    this.problems = facts.problems ?? []
  }
}

const secrets =
  /\bBearer\s+[^\s"',;]+|\bBasic\s+[A-Za-z0-9+/]{24,}={0,2}|\beyJ[\w-]+(?:\.[\w-]*)*|((?:access_token|client_secret|client_assertion|refresh_token|id_token|code|linkToken)["']?\s*[=:]\s*["']?)[^\s"'&,}]+|[A-Za-z0-9+/]{86,}={0,2}/g

/**
 * Takes tokens, secrets and assertions out of a text that comes from elsewhere, before it goes into an error.
 *
 * A JWT goes whole, not to its first dot only; so do bearer values, long base64 text and the values of secret parameters.
 */
export function redact(text: string): string {
  return text.replace(secrets, (_, name: string | undefined) => `${name ?? ''}[redacted]`)
}

/**
 * Makes `undefined` of LINE's 404, for calls where it means that there is none: no LIFF app, no default rich menu, no membership.
 *
 * @example
 * const apps = (await ifFound(line.liff.getAllLIFFApps()))?.apps ?? []
 */
export async function ifFound<Output>(call: Promise<Output>): Promise<Output | undefined> {
  try {
    return await call
  } catch (error) {
    // By its code: `instanceof` fails where two copies of the package are loaded.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'LINE_NOT_FOUND')
      return undefined
    throw error
  }
}
