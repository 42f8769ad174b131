import type { Endpoint } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { describe, expect, test } from 'vitest'
// The comparison reads the schemas themselves, which no entry of the package exports.
import { contractTables } from '../../src/contracts.js'
import { type ContractPair, compareOperation } from './compare.js'
import { knownDifferences } from './known-differences.js'
import { readOpenApi } from './openapi.js'

const folder = process.env['LINE_OPENAPI_DIR']
const required = Boolean(process.env['LINE_OPENAPI_REQUIRED'] || process.env['CI'])

interface Built {
  readonly record: Endpoint
  readonly contract: ContractPair
}

function listBuilt(): ReadonlyMap<string, Built> {
  const tables: { readonly [group: string]: { readonly [name: string]: ContractPair } } = contractTables()
  const groups: { readonly [group: string]: { readonly [name: string]: Endpoint } } = catalog
  const built = Object.entries(groups).flatMap(([group, records]) =>
    Object.entries(records).flatMap(([name, record]): [string, Built][] => {
      const contract = tables[group]?.[name]
      return contract ? [[name, { record, contract }]] : []
    }),
  )
  return new Map(built)
}

if (!folder) console.warn('LINE_OPENAPI_DIR is not set: the comparison with the OpenAPI files of LINE is skipped')

test('the folder of OpenAPI files is set where it is required', () => {
  expect(folder || !required, 'set LINE_OPENAPI_DIR to the folder that holds them').toBeTruthy()
})

// Without the files there is nothing to compare with; the test above fails where they are required.
describe.skipIf(!folder)('against the OpenAPI files of LINE', () => {
  const operations = new Map((folder ? readOpenApi(folder) : []).map((operation) => [operation.id, operation]))
  const built = listBuilt()
  const found = new Set<string>()
  for (const [id, { record, contract }] of built) {
    const operation = operations.get(id)
    if (operation) compareOperation(id, record, contract, operation, (difference) => found.add(difference))
    else found.add(`${id}: only here`)
  }
  const known = knownDifferences.flatMap(({ differences }) => differences)
  const covered = [...operations.keys()].filter((id) => built.has(id)).length
  if (folder)
    console.info(
      `${covered} of ${operations.size} operations of LINE are implemented and compared; ${known.length} differences are known`,
    )

  test('the files hold 110 operations', () => {
    expect(operations.size).toBe(110)
  })

  test('records and contracts differ from the files only where it is known', () => {
    expect([...found].filter((difference) => !known.includes(difference))).toEqual([])
  })

  test('every known difference is still there, and listed once', () => {
    expect(known.filter((difference) => !found.has(difference))).toEqual([])
    expect(known.filter((difference, at) => known.indexOf(difference) !== at)).toEqual([])
  })
})
