export { type ClientCredentials, createLineClient, type LineClient, type LineClientOptions } from './client.js'
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
export type * from './core/index.js'
export { each } from './core/pages.js'
export type * from './messaging/types.js'
export type * from './tokens/types.js'
