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

// A cold import costs half a millisecond a file, and splitting by which entries share a module makes a dozen of them for the root.
// These groups keep what is loaded together in one file each, and classes and records in one place, so that all entries share them.
// What handles events of webhooks stays out of its group: it is loaded with the first event.
const groups = [
  { name: 'errors', test: /src\/core\/(errors|redact|clock|body|derived-key)\.ts|src\/credentials\/secret\.ts/, priority: 3 },
  { name: 'webhook', test: /src\/webhook\/(answers|body|delivery|filters|member|mentions|options|receiver|signature)\.ts/, priority: 2 },
  {
    name: 'client',
    test: /src\/(core\/(?!match|schema|problems|parts|index)|catalog|operations|.*\/operations|tokens\/(?!schemas))/,
    priority: 1,
  },
]

rmSync('dist', { recursive: true, force: true })
const bundle = await rolldown({ input, platform: 'neutral', external: /^(?!\.|\/|src\/)/, transform: { target: 'es2023' } })
await bundle.write({
  dir: 'dist',
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'shared/[name].js',
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
