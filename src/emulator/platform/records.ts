import * as catalog from '../../catalog.js'
import type { Endpoint } from '../../core/operation.js'

type NamesIn<Groups> = { [G in keyof Groups]: keyof Groups[G] }[keyof Groups] & string

/** The name of an operation, as the client has it. */
export type OperationName = NamesIn<typeof catalog>

/** Every record of the catalog under its name. */
export function allRecords(): ReadonlyMap<string, Endpoint> {
  return new Map(Object.values(catalog).flatMap((group) => Object.entries<Endpoint>(group)))
}
