// Looks at the package as npm will publish it: its manifest, its types under every resolution, its sizes. Run after a build.
import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
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
  console.log(`${name}: ${kilobytes(start)} gzip of ${kilobytes(limit)}${later ? `, and ${kilobytes(later)} when it is needed` : ''}`)
  if (start > limit) failures.push(`${name} is too large`)
  if (foreign.length) failures.push(`${name} holds ${foreign}`)
}

// Everything a user's editor may have to read.
const typesLimit = 320 * 1024
const types = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'))
const size = types.reduce((sum, file) => sum + statSync(join('dist', file)).size, 0)
console.log(`declarations: ${(size / 1024).toFixed(0)} KB of ${typesLimit / 1024} in ${types.length} files`)
if (size > typesLimit) failures.push('the declarations are too large')

if (failures.length) {
  console.error(`not as promised: ${failures.join('; ')}`)
  process.exitCode = 1
}
