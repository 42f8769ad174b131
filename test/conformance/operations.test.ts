import { describe, expect, test } from 'vitest'
import { findDifferences, listImplemented } from './differences.js'
import { readOpenApiFolder } from './files.js'
import { knownDifferences } from './known-differences.js'

const folder = process.env['LINE_OPENAPI_DIR']
const required = Boolean(process.env['LINE_OPENAPI_REQUIRED'] || process.env['CI'])

if (!folder) console.warn('LINE_OPENAPI_DIR is not set: the comparison with the OpenAPI files of LINE is skipped')

test('the folder of OpenAPI files is set where it is required', () => {
  expect(folder || !required, 'set LINE_OPENAPI_DIR to the folder that holds them').toBeTruthy()
})

// Without the files there is nothing to compare with; the test above fails where they are required.
describe.skipIf(!folder)('against the OpenAPI files of LINE', () => {
  const operations = folder ? readOpenApiFolder(folder).operations : new Map()
  const found = findDifferences(operations)
  const known = knownDifferences.flatMap(({ differences }) => differences)
  const implemented = listImplemented()
  const covered = [...operations.keys()].filter((id) => implemented.has(id)).length
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
