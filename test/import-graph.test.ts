// Imports point in one direction. The size of bundles is measured on the package; this test names the file that breaks a rule.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => normalize(file))

interface Import {
  readonly to: string
  /** Whether only types are imported, which leave nothing at run time. */
  readonly type: boolean
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join('src', file), 'utf8'), ts.ScriptTarget.ESNext)
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, type: boolean) => {
    if (!specifier || !ts.isStringLiteral(specifier)) return
    const { text } = specifier
    found.push({ to: text.startsWith('.') ? normalize(join(dirname(file), text.replace(/\.js$/, '.ts'))) : text, type })
  }
  const allTypes = (names: ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>) =>
    names.every(({ isTypeOnly }) => isTypeOnly)
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const { importClause: clause } = node
      const bindings = clause?.namedBindings
      const named = !clause?.name && bindings && ts.isNamedImports(bindings) && allTypes(bindings.elements)
      add(node.moduleSpecifier, clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || Boolean(named))
    } else if (ts.isExportDeclaration(node)) {
      const named = node.exportClause && ts.isNamedExports(node.exportClause) && allTypes(node.exportClause.elements)
      add(node.moduleSpecifier, node.isTypeOnly || Boolean(named))
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const graph = new Map(files.map((file) => [file, importsOf(file)]))
const runtime = (file: string) => (graph.get(file) ?? []).filter(({ type }) => !type).map(({ to }) => to)

/** Everything that a file loads at run time, including itself. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const to of runtime(file)) reach(to, seen)
  return seen
}

const importers = (library: RegExp) =>
  files.filter((file) => (graph.get(file) ?? []).some(({ to }) => library.test(to)))
const inside = (folder: string) => files.filter((file) => file.startsWith(`${folder}/`))
const violations = (from: readonly string[], forbidden: (to: string) => boolean) =>
  from.flatMap((file) =>
    runtime(file)
      .filter(forbidden)
      .map((to) => `${file} -> ${to}`),
  )

test('every import inside src leads to a file', () => {
  const lost = files.flatMap((file) =>
    (graph.get(file) ?? [])
      .filter(({ to }) => to.endsWith('.ts') && !graph.has(to))
      .map(({ to }) => `${file} -> ${to}`),
  )
  expect(lost).toEqual([])
  expect(runtime('core/call/retry.ts')).toContain('ky')
})

describe('a library is imported', () => {
  test('only by the retries: ky', () => expect(importers(/^ky$/)).toEqual(['core/call/retry.ts']))
  test('only by its entry: msw', () => expect(importers(/^msw/)).toEqual(['testing/msw.ts']))
  test('only by keys, login and the sealed registry: jose', () =>
    expect(importers(/^jose/).filter((file) => !/^(keys|login)\/|^account\/registry\/seal\.ts$/.test(file))).toEqual(
      [],
    ))
  test('only by schemas and the code that builds and runs them: zod', () => {
    const rooms = /schemas?\.ts$|schema-parts\.ts$|^core\/schema\/|^contracts\.ts$/
    expect(
      importers(/^zod/).filter(
        (file) => !rooms.test(file) && violations([file], (to) => to.startsWith('zod')).length > 0,
      ),
    ).toEqual([])
  })
  test('from this list only', () => {
    const foreign = files
      .flatMap((file) => (graph.get(file) ?? []).map(({ to }) => to))
      .filter((to) => !/\.ts$|^(ky|zod\/mini|msw|node:[\w/]+)$|^jose(\/|$)/.test(to))
    expect([...new Set(foreign)]).toEqual([])
  })
})

describe('a directory imports only what is below it', () => {
  test('core imports no topic', () =>
    expect(violations(inside('core'), (to) => to.endsWith('.ts') && !to.startsWith('core/'))).toEqual([]))

  test('a topic imports no operations of another topic', () => {
    const topic = (file: string) => /^(messaging\/[\w-]+|[\w-]+)\/operations\.ts$/.exec(file)?.[1]
    const topics = new Set(files.map(topic).filter((name) => name !== undefined && name !== 'messaging'))
    const crossing = [...topics].flatMap((name) =>
      violations(
        inside(name ?? ''),
        (to) => topic(to) !== undefined && topic(to) !== name && !(name === 'login' && topic(to) === 'tokens'),
      ),
    )
    expect(crossing).toEqual([])
  })

  test('only the test kit and the command line import the emulator, and the emulator does not import the client', () => {
    const users = files.filter((file) => !/^(emulator|testing|cli)\//.test(file))
    expect(violations(users, (to) => to.startsWith('emulator/'))).toEqual([])
    expect(violations(inside('emulator'), (to) => to === 'client.ts')).toEqual([])
  })
})

describe('an entry loads', () => {
  const heavy = (file: string) =>
    [...reach(file)].filter((to) => /^(ky|zod|jose|msw)|schemas?\.ts$/.test(to) && to !== 'core/schema/schema.ts')

  test('neither ky nor zod nor jose nor a schema for webhooks', () => {
    expect(heavy('webhook/index.ts')).toEqual([])
    expect(heavy('webhook/node.ts')).toEqual([])
  })
  test('ky alone for the client and the token sources', () => {
    expect(heavy('index.ts')).toEqual(['ky'])
    expect(heavy('tokens/index.ts')).toEqual([])
  })
  test('nothing for records', () => {
    expect(heavy('catalog.ts')).toEqual([])
    expect(heavy('operations.ts')).toEqual([])
  })
  test('modules of Node only in entries for Node', () => {
    const own = ['webhook/node.ts', 'emulator/platform/server.ts', 'testing/msw.ts', 'node/index.ts']
    const others = files.filter((file) => !own.includes(file) && !file.startsWith('node/'))
    expect(violations(others, (to) => to.startsWith('node:'))).toEqual([])
  })
})
