// Two clients, receivers or emulators in one process must not affect each other, so modules hold no mutable state.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const table = 'a lookup table that is never written to'

/** Every top-level `let`, `var`, static field, Map, Set, WeakMap and WeakSet in src that is allowed, with the reason. */
const allowed: { readonly [place: string]: string } = {
  'core/call/match.ts: lineHosts': table,
  'login/id-token/key-cache.ts: caches': 'the one cache of LINE’s public keys per fetch function',
}

const collection = /^(?:Weak)?(?:Map|Set)$/

function findState(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
  const makesCollection = (node: ts.Node): boolean => {
    // A collection that a function makes belongs to the call, not to the module.
    if (ts.isFunctionLike(node)) return false
    if (ts.isNewExpression(node) && collection.test(node.expression.getText(source))) return true
    return ts.forEachChild(node, makesCollection) ?? false
  }
  return source.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0
      return statement.declarationList.declarations
        .filter(({ initializer }) => !isConst || (initializer && makesCollection(initializer)))
        .map(({ name }) => `${file}: ${name.getText(source)}`)
    }
    if (!ts.isClassDeclaration(statement)) return []
    return statement.members
      .filter((member) => ts.isPropertyDeclaration(member))
      .filter((member) => ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword))
      .map((member) => `${file}: ${member.name.getText(source)}`)
  })
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

test('no module of src holds mutable state, except what is listed with a reason', () => {
  const found = files.flatMap((file) => findState(file.replaceAll('\\', '/'), readFileSync(join('src', file), 'utf8')))
  expect(found.sort()).toEqual(Object.keys(allowed).sort())
})

test('the scan finds state of every kind, and none inside functions', () => {
  const text = `let a = 1
export const b = new Map<string, number>()
const c = keep(new WeakSet())
const d = () => new Map()
const e = { f: new Set() }
class G { static h = 1; i = new Map() }`
  expect(findState('x.ts', text)).toEqual(['x.ts: a', 'x.ts: b', 'x.ts: c', 'x.ts: e', 'x.ts: h'])
})
