// Follows "Adding an endpoint" of CONTRIBUTING.md on a copy of src: the page's files and index lines must be all that it takes.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as catalog from 'line-oa/catalog'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const page = readFileSync('CONTRIBUTING.md', 'utf8')
const files = [...page.matchAll(/^`(src\/[^`]+)`:\n\n```ts\n([\s\S]*?)```/gm)].map(([, file = '', code = '']) => ({
  file,
  code,
}))
const lines = [...page.matchAll(/^\| `(src\/[^`]+)` \| `([^`]+)` \| `([^`]+)` \|$/gm)].map(
  ([, file = '', line = '', before = '']) => ({ file, line, before }),
)

let copy = ''

/** Inserts a line before the only other line of that text, with its indentation. */
function insert(path: string, line: string, before: string): void {
  const text = readFileSync(path, 'utf8').split('\n')
  const places = text.flatMap((one, at) => (one.trim() === before ? [at] : []))
  expect([path, places.length]).toEqual([path, 1])
  const [at = 0] = places
  text.splice(at, 0, `${/^\s*/.exec(text[at] ?? '')?.[0]}${line}`)
  writeFileSync(path, text.join('\n'))
}

beforeAll(() => {
  mkdirSync('.tmp', { recursive: true })
  // Inside the project, so that packages are found.
  copy = mkdtempSync(join('.tmp', 'endpoint-'))
  cpSync('src', join(copy, 'src'), { recursive: true })
  for (const { file, code } of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    writeFileSync(join(copy, file), code)
  }
  for (const { file, line, before } of lines) insert(join(copy, file), line, before)
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

describe('an endpoint added as the page says', () => {
  test('is one topic folder, one handler and one sample, besides the index lines', () => {
    expect(files.map(({ file }) => file)).toEqual([
      'src/messaging/weather/types.ts',
      'src/messaging/weather/operations.ts',
      'src/messaging/weather/schemas.ts',
      'src/emulator/messaging/weather.ts',
    ])
    expect(new Set(lines.map(({ file }) => file)).size).toBe(5)
  })

  test('compiles', () => {
    const { config } = ts.readConfigFile('tsconfig.json', (path) => readFileSync(path, 'utf8'))
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('.'))
    const changed = [...files, ...lines].map(({ file }) => resolve(copy, file))
    const program = ts.createProgram({
      rootNames: [resolve(copy, 'src/emulator/index.ts'), resolve(copy, 'src/client.ts'), ...changed],
      options,
    })
    const problems = [...new Set(changed)].flatMap((file) =>
      program.getSemanticDiagnostics(program.getSourceFile(file)),
    )
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
  })

  test('can be called, checked and answered', async () => {
    const load = (file: string) => import(pathToFileURL(resolve(copy, file)).href)
    const [{ createLineClient }, { createEmulator }, { samples }] = await Promise.all([
      load('src/index.ts'),
      load('src/emulator/index.ts'),
      load('src/testing/index.ts'),
    ])
    const emulator = createEmulator()
    const { channelId, channelSecret } = emulator.createAccount({ name: 'Tea House' })
    const line = createLineClient({ channelId, channelSecret, fetch: emulator.fetch })
    await expect(line.messaging.getWeather({ city: 'Kyoto', days: 2 })).resolves.toEqual({ forecast: ['sun', 'sun'] })
    await expect(line.messaging.getWeather({ city: 'Kyoto', days: 8 })).rejects.toMatchObject({ status: 400 })
    await expect(line.messaging.getWeather({ city: 'Atlantis' })).rejects.toMatchObject({ code: 'LINE_NOT_FOUND' })
    expect(samples.getWeather()).toEqual({ forecast: ['sun', 'sun', 'rain'] })
  })
})

test('no other file of src lists the operations of a topic by hand', () => {
  const topics = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
  const known = new Set(Object.values(catalog).flatMap((group) => Object.keys(group)))
  const operationsOf = topics
    .filter((file) => file.endsWith('/operations.ts'))
    .map((file) => {
      const text = readFileSync(join('src', file), 'utf8')
      const names = [...text.matchAll(/^export const (\w+)/gm)].flatMap(([, name = '']) =>
        known.has(name) ? [name] : [],
      )
      return { folder: dirname(file), names }
    })
    .filter(({ names }) => names.length >= 4)
  expect(operationsOf.length).toBeGreaterThan(5)
  const listing = topics
    .filter((file) => !file.startsWith('emulator/') && !file.startsWith('testing/samples/'))
    .flatMap((file) => {
      const text = readFileSync(join('src', file), 'utf8')
      return operationsOf
        .filter(
          ({ folder, names }) =>
            dirname(file) !== folder && names.every((name) => new RegExp(`\\b${name}\\b`).test(text)),
        )
        .map(({ folder }) => `${file} lists ${folder}`)
    })
  expect(listing).toEqual([
    'messaging/rich-menu/deploy.ts lists messaging/rich-menu-alias', // a deployment calls each of them
  ])
})
