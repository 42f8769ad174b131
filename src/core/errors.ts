/**
 * The kind of an error, for programs to switch on. The list is closed:
 *
 * - LINE responded with an error: `LINE_RATE_LIMIT`, `LINE_QUOTA`, `LINE_AUTHENTICATION`, `LINE_PERMISSION`, `LINE_NOT_FOUND`, `LINE_REPLY_TOKEN`, and `LINE_API` for everything else.
 * - No complete response arrived: `LINE_NETWORK`, `LINE_TIMEOUT`, `LINE_ABORTED`.
 * - The caller's input or an incoming request is invalid, and nothing was sent: `LINE_INPUT`, `LINE_LOGIN`.
 */
export type LineErrorCode =
  | LineApiErrorCode
  | 'LINE_NETWORK'
  | 'LINE_TIMEOUT'
  | 'LINE_ABORTED'
  | 'LINE_INPUT'
  | 'LINE_LOGIN'

/** The codes of errors that LINE responded with. */
export type LineApiErrorCode =
  | 'LINE_RATE_LIMIT'
  | 'LINE_QUOTA'
  | 'LINE_AUTHENTICATION'
  | 'LINE_PERMISSION'
  | 'LINE_NOT_FOUND'
  | 'LINE_REPLY_TOKEN'
  | 'LINE_API'

/** The outcome of a failed call: `rejected` means that LINE did not carry it out, `unknown` that it may have. */
export type FailedOutcome = 'rejected' | 'unknown'

/** The fields of an error that describe the failed call. */
export interface CallFacts {
  /** Method and path of the operation, such as `POST /v2/bot/message/push`. Default: the error is not about a call. */
  readonly operation?: string | undefined
  /** Whether LINE may have carried out the call. Default: `rejected`. */
  readonly outcome?: FailedOutcome | undefined
  /** The retry key of a send. The same call with the same key may be made again within 24 hours. Default: none. */
  readonly retryKey?: string | undefined
}

// Symbol.for finds the same symbol in every copy of the package.
const brand: unique symbol = /* @__PURE__ */ Symbol.for('line-oa.error')

/**
 * The base class of every error that the SDK throws.
 *
 * Switch on {@link code}, and use {@link isLineError} instead of `instanceof`, which fails when two copies of the package are loaded.
 * `JSON.stringify` keeps all fields. None of them holds a token, a secret, a query or a body.
 */
export class LineError extends Error {
  /** The kind of the error, for programs to switch on. */
  declare readonly code: LineErrorCode
  /** Method and path of the operation, such as `POST /v2/bot/message/push`; `undefined` when the error is not about a call. */
  declare readonly operation: string | undefined
  /** `rejected` means that LINE did not carry out the call, `unknown` that it may have. */
  declare readonly outcome: FailedOutcome
  /** The retry key of a send. The same call with the same key may be made again within 24 hours, and LINE carries it out only once. */
  declare readonly retryKey: string | undefined

  constructor(code: LineErrorCode, message: string, facts: CallFacts = {}) {
    // An object as message would be converted to a string, which can throw.
    super(typeof message === 'string' ? message : undefined)
    this.name = new.target.name
    this.code = code
    this.operation = facts?.operation
    this.outcome = facts?.outcome ?? 'rejected'
    this.retryKey = facts?.retryKey
  }

  /** Never read directly; see {@link isLineError}. */
  get [brand](): true {
    return true
  }

  /** Returns all fields, the name and the message. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this)
  }
}

interface NetworkFacts extends CallFacts {
  readonly reason?: string | undefined
}

/** The connection to LINE could not be made, or was lost before the response was complete. */
export class LineNetworkError extends LineError {
  declare readonly code: 'LINE_NETWORK'
  /** The runtime's error code, such as `ECONNRESET`, or else the name of its error. The runtime's message may quote the URL, so it is omitted. */
  readonly reason: string | undefined

  constructor(message: string, facts: NetworkFacts = {}) {
    super('LINE_NETWORK', message, facts)
    this.reason = facts?.reason
  }
}

/** No complete response arrived within `timeout` or `totalTimeout`, or what a function waits for did not finish within its `timeout`. */
export class LineTimeoutError extends LineError {
  declare readonly code: 'LINE_TIMEOUT'

  constructor(message: string, facts?: CallFacts) {
    super('LINE_TIMEOUT', message, facts)
  }
}

interface AbortFacts extends CallFacts {
  readonly cause?: unknown
}

/** The caller's signal aborted the call. `cause` is the signal's reason. */
export class LineAbortedError extends LineError {
  declare readonly code: 'LINE_ABORTED'

  constructor(message: string, facts: AbortFacts = {}) {
    super('LINE_ABORTED', message, facts)
    // Not enumerable, as in the language specification.
    Object.defineProperty(this, 'cause', { value: facts?.cause, writable: true, configurable: true })
  }
}

/** One problem with a value. */
export interface Problem {
  /** The path of the value, such as `messages[2].text`. */
  readonly path: string
  /** A short description of the value. A string is described by its length and never quoted. */
  readonly found: string
  /** A description of the values that are accepted. */
  readonly allowed: string
  /** Path, allowed value and found value in one sentence. */
  readonly message: string
}

interface InputFacts extends CallFacts {
  readonly problems?: readonly Problem[] | undefined
}

/** The caller's input is invalid. Nothing was sent. */
export class LineInputError extends LineError {
  declare readonly code: 'LINE_INPUT'
  /** Every problem with the input and its path; empty where the input was not checked field by field. */
  declare readonly problems: readonly Problem[]

  constructor(message: string, facts: InputFacts = {}) {
    super('LINE_INPUT', message, facts)
    this.problems = facts?.problems ?? []
  }
}

/**
 * Returns whether a value is an error of this SDK, even if another copy of the package threw it.
 *
 * @example
 * if (isLineError(error) && error.code === 'LINE_QUOTA') console.log('The monthly quota is used up')
 */
export function isLineError(value: unknown): value is LineError {
  return brand in Object(value)
}

/**
 * Returns `undefined` instead of throwing LINE's 404, for calls where it means that nothing exists: no LIFF app, no default rich menu, no membership.
 *
 * @example
 * const apps = (await ifFound(line.liff.getAllLIFFApps()))?.apps ?? []
 */
export async function ifFound<Output>(call: Promise<Output>): Promise<Output | undefined> {
  try {
    return await call
  } catch (error) {
    if (isLineError(error) && error.code === 'LINE_NOT_FOUND') return undefined
    throw error
  }
}
