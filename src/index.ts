export type * from './audience/types.js'
export { type AudienceFileOptions, type AudienceIds, audienceBlob, audienceFile } from './audience/upload.js'
export { type AudienceClient, type AudienceWaitOptions, LineAudienceError, waitForAudience } from './audience/wait.js'
export { type ClientCredentials, createLineClient, type LineClient, type LineClientOptions } from './client.js'
export type { Caller, CallerOptions } from './core/call/caller.js'
export type {
  CallEvent,
  Hooks,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  TokenRenewedEvent,
  WarningEvent,
} from './core/call/hooks.js'
export type { StreamedFile } from './core/call/multipart.js'
export { type RateBucket, type RateLimiter, rateLimiter } from './core/call/rate-limits.js'
export type { BinaryContent } from './core/call/response.js'
export type { Call, TokenContext, TokenSource } from './core/call/token.js'
export type { Clock } from './core/clock.js'
export { lineDate } from './core/dates.js'
export {
  type CallFacts,
  type FailedOutcome,
  ifFound,
  isLineError,
  LineAbortedError,
  type LineApiErrorCode,
  LineError,
  type LineErrorCode,
  LineInputError,
  LineNetworkError,
  LineTimeoutError,
  type Problem,
} from './core/errors.js'
export { codeChallenge } from './core/hash.js'
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
} from './core/operation.js'
export { type EachOptions, each } from './core/pages.js'
export type { WaitOptions } from './core/poll.js'
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
} from './core/response-errors.js'
export type { Validator } from './core/schema/problems.js'
export type * from './insight/types.js'
export type * from './liff/types.js'
export {
  type ContentClient,
  limitBytes,
  type ReadContentOptions,
  readContent,
  type TranscodingClient,
  waitUntilReady,
} from './messaging/content/read.js'
export { flex, mention, quickReply, splitText, text } from './messaging/message/build.js'
export { LineNarrowcastError, type NarrowcastClient, waitForNarrowcast } from './messaging/narrowcast/wait.js'
export { phoneHash } from './messaging/notification/phone-hash.js'
export {
  type DeployedRichMenu,
  deployRichMenu,
  LineDeploymentError,
  type RichMenuClient,
  type RichMenuDeployment,
} from './messaging/rich-menu/deploy.js'
export { richMenuImage } from './messaging/rich-menu/image.js'
export { type RichMenuBatchClient, waitForRichMenuBatch } from './messaging/rich-menu-batch/wait.js'
export {
  type AnswerableEvent,
  type RespondClient,
  type Responded,
  type RespondOptions,
  respond,
} from './messaging/send/respond.js'
export { type ForgetJobOptions, forgetJob, sendToMany } from './messaging/send-to-many/send-to-many.js'
export type * from './messaging/send-to-many/types.js'
export type * from './messaging/types.js'
export type * from './mini-app/types.js'
export {
  basicAuthorization,
  type ModuleAuthorizeOptions,
  type ModuleAuthorizeRequest,
  moduleAuthorizeUrl,
  moduleCodeGrant,
} from './module/authorize.js'
export type * from './module/types.js'
export type * from './shop/types.js'
export type * from './tokens/types.js'
