import { format, inspect } from 'node:util'
import { Secret } from 'line-oa/credentials'
import { expect, test } from 'vitest'
import { refusal } from './refusal.js'

const text = '8c570fa6dd201bb328f1c1eac23a96d8'
const secret = new Secret(text)

test('a secret gives its text to whoever asks for it', () => {
  expect(secret.reveal()).toBe(text)
})

test.each<[string, () => string]>([
  ['JSON.stringify', () => JSON.stringify({ secret, list: [secret] })],
  ['util.inspect', () => inspect({ secret }, { depth: 9, showHidden: true, getters: true })],
  ['util.inspect without custom functions', () => inspect(secret, { customInspect: false, showHidden: true })],
  ['console.log', () => format('%s %o %O %j', secret, secret, secret, secret)],
  ['a template string', () => `Bearer ${secret}`],
  ['String()', () => String(secret)],
  ['adding it to a text', () => `${['Bearer', secret].join(' ')}${''.concat(secret as unknown as string)}`], // as a mistake would
  ['its keys', () => [...Object.keys(secret), ...Object.entries(secret).flat()].join()],
  [
    'its own properties',
    () =>
      Reflect.ownKeys(secret)
        .map((key) => String(Reflect.get(secret, key)))
        .join(),
  ],
  ['a spread', () => JSON.stringify({ ...secret })],
  ['an error that quotes it', () => String(new Error(`no access with ${secret}`).stack)],
])('a secret does not show in %s', (_name, show) => {
  expect(show()).not.toContain(text)
})

test('a structured clone of a secret holds nothing', () => {
  expect(structuredClone({ secret })).toStrictEqual({ secret: {} })
})

test('a secret of a secret is the same one', () => {
  expect(Secret.of(secret)).toBe(secret)
  expect(Secret.of(text).reveal()).toBe(text)
})

test('a secret of a second copy of the package is taken', () => {
  const other = { reveal: () => text, toJSON: () => '', toString: () => '' }
  expect(Secret.of(other as Secret).reveal()).toBe(text) // two copies have two classes
})

test.each([[''], [undefined], [null], [42], [{}]])('%j is no secret', (value) => {
  expect(refusal(() => Secret.of(value as string)).code).toBe('LINE_INPUT') // what a caller without types may give
})

test('what another secret showed is not taken for a secret', () => {
  const stored = JSON.parse(JSON.stringify({ secret })) as { secret: string } // a secret is written as a text
  expect(refusal(() => new Secret(stored.secret)).message).toContain('reveal()')
  expect(refusal(() => new Secret(`${secret}`)).message).toContain('reveal()')
})
