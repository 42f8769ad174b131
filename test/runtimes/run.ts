// Runs the suite against dist in every supported runtime, each installed from npm. Needs a build and `npm ci --prefix test/runtimes`.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const failures: string[] = []

function report(runtime: string, answer: string): void {
  const fine = /^\d+ passed\s*$/.test(answer)
  console.log(`${runtime}: ${answer.trim()}`)
  if (!fine) failures.push(runtime)
}

function run(runtime: string, binary: string, ...parameters: string[]): void {
  if (!existsSync(binary)) {
    report(runtime, 'not installed')
    return
  }
  try {
    const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).split('\n')[0]
    report(
      `${runtime} (${version})`,
      execFileSync(binary, [...parameters, at('main.js')], {
        encoding: 'utf8',
        cwd: at('.'),
        timeout: 120_000,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    )
  } catch (error) {
    report(runtime, `failed: ${error instanceof Error ? error.message : error}`)
  }
}

// The npm packages of Node are named by platform. This lock file has those for Linux.
for (const version of [22, 24, 26])
  run(
    `node ${version}`,
    at(`node_modules/node-${version}-${process.platform}-${process.arch}/bin/node`),
    '--no-warnings',
  )
run('bun', at('node_modules/bun/bin/bun.exe'), 'run') // the file has this name on every platform
run('deno', at('node_modules/deno/deno'), 'run', '--allow-all', '--quiet')

const { outputFiles } = await build({
  entryPoints: [at('worker.js')],
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['workerd', 'worker', 'browser'],
  external: ['node:*'],
})
for (const [name, flags] of [
  ['workerd', []],
  ['workerd with nodejs_compat', ['nodejs_compat']],
] as const) {
  const worker = new Miniflare({
    modules: true,
    script: outputFiles[0]?.text ?? '',
    compatibilityDate: '2026-01-01',
    compatibilityFlags: [...flags],
  })
  try {
    const response = await worker.dispatchFetch('http://localhost/')
    report(name, await response.text())
  } catch (error) {
    report(name, `failed: ${error instanceof Error ? error.message : error}`)
  } finally {
    await worker.dispose()
  }
}

if (failures.length > 0) {
  console.error(`failed: ${failures.join(', ')}`)
  process.exitCode = 1
}
