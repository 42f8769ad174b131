// The TypeScript blocks of a page of the docs, to run and to compile them unchanged.
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import ts from 'typescript'
import manifest from '../package.json' with { type: 'json' }
import { openEditor } from './types/editor.js'

/** A block and the heading above it. */
export interface CodeBlock {
  readonly title: string
  readonly code: string
}

/** The blocks of a page, in order. */
export function codeBlocks(page: string): readonly CodeBlock[] {
  return readFileSync(page, 'utf8')
    .split(/^## /m)
    .flatMap((section) => {
      const title = section.slice(0, section.indexOf('\n'))
      return [...section.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => ({ title, code }))
    })
}

/** The exports of the package's entries, by the names under which users import them. */
async function loadEntries(): Promise<readonly (readonly [name: string, exports: unknown])[]> {
  const sources = Object.entries(manifest.exports).flatMap(([name, target]) =>
    typeof target === 'string'
      ? []
      : [[name.replace('.', 'line-oa'), target.default.replace('./dist/', '../src/').replace(/\.js$/, '.ts')] as const],
  )
  return Promise.all(sources.map(async ([name, path]) => [name, await import(path)] as const))
}

// JavaScript has no global name for the constructor of async functions.
const AsyncFunction = (async () => {}).constructor as new (
  ...parameters: string[]
) => (...values: unknown[]) => Promise<unknown>

/**
 * Runs a block and gives everything that it declares.
 *
 * @param values the variables that the block uses without declaring them; those that it declares are ignored.
 * @param modules the modules that it imports besides the package.
 */
export async function runBlock(
  code: string,
  values: { readonly [name: string]: unknown },
  modules: { readonly [specifier: string]: unknown } = {},
): Promise<{ [name: string]: unknown }> {
  const entries = { ...Object.fromEntries(await loadEntries()), ...modules }
  const body = stripTypeScriptTypes(code)
    .replace(/^import \{([^}]*)\} from '([^']+)'$/gm, (_, names: string, specifier: string) => {
      // A stripped type import leaves nothing between the commas.
      const values = names.split(',').filter((name) => name.trim())
      return `const {${values}} = entries['${specifier}']`
    })
    .replace(/^export default .*$/gm, '')
  const declared = [...body.matchAll(/^(?:const|let|(?:async )?function) (?:(\w+)|\{ ([\w, ]+) \} =)/gm)]
  const made = declared.flatMap(([, name, several = '']) => name ?? several.split(', '))
  const given = Object.entries(values).filter(([name]) => !made.includes(name))
  const names = given.map(([name]) => name)
  const result = await new AsyncFunction('entries', ...names, `${body}\nreturn { ${made.join(', ')} }`)(
    entries,
    ...given.map(([, value]) => value),
  )
  return result as { [name: string]: unknown } // what the line above returns
}

/**
 * Compiles blocks and gives the compiler's errors.
 *
 * @param given the types of the variables that blocks use without declaring them, by name.
 */
export function compileBlocks(
  blocks: readonly CodeBlock[],
  given: { readonly [name: string]: string },
): readonly string[] {
  const prelude = Object.entries(given).map(([name, type]) => `  const ${name}: ${type}`)
  const texts = blocks.map(
    ({ code }, at) => `export {}\n${code}\ndeclare global {\n${at === 0 ? prelude.join('\n') : ''}\n}\n`,
  )
  const { program, files } = openEditor(texts, { noUnusedLocals: false, noUnusedParameters: false })
  const found = files.flatMap((file) => {
    const source = program.getSourceFile(file)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  })
  return found.map(({ messageText, file, start = 0 }) => {
    const { line = 0 } = file?.getLineAndCharacterOfPosition(start) ?? {}
    const text = file?.text.split('\n')[line]?.trim()
    return `${ts.flattenDiagnosticMessageText(messageText, '\n')}: ${text}`
  })
}
