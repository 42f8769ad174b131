// Installs the packed tarball in a new project, as a user does, and compiles and runs a small consumer there.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { checkBudgets } from './budgets.ts'

const entries = Object.keys(manifest.exports)
  .filter((name) => name !== './package.json' && name !== './msw')
  .map((name) => name.replace('.', 'line-oa'))
const folder = mkdtempSync(join(tmpdir(), 'line-oa-consumer-'))
const run = (command: string, parameters: readonly string[], cwd = folder) =>
  execFileSync(command, parameters, { cwd, encoding: 'utf8' })

try {
  // `npm start` leaves a dist without types. A pack must build them, whatever dist holds.
  run('npm', ['run', '--silent', 'build:js'], process.cwd())
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--foreground-scripts=false', '--pack-destination', folder], process.cwd()),
  ) as [{ filename: string; files: { path: string }[] }] // npm's documented form
  const paths = new Set(packed.files.map(({ path }) => path))
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target.types, target.default, `${target.types}.map`],
  )
  const missing = targets.map((path) => path.slice('./'.length)).filter((path) => !paths.has(path))
  if (missing.length > 0) throw new Error(`The packed tarball lacks ${missing.join(', ')}`)
  console.log(`packs after npm start: ${targets.length} files of entries, types included`)
  cpSync(resolve('test/package/consumer'), folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  run('npm', ['install', '--silent', `./${packed.filename}`, 'msw@3', '@types/node@24'])
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    exactOptionalPropertyTypes: true,
    target: 'ES2023',
    types: ['node'],
  }
  const tsc = resolve('node_modules/.bin/tsc')
  // Each module setting resolves the declarations differently. The package must compile with the DOM types and with only those of Node.
  for (const [name, more] of Object.entries({
    'NodeNext with the DOM': { module: 'NodeNext', lib: ['ES2023', 'DOM', 'DOM.Iterable'] },
    'NodeNext without the DOM': { module: 'NodeNext', lib: ['ES2023'] },
    Bundler: { module: 'ESNext', moduleResolution: 'Bundler', lib: ['ES2023', 'DOM'] },
  })) {
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...options, ...more }, files: ['index.ts'] }),
    )
    run(tsc, ['-p', '.'])
    console.log(`compiles: ${name}`)
  }
  // The declarations of the package must compile without the DOM types and without skipLibCheck. Those of msw do not, so its entry is left out.
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { ...options, skipLibCheck: false, module: 'NodeNext', lib: ['ES2024'] },
      files: ['entries.ts'],
    }),
  )
  writeFileSync(join(folder, 'entries.ts'), entries.map((entry, at) => `export * as e${at} from '${entry}'`).join('\n'))
  run(tsc, ['-p', '.'])
  console.log(`compiles: ${entries.length} entries without skipLibCheck and without the DOM`)
  checkBudgets(folder)
  console.log(run('node', ['run.mjs']).trim())
  console.log(run('node', ['msw.mjs']).trim())
  run('npm', ['install', '--silent', 'msw@2'])
  console.log(run('node', ['msw.mjs']).trim())
} catch (error) {
  const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string } // the shape that execFileSync throws
  console.error(stdout || stderr || message)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
