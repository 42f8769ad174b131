export {
  type ConnectForm,
  type ConnectFormOptions,
  type LoginCredentials,
  type LoginOptions,
  type MessagingCredentials,
  type MessagingOptions,
  parseChannelAccessToken,
  parseChannelSecret,
  parseConnectForm,
  parseLoginCredentials,
  parseMessagingCredentials,
  type WarningOptions,
} from './channel-credentials.js'
export * from './env.js'
export * from './identifiers.js'
export type { ParseOptions } from './parse-options.js'
export { type PrivateKeyOptions, parseAssertionPrivateKey } from './private-key.js'
export * from './secret.js'
export * from './webhook-url.js'
