import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { deriveRetryKey, sha256 } from '../../src/core/hash.js'

afterEach(() => vi.unstubAllGlobals())

const texts = ['', 'abc', 'お茶をどうぞ', '👨‍👩‍👧‍👦', 'half of a pair: \ud83d', 'x'.repeat(100_000)]

describe.each([
  ['by node:crypto', () => {}],
  ['by WebCrypto, where there is no node:crypto', () => vi.stubGlobal('process', {})],
])('%s', (_, prepare) => {
  test('SHA-256 is that of everybody', async () => {
    const expected = texts.map((text) => createHash('sha256').update(Buffer.from(text)).digest('hex'))
    prepare()
    expect(await Promise.all(texts.map(sha256))).toEqual(expected)
    // FIPS 180-2, appendix B.1
    expect(await sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  test('a retry key stays the same for ever', async () => {
    prepare()
    expect(await deriveRetryKey('respond', '01FZ74A0TDDPYRVKNK77XKC3ZR')).toBe('bb0df5c7-a83e-4f8b-bb3e-8b944fa89552')
    expect(await deriveRetryKey('a', ['U1', 'U2'])).toBe(await deriveRetryKey('a', ['U1', 'U2']))
  })
})

test('a retry key is a UUID of version 4, and no two lists of parts share one', async () => {
  const parts: readonly (readonly (string | readonly string[])[])[] = [
    [],
    [''],
    ['a', 'b'],
    ['ab'],
    ['a,b'],
    ['a","b'],
    [['a', 'b']],
    ['a', ['b']],
    [['a'], ['b']],
  ]
  const keys = await Promise.all(parts.map((each) => deriveRetryKey(...each)))
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(keys).size).toBe(parts.length)
})
