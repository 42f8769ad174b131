export { type Caller, type CallerOptions, type CreateCallerOptions, createCaller } from './call/caller.js'
export type {
  CallEvent,
  Hooks,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  TokenRenewedEvent,
  WarningEvent,
} from './call/hooks.js'
export type { StreamedFile } from './call/multipart.js'
export { parseRate, type RateBucket, type RateLimiter, rateLimiter } from './call/rate-limits.js'
export type { BinaryContent } from './call/response.js'
export type { Call, TokenContext, TokenSource } from './call/token.js'
export { type Clock, systemClock } from './clock.js'
export {
  type CallFacts,
  type FailedOutcome,
  isLineError,
  LineAbortedError,
  type LineApiErrorCode,
  LineError,
  type LineErrorCode,
  LineInputError,
  LineNetworkError,
  LineTimeoutError,
  type Problem,
} from './errors.js'
export type {
  Acceptance,
  Auth,
  CallOptions,
  Endpoint,
  Host,
  Listed,
  ListOperation,
  Methods,
  MethodsWithResponse,
  Operation,
  Paging,
  QueryKind,
  Rate,
  Repeat,
  TokenKind,
  WithResponse,
} from './operation.js'
export { type EachOptions, each } from './pages.js'
export {
  type ApiFacts,
  LineApiError,
  LineAuthenticationError,
  type LineErrorDetail,
  LineNotFoundError,
  LinePermissionError,
  LineQuotaError,
  LineRateLimitError,
  LineReplyTokenError,
} from './response-errors.js'
export type { Validator } from './schema/problems.js'
