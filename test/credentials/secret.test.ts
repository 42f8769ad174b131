import { format, inspect } from 'node:util'
import { Secret } from 'line-oa/credentials'
import { expect, test } from 'vitest'
import { refusal } from './refusal.js'

const text = '8c570fa6dd201bb328f1c1eac23a96d8'
const secret = new Secret(text)

test('reveal() returns the text', () => {
  expect(secret.reveal()).toBe(text)
})

test.each<[string, () => string]>([
  ['JSON.stringify', () => JSON.stringify({ secret, list: [secret] })],
  ['util.inspect', () => inspect({ secret }, { depth: 9, showHidden: true, getters: true })],
  ['util.inspect without custom functions', () => inspect(secret, { customInspect: false, showHidden: true })],
  ['console.log', () => format('%s %o %O %j', secret, secret, secret, secret)],
  ['a template string', () => `Bearer ${secret}`],
  ['String()', () => String(secret)],
  ['concatenation', () => `${['Bearer', secret].join(' ')}${''.concat(secret as unknown as string)}`], // a mistake that only the types forbid
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
])('a secret is not visible in %s', (_name, show) => {
  expect(show()).not.toContain(text)
})

test('a structured clone of a secret is empty', () => {
  expect(structuredClone({ secret })).toStrictEqual({ secret: {} })
})

test('Secret.of returns a secret unchanged', () => {
  expect(Secret.of(secret)).toBe(secret)
  expect(Secret.of(text).reveal()).toBe(text)
})

test('Secret.of accepts a secret of another copy of the package', () => {
  const other = { reveal: () => text, toJSON: () => '', toString: () => '' }
  expect(Secret.of(other as Secret).reveal()).toBe(text) // two copies have two classes
})

test.each([[''], [undefined], [null], [42], [{}]])('Secret.of refuses %j', (value) => {
  expect(refusal(() => Secret.of(value as string)).code).toBe('LINE_INPUT') // what a caller without types may give
})

test('refuses the placeholder that a hidden secret prints', () => {
  const stored = JSON.parse(JSON.stringify({ secret })) as { secret: string } // a secret is written as a text
  expect(refusal(() => new Secret(stored.secret)).code).toBe('LINE_INPUT')
  expect(refusal(() => new Secret(`${secret}`)).code).toBe('LINE_INPUT')
})
