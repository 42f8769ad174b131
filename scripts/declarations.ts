// Removes the declarations that no entry point of the package reaches, so that editors do not suggest internals.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import manifest from '../package.json' with { type: 'json' }

const reached = new Set<string>()

function reach(file: string): void {
  if (reached.has(file)) return
  reached.add(file)
  for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import\()\s*['"](\.[^'"]+)\.js['"]/g))
    reach(join(dirname(file), `${to}.d.ts`))
}

for (const target of Object.values(manifest.exports)) if (typeof target !== 'string') reach(join(target.types))
for (const file of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
  const path = join('dist', file)
  if (/\.d\.ts(?:\.map)?$/.test(file) && !reached.has(path.replace(/\.map$/, ''))) rmSync(path)
}
