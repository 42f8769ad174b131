import { generateKeyPairSync } from 'node:crypto'
import { checkPublicJwk } from 'line-oa/keys'
import { expect, test } from 'vitest'
import { testJwk, testPem } from './fixed-key.js'

const { kty, alg, use, n, e } = testJwk
const good = { kty, alg, use, n, e }
const paths = (jwk: unknown) => checkPublicJwk(jwk).map(({ path }) => path)

test('accepts what the SDK, LINE and a browser write', () => {
  expect(paths(good)).toEqual([])
  expect(paths(JSON.stringify(good))).toEqual([])
  expect(paths({ kty, alg, n, e, key_ops: ['verify'], ext: true })).toEqual([])
})

test.each<[string, unknown, string[]]>([
  ['a kid', { ...good, kid: 'x' }, ['kid']],
  [
    'an EC key',
    { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }), alg: 'ES256', use },
    ['kty', 'alg', 'n', 'e'],
  ],
  ['another algorithm', { ...good, alg: 'RS512' }, ['alg']],
  ['no algorithm', { kty, use, n, e }, ['alg']],
  ['neither use nor key_ops', { kty, alg, n, e }, ['use']],
  ['a use for encryption', { ...good, use: 'enc' }, ['use']],
  ['key_ops that sign', { kty, alg, n, e, key_ops: ['sign'] }, ['key_ops']],
  ['key_ops that do more than verify', { kty, alg, n, e, key_ops: ['verify', 'encrypt'] }, ['key_ops']],
  ['an n in base64 with padding', { ...good, n: `${n}==` }, ['n']],
  ['an n that is a number', { ...good, n: 7 }, ['n']],
  ['no n', { kty, alg, use, e }, ['n']],
  ['another exponent', { ...good, e: 'Aw' }, ['e']],
  ['no exponent', { kty, alg, use, n }, ['e']],
  ['a PEM', testPem, ['publicJwk']],
  ['a list', [good], ['publicJwk']],
  ['null', null, ['publicJwk']],
  ['the text null', 'null', ['publicJwk']],
  ['a JSON text that is cut short', JSON.stringify(good).slice(0, -5), ['publicJwk']],
])('refuses %s', (_name, jwk, where) => {
  expect(paths(jwk)).toEqual(where)
})

test('refuses a modulus of another length', () => {
  for (const modulusLength of [1024, 3072]) {
    const jwk = generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' })
    const [problem, ...more] = checkPublicJwk({ ...good, n: jwk['n'] })
    expect([problem?.path, more]).toEqual(['n', []])
    expect(problem?.found).toContain(String(modulusLength))
  }
})

test('names every private member and shows none', () => {
  const problems = checkPublicJwk({ ...testJwk, alg: testJwk.d })
  expect(problems.map(({ path }) => path)).toEqual(['d', 'p', 'q', 'dp', 'dq', 'qi', 'alg'])
  const text = JSON.stringify(problems)
  for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const) expect(text).not.toContain(testJwk[member])
})
