import { createPrivateKey, createPublicKey } from 'node:crypto'
import { inspect } from 'node:util'
import { assertionKey, checkPublicJwk, generateAssertionKey, importAssertionKey } from 'line-oa/keys'
import { expect, test } from 'vitest'
import { testJwk, testKid, testPem } from './fixed-key.js'

const { n, e } = testJwk
const publicJwk = { kty: 'RSA', alg: 'RS256', use: 'sig', n, e }

test('a new pair is RSA with 2048 bits, and its public half is what LINE accepts', async () => {
  const pair = await generateAssertionKey()
  expect(Object.keys(pair.publicJwk)).toEqual(['kty', 'alg', 'use', 'n', 'e'])
  expect(checkPublicJwk(pair.publicJwk)).toEqual([])
  const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key: { ...pair.publicJwk }, format: 'jwk' })
  expect(asymmetricKeyType).toBe('rsa')
  expect(asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65537n })
  expect((await generateAssertionKey()).publicJwk.n).not.toBe(pair.publicJwk.n)
})

test('node:crypto reads both exports of the private half as the same key', async () => {
  const pair = await generateAssertionKey()
  const jwk = await pair.exportPrivateJwk()
  const fromPem = createPrivateKey(await pair.exportPem())
  const fromJwk = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  expect(fromPem.equals(fromJwk)).toBe(true)
  expect(createPublicKey(fromPem).export({ format: 'jwk' })).toEqual({ kty: 'RSA', n: pair.publicJwk.n, e: 'AQAB' })
  expect(Object.keys(jwk)).toEqual(['kty', 'alg', 'use', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'])
})

test.each([
  ['a JWK', testJwk],
  ['its text', `\n${JSON.stringify({ ...testJwk, kid: testKid, ext: true, key_ops: ['sign'] }, null, 2)}\n`],
  ['a PEM', testPem],
  ['a PEM with Windows line ends', testPem.replaceAll('\n', '\r\n')],
  ['a PEM whose line breaks are written as \\n', testPem.replaceAll('\n', '\\n')],
  ['a PEM whose Windows line ends are written as \\r\\n', testPem.replaceAll('\n', '\\r\\n')],
  ['a PEM on one line', testPem.replaceAll('\n', ' ')],
  ['a PEM with text around it', `Bag Attributes\n    friendlyName: line\n${testPem}`],
  [
    'a PEM that node:crypto wrote',
    String(createPrivateKey({ key: testJwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' })),
  ],
])('a pair can be imported from %s', async (_name, stored) => {
  const pair = await importAssertionKey(stored)
  expect(pair.publicJwk).toStrictEqual(publicJwk)
  expect(await pair.exportPrivateJwk()).toStrictEqual(testJwk)
  expect((await pair.exportPem()).trim()).toBe(testPem.trim())
})

test('a pair can be imported from another pair and from an extractable WebCrypto key', async () => {
  const pair = await importAssertionKey(testPem)
  expect((await importAssertionKey(pair)).publicJwk).toStrictEqual(publicJwk)
  const bring = (extractable: boolean) =>
    crypto.subtle.importKey('jwk', { ...testJwk }, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, extractable, [
      'sign',
    ])
  expect(await (await importAssertionKey(await bring(true))).exportPrivateJwk()).toStrictEqual(testJwk)
  await expect(bring(false).then(importAssertionKey)).rejects.toMatchObject({
    code: 'LINE_INPUT',
    problems: [{ path: 'privateKey' }],
  })
})

test('a public key cannot be imported as a pair', async () => {
  await expect(importAssertionKey(publicJwk)).rejects.toMatchObject({
    code: 'LINE_INPUT',
    problems: [{ path: 'privateKey' }],
  })
})

test('a pair serializes to its public half only', async () => {
  const pair = await importAssertionKey(testPem)
  const shown = [
    JSON.stringify(pair),
    inspect(pair, { depth: 9, showHidden: true, getters: true }),
    JSON.stringify(structuredClone({ publicJwk: pair.publicJwk })),
    JSON.stringify({ ...pair }),
    Object.getOwnPropertyNames(pair).join(),
  ].join('\n')
  for (const part of [testJwk.d, testJwk.p, testJwk.q, testJwk.dp, testJwk.dq, testJwk.qi])
    expect(shown).not.toContain(part)
  expect(JSON.parse(JSON.stringify(pair))).toStrictEqual({ publicJwk })
})

test('an exported JWK is a copy', async () => {
  const pair = await importAssertionKey(testPem)
  Object.assign(await pair.exportPrivateJwk(), { d: 'changed' })
  expect((await pair.exportPrivateJwk()).d).toBe(testJwk.d)
})

test('a pair signs like the PEM it was imported from', async () => {
  const pair = await importAssertionKey(testPem)
  const request = { channelId: '1657000001', now: 0 }
  const [fromPair, fromPem] = await Promise.all(
    [pair, testPem].map((privateKey) => assertionKey({ kid: testKid, privateKey }).assertion(request)),
  )
  expect(fromPair).toBe(fromPem)
})
