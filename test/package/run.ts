// Installs the packed tarball into a project of its own, as a user would, then compiles and runs a small consumer there.
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
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], process.cwd())) as [
    { filename: string },
  ] // npm's documented form
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
  // The library's own declarations are checked too, where no foreign ones spoil it: with the DOM, and with Node's types alone.
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
  // Nothing of ours leans on the DOM or on a library that skips its own check. Of msw's own types this is not true.
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { ...options, skipLibCheck: false, module: 'NodeNext', lib: ['ES2024'] },
      files: ['entries.ts'],
    }),
  )
  writeFileSync(join(folder, 'entries.ts'), entries.map((entry, at) => `export * as e${at} from '${entry}'`).join('\n'))
  run(tsc, ['-p', '.'])
  console.log(`compiles: ${entries.length} entries with every declaration checked, without the DOM`)
  checkBudgets(folder)
  console.log(run('node', ['run.mjs']).trim())
  console.log(run('node', ['msw.mjs']).trim())
  run('npm', ['install', '--silent', 'msw@2'])
  console.log(run('node', ['msw.mjs']).trim())
} catch (error) {
  const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string } // what execFileSync throws
  console.error(stdout || stderr || message)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
