import { tell } from '../../core/call/hooks.js'
import { jsonObject } from '../../core/property.js'
import type { Connection } from './types.js'

/** Called with the ID of a row that cannot be read. Its content is not passed on, because it may hold anything. Errors that it throws are ignored. */
export type OnBrokenRow = (id: string) => void

const warnOfBroken: OnBrokenRow = (id) =>
  console.warn(`Connection ${id} was left out of a list of the registry, because its row cannot be read`)

/** A row of a listing, as it is stored. */
export interface ListedRow {
  readonly id: string
  readonly text: unknown
}

/** Reads rows as connections. A row that cannot be read is told to `onBroken` and left out, so that it does not hide the others. */
function readRows(rows: readonly ListedRow[], onBroken: OnBrokenRow): readonly Connection[] {
  try {
    // Parsing the whole page at once takes half the time of parsing each connection.
    const connections: unknown = JSON.parse(`[${rows.map(({ text }) => String(text)).join(',')}]`)
    if (Array.isArray(connections) && connections.every((connection, at) => connection?.id === rows[at]?.id))
      return connections as readonly Connection[] // the storage wrote them from connections
  } catch {
    // One of them is broken.
  }
  return rows.flatMap(({ id, text }) => {
    const connection = jsonObject(String(text))
    if (connection?.['id'] === id) return connection as unknown as Connection // as above
    tell(onBroken, id)
    return []
  })
}

/**
 * Reads a page of connections. If rows are broken, further rows are read until the page is full, because a short page means that it is the last one.
 *
 * @param load returns up to `limit` rows whose ID sorts after `after`.
 */
export async function readPage(
  load: (after: string | undefined, limit: number) => readonly ListedRow[] | Promise<readonly ListedRow[]>,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  onBroken: OnBrokenRow = warnOfBroken,
): Promise<readonly Connection[]> {
  const page: Connection[] = []
  let last = after
  while (page.length < limit) {
    const wanted = limit - page.length
    const rows = await load(last, wanted)
    page.push(...readRows(rows, onBroken))
    last = rows.at(-1)?.id
    if (last === undefined || rows.length < wanted) break
  }
  return page
}
