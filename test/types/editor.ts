import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'

/** What an editor knows about a text that imports the package by its public names. */
export interface Editor {
  readonly service: ts.LanguageService
  readonly program: ts.Program
  readonly file: string
}

const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(resolve('tsconfig.json'), (path) => readFileSync(path, 'utf8')).config,
  ts.sys,
  resolve('.'),
).options

/** The entries of the package, each with its source file. */
export const entries: readonly (readonly [name: string, file: string])[] = Object.entries(config.paths ?? {}).flatMap(
  ([name, [file = '']]) => (name.startsWith('line-oa') ? [[name, resolve(file)] as const] : []),
)

/** Opens a text in an editor, as if it were a file in the project's folder. */
export function openEditor(text: string): Editor {
  const file = resolve('opened.ts')
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => config,
    getScriptFileNames: () => [file, ...entries.map(([, path]) => path)],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const content = path === file ? text : ts.sys.readFile(path)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => resolve('.'),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    readFile: (path) => ts.sys.readFile(path),
    directoryExists: (path) => ts.sys.directoryExists(path),
    fileExists: (path) => path === file || ts.sys.fileExists(path),
  }
  const service = ts.createLanguageService(host)
  const program = service.getProgram()
  if (!program) throw new Error('The compiler created no program')
  return { service, program, file }
}
