/** What every hook is told of a call. Nothing in it is a token, a query or a body. */
export interface CallEvent {
  /** Method and path of the operation, such as `POST /v2/bot/message/push`. */
  readonly operation: string
  /** Counts from 1. */
  readonly attempt: number
}

/** An attempt is about to be sent. */
export interface RequestEvent extends CallEvent {
  readonly retryKey: string | undefined
}

/** LINE answered an attempt. */
export interface ResponseEvent extends CallEvent {
  readonly status: number
  readonly requestId: string | undefined
  /** From sending to the end of the body, in milliseconds; of a file, to its headers. */
  readonly duration: number
}

/** An attempt failed and will be repeated. */
export interface RetryEvent extends CallEvent {
  /** Why: an answer to be repeated, none in time, a lost connection, an empty rate bucket, or a token to be renewed. */
  readonly reason: 'status' | 'timeout' | 'network' | 'rate-limit' | 'token'
  /** The status that LINE answered with, if it answered. */
  readonly status: number | undefined
  /** Until the next attempt, in milliseconds. */
  readonly delay: number
  readonly retryKey: string | undefined
}

/** Something is odd that did not fail the call. */
export interface WarningEvent {
  readonly operation: string
  /** `unexpected-body`: LINE accepted, but its answer is not the JSON that it documents. */
  readonly code: 'unexpected-body'
  readonly message: string
  readonly requestId: string | undefined
}

/** The client goes on with another channel access token than before. */
export interface TokenRenewedEvent {
  /** Whether LINE had refused the token before. */
  readonly forced: boolean
  /** When, in milliseconds since 1970. */
  readonly at: number
}

/** What a client tells while it works. A hook that throws changes nothing: its error is dropped, so that logging never loses a send. */
export interface Hooks {
  readonly request?: ((event: RequestEvent) => void) | undefined
  readonly response?: ((event: ResponseEvent) => void) | undefined
  readonly retry?: ((event: RetryEvent) => void) | undefined
  readonly warning?: ((event: WarningEvent) => void) | undefined
  readonly tokenRenewed?: ((event: TokenRenewedEvent) => void) | undefined
}

/** Calls one hook, whatever it does. */
export function tell<Event>(hook: ((event: Event) => void) | undefined, event: Event): void {
  try {
    // An async hook is no mistake to punish either: its rejection must not end the process.
    const told: unknown = hook?.(event)
    if (told instanceof Promise) told.catch(() => {})
  } catch {}
}
