// All differences between this SDK and LINE's OpenAPI files, for the tests and for `npm run openapi`.
import type { Endpoint } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { contractTables } from '../../src/contracts/tables.js'
import { type ContractPair, compareOperation } from './compare.js'
import { compareFile, type OpenApiFolder, webhookFile } from './files.js'
import { knownDifferences } from './known-differences.js'
import type { OpenApiOperation } from './openapi.js'
import { findEventDifferences, knownEventDifferences } from './webhook-events.js'

interface Implemented {
  readonly record: Endpoint
  readonly contract: ContractPair
}

/** The record and contract of every operation, by operationId. */
export function listImplemented(): ReadonlyMap<string, Implemented> {
  const tables: { readonly [group: string]: { readonly [name: string]: ContractPair } } = contractTables()
  const groups: { readonly [group: string]: { readonly [name: string]: Endpoint } } = catalog
  const implemented = Object.entries(groups).flatMap(([group, records]) =>
    Object.entries(records).flatMap(([name, record]): [string, Implemented][] => {
      const contract = tables[group]?.[name]
      return contract ? [[name, { record, contract }]] : []
    }),
  )
  return new Map(implemented)
}

/** Compares every record and contract with the operations of LINE's files. */
export function findDifferences(operations: ReadonlyMap<string, OpenApiOperation>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [id, { record, contract }] of listImplemented()) {
    const operation = operations.get(id)
    if (operation)
      compareFile(`The operation ${id}`, () =>
        compareOperation(id, record, contract, operation, (difference) => found.add(difference)),
      )
    else found.add(`${id}: only here`)
  }
  return found
}

/** What a copy of LINE's files has that this SDK does not know of. */
export interface OpenApiChanges {
  /** How many operations of the files this SDK implements. */
  readonly compared: number
  /** Operations that this SDK lacks, such as `GET /v2/bot/info (getBotInfo)`. */
  readonly added: readonly string[]
  /** Operations of this SDK that the files lack, by operationId. */
  readonly removed: readonly string[]
  /** Every other difference that is not known: a place with both sides. */
  readonly differences: readonly string[]
  /** Known differences that no longer exist. */
  readonly gone: readonly string[]
}

/**
 * Compares this SDK with LINE's OpenAPI files.
 *
 * @throws {OpenApiFileError} when a file has a schema that cannot be compared.
 */
export function findOpenApiChanges({ operations, webhook }: OpenApiFolder): OpenApiChanges {
  const implemented = listImplemented()
  const found = new Set([
    ...findDifferences(operations),
    ...compareFile(webhookFile, () => findEventDifferences(webhook)),
  ])
  const known = [...knownDifferences, ...knownEventDifferences].flatMap(({ differences }) => differences)
  const unknown = [...found].filter((difference) => !known.includes(difference))
  const isRemoved = (difference: string) => implemented.has(difference.replace(/: only here$/, ''))
  return {
    compared: [...operations.keys()].filter((id) => implemented.has(id)).length,
    added: [...operations.values()]
      .filter(({ id }) => !implemented.has(id))
      .map(({ id, method, path }) => `${method} ${path} (${id})`),
    removed: unknown.filter(isRemoved).map((difference) => difference.replace(/: only here$/, '')),
    differences: unknown.filter((difference) => !isRemoved(difference)),
    gone: known.filter((difference) => !found.has(difference)),
  }
}
