import type { Clock } from '../../core/clock.js'
import { LineInputError } from '../../core/errors.js'
import { jsonObject } from '../../core/property.js'
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

// Without a name storages would list all teams.
function checkTeam(team: unknown, caller: string): void {
  if (typeof team !== 'string' || team === '') throw new LineInputError(`${caller}: say which team, as a text`)
}

/** Takes all that belongs to a team out, sealed with a key of the caller's. Nothing is changed; a disconnected connection has nothing to take along. */
export async function exportTeam(
  { storage, vault, audit }: TransferOptions,
  team: string,
  key: RegistryKey,
): Promise<string> {
  checkTeam(team, 'exportTeam')
  const sealer = createSealer([key])
  const connections: Travelling[] = []
  for await (const { id } of walk(storage, team)) {
    const row = await storage.get(id)
    if (!row || row.connection.state === 'disconnected') continue
    const [content, resources, trail] = [
      await vault.content(row),
      await storage.resources(id),
      await wholeTrail(storage, id),
    ]
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

/** Who has an account already that an import brings. */
async function present(
  storage: RegistryStorage,
  { id, channelId, destination }: Connection,
): Promise<Connection | undefined> {
  const row =
    (await storage.get(id)) ??
    (await storage.findByDestination(destination)) ??
    (channelId === undefined ? undefined : await storage.findByChannelId(channelId))
  return row?.connection
}

async function put(
  { storage, vault }: TransferOptions,
  connection: Connection,
  { content, resources, trail }: Omit<Travelling, 'connection'>,
): Promise<'done' | 'taken'> {
  const { id, channelId, destination } = connection
  // The connection comes last: an import that was ended before is then done anew, and goes on in the trail where that one stopped.
  for (const resource of resources) await storage.putResource(id, resource)
  const begun = await wholeTrail(storage, id)
  for (const entry of trail.slice(begun.length)) await storage.append(entry)
  const holds = { ...(channelId !== undefined && { channelId }), destination }
  const done = await storage.insert({ connection, sealed: await vault.seal(id, content), holds })
  if (done === 'taken') for (const resource of resources) await storage.dropResource(id, resource.kind, resource.id)
  return done === 'done' ? 'done' : 'taken'
}

/** Puts an exported team into a registry. Done twice it changes nothing the second time. */
export async function importTeam(
  options: TransferOptions,
  exported: string,
  key: RegistryKey,
  team: string | undefined,
): Promise<readonly Imported[]> {
  if (team !== undefined) checkTeam(team, 'importTeam')
  const { storage, clock, audit } = options
  const connections = readExport(await createSealer([key]).open(exported, format))
  const results: Imported[] = []
  for (const { connection: given, ...rest } of connections) {
    const connection: Connection = { ...given, team: team ?? given.team, updatedAt: clock.now(), revision: 1 }
    const { id, name } = connection
    const before = await present(storage, connection)
    if (!before && (await put(options, connection, rest)) === 'done') {
      await audit(connection, 'imported', given.team === connection.team ? {} : { about: `from team ${given.team}` })
      results.push({ id, name, result: 'imported' })
      continue
    }
    const other = before ?? (await present(storage, connection))
    results.push({
      id: other?.id ?? id,
      name,
      result: other && other.team !== connection.team ? 'other_team' : 'known',
    })
  }
  return results
}
