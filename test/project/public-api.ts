// Reads the public types of the package from their sources.
import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import ts from 'typescript'
import manifest from '../../package.json' with { type: 'json' }

/** A field or method of a public type. */
export interface Field {
  /** Where it is declared, such as `core/errors.ts`. */
  readonly file: string
  /** Type and field, such as `LineError.code`. */
  readonly name: string
  /** Its doc comment; empty when there is none. */
  readonly comment: string
}

const entries = Object.entries(manifest.exports).flatMap(([name, target]) =>
  typeof target === 'string'
    ? []
    : [
        [
          name.replace('.', 'line-oa'),
          resolve(target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts')),
        ] as const,
      ],
)

const options = ts.parseJsonConfigFileContent(
  ts.readConfigFile(resolve('tsconfig.json'), (path) => readFileSync(path, 'utf8')).config,
  ts.sys,
  resolve('.'),
).options

/** The exports of the package's entries. */
export interface PublicApi {
  /** The names of the entries, such as `line-oa/webhook`. */
  readonly entries: readonly string[]
  /** The fields and methods of every type that an entry exports. */
  readonly fieldsOf: (entry: string) => readonly Field[]
  /** Every exported name of an entry. */
  readonly namesOf: (entry: string) => readonly string[]
  /** The exported names of an entry that stand for a function, class or constant in the source. */
  readonly valueNamesOf: (entry: string) => readonly string[]
  /** Names that several entries export for different declarations. */
  readonly ambiguousNames: () => readonly string[]
}

/** Reads the exports of every entry. One program serves all of them, because making it takes seconds. */
export function readPublicApi(): PublicApi {
  const program = ts.createProgram({ rootNames: entries.map(([, file]) => file), options })
  const checker = program.getTypeChecker()

  const exportsOf = (entry: string): readonly ts.Symbol[] => {
    const file = entries.find(([name]) => name === entry)?.[1] ?? ''
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    return module ? checker.getExportsOfModule(module) : []
  }
  const target = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

  const fieldsIn = (node: ts.Node, owner: string, found: Field[]): void => {
    const isMember =
      ts.isPropertySignature(node) ||
      ts.isMethodSignature(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isGetAccessor(node)
    // Private names and symbols are not offered by editors.
    if (isMember && !ts.isPrivateIdentifier(node.name) && !ts.isComputedPropertyName(node.name)) {
      const symbol = checker.getSymbolAtLocation(node.name)
      const comment = ts.displayPartsToString(symbol?.getDocumentationComment(checker))
      const file = relative(resolve('src'), node.getSourceFile().fileName).replaceAll('\\', '/')
      found.push({ file, name: `${owner}.${node.name.getText()}`, comment })
    }
    // The body of a method or function declares nothing public.
    if (ts.isBlock(node)) return
    const inner = isMember ? `${owner}.${node.name.getText()}` : owner
    ts.forEachChild(node, (child) => fieldsIn(child, inner, found))
  }

  return {
    entries: entries.map(([name]) => name),
    namesOf: (entry) => exportsOf(entry).map(({ name }) => name),
    valueNamesOf: (entry) =>
      exportsOf(entry)
        .filter((symbol) => target(symbol).flags & ts.SymbolFlags.Value)
        .map(({ name }) => name),
    ambiguousNames() {
      const meanings = new Map<string, Set<ts.Symbol>>()
      for (const [entry] of entries)
        for (const symbol of exportsOf(entry))
          meanings.set(symbol.name, (meanings.get(symbol.name) ?? new Set()).add(target(symbol)))
      return [...meanings].filter(([, symbols]) => symbols.size > 1).map(([name]) => name)
    },
    fieldsOf(entry) {
      const found: Field[] = []
      for (const symbol of exportsOf(entry)) {
        for (const declaration of target(symbol).declarations ?? []) {
          const inSrc = declaration.getSourceFile().fileName.startsWith(resolve('src'))
          const isType =
            ts.isInterfaceDeclaration(declaration) ||
            ts.isTypeAliasDeclaration(declaration) ||
            ts.isClassDeclaration(declaration)
          if (inSrc && isType) fieldsIn(declaration, symbol.name, found)
        }
      }
      return found
    },
  }
}
