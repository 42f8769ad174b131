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

/** Reads the exports of every entry. One program serves all of them, because making it takes seconds. */
export function readPublicApi(): {
  readonly fieldsOf: (entry: string) => readonly Field[]
  readonly namesOf: (entry: string) => readonly string[]
} {
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
    namesOf: (entry) => exportsOf(entry).map(({ name }) => name),
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
