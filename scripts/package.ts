// Looks at the package as npm will publish it: its manifest, its types under every resolution, its sizes. Run after a build.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundles, marks, measure } from './bundles.ts'

const failures: string[] = []

const run = (command: string, ...parameters: string[]) => {
  try {
    execFileSync(command, parameters, { stdio: 'inherit' })
  } catch {
    failures.push(`${command} ${parameters.join(' ')}`)
  }
}
run('publint', '--strict')
// The package is ESM: a CommonJS file reaches it by Node's require() of ES modules, which these types allow.
run('attw', '--pack', '.', '--profile', 'esm-only', '--format', 'table-flipped', '--no-color', '--no-emoji')

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(2)} KB`
for (const { name, code, limit, without } of bundles) {
  const { text, start, later } = await measure(code)
  const foreign = without.filter((library) => text.includes(marks[library]))
  console.log(
    `${name}: ${kilobytes(start)} gzip of ${kilobytes(limit)}${later ? `, and ${kilobytes(later)} when it is needed` : ''}`,
  )
  if (start > limit) failures.push(`${name} is too large`)
  if (foreign.length) failures.push(`${name} holds ${foreign}`)
}

const sizeOf = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + statSync(file).size, 0)

// Packages that an entry may load at its start; every other entry below loads none.
const allowed: { readonly [entry: string]: readonly string[] } = {
  'login/id-token/index': ['jose'],
  'login/index': ['jose'],
  'account/index': ['jose'],
}

// A bundler drops what is unused; a server that imports an entry loads every file that it names.
function loads(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^"';]*["']([^"']+)["']/gm)) {
    if (to.startsWith('.')) loads(join(dirname(file), to), seen)
    else seen.add(to)
  }
  return seen
}
// Entry, most files, most kilobytes (of 1,000 bytes). A cold import pays for each file and for each byte that is compiled.
for (const [entry, mostFiles, mostKilobytes] of [
  ['index', 5, 170],
  ['webhook/index', 3, 25],
  ['webhook/node', 3, 27],
  ['core/index', 5, 60],
  ['tokens/index', 5, 60],
  ['login/id-token/index', 5, 60],
  ['login/index', 10, 209],
  ['account/index', 10, 285.9],
] as const) {
  const loaded = [...loads(join('dist', `${entry}.js`))]
  const files = loaded.filter((name) => name.endsWith('.js'))
  const libraries = loaded.filter((name) => !name.endsWith('.js') && !name.startsWith('node:'))
  const size = sizeOf(files) / 1000
  console.log(`${entry} loads ${files.length} files of ${mostFiles}, ${size.toFixed(1)} KB of ${mostKilobytes}`)
  if (libraries.some((name) => !(allowed[entry] ?? []).includes(name.split('/')[0] ?? '')))
    failures.push(`${entry} loads ${libraries}`)
  if (files.length > mostFiles) failures.push(`${entry} loads ${files.length} files`)
  if (size > mostKilobytes) failures.push(`${entry} loads ${size.toFixed(1)} KB`)
}

// What an editor has to read for the root entry: the whole API. The emulator and the account room are read by those who import them.
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
  `declarations of the root: ${kilobytes(sizeOf(read))} of ${kilobytes(typesLimit)} in ${read.size} files; of all entries ${kilobytes(sizeOf(all.map((file) => join('dist', file))))}`,
)
if (sizeOf(read) > typesLimit) failures.push('the declarations are too large')

if (failures.length) {
  console.error(`not as promised: ${failures.join('; ')}`)
  process.exitCode = 1
}
