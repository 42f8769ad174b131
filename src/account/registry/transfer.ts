import type { Clock } from '../../core/clock.js'
import { LineInputError } from '../../core/errors.js'
import { jsonObject } from '../../core/response.js'
import { createSealer, type RegistryKey } from '../seal.js'
import type { RegistryStorage } from './storage.js'
import type { AuditEntry, Connection } from './types.js'
import type { Vault } from './vault.js'
import type { Travelling } from './work.js'

/** What became of one connection of an import. */
export interface Imported {
  /** In the registry that it came to. */
  readonly id: string
  readonly name: string
  /** `imported`; `known` when it is there already; `other_team` when the account is connected to another team, and stays there. */
  readonly result: 'imported' | 'known' | 'other_team'
}

/** What exporting and importing needs of a registry. */
export interface TransferOptions {
  readonly storage: RegistryStorage
  readonly vault: Vault
  readonly clock: Clock
  audit(connection: Connection, event: AuditEntry['event'], more?: Pick<AuditEntry, 'about'>): Promise<void>
}

const format = 'line-oa team 1'
const pageSize = 500

/** Walks over all connections, a page at a time. */
export async function* walk(storage: RegistryStorage, team?: string): AsyncGenerator<Connection, void, undefined> {
  for (let after: string | undefined; ; ) {
    const page = await storage.page({ team, after, limit: pageSize })
    yield* page
    after = page.at(-1)?.id
    if (page.length < pageSize || after === undefined) return
  }
}

async function wholeTrail(storage: RegistryStorage, id: string): Promise<readonly AuditEntry[]> {
  const trail: AuditEntry[] = []
  for (;;) {
    const part = await storage.trail(id, trail.length, pageSize)
    trail.push(...part)
    if (part.length < pageSize) return trail
  }
}

/** Takes all that belongs to a team out, sealed with a key of the caller's. Nothing is changed; a disconnected connection has nothing to take along. */
export async function exportTeam({ storage, vault, audit }: TransferOptions, team: string, key: RegistryKey): Promise<string> {
  const sealer = createSealer([key])
  const connections: Travelling[] = []
  for await (const { id } of walk(storage, team)) {
    const row = await storage.get(id)
    if (!row || row.connection.state === 'disconnected') continue
    const [content, resources, trail] = [await vault.content(row), await storage.resources(id), await wholeTrail(storage, id)]
    connections.push({ connection: row.connection, content, resources, trail })
  }
  const sealed = await sealer.seal(JSON.stringify({ format, team, connections }), format)
  for (const { connection } of connections) await audit(connection, 'exported')
  return sealed
}

function readExport(text: string): readonly Travelling[] {
  const opened = jsonObject(text)
  if (opened?.['format'] !== format || !Array.isArray(opened['connections']))
    throw new LineInputError('importTeam: this is no export of a team')
  return opened['connections'] as readonly Travelling[] // sealed by exportTeam
}

/** Puts an exported team into a registry. Done twice it changes nothing the second time. */
export async function importTeam(
  { storage, vault, clock, audit }: TransferOptions,
  exported: string,
  key: RegistryKey,
  team: string | undefined,
): Promise<readonly Imported[]> {
  const connections = readExport(await createSealer([key]).open(exported, format))
  const results: Imported[] = []
  for (const { connection: given, content, resources, trail } of connections) {
    const connection: Connection = { ...given, team: team ?? given.team, updatedAt: clock.now(), revision: 1 }
    const { id, name, channelId, destination } = connection
    const holds = { ...(channelId !== undefined && { channelId }), destination }
    const done = await storage.insert({ connection, sealed: await vault.seal(id, content), holds })
    if (done === 'taken') {
      const other = await storage.findByDestination(destination)
      results.push({
        id: other?.connection.id ?? id,
        name,
        result: other && other.connection.team !== connection.team ? 'other_team' : 'known',
      })
      continue
    }
    for (const resource of resources) await storage.putResource(id, resource)
    for (const entry of trail) await storage.append(entry)
    await audit(connection, 'imported', given.team === connection.team ? {} : { about: `from team ${given.team}` })
    results.push({ id, name, result: 'imported' })
  }
  return results
}
