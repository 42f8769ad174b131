import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'

/** What an editor knows about texts that import the package by its public names. */
export interface Editor {
  readonly service: ts.LanguageService
  readonly program: ts.Program
  /** The path of each text. */
  readonly files: readonly string[]
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

// Parsing the sources and the libraries takes longer than checking a text, so every editor of a process shares the parsed files.
const parsed = ts.createDocumentRegistry()
let editors = 0

/** Opens texts in an editor, as if they were files in the project's folder. `options` override those of tsconfig.json. */
export function openEditor(texts: readonly string[], options: ts.CompilerOptions = {}): Editor {
  editors += 1
  const opened = new Map(texts.map((text, at) => [resolve(`opened-${editors}-${at}.ts`), text]))
  const settings = { ...config, ...options }
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => settings,
    getScriptFileNames: () => [...opened.keys(), ...entries.map(([, path]) => path)],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const content = opened.get(path) ?? ts.sys.readFile(path)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => resolve('.'),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    readFile: (path) => ts.sys.readFile(path),
    directoryExists: (path) => ts.sys.directoryExists(path),
    fileExists: (path) => opened.has(path) || ts.sys.fileExists(path),
  }
  const service = ts.createLanguageService(host, parsed)
  const program = service.getProgram()
  if (!program) throw new Error('The compiler created no program')
  return { service, program, files: [...opened.keys()] }
}
