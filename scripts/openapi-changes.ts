// Compares this SDK with a copy of LINE's OpenAPI files and prints what has changed: node scripts/openapi-changes.ts FOLDER
// Ends with 0 when nothing has changed, 1 when something has, and 2 when the files cannot be compared.
import { resolve } from 'node:path'
import './source-imports.ts'
import type { OpenApiChanges } from '../test/conformance/differences.ts'

const usage = `Usage: npm run openapi -- FOLDER
FOLDER holds LINE's OpenAPI files, for example a clone of https://github.com/line/line-openapi. Default: the environment variable LINE_OPENAPI_DIR.`

function printList(title: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log(`\n${title} (${lines.length})\n${lines.map((line) => `  ${line}`).join('\n')}`)
}

function print({ compared, added, removed, differences, gone }: OpenApiChanges): boolean {
  const isNew = (difference: string) => /: not here(?:$|:)|: nothing here;/.test(difference)
  const isRemoved = (difference: string) => /: only here(?:$|:)|; nothing there$/.test(difference)
  const changed = differences.filter((difference) => !isNew(difference) && !isRemoved(difference))
  printList('New operations', added)
  printList('Removed operations', removed)
  printList('New fields, types and values', differences.filter(isNew))
  printList('Removed fields, types and values', differences.filter(isRemoved))
  printList('Changed kinds, limits, requirements and requests', changed)
  printList('Known differences that no longer exist; remove them from test/conformance', gone)
  const total = added.length + removed.length + differences.length + gone.length
  if (total > 0)
    console.log(
      `\nIn each line, "here" is this SDK and "there" is LINE's file. CONTRIBUTING.md says how to follow LINE.`,
    )
  console.log(
    `\n${compared} operations and all webhook events compared: ${total === 0 ? 'nothing has' : total === 1 ? '1 thing has' : `${total} things have`} changed.`,
  )
  return total > 0
}

const [argument = process.env['LINE_OPENAPI_DIR'], ...more] = process.argv.slice(2)
if (!argument || more.length > 0) {
  console.error(usage)
  process.exitCode = 2
} else {
  const folder = resolve(argument)
  process.chdir(resolve(import.meta.dirname, '..'))
  const { OpenApiFileError, readOpenApiFolder } = await import('../test/conformance/files.ts')
  try {
    const files = readOpenApiFolder(folder)
    const { findOpenApiChanges } = await import('../test/conformance/differences.ts')
    process.exitCode = print(findOpenApiChanges(files)) ? 1 : 0
  } catch (error) {
    if (!(error instanceof OpenApiFileError)) throw error
    console.error(`${error.message}.`)
    process.exitCode = 2
  }
}
