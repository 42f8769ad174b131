export type * from './audience/types.js'
export { type AudienceFileOptions, type AudienceIds, audienceBlob, audienceFile } from './audience/upload.js'
export { type AudienceClient, LineAudienceError, waitForAudience } from './audience/wait.js'
export { type ClientCredentials, createLineClient, type LineClient, type LineClientOptions } from './client.js'
export { codeChallenge } from './core/code-challenge.js'
export { lineDate } from './core/day.js'
export {
  LineAbortedError,
  LineApiError,
  LineAuthenticationError,
  LineError,
  LineInputError,
  LineNetworkError,
  LineNotFoundError,
  LinePermissionError,
  LineQuotaError,
  LineRateLimitError,
  LineReplyTokenError,
  LineTimeoutError,
} from './core/errors.js'
export { ifFound } from './core/if-found.js'
export type * from './core/index.js'
export { each } from './core/pages.js'
export type { WaitOptions } from './core/poll.js'
export type * from './insight/types.js'
export type * from './liff/types.js'
export type * from './messaging/types.js'
export type * from './mini-app/types.js'
export { type ModuleAuthorizeOptions, type ModuleAuthorizeRequest, moduleAuthorizeUrl, moduleCodeGrant } from './module/authorize.js'
export { basicAuthorization } from './module/basic-authorization.js'
export type * from './module/types.js'
export type * from './shop/types.js'
export type * from './tokens/types.js'
