// Secret stores and CI systems take a key only in base64: it is decoded where a key is wanted, and never taken for a token.

import { generateKeyPairSync } from 'node:crypto'
import { createLineClient } from 'line-oa'
import { parseAssertionPrivateKey, parseChannelAccessToken } from 'line-oa/credentials'
import { assertionKey } from 'line-oa/keys'
import { describe, expect, test } from 'vitest'
import { testJwk, testKid, testPem } from './fixed-key.js'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const der = testPem.replace(/-----[^-]+-----|\s/g, '')

describe.each([
  ['a PEM in base64', base64(testPem)],
  ['a PEM in base64, on several lines', base64(testPem).replace(/.{76}/g, '$&\n')],
  ['the bytes of the key (DER) in base64', der],
  ['the bytes of the key (DER) in base64url', der.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')],
  ['a JWK in base64', base64(JSON.stringify(testJwk))],
  ['a JWK in base64, on several lines before', base64(JSON.stringify(testJwk, null, 2))],
])('%s', (_, value) => {
  test('is accepted as a key', () => {
    expect(assertionKey({ kid: testKid, privateKey: value })).toMatchObject({ kid: testKid })
    expect(parseAssertionPrivateKey(value).reveal()).toMatch(/^-----BEGIN|^\{/)
  })

  test('is refused as a token', () => {
    const refused = expect.objectContaining({ code: 'LINE_INPUT' })
    expect(() => parseChannelAccessToken(value)).toThrow(refused)
    expect(() => createLineClient({ channelAccessToken: value })).toThrow(refused)
  })
})

test('a short EC key in base64, which looks like a token, is refused as one', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  for (const type of ['pkcs8', 'sec1'] as const) {
    const value = privateKey.export({ type, format: 'der' }).toString('base64')
    expect(() => parseChannelAccessToken(value)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  }
})
