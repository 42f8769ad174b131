// Every type that an entry leads to, as the compiler sees it.
import { resolve, sep } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { entries, openEditor } from './editor.js'

const { program, files } = openEditor([
  `
  export interface Hidden { readonly list: readonly { readonly deep?: { readonly here: ReturnType<typeof JSON.parse> } | undefined }[] }
  export declare function handed<T>(take: (of: Promise<Map<string, any>>) => void): T
  export declare class Held { protected kept: string; open<Of extends any[]>(): Of }
  export type Chosen<T> = T extends string ? any : number
`,
])
const [opened = ''] = files
const checker = program.getTypeChecker()
const here = resolve('.') + sep
const isOurs = ({ symbol }: ts.Type) =>
  (symbol?.declarations ?? []).some((node) => {
    const { fileName } = node.getSourceFile()
    return resolve(fileName).startsWith(here) && !fileName.includes('node_modules')
  })

/** Lists where `any` stands in what a file exports. */
function findAny(path: string): { readonly found: readonly string[]; readonly looked: number } {
  const found: string[] = []
  const seen = new Set<ts.Type>()
  const source = program.getSourceFile(path)
  const module = source && checker.getSymbolAtLocation(source)
  if (!source || !module) throw new Error(`${path} is no module`)

  const visitSignature = (signature: ts.Signature, at: string): void => {
    for (const parameter of signature.typeParameters ?? []) visit(parameter, `${at}<${parameter.symbol.name}>`)
    for (const parameter of signature.parameters)
      visit(checker.getTypeOfSymbolAtLocation(parameter, source), `${at}(${parameter.name})`)
    visit(signature.getReturnType(), `${at}()`)
  }

  const visit = (type: ts.Type, at: string): void => {
    if (type.flags & ts.TypeFlags.Any) found.push(at)
    if (seen.has(type)) return
    seen.add(type)
    for (const [place, argument] of (type.aliasTypeArguments ?? []).entries()) visit(argument, `${at}<${place}>`)
    if (type.isUnionOrIntersection()) for (const part of type.types) visit(part, at)
    if (type.flags & ts.TypeFlags.TypeParameter) {
      const bounds = [checker.getBaseConstraintOfType(type), type.getDefault()]
      for (const bound of bounds) if (bound && bound !== type) visit(bound, `${at} extends`)
    }
    if (type.flags & ts.TypeFlags.Conditional) {
      const { root } = type as ts.ConditionalType // as its flag says
      for (const branch of [root.node.checkType, root.node.extendsType, root.node.trueType, root.node.falseType])
        visit(checker.getTypeFromTypeNode(branch), `${at}?`)
    }
    if (!(type.flags & ts.TypeFlags.Object)) return
    const isReference = Boolean((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) // as its flag says
    if (isReference) {
      const { target } = type as ts.TypeReference // see above
      for (const [place, argument] of checker.getTypeArguments(type as ts.TypeReference).entries()) {
        // What an Iterable returns at its end is any by TypeScript's own default, unless somebody says otherwise.
        const usual = target.typeParameters?.[place]?.getDefault()
        if (isOurs(target) || !usual || !(usual.flags & ts.TypeFlags.Any)) visit(argument, `${at}<${place}>`)
      }
    }
    for (const { type: value } of checker.getIndexInfosOfType(type)) visit(value, `${at}[]`)
    // What the members of a Map or a Request are is not ours to say.
    if (!isOurs(type)) return
    for (const kind of [ts.SignatureKind.Call, ts.SignatureKind.Construct])
      for (const signature of checker.getSignaturesOfType(type, kind)) visitSignature(signature, at)
    for (const property of checker.getPropertiesOfType(type))
      visit(checker.getTypeOfSymbolAtLocation(property, source), `${at}.${property.name}`)
  }

  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    if (symbol.flags & ts.SymbolFlags.Value) visit(checker.getTypeOfSymbolAtLocation(symbol, source), exported.name)
    if (symbol.flags & ts.SymbolFlags.Type) visit(checker.getDeclaredTypeOfSymbol(symbol), exported.name)
  }
  return { found, looked: seen.size }
}

test('the search finds any in members, callbacks, bounds and conditions', () => {
  expect(findAny(opened).found).toEqual([
    'handed(take)(of)<0><1>',
    'Hidden.list<0>.deep.here',
    expect.stringMatching(/^Held.*<Of> extends/),
    expect.stringMatching(/^Held.*<Of> extends/),
    'Chosen?',
  ])
})

test.each(entries)('%s leads to no any', (_, file) => {
  const { found, looked } = findAny(file)
  expect(found).toEqual([])
  expect(looked).toBeGreaterThan(3)
})
