// Checks the package as npm will publish it: manifest, types in every resolution mode, and sizes. Requires a build.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import manifest from '../package.json' with { type: 'json' }
import { bundles, marks, measure } from './bundles.ts'
import { findMapErrors } from './source-maps.ts'

const failures: string[] = []

const run = (command: string, ...parameters: string[]) => {
  try {
    execFileSync(command, parameters, { stdio: 'inherit' })
  } catch {
    failures.push(`${command} ${parameters.join(' ')}`)
  }
}
run('publint', '--strict')
// The package is ESM only. CommonJS files load it with Node's require() of ES modules, which these types allow.
run('attw', '--pack', '.', '--profile', 'esm-only', '--format', 'table-flipped', '--no-color', '--no-emoji')

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(2)} KB`
for (const { name, code, limit, without } of bundles) {
  const { text, start, later } = await measure(code)
  const forbidden = without.filter((library) => text.includes(marks[library]))
  console.log(
    `${name}: ${kilobytes(start)} of ${kilobytes(limit)} gzipped${later ? `, and ${kilobytes(later)} loaded on demand` : ''}`,
  )
  if (start > limit) failures.push(`${name} is too large`)
  if (forbidden.length) failures.push(`${name} contains ${forbidden}`)
}

const sizeOf = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + statSync(file).size, 0)

// Packages that an entry point may load at the start. The other entry points below may load no package.
const allowed: { readonly [entry: string]: readonly string[] } = {
  'login/id-token/index': ['jose'],
  'login/index': ['jose'],
  'account/index': ['jose'],
}

// A bundler drops unused code, but a server that imports an entry point loads all of its files.
function loads(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^"';]*["']([^"']+)["']/gm)) {
    if (to.startsWith('.')) loads(join(dirname(file), to), seen)
    else seen.add(to)
  }
  return seen
}
// Modules of Node must be named with `node:`, because Deno and bundlers for other runtimes do not know them without it.
const packages = new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)])
for (const target of Object.values(manifest.exports)) {
  if (typeof target === 'string') continue
  const strangers = [...loads(join(target.default))].filter(
    (name) => !name.endsWith('.js') && !name.startsWith('node:') && !packages.has(name.split('/')[0] ?? ''),
  )
  if (strangers.length > 0) failures.push(`${target.default} loads ${strangers}, which is not a dependency`)
}

// Entry point, maximum number of files, maximum size in kilobytes (1,000 bytes). Each file and each compiled byte slows down a cold import.
for (const [entry, maxFiles, maxKilobytes] of [
  ['index', 5, 170],
  ['webhook/index', 3, 25],
  ['webhook/node', 3, 27],
  ['core/index', 5, 60],
  ['tokens/index', 5, 60],
  ['login/id-token/index', 5, 60],
  ['login/index', 9, 209],
  ['account/index', 9, 285.9],
] as const) {
  const loaded = [...loads(join('dist', `${entry}.js`))]
  const files = loaded.filter((name) => name.endsWith('.js'))
  const libraries = loaded.filter((name) => !name.endsWith('.js') && !name.startsWith('node:'))
  const size = sizeOf(files) / 1000
  console.log(`${entry} loads ${files.length} files of ${maxFiles}, ${size.toFixed(1)} KB of ${maxKilobytes}`)
  if (libraries.some((name) => !(allowed[entry] ?? []).includes(name.split('/')[0] ?? '')))
    failures.push(`${entry} loads ${libraries}`)
  if (files.length > maxFiles) failures.push(`${entry} loads ${files.length} files`)
  if (size > maxKilobytes) failures.push(`${entry} loads ${size.toFixed(1)} KB`)
}

// The declarations that an editor reads for the root entry point. Those of the emulator and of line-oa/account are only read by code that imports them.
const typesLimit = 320 * 1024
const read = new Set<string>()
const follow = (file: string): void => {
  if (read.has(file)) return
  read.add(file)
  for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import\()\s*['"](\.[^'"]+)\.js['"]/g))
    follow(join(dirname(file), `${to}.d.ts`))
}
follow(join('dist', 'index.d.ts'))
const all = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'))
console.log(
  `declarations of the root entry point: ${kilobytes(sizeOf(read))} of ${kilobytes(typesLimit)} in ${read.size} files; of all entry points: ${kilobytes(sizeOf(all.map((file) => join('dist', file))))}`,
)
if (sizeOf(read) > typesLimit) failures.push('the declarations are too large')

failures.push(...findMapErrors())

if (failures.length) {
  console.error(`Package check failed: ${failures.join('; ')}`)
  process.exitCode = 1
}
