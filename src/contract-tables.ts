import type * as catalog from './catalog.js'
import type { Contracts } from './core/schema.js'
import { contracts as bot } from './messaging/bot/schemas.js'
import { contracts as follower } from './messaging/follower/schemas.js'
import { contracts as narrowcast } from './messaging/narrowcast/schemas.js'
import { contracts as profile } from './messaging/profile/schemas.js'
import { contracts as quota } from './messaging/quota/schemas.js'
import { contracts as send } from './messaging/send/schemas.js'
import { contracts as webhookEndpoint } from './messaging/webhook-endpoint/schemas.js'
import { contracts as tokens } from './tokens/schemas.js'

/** The contracts of every group in the catalog, complete by type. */
export type ContractTables = { readonly [Group in keyof typeof catalog]: Contracts<(typeof catalog)[Group]> }

/**
 * Collects the contracts of all operations, in the groups of the catalog.
 *
 * A function, because bundlers keep a spread that stands at the top of a module, and every schema with it.
 */
export function contractTables(): ContractTables {
  return {
    messaging: { ...bot, ...follower, ...narrowcast, ...profile, ...quota, ...send, ...webhookEndpoint },
    tokens,
  }
}
