import type { CallerOptions } from '../../core/call/caller.js'
import type { RegistryKey } from '../seal.js'
import type { FindAssertionKey } from './content.js'
import type { RegistryStorage } from './storage.js'
import type { KeptTokens } from './tokens.js'

/** What a registry is made of. Beside it stands how its clients call. */
export interface RegistryOptions extends CallerOptions {
  readonly storage: RegistryStorage
  /** Keys that credentials are sealed with: the first seals and all of them open, so that a key can be changed. See `reseal`. */
  readonly keys: readonly [RegistryKey, ...RegistryKey[]]
  /** Has clients mint and keep tokens that LINE counts. Default: stateless tokens, of which nothing is kept. */
  readonly tokens?: KeptTokens | undefined
  /** Finds assertion keys that are held elsewhere, such as in a key management service. Default: the registry keeps private keys, sealed. */
  readonly assertionKey?: FindAssertionKey | undefined
}
