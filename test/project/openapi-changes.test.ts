// `npm run openapi` reports what LINE has changed in its OpenAPI files, and says clearly when the files cannot be compared.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Document, parseDocument } from 'yaml'
import { findDifferences } from '../conformance/differences.js'
import { OpenApiFileError, readOpenApiFolder } from '../conformance/files.js'

const folder = process.env['LINE_OPENAPI_DIR']

let temporary = ''
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'line-oa-openapi-'))
})
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

function run(...parameters: readonly string[]) {
  const env = { ...process.env, LINE_OPENAPI_DIR: '', NO_COLOR: '1' }
  const script = ['scripts/openapi-changes.ts', ...parameters]
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

/** Makes a copy of LINE's files. */
function copyFiles(name: string): string {
  const copy = join(temporary, name)
  cpSync(folder ?? '', copy, { recursive: true })
  return copy
}

function edit(copy: string, file: string, change: (document: Document) => void): void {
  const document = parseDocument(readFileSync(join(copy, file), 'utf8'))
  change(document)
  writeFileSync(join(copy, file), document.toString())
}

/** These tests start the script and compare everything, which takes seconds on a busy machine. */
const timeout = 120_000

const schemas = ['components', 'schemas']
const mission = ['paths', '/shop/v3/mission', 'post']

// Without the files there is nothing to compare with; operations.test.ts fails where they are required.
describe.skipIf(!folder)('npm run openapi', () => {
  test('ends with 0 for the files that the SDK follows', { timeout }, () => {
    const { status, stdout } = run(folder ?? '')
    expect(stdout).toBe('\n110 operations and all webhook events compared: nothing has changed.\n')
    expect(status).toBe(0)
  })

  test('lists what has changed, and ends with 1', { timeout }, () => {
    const copy = copyFiles('changed')
    edit(copy, 'messaging-api.yml', (document) => {
      document.setIn([...schemas, 'NotificationDisabled', 'type'], 'string')
      document.setIn([...schemas, 'PushMessageRequest', 'properties', 'priority'], { type: 'integer' })
      document.deleteIn([...schemas, 'BotInfoResponse', 'properties', 'premiumId'])
      document.addIn([...schemas, 'QuotaType', 'enum'], 'shared')
      document.addIn([...schemas, 'PushMessageRequest', 'required'], 'customAggregationUnits')
      document.setIn([...schemas, 'MulticastRequest', 'properties', 'to', 'maxItems'], 100)
      document.setIn([...schemas, 'TextMessage', 'allOf', 1, 'properties', 'text', 'maxLength'], 5000)
      document.deleteIn(['paths', '/v2/bot/message/quota/consumption', 'get'])
      document.setIn(['paths', '/v2/bot/weather'], {
        get: { operationId: 'getWeather', responses: { 200: { description: 'OK' } } },
      })
    })
    edit(copy, 'webhook.yml', (document) => {
      document.setIn([...schemas, 'UnfollowEvent', 'properties'], { reason: { type: 'string' } })
    })

    const { status, stdout } = run(copy)
    const sections = Object.fromEntries(
      stdout
        .split('\n\n')
        .map((section) => section.trim().split('\n'))
        .map(([title = '', ...lines]) => [title, lines.map((line) => line.trim()).sort()]),
    )
    expect(sections).toMatchObject({
      'New operations (1)': ['GET /v2/bot/weather (getWeather)'],
      'Removed operations (1)': ['getMessageQuotaConsumption'],
      'New fields, types and values (3)': [
        'event of unfollow.reason: nothing here; string, optional there',
        'QuotaType: not here: shared',
        'PushMessageRequest.priority: not here',
      ].sort(),
      'Removed fields, types and values (1)': ['BotInfoResponse.premiumId: only here'],
      'Changed kinds, limits, requirements and requests (3)': [
        'MulticastRequest.to: most 500 here, 100 there',
        'NotificationDisabled: boolean here, string there',
        'PushMessageRequest.customAggregationUnits: optional here, needed there',
      ],
      'Known differences that no longer exist; remove them from test/conformance (1)': [
        'TextMessage.text: longest 5000 here, any there',
      ],
    })
    expect(status).toBe(1)
  })

  test('reads new OpenAPI files, and ignores files of other kinds', () => {
    const copy = copyFiles('clone')
    writeFileSync(join(copy, 'docker-compose.yml'), 'services: {}\n')
    writeFileSync(
      join(copy, 'weather.yml'),
      'openapi: 3.0.0\npaths: { /v2/bot/weather: { get: { operationId: getWeather } } }\n',
    )
    const { operations } = readOpenApiFolder(copy)
    expect(operations.size).toBe(111)
    expect(operations.get('getWeather')).toMatchObject({ method: 'GET', path: '/v2/bot/weather' })
  })

  test('names the file and ends with 2 for broken YAML', () => {
    const copy = copyFiles('broken')
    writeFileSync(join(copy, 'insight.yml'), 'openapi: "3.0.0\npaths: {}\n')
    const { status, stdout, stderr } = run(copy)
    expect(stderr).toContain(join(copy, 'insight.yml'))
    expect(stderr).not.toMatch(/^ +at /m)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })

  test.each<[string, string, (copy: string) => void]>([
    ['an alias without an anchor', 'liff.yml', (copy) => writeFileSync(join(copy, 'liff.yml'), 'openapi: *version\n')],
    ['an empty file', 'shop.yml', (copy) => writeFileSync(join(copy, 'shop.yml'), '')],
    [
      'a web page',
      'shop.yml',
      (copy) => writeFileSync(join(copy, 'shop.yml'), '<!doctype html>\n<title>404</title>\n'),
    ],
    ['a missing file', 'module.yml', (copy) => rmSync(join(copy, 'module.yml'))],
    [
      'a folder in place of a file',
      'liff.yml',
      (copy) => {
        rmSync(join(copy, 'liff.yml'))
        mkdirSync(join(copy, 'liff.yml'))
      },
    ],
    [
      'a reference to a missing schema',
      'insight.yml',
      (copy) =>
        edit(copy, 'insight.yml', (document) => document.deleteIn([...schemas, 'GetNumberOfFollowersResponse'])),
    ],
    [
      'an operation without an ID',
      'shop.yml',
      (copy) => edit(copy, 'shop.yml', (document) => document.deleteIn([...mission, 'operationId'])),
    ],
    [
      'an operation ID that is used twice',
      'shop.yml',
      (copy) => edit(copy, 'shop.yml', (document) => document.setIn([...mission, 'operationId'], 'getBotInfo')),
    ],
    [
      'a schema that inherits from itself',
      'missionStickerV3',
      (copy) =>
        edit(copy, 'shop.yml', (document) => {
          const name = 'MissionStickerRequest'
          document.setIn([...schemas, name, 'allOf'], [{ $ref: `#/components/schemas/${name}` }])
        }),
    ],
  ])('refuses %s and names the place', (name, place, damage) => {
    const copy = copyFiles(name)
    damage(copy)
    const compare = () => findDifferences(readOpenApiFolder(copy).operations)
    expect(compare).toThrow(OpenApiFileError)
    expect(compare).toThrow(place)
  })
})

test('names the folder and ends with 2 when it does not exist', () => {
  const missing = join(temporary, 'missing')
  const { status, stdout, stderr } = run(missing)
  expect(stderr).toContain(missing)
  expect(stderr).toContain('ENOENT')
  expect(stderr).not.toMatch(/^ +at /m)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
})

test('prints its usage and ends with 2 without a folder', () => {
  const { status, stdout, stderr } = run()
  expect(stderr).toContain('LINE_OPENAPI_DIR')
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
})
