export { type ClientCredentials, createLineClient, type LineClient, type LineClientOptions } from './client.js'
export type * from './core/index.js'
export {
  each,
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
} from './core/index.js'
export type * from './messaging/types.js'
