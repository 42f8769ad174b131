// Makes dist: JavaScript by rolldown, declarations by tsc (`--js` leaves them out). The entries of package.json are the only list of files.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { rolldown } from 'rolldown'
import manifest from '../package.json' with { type: 'json' }

const input = Object.fromEntries(
  Object.values(manifest.exports).flatMap((target) => {
    if (typeof target === 'string') return []
    const name = target.default.slice('./dist/'.length, -'.js'.length)
    return [[name, `src/${name}.ts`]]
  }),
)

const external = /^(?!\.|\/|src\/)/
const options = { platform: 'neutral', external, transform: { target: 'es2023' } } as const

/** The modules that an entry loads before its first line runs; what it imports later is left out. */
async function loadedBy(entry: string): Promise<ReadonlySet<string>> {
  const bundle = await rolldown({ input: { entry }, ...options })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  const chunks = new Map(output.flatMap((chunk) => (chunk.type === 'chunk' ? [[chunk.fileName, chunk] as const] : [])))
  const modules = new Set<string>()
  const load = (name: string): void => {
    const chunk = chunks.get(name)
    if (!chunk) return
    chunks.delete(name)
    for (const module of chunk.moduleIds) modules.add(module)
    chunk.imports.forEach(load)
  }
  load('entry.js')
  return modules
}

// A cold import costs half a millisecond a file, and splitting by which entries share a module makes a dozen of them for the root.
// So what the receiver loads is one file, in which stand the classes that all entries share, and what else the root loads is another.
const webhook = await loadedBy('src/webhook/index.ts')
const root = await loadedBy('src/index.ts')
const groups = [
  { name: 'base', test: (id: string) => webhook.has(id) },
  { name: 'root', test: (id: string) => root.has(id) },
]

rmSync('dist', { recursive: true, force: true })
const bundle = await rolldown({ input, ...options })
await bundle.write({
  dir: 'dist',
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'shared/[name].js',
  // Editors read the declarations; what a process reads is a third shorter without.
  comments: { jsdoc: false, annotation: true, legal: true },
  codeSplitting: { groups },
})
await bundle.close()

if (!process.argv.includes('--js')) {
  execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
  // What no entry leads to is nobody's business, and an editor would index it all the same.
  const reached = new Set<string>()
  const reach = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import\()\s*['"](\.[^'"]+)\.js['"]/g))
      reach(join(dirname(file), `${to}.d.ts`))
  }
  for (const name of Object.keys(input)) reach(join('dist', `${name}.d.ts`))
  for (const file of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.d.ts') && !reached.has(join('dist', file))) rmSync(join('dist', file))
  }
}
