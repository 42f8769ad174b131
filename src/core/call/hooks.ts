/** The fields that every hook event has. None of them holds a token, a query or a body. */
export interface CallEvent {
  /** Method and path of the operation, such as `POST /v2/bot/message/push`. */
  readonly operation: string
  /** Number of the attempt, from 1. */
  readonly attempt: number
}

/** Reported before an attempt is sent. */
export interface RequestEvent extends CallEvent {
  /** The retry key of the call, for operations that take one. */
  readonly retryKey: string | undefined
}

/** Reported when LINE responded to an attempt. */
export interface ResponseEvent extends CallEvent {
  /** The HTTP status. */
  readonly status: number
  /** LINE's `x-line-request-id`. */
  readonly requestId: string | undefined
  /** Time from sending the request to the end of the body (for a file, to the headers), in milliseconds. */
  readonly duration: number
}

/** Reported when an attempt failed and the call will be retried. */
export interface RetryEvent extends CallEvent {
  /** Why the call is retried: a status such as 500, a timeout, a lost connection, an exceeded rate limit, or a token to renew. */
  readonly reason: 'status' | 'timeout' | 'network' | 'rate-limit' | 'token'
  /** The HTTP status, if LINE responded. */
  readonly status: number | undefined
  /** Time until the next attempt, in milliseconds. */
  readonly delay: number
  /** The retry key of the call, for operations that take one. */
  readonly retryKey: string | undefined
}

/** Reported when a call succeeded but something is unexpected. */
export interface WarningEvent {
  /** Method and path of the operation, such as `POST /v2/bot/message/push`. */
  readonly operation: string
  /** `unexpected-body`: LINE accepted the call, but its response is not the documented JSON. */
  readonly code: 'unexpected-body'
  /** The warning in one sentence. */
  readonly message: string
  /** LINE's `x-line-request-id`. */
  readonly requestId: string | undefined
}

/** Reported when the client switches to a new channel access token. */
export interface TokenRenewedEvent {
  /** Whether LINE refused the previous token. */
  readonly forced: boolean
  /** Time of the switch, in milliseconds since 1970. */
  readonly at: number
}

/** Functions that a client calls during each call. Errors that a hook throws are ignored, so that a failing logger does not fail the call. */
export interface Hooks {
  /** Called before each attempt. Default: none. */
  readonly request?: ((event: RequestEvent) => void) | undefined
  /** Called after each response. Default: none. */
  readonly response?: ((event: ResponseEvent) => void) | undefined
  /** Called before the pause that precedes a retry. Default: none. */
  readonly retry?: ((event: RetryEvent) => void) | undefined
  /** Called when a response is not as documented. Default: none. */
  readonly warning?: ((event: WarningEvent) => void) | undefined
  /** Called when the client switches to a new token. Default: none. */
  readonly tokenRenewed?: ((event: TokenRenewedEvent) => void) | undefined
}

/** Calls a hook and ignores what it throws. */
export function tell<Event>(hook: ((event: Event) => void) | undefined, event: Event): void {
  try {
    // A hook may be async; its rejection must not end the process.
    const told: unknown = hook?.(event)
    if (told instanceof Promise) told.catch(() => {})
  } catch {}
}
