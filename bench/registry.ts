import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Connection, createRegistry, memoryRegistryStorage, type RegistryStorage } from 'line-oa/account'
import { sqliteRegistryStorage } from 'line-oa/account/sqlite'

/** The cost of listing and iterating over a registry. */
export interface RegistryFigures {
  /** Time to list 10,000 connections, in milliseconds: the median of the rounds, and the minimum. */
  readonly listed: { readonly [storage: string]: { readonly median: number; readonly least: number } }
  readonly walked: {
    readonly count: number
    /** Whether each connection was returned once, in order. */
    readonly inOrder: boolean
    readonly seconds: number
    /** Maximum difference of the used heap between the first tenth and the end, in bytes. */
    readonly growth: number
  }
}

const key = { id: 'bench', key: 'k'.repeat(32) }

const idOf = (number: number) => String(number).padStart(10, '0')

const connection = (id: string): Connection => ({
  id,
  team: 'tea',
  state: 'connected',
  destination: `U${id.padStart(32, '0')}`,
  basicId: '@123tea',
  name: 'Tea House',
  mode: 'full',
  answering: 'tool-only',
  groups: false,
  confirmations: [{ id: 'greeting', holds: true, at: 1_800_000_000_000, by: 'Mika' }],
  health: { verdict: 'connected', codes: [], checkedAt: 1_800_000_000_000 },
  createdAt: 1_800_000_000_000,
  connectedAt: 1_800_000_000_000,
  updatedAt: 1_800_000_000_000,
  revision: 3,
})

/** Writes connections to a file as a registry does. Inserting them one by one would take minutes. */
function fill(path: string, count: number): void {
  sqliteRegistryStorage(path).close()
  const database = new DatabaseSync(path)
  const [before = '', after = ''] = JSON.stringify({ ...connection(idOf(0)), id: '#' }).split('#')
  database.exec(`
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})
    INSERT INTO line_oa_connections
      SELECT printf('%010d', i), 'tea', 3, NULL, NULL, '${before}' || printf('%010d', i) || '${after}' FROM n;
  `)
  database.close()
}

async function listing(storage: RegistryStorage, count: number): Promise<RegistryFigures['listed'][string]> {
  const registry = createRegistry({ storage, keys: [key] })
  const rounds: number[] = []
  for (let round = 0; round < 15; round++) {
    const start = performance.now()
    const { connections } = await registry.list({ limit: count })
    rounds.push(performance.now() - start)
    if (connections.length !== count) throw new Error(`listed ${connections.length} connections instead of ${count}`)
  }
  const [least = Number.NaN, ...others] = rounds.toSorted((one, other) => one - other)
  return { median: others[6] ?? Number.NaN, least }
}

function heapInUse(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

async function walking(storage: RegistryStorage, count: number): Promise<RegistryFigures['walked']> {
  const registry = createRegistry({ storage, keys: [key] })
  const start = performance.now()
  const heap: number[] = []
  let seen = 0
  let last = ''
  let inOrder = true
  for await (const { id } of registry.each()) {
    inOrder &&= id > last
    last = id
    seen += 1
    if (seen % (count / 10) === 0) heap.push(heapInUse())
  }
  const seconds = (performance.now() - start) / 1000
  return { count: seen, inOrder, seconds, growth: Math.max(...heap) - Math.min(...heap) }
}

/** Lists 10,000 connections, and iterates over `walked` connections in a SQLite file. */
export async function registryFigures(walked: number): Promise<RegistryFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'line-oa-bench-'))
  try {
    const inMemory = memoryRegistryStorage()
    for (let number = 0; number < 10_000; number++) {
      const one = connection(idOf(number))
      await inMemory.insert({ connection: one, sealed: 'sealed', holds: { destination: one.destination } })
    }
    const [few, many] = [join(folder, 'few.db'), join(folder, 'many.db')]
    fill(few, 10_000)
    fill(many, walked)
    const [fewOnDisk, manyOnDisk] = [sqliteRegistryStorage(few), sqliteRegistryStorage(many)]
    const listed = { memory: await listing(inMemory, 10_000), SQLite: await listing(fewOnDisk, 10_000) }
    const walk = await walking(manyOnDisk, walked)
    fewOnDisk.close()
    manyOnDisk.close()
    return { listed, walked: walk }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
