import {
  constants,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
} from 'node:crypto'
import { inspect } from 'node:util'
import { LineApiError, type LineInputError } from 'line-oa'
import { Secret } from 'line-oa/credentials'
import { assertionKey, generateAssertionKey, type PrivateKeyInput, signAssertion } from 'line-oa/keys'
import { describe, expect, test } from 'vitest'
import { refusal } from '../credentials/refusal.js'
import { testJwk, testJwt, testKid, testPem } from './fixed-key.js'

const at = Date.UTC(2026, 0, 1)
const channelId = '1657000001'

const refused = async (promise: Promise<unknown>): Promise<LineInputError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return refusal(() => {
    throw error
  })
}

const make = (privateKey: PrivateKeyInput, kid = testKid) => assertionKey({ kid, privateKey })
const partOf = (jwt: string, index: number): unknown =>
  JSON.parse(Buffer.from(jwt.split('.')[index] ?? '', 'base64url').toString())
const webCryptoKey = (usages: KeyUsage[] = ['sign'], hash = 'SHA-256') =>
  crypto.subtle.importKey(
    'jwk',
    { ...testJwk, alg: hash === 'SHA-256' ? 'RS256' : 'RS512' },
    { name: 'RSASSA-PKCS1-v1_5', hash },
    false,
    usages,
  )

describe('the assertion', () => {
  test('equals the one that openssl signs, byte for byte', async () => {
    const jwt = await signAssertion({ channelId, key: make(testJwk), tokenLifetime: 86_400, now: at })
    expect(jwt).toBe(testJwt)
  })

  test('is the same from a JWK, its text, a PEM, a secret, a WebCrypto key and a remote signer', async () => {
    const sign = async (input: Uint8Array) => createSign('sha256').update(input).sign(testPem)
    const keys = [
      make({ ...testJwk, kid: testKid }),
      make(JSON.stringify(testJwk)),
      make(testPem),
      make(new Secret(testPem)),
      make(new Secret(JSON.stringify(testJwk))),
      make(await webCryptoKey()),
      make(createPrivateKey(testPem).export({ format: 'jwk' })),
      assertionKey({ kid: testKid, sign }),
      assertionKey({ kid: testKid, sign: async (input) => new Uint8Array(await sign(input)).buffer }),
    ]
    for (const key of keys) expect(await key.assertion({ channelId, tokenLifetime: 86_400, now: at })).toBe(testJwt)
  })

  test('is verified by node:crypto', async () => {
    const pair = await generateAssertionKey()
    const jwt = await signAssertion({ channelId, key: make(pair) })
    const [header, payload, signature = ''] = jwt.split('.')
    const key = createPublicKey({ key: { ...pair.publicJwk }, format: 'jwk' })
    const verify = (input: string) =>
      createVerify('sha256')
        .update(input)
        .verify({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(signature, 'base64url'))
    expect(verify(`${header}.${payload}`)).toBe(true)
    expect(verify(`${header}.${payload}x`)).toBe(false)
  })

  test('has exactly the claims that LINE requires, with times as numbers', async () => {
    const jwt = await make(testJwk).assertion({ channelId: ' １６５７０００００１\n', now: at + 999 })
    expect(partOf(jwt, 0)).toStrictEqual({ alg: 'RS256', typ: 'JWT', kid: testKid })
    const claims = {
      iss: channelId,
      sub: channelId,
      aud: 'https://api.line.me/',
      exp: at / 1000 + 900,
      token_exp: 2_592_000,
    }
    expect(partOf(jwt, 1)).toStrictEqual(claims)
  })

  test('accepts the limits of LINE and refuses values beyond them', async () => {
    const key = make(testJwk)
    const most = await key.assertion({ channelId, expiresIn: 1800, tokenLifetime: 2_592_000, now: at })
    expect(partOf(most, 1)).toMatchObject({ exp: at / 1000 + 1800, token_exp: 2_592_000 })
    const least = await key.assertion({ channelId, expiresIn: 1, tokenLifetime: 1, now: at })
    expect(partOf(least, 1)).toMatchObject({ exp: at / 1000 + 1, token_exp: 1 })
    for (const expiresIn of [1801, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect((await refused(key.assertion({ channelId, expiresIn }))).problems).toMatchObject([{ path: 'expiresIn' }])
    }
    for (const tokenLifetime of [2_592_001, 0, 0.1]) {
      expect((await refused(key.assertion({ channelId, tokenLifetime }))).problems).toMatchObject([
        { path: 'tokenLifetime' },
      ])
    }
  })

  test('reports everything that is wrong at once', async () => {
    const error = await refused(
      signAssertion({
        channelId: '8c570fa6dd201bb328f1c1eac23a96d8',
        key: make(testJwk),
        expiresIn: 3600,
        tokenLifetime: -5,
        now: Number.NaN,
      }),
    )
    expect(error.problems.map(({ path }) => path)).toEqual(['channelId', 'tokenLifetime', 'expiresIn', 'now'])
    for (const { message } of error.problems) expect(error.message).toContain(message)
    expect(JSON.stringify(error)).not.toContain('8c570fa6dd201bb328f1c1eac23a96d8')
  })

  test('requires a key from assertionKey()', async () => {
    // @ts-expect-error a JWK is not a key from assertionKey()
    expect((await refused(signAssertion({ channelId, key: testJwk }))).problems).toMatchObject([{ path: 'key' }])
  })
})

describe('a private key that LINE does not accept', () => {
  const rsa = (modulusLength: number, publicExponent = 65537) =>
    generateKeyPairSync('rsa', { modulusLength, publicExponent })
  const small = rsa(1024)
  const large = rsa(3072)
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }) =>
    String(key.export({ type: 'pkcs8', format: 'pem' }))
  const { d: _, ...withoutD } = testJwk
  const { dp: __, ...withoutDp } = testJwk
  const fixed = createPrivateKey(testPem)

  const cases: [string, unknown][] = [
    ['an RSA key of 1024 bits as PEM', pem(small.privateKey)],
    ['an RSA key of 1024 bits as JWK', small.privateKey.export({ format: 'jwk' })],
    ['an RSA key of 3072 bits as PEM', pem(large.privateKey)],
    ['an RSA key of 3072 bits as JWK', large.privateKey.export({ format: 'jwk' })],
    ['an RSA key with another exponent', pem(rsa(2048, 3).privateKey)],
    ['a JWK with another exponent', { ...testJwk, e: 'Aw' }],
    ['an EC key as PEM', pem(ec.privateKey)],
    ['an EC key as SEC1 PEM', ec.privateKey.export({ type: 'sec1', format: 'pem' })],
    ['an EC key as JWK', ec.privateKey.export({ format: 'jwk' })],
    ['an Ed25519 key', pem(generateKeyPairSync('ed25519').privateKey)],
    ['an RSA-PSS key', pem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey)],
    ['a PKCS#1 PEM', fixed.export({ type: 'pkcs1', format: 'pem' })],
    [
      'an encrypted PEM',
      fixed.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' }),
    ],
    ['an OpenSSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----'],
    ['a public PEM', createPublicKey(testPem).export({ type: 'spki', format: 'pem' })],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['a public JWK', withoutD],
    ['a JWK without dp', withoutDp],
    ['a JWK whose n is not base64', { ...testJwk, n: '!!' }],
    ['a JWK whose q is a number', { ...testJwk, q: 5 }],
    ['a JWK for RS512', { ...testJwk, alg: 'RS512' }],
    ['a JWK for encryption', { ...testJwk, use: 'enc' }],
    ['a JWK that may only verify', { ...testJwk, use: undefined, key_ops: ['verify'] }],
    ['a JWK of another kid', { ...testJwk, kid: 'another' }],
    ['a set of JWKs', { keys: [testJwk] }],
    ['an object', {}],
    ['a list', [testJwk]],
    ['JSON that is cut short', JSON.stringify(testJwk).slice(0, 300)],
    ['a PEM that is cut short', testPem.slice(0, 500)],
    ['a PEM that lost a line', testPem.replace(/\n.*\n/, '\n')],
    ['a PEM that holds no key', '-----BEGIN PRIVATE KEY-----\naGVsbG8gd29ybGQ=\n-----END PRIVATE KEY-----'],
    ['bytes', new TextEncoder().encode(testPem)],
    ['a KeyObject of node:crypto', fixed],
    ['a channel secret', '8c570fa6dd201bb328f1c1eac23a96d8'],
    ['a text', 'swordfish-and-chips'],
    ['nothing', undefined],
    ['an empty text', ''],
  ]

  test.each(cases)('%s is refused when the key is made', (_name, privateKey) => {
    const error = refusal(() => make(privateKey as PrivateKeyInput)) // what a caller without types may give
    expect(error.problems).toMatchObject([{ path: 'privateKey', message: error.message }])
    expect(error.cause).toBeUndefined()
    const shown = `${JSON.stringify(error)}${inspect(error)}`
    for (const part of [testJwk.d, testJwk.p, testPem.slice(60, 100), 'swordfish', '8c570fa6dd201bb328f1c1eac23a96d8'])
      expect(shown).not.toContain(part)
  })

  test('a WebCrypto key that cannot sign with RS256 is refused', async () => {
    const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ])
    expect(refusal(() => make(publicKey)).problems).toMatchObject([{ path: 'privateKey' }])
    const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ])
    expect(refusal(() => make(privateKey)).problems).toMatchObject([{ path: 'privateKey' }])
    const sha512 = await webCryptoKey(['sign'], 'SHA-512')
    expect(refusal(() => make(sha512)).problems).toMatchObject([{ path: 'privateKey' }])
    const decrypting = await crypto.subtle.importKey(
      'pkcs8',
      createPrivateKey(testPem).export({ type: 'pkcs8', format: 'der' }),
      { name: 'RSA-OAEP', hash: 'SHA-256' },
      false,
      ['decrypt'],
    )
    expect(refusal(() => make(decrypting)).problems).toMatchObject([{ path: 'privateKey' }])
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const short = await crypto.subtle.importKey(
      'pkcs8',
      small.privateKey.export({ type: 'pkcs8', format: 'der' }),
      algorithm,
      false,
      ['sign'],
    )
    expect(refusal(() => make(short)).problems).toMatchObject([{ path: 'privateKey' }])
  })

  test('a PEM that is damaged inside is refused when it signs, without the error of the runtime', async () => {
    const der = createPrivateKey(testPem).export({ type: 'pkcs8', format: 'der' })
    const exponent = der.indexOf(Buffer.from([2, 3, 1, 0, 1]))
    der[exponent + 5] = 4 // the private exponent is no longer an integer
    const key = make(`-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----`)
    for (const _ of [1, 2]) {
      const error = await refused(key.assertion({ channelId }))
      expect(error.problems).toMatchObject([{ path: 'privateKey', message: error.message }])
      expect(error.cause).toBeUndefined()
    }
  })
})

describe('the kid', () => {
  test.each([['1657000001'], [''], ['a b/c'], [undefined]])('%j is refused', (kid) => {
    const error = refusal(() => assertionKey({ kid: kid as string, privateKey: testJwk })) // undefined comes from a missing variable
    expect(error.problems).toMatchObject([{ path: 'kid', message: error.message }])
  })

  test('and the private key are refused together', () => {
    expect(refusal(() => assertionKey({ kid: '', privateKey: '' })).problems.map(({ path }) => path)).toEqual([
      'kid',
      'privateKey',
    ])
  })

  test('is cleaned of characters that copying adds', () => {
    expect(make(testJwk, `\u200b${testKid}\n`).kid).toBe(testKid)
  })
})

describe('a remote signer', () => {
  // The cast allows what a caller without types may give.
  const key = (sign: unknown) => assertionKey({ kid: testKid, sign: sign as () => Promise<Uint8Array> })

  test.each([
    ['70 bytes', async () => new Uint8Array(70)],
    ['384 bytes', async () => new ArrayBuffer(384)],
    ['nothing', async () => undefined],
    ['a string', async () => 'c2lnbmF0dXJl'],
  ])('that returns %s is refused', async (_, sign) => {
    const error = await refused(key(sign).assertion({ channelId }))
    expect(error.problems).toMatchObject([{ path: 'sign', message: error.message }])
  })

  test('that fails shows its code and nothing else', async () => {
    const foreign = Object.assign(new Error('POST https://kms.example/?key=hunter2'), { code: 'AccessDenied' })
    const error = await refused(key(() => Promise.reject(foreign)).assertion({ channelId }))
    expect(error.message).toContain(foreign.code)
    expect(error.cause).toBeUndefined()
    expect(inspect(error)).not.toContain('hunter2')
    const odd = Object.assign(new Error('no'), { code: 'a code with hunter2' })
    expect((await refused(key(() => Promise.reject(odd)).assertion({ channelId }))).message).not.toContain('hunter2')
  })

  test('that throws an error of the SDK passes it on', async () => {
    const own = new LineApiError('LINE_API', { operation: 'GET /sign', status: 500, lineMessage: 'no', details: [] })
    await expect(key(() => Promise.reject(own)).assertion({ channelId })).rejects.toBe(own)
  })

  test('is not called for a request that LINE would refuse', async () => {
    let asked = 0
    const sign = async () => new Uint8Array(256).fill(++asked)
    await refused(key(sign).assertion({ channelId, expiresIn: 1801 }))
    expect(asked).toBe(0)
  })

  test('cannot be combined with a private key, and must be a function', () => {
    const both = { kid: testKid, privateKey: testJwk, sign: async () => new Uint8Array(256) }
    expect(refusal(() => assertionKey(both)).problems).toMatchObject([{ path: 'sign' }])
    expect(refusal(() => key('https://kms.example')).problems).toMatchObject([{ path: 'sign' }])
  })
})

test('a key serializes to its kid and nothing else', () => {
  const key = make(testJwk)
  expect(JSON.stringify(key)).toBe(JSON.stringify({ kid: testKid }))
  expect(inspect(key, { depth: 9, showHidden: true })).not.toContain(testJwk.d)
  expect(Object.isFrozen(key)).toBe(true)
})

test('a key is imported into WebCrypto once', async () => {
  let exported = 0
  const pair = await generateAssertionKey()
  const key = make({
    publicJwk: pair.publicJwk,
    exportPrivateJwk: () => pair.exportPrivateJwk(),
    exportPem: () => {
      exported++
      return pair.exportPem()
    },
  })
  await Promise.all([key.assertion({ channelId }), key.assertion({ channelId })])
  await key.assertion({ channelId })
  expect(exported).toBe(1)
})
