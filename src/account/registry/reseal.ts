import type { Clock } from '../../core/clock.js'
import type { Sealer } from '../seal.js'
import type { RegistryStorage } from './storage.js'
import { type KeptTokens, resealToken } from './tokens.js'
import { walk } from './transfer.js'
import type { AuditEntry, Connection } from './types.js'
import { subjectOf, type Vault } from './vault.js'

/** What sealing again needs of a registry. */
export interface ResealOptions {
  readonly storage: RegistryStorage
  readonly vault: Vault
  readonly sealer: Sealer
  readonly tokens: KeptTokens | undefined
  readonly clock: Clock
  audit(connection: Connection, event: AuditEntry['event'], more?: Pick<AuditEntry, 'about'>): Promise<void>
}

async function resealConnection({ storage, vault, sealer, audit }: ResealOptions, id: string): Promise<boolean> {
  for (;;) {
    const row = await storage.get(id)
    if (!row || row.sealed === '' || sealer.keyOf(row.sealed) === sealer.keyId) return false
    const { connection } = row
    const sealed = await vault.seal(id, await vault.content(row))
    const next = { ...row, sealed, connection: { ...connection, revision: connection.revision + 1 } }
    // Overtaken by another process: what that one wrote is looked at anew.
    if ((await storage.update(next, connection.revision)) !== 'done') continue
    await audit(connection, 'resealed', { about: `key ${sealer.keyId}` })
    return true
  }
}

/** Seals again what older keys had sealed, tokens that are kept included, and counts the connections. */
export async function reseal(options: ResealOptions): Promise<number> {
  const { storage, sealer, tokens, clock } = options
  let count = 0
  for await (const { id, channelId } of walk(storage)) {
    if (await resealConnection(options, id)) count += 1
    // Not only where the connection was: an earlier run may have ended between the two.
    if (tokens && channelId !== undefined) await resealToken(channelId, tokens, sealer, subjectOf(id), clock.now())
  }
  return count
}
