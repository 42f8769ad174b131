import type { Clock } from '../../core/clock.js'
import { LineInputError } from '../../core/errors.js'
import { jsonObject, property, textProperty } from '../../core/property.js'
import { type KeptTokens, resealToken } from './clients.js'
import { createSealer, type RegistryKey, type Sealer, subjectOf, type Vault } from './seal.js'
import type { AuditEntry, Connection, RegistryStorage } from './types.js'
import type { TransferredConnection } from './work.js'

/** The result of importing one connection. */
export interface Imported {
  /** The ID of the connection in the registry. */
  readonly id: string
  /** The display name of the account. */
  readonly name: string
  /** `imported`; `known` when the connection exists already; `other_team` when the account is connected to another team, which keeps it. */
  readonly result: 'imported' | 'known' | 'other_team'
}

/** The parts of a registry that exporting and importing use. */
export interface TransferOptions {
  readonly storage: RegistryStorage
  readonly vault: Vault
  readonly clock: Clock
  audit(connection: Connection, event: AuditEntry['event'], more?: Pick<AuditEntry, 'about'>): Promise<void>
}

const format = 'line-oa team 1'
const pageSize = 500

/** Iterates over connections, one page at a time. */
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

// Without a team, storages would list the connections of all teams.
function checkTeam(team: unknown, caller: string): void {
  if (typeof team !== 'string' || team === '') throw new LineInputError(`${caller}: team must be a non-empty string`)
}

/** Exports the connections of a team, encrypted with the caller's key. Nothing is changed. Disconnected connections are omitted. */
export async function exportTeam(
  { storage, vault, audit }: TransferOptions,
  team: string,
  key: RegistryKey,
): Promise<string> {
  checkTeam(team, 'exportTeam')
  const sealer = createSealer([key])
  const connections: TransferredConnection[] = []
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

function readExport(text: string): readonly TransferredConnection[] {
  const opened = jsonObject(text)
  if (opened?.['format'] !== format || !Array.isArray(opened['connections']))
    throw new LineInputError('importTeam: exported must be a string that exportTeam returned')
  const isConnection = (value: unknown) => textProperty(property(value, 'connection'), 'id') !== undefined
  if (!opened['connections'].every(isConnection))
    throw new LineInputError('importTeam: exported has an entry that is not a connection')
  return opened['connections'] as readonly TransferredConnection[] // sealed by exportTeam
}

/** Finds the connection that the registry already has for the account of an imported connection. */
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
  { content, resources, trail }: Omit<TransferredConnection, 'connection'>,
): Promise<'done' | 'taken'> {
  const { id, channelId, destination } = connection
  // The connection comes last, so that an interrupted import can be repeated; the audit trail continues where it stopped.
  for (const resource of resources) await storage.putResource(id, resource)
  const begun = await wholeTrail(storage, id)
  for (const entry of trail.slice(begun.length)) await storage.append(entry)
  const holds = { ...(channelId !== undefined && { channelId }), destination }
  const done = await storage.insert({ ...(await vault.seal(connection, content)), holds })
  if (done === 'taken') for (const resource of resources) await storage.dropResource(id, resource.kind, resource.id)
  return done === 'done' ? 'done' : 'taken'
}

/** Imports an exported team. Importing it twice changes nothing the second time. */
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

/** The additional dependencies of encrypting connections again. */
export interface ResealOptions extends TransferOptions {
  readonly sealer: Sealer
  readonly tokens: KeptTokens | undefined
}

async function resealConnection({ storage, vault, sealer, audit }: ResealOptions, id: string): Promise<boolean> {
  for (;;) {
    const row = await storage.get(id)
    if (!row || row.sealed === '' || sealer.keyOf(row.sealed) === sealer.keyId) return false
    const { connection } = row
    const again = await vault.seal({ ...connection, revision: connection.revision + 1 }, await vault.content(row))
    const next = { ...row, ...again }
    // Another process changed the connection; read it again.
    if ((await storage.update(next, connection.revision)) !== 'done') continue
    await audit(connection, 'resealed', { about: `key ${sealer.keyId}` })
    return true
  }
}

/** Encrypts connections and stored tokens with the current key, and returns the number of connections that another key had encrypted. */
export async function reseal(options: ResealOptions): Promise<number> {
  const { storage, sealer, tokens, clock } = options
  let count = 0
  for await (const { id, channelId } of walk(storage)) {
    if (await resealConnection(options, id)) count += 1
    // This runs for every connection, because an earlier run may have stopped between a connection and its token.
    if (tokens && channelId !== undefined) await resealToken(channelId, tokens, sealer, subjectOf(id), clock.now())
  }
  return count
}
