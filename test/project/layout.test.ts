// What the project is built of, as CONTRIBUTING promises it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

describe('packages', () => {
  test('ky, zod and jose are the only runtime dependencies', () =>
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['jose', 'ky', 'zod']))

  test('msw is an optional peer', () => {
    expect(Object.keys(manifest.peerDependencies)).toEqual(['msw'])
    expect(manifest.peerDependenciesMeta).toEqual({ msw: { optional: true } })
  })

  test('tsup builds, and vitest and msw test', () => {
    expect(manifest.scripts['build:js']).toMatch(/^tsup\b/)
    expect(manifest.scripts.test).toMatch(/^vitest run\b/)
    expect(Object.keys(manifest.devDependencies)).toEqual(expect.arrayContaining(['tsup', 'vitest', 'msw']))
    expect(Object.keys(manifest.devDependencies)).not.toContain('rolldown')
  })

  test('a pack builds first', () => expect(manifest.scripts.prepack).toContain('build'))
})

describe('files', () => {
  test.each(['src', 'test', 'examples', 'package.json', 'tsconfig.json', 'tsup.config.ts', 'README.md'])(
    '%s is at the top level',
    (name) => expect(existsSync(name)).toBe(true),
  )

  test('no file of src has a name that says nothing', () => {
    const vague = /^(?:utils?|helpers?|misc|common|types2|new|tmp|shared)\.ts$/
    expect(sources.filter((file) => vague.test(basename(file)))).toEqual([])
  })

  test('no file of src has more than 400 lines', () => {
    const lines = (file: string) => readFileSync(join('src', file), 'utf8').split('\n').length
    expect(sources.filter((file) => lines(file) > 400)).toEqual([])
  })
})

describe('tests', () => {
  const tests = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ts$/.test(file) && !/node_modules|^project[\\/]/.test(file),
  )

  test('import the package through its entries', () => {
    const internal = tests.filter((file) => /from '(?:\.\.\/)+src\//.test(readFileSync(join('test', file), 'utf8')))
    expect(internal.map((file) => file.replaceAll('\\', '/'))).toEqual([
      'conformance/differences.ts', // compares the schemas themselves with LINE's OpenAPI files
      'types/wrong-records.test.ts', // shows what the schema kit refuses to compile
    ])
  })
})
