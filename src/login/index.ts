// A connect wizard for LINE Login exchanges a key too, so it finds the functions here as well.

export { codeChallenge } from '../core/hash.js'
export {
  type KeyExchange,
  type KeyProof,
  type KeyProofCode,
  type ProveAssertionKeyInput,
  proveAssertionKey,
  startKeyExchange,
} from '../keys/key-exchange.js'
export * from './account-link.js'
export type { LoginAttempt, RandomBytes } from './attempt.js'
export type { AuthorizeOptions, LoginScope } from './authorize.js'
export type { LoginCallback } from './callback.js'
export { createLoginClient } from './client.js'
export type * from './client-types.js'
export { type IdTokenFailure, LineLoginError, type LoginFailure } from './errors.js'
export * from './id-token/index.js'
export type { BearerInput, LiffAuthentication, LiffUser } from './liff.js'
export type * from './types.js'
