import { expect, test } from 'vitest'
import { redact } from '../../src/core/errors.js'

test('credentials of basic authorization go whole', () => {
  const header = `Basic ${btoa('1234567890:0123456789abcdef0123456789abcdef')}`
  expect(redact(`Authorization: ${header}, refused`)).toBe('Authorization: [redacted], refused')
})

test('the word alone is a word', () => {
  expect(redact('See Basic settings in the console')).toBe('See Basic settings in the console')
})
