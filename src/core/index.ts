export { type Caller, type CallerOptions, type CreateCallerOptions, createCaller } from './caller.js'
export { type Clock, systemClock } from './clock.js'
export * from './errors.js'
export type {
  CallEvent,
  Hooks,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  TokenRenewedEvent,
  WarningEvent,
} from './hooks.js'
export type { StreamedFile } from './multipart.js'
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
export { parseRate, type RateBucket, type RateLimiter, rateLimiter } from './rate.js'
export type { BinaryContent } from './response.js'
export { type Contract, type Contracts, type Drift, type Schema, schema } from './schema.js'
export type { Call, TokenContext, TokenSource } from './token.js'
export type { Validator } from './validate.js'
