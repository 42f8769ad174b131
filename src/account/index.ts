export type { SealingKey } from '../credentials/sealing-key.js'
export type { KnownAccount } from './check/account-checks.js'
export { type CheckOptions, type CheckResult, checkAccount } from './check/check-account.js'
export {
  type Check,
  type CheckId,
  type CheckStatus,
  type Evidence,
  type Failure,
  type FailureCode,
  type FoundBy,
  failures,
} from './check/findings.js'
export type { ObservedLogin } from './check/login.js'
export type {
  AccountSource,
  AccountValues,
  CommonCheckOptions,
  KeyAccess,
  LoginAccess,
  LoginKeyAccess,
  MessagingAccess,
  RegisteredAccount,
  SecretAccess,
  TokenAccess,
} from './check/parse-options.js'
export { type AccountChange, type ChangeCode, type WatchOptions, watchAccount } from './check/watch.js'
export { type ConnectOptions, type ConnectResult, connectAccount, type PendingConnection } from './connect/connect.js'
export type { WebhookChange } from './connect/set-webhook.js'
export { type DisconnectOptions, type DisconnectResult, disconnectAccount } from './disconnect/disconnect.js'
export type { Leftover, LeftoverKind, Removal, Unread } from './disconnect/inventory.js'
export type { Answering, Confirmation, ConfirmationId } from './guide/confirmations.js'
export { type Actor, type ProvenBy, type Step, type StepId, type StepSystem, step, stepIds } from './guide/steps.js'
export * from './model.js'
export type { KeptTokens, MintedKind } from './registry/clients.js'
export { memoryRegistryStorage } from './registry/memory.js'
export { type ConnectionPage, createRegistry, type ListConnectionsOptions, type Registry } from './registry/registry.js'
export type { FindAssertionKey, RegistryKey } from './registry/seal.js'
export type { Imported } from './registry/transfer.js'
export type * from './registry/types.js'
export * from './roles.js'
