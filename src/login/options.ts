import type { CallerOptions } from '../core/call/caller.js'
import type { CallOptions } from '../core/operation.js'
import type { Secret } from '../credentials/secret.js'
import type { AssertionKey } from '../keys/types.js'
import type { AuthorizeOptions } from './authorize.js'
import type { IdTokenKeys } from './id-token/key-set.js'
import type { RandomBytes } from './pkce.js'

/** A LINE Login channel, for a back end that gets its tokens from LIFF or a native app, and how calls are made. */
export interface LoginBackendOptions<Provider extends string = string> extends CallerOptions {
  /** The ID of the Login channel, decimal digits as text. */
  readonly channelId: string
  /** The channel's secret. LINE wants it for refreshing and revoking where the channel is a web app only. */
  readonly channelSecret?: string | Secret | undefined
  /** An assertion signing key of the Login channel, for calls with the channel's own token; without it they use the secret. */
  readonly assertionKey?: AssertionKey | undefined
  /** A name of your own for the channel's provider, such as `japan`, which keeps user IDs of different providers apart in the types. */
  readonly provider?: Provider | undefined
  /** Where LINE's keys for ES256 come from. Default: `lineKeySet()` over this client's fetch and clock. */
  readonly keys?: IdTokenKeys | undefined
  /** How far LINE's clock and this one may be apart when an ID token is checked, in seconds. Default: 0, and 10 for a token from the future. */
  readonly clockTolerance?: number | undefined
}

/** A LINE Login channel of a web app, and how calls are made. */
export interface LoginClientOptions<Provider extends string = string> extends LoginBackendOptions<Provider> {
  /** The channel's secret. It exchanges the code and checks the ID token. */
  readonly channelSecret: string | Secret
  /** A callback URL, exactly as it is registered for the channel. A query may be added to it. */
  readonly redirectUri: string
  /** What every `start` does unless it is told otherwise. A login that has lost its attempt starts again with these. */
  readonly defaults?: AuthorizeOptions | undefined
  /** Where `state`, `nonce` and the PKCE verifier come from. It must be unpredictable. Default: `crypto.getRandomValues`. */
  readonly randomBytes?: RandomBytes | undefined
}

/** How one login is started. */
export interface StartOptions extends AuthorizeOptions {
  /** A path of your site to find back after the login, beginning with one slash. LINE does not see it. */
  readonly returnTo?: string | undefined
}

/** What one call may be told. */
export type LoginCallOptions = Pick<CallOptions, 'signal' | 'timeout' | 'totalTimeout'>
