import { createLineClient, type LineClient } from '../../client.js'
import type { CallerOptions } from '../../core/call/caller.js'
import { LineInputError } from '../../core/errors.js'
import type { Sealer } from '../seal.js'
import type { StoredConnection } from './storage.js'
import { type KeptTokens, tokensOf } from './tokens.js'
import { subjectOf, type Vault } from './vault.js'

/** A connection ready for use: its client, and the secrets that its webhooks are signed with, the current one first. */
export interface Bound {
  readonly client: LineClient
  readonly channelSecrets: readonly string[]
}

/** Binds clients to connections. */
export interface Binder {
  bind(row: StoredConnection): Promise<Bound>
}

// A client holds its token, so one per delivery would mint a token for each. Beyond this many the one used longest ago goes.
const mostBound = 1000

/** Makes a binder. It opens a connection when it is first used, and again when what is sealed has changed. */
export function createBinder(
  vault: Vault,
  sealer: Sealer,
  tokens: KeptTokens | undefined,
  calling: CallerOptions,
): Binder {
  const bound = new Map<string, { readonly sealed: string; readonly made: Promise<Bound> }>()

  const make = async (row: StoredConnection): Promise<Bound> => {
    const { id } = row.connection
    const content = await vault.content(row)
    const { messaging } = await vault.open(row)
    const channelAccessToken = tokensOf(messaging, tokens, sealer, subjectOf(id))
    if (!channelAccessToken) throw new LineInputError(`The connection ${id} has nothing to call LINE with`)
    const { channelSecret } = content.messaging
    return {
      client: createLineClient({ ...calling, channelAccessToken }),
      channelSecrets: [...(channelSecret === undefined ? [] : [channelSecret]), ...(content.formerSecrets ?? [])],
    }
  }

  return {
    async bind(row) {
      const { id } = row.connection
      const known = bound.get(id)
      const entry = known?.sealed === row.sealed ? known : { sealed: row.sealed, made: make(row) }
      bound.delete(id)
      bound.set(id, entry)
      const [oldest] = bound.keys()
      if (oldest !== undefined && bound.size > mostBound) bound.delete(oldest)
      try {
        return await entry.made
      } catch (error) {
        // A failure is not kept: a key store may have been away.
        if (bound.get(id) === entry) bound.delete(id)
        throw error
      }
    },
  }
}
