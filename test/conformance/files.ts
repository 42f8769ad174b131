// Reads a folder of LINE's OpenAPI files and says clearly what is wrong with a file that cannot be compared.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { below, isNode, listOperations, type Node, type OpenApiOperation } from './openapi.js'

/** A folder or file that cannot be compared. The message names it, and says what to do. */
export class OpenApiFileError extends Error {
  constructor(path: string, problem: string, advice: string) {
    super(`${path} ${problem}. ${advice}`)
    this.name = 'OpenApiFileError'
  }
}

/** What the files of a folder describe. */
export interface OpenApiFolder {
  /** The requests to LINE, by operationId. */
  readonly operations: ReadonlyMap<string, OpenApiOperation>
  /** The document about the requests of LINE to a bot. */
  readonly webhook: Node
}

/** The file about the requests of LINE to a bot. The others are about the requests to LINE. */
export const webhookFile = 'webhook.yml'

/** The files that LINE publishes. A folder without one of them is an incomplete copy. */
const publishedFiles: readonly string[] = [
  'channel-access-token.yml',
  'insight.yml',
  'liff.yml',
  'manage-audience.yml',
  'messaging-api.yml',
  'module-attach.yml',
  'module.yml',
  'shop.yml',
  webhookFile,
]

const source = 'https://github.com/line/line-openapi'
const copyAgain = `Copy it again from ${source}`

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'

/** Lists the places of references that lead nowhere. */
function findLostReferences(root: Node): readonly string[] {
  const lost = new Set<string>()
  const seen = new Set<object>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    const reference: unknown = isNode(value) ? value['$ref'] : undefined
    if (typeof reference === 'string') {
      const [file, ...keys] = reference.split('/')
      if (file !== '#' || Object.keys(below(root, ...keys)).length === 0) lost.add(reference)
    }
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(root)
  return [...lost]
}

function parseYaml(path: string, text: string): unknown {
  const parsed = parseDocument(text)
  const [problem] = parsed.errors
  if (problem) {
    const { line = 0, col = 0 } = problem.linePos?.[0] ?? {}
    throw new OpenApiFileError(path, `is not valid YAML: ${problem.code} at line ${line}, column ${col}`, copyAgain)
  }
  try {
    return parsed.toJS()
  } catch {
    throw new OpenApiFileError(path, 'is not valid YAML: it uses an alias that it does not define', copyAgain)
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new OpenApiFileError(path, `cannot be read (${codeOf(error)})`, 'Check that it is a readable file')
  }
}

function readFile(path: string): Node {
  const text = readText(path)
  const document: unknown = parseYaml(path, text)
  if (!isNode(document) || typeof document['openapi'] !== 'string' || !isNode(document['paths']))
    throw new OpenApiFileError(path, 'is not an OpenAPI document: it has no `openapi` or no `paths`', copyAgain)
  const [lost] = findLostReferences(document)
  if (lost !== undefined) throw new OpenApiFileError(path, `refers to ${lost}, which is not in the file`, copyAgain)
  return document
}

/** Runs a comparison. The readers of schemas never return from a schema that inherits from itself. */
export function compareFile<T>(path: string, compare: () => T): T {
  try {
    return compare()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new OpenApiFileError(path, 'has a schema that includes itself without end', copyAgain)
  }
}

/** Reads the names of the files, and checks that the copy is complete. */
function listFiles(folder: string): readonly string[] {
  const advice = `Pass the folder of LINE's OpenAPI files, for example a clone of ${source}`
  let names: readonly string[]
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.yml'))
  } catch (error) {
    throw new OpenApiFileError(folder, `cannot be read (${codeOf(error)})`, advice)
  }
  const missing = publishedFiles.filter((name) => !names.includes(name))
  if (missing.length > 0)
    throw new OpenApiFileError(
      folder,
      `has no ${missing.join(', no ')}`,
      `${advice}. If LINE has moved a file, update the list in test/conformance/files.ts`,
    )
  // A clone also holds files of other kinds. A new OpenAPI file is read like the others.
  const isOpenApi = (name: string) =>
    publishedFiles.includes(name) || /^["']?openapi["']?:/m.test(readText(join(folder, name)))
  return names.filter(isOpenApi).sort()
}

/**
 * Reads a folder of LINE's OpenAPI files.
 *
 * @throws {OpenApiFileError} when the folder or one of the files is missing, unreadable or broken.
 */
export function readOpenApiFolder(folder: string): OpenApiFolder {
  const operations = new Map<string, OpenApiOperation>()
  for (const name of listFiles(folder)) {
    if (name === webhookFile) continue
    for (const operation of listOperations(readFile(join(folder, name)))) {
      const { id, method, path } = operation
      if (id === 'undefined' || operations.has(id))
        throw new OpenApiFileError(
          join(folder, name),
          `has ${id === 'undefined' ? 'no operationId' : `the operationId ${id} of another operation`} at ${method} ${path}`,
          'Operations are compared by operationId; correct the copy of the file',
        )
      operations.set(id, operation)
    }
  }
  return { operations, webhook: readFile(join(folder, webhookFile)) }
}
