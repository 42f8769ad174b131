import {
  constants,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
} from 'node:crypto'
import { inspect } from 'node:util'
import { LineApiError, LineInputError } from 'line-oa'
import { Secret } from 'line-oa/credentials'
import { assertionKey, generateAssertionKey, type PrivateKeyInput, signAssertion } from 'line-oa/keys'
import { describe, expect, test } from 'vitest'
import { testJwk, testJwt, testKid, testPem } from './fixed-key.js'

const at = Date.UTC(2026, 0, 1)
const channelId = '1657000001'

function refusal(run: () => unknown): LineInputError {
  try {
    run()
  } catch (error) {
    if (error instanceof LineInputError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

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

describe('the JWT', () => {
  test('is the one that openssl signs, byte for byte', async () => {
    const jwt = await signAssertion({ channelId, key: make(testJwk), tokenLifetime: 86_400, now: at })
    expect(jwt).toBe(testJwt)
  })

  test('is the same from a JWK, its text, a PEM, a secret, a WebCrypto key and a signer elsewhere', async () => {
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

  test('verifies with node:crypto alone', async () => {
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

  test('carries what LINE wants and nothing else, as numbers', async () => {
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

  test('goes to the limits of LINE and no further', async () => {
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

  test('is refused with everything that is wrong at once', async () => {
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
    expect(error.message).toContain('form of a channel secret')
    expect(JSON.stringify(error)).not.toContain('8c570fa6dd201bb328f1c1eac23a96d8')
  })

  test('needs a key that assertionKey made', async () => {
    // @ts-expect-error a JWK is no key to sign with yet
    expect((await refused(signAssertion({ channelId, key: testJwk }))).message).toContain('assertionKey()')
  })
})

describe('a private key that LINE would not take', () => {
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

  const cases: [string, unknown, RegExp][] = [
    ['an RSA key of 1024 bits as PEM', pem(small.privateKey), /found an RSA key of 1024 bits/],
    ['an RSA key of 1024 bits as JWK', small.privateKey.export({ format: 'jwk' }), /found an RSA key of 1024 bits/],
    ['an RSA key of 3072 bits as PEM', pem(large.privateKey), /found an RSA key of 3072 bits/],
    ['an RSA key of 3072 bits as JWK', large.privateKey.export({ format: 'jwk' }), /found an RSA key of 3072 bits/],
    ['an RSA key with another exponent', pem(rsa(2048, 3).privateKey), /exponent is not 65537/],
    ['a JWK with another exponent', { ...testJwk, e: 'Aw' }, /exponent is not 65537/],
    ['an EC key as PEM', pem(ec.privateKey), /another algorithm \(EC\)/],
    ['an EC key as SEC1 PEM', ec.privateKey.export({ type: 'sec1', format: 'pem' }), /found an EC key/],
    ['an EC key as JWK', ec.privateKey.export({ format: 'jwk' }), /a JWK of another type \(EC\)/],
    ['an Ed25519 key', pem(generateKeyPairSync('ed25519').privateKey), /another algorithm \(Ed25519\)/],
    [
      'an RSA-PSS key',
      pem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey),
      /another algorithm \(RSA-PSS\)/,
    ],
    [
      'a PKCS#1 PEM',
      fixed.export({ type: 'pkcs1', format: 'pem' }),
      /openssl pkcs8 -topk8 -nocrypt -in key\.pem -out key-pkcs8\.pem/,
    ],
    [
      'an encrypted PEM',
      fixed.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' }),
      /encrypted PEM.*openssl pkcs8 -in key\.pem/,
    ],
    [
      'an OpenSSH key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----',
      /ssh-keygen/,
    ],
    [
      'a public PEM',
      createPublicKey(testPem).export({ type: 'spki', format: 'pem' }),
      /found a public key.*private half here/,
    ],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', /found a certificate/],
    ['a public JWK', withoutD, /found a public JWK/],
    ['a JWK without dp', withoutDp, /whose dp is missing/],
    ['a JWK whose n is no base64', { ...testJwk, n: '!!' }, /whose n is missing or damaged/],
    ['a JWK whose q is a number', { ...testJwk, q: 5 }, /whose q is missing or damaged/],
    ['a JWK for RS512', { ...testJwk, alg: 'RS512' }, /another algorithm than RS256/],
    ['a JWK for encryption', { ...testJwk, use: 'enc' }, /whose use is not sig/],
    ['a JWK that may only verify', { ...testJwk, use: undefined, key_ops: ['verify'] }, /do not allow to sign/],
    ['a JWK of another kid', { ...testJwk, kid: 'another' }, /kid is another one/],
    ['a set of JWKs', { keys: [testJwk] }, /a set of JWKs/],
    ['an object', {}, /no JWK/],
    ['a list', [testJwk], /found a list/],
    ['JSON that is cut short', JSON.stringify(testJwk).slice(0, 300), /JSON that cannot be read/],
    ['a PEM that is cut short', testPem.slice(0, 500), /PEM without its end/],
    ['a PEM that lost a line', testPem.replace(/\n.*\n/, '\n'), /PEM that is damaged/],
    [
      'a PEM that holds no key',
      '-----BEGIN PRIVATE KEY-----\naGVsbG8gd29ybGQ=\n-----END PRIVATE KEY-----',
      /PEM that is damaged/,
    ],
    ['bytes', new TextEncoder().encode(testPem), /read the file as utf8/],
    ['a KeyObject of node:crypto', fixed, /key\.export\(/],
    ['a channel secret', '8c570fa6dd201bb328f1c1eac23a96d8', /form of a channel secret/],
    ['a text', 'swordfish-and-chips', /found 19 characters/],
    ['nothing', undefined, /privateKey is missing/],
    ['an empty text', '', /privateKey is missing/],
  ]

  test.each(cases)('%s is refused at once, with what it is', (_name, privateKey, words) => {
    const error = refusal(() => make(privateKey as PrivateKeyInput)) // what a caller without types may give
    expect(error.problems).toMatchObject([{ path: 'privateKey' }])
    expect(error.message).toMatch(words)
    expect(error.cause).toBeUndefined()
    const shown = `${JSON.stringify(error)}${inspect(error)}`
    for (const part of [testJwk.d, testJwk.p, testPem.slice(60, 100), 'swordfish', '8c570fa6dd201bb328f1c1eac23a96d8'])
      expect(shown).not.toContain(part)
  })

  test('WebCrypto keys are refused when they cannot sign by RS256', async () => {
    const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ])
    expect(refusal(() => make(publicKey)).message).toContain('a public key of WebCrypto')
    const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ])
    expect(refusal(() => make(privateKey)).message).toContain('a key of WebCrypto for ECDSA;')
    const sha512 = await webCryptoKey(['sign'], 'SHA-512')
    expect(refusal(() => make(sha512)).message).toContain('RSASSA-PKCS1-v1_5 SHA-512')
    const decrypting = await crypto.subtle.importKey(
      'pkcs8',
      createPrivateKey(testPem).export({ type: 'pkcs8', format: 'der' }),
      { name: 'RSA-OAEP', hash: 'SHA-256' },
      false,
      ['decrypt'],
    )
    expect(refusal(() => make(decrypting)).message).toContain('for RSA-OAEP')
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const short = await crypto.subtle.importKey(
      'pkcs8',
      small.privateKey.export({ type: 'pkcs8', format: 'der' }),
      algorithm,
      false,
      ['sign'],
    )
    expect(refusal(() => make(short)).message).toContain('an RSA key of 1024 bits')
  })

  test('a PEM that is damaged deep inside fails when it signs, without a word of the runtime', async () => {
    const der = createPrivateKey(testPem).export({ type: 'pkcs8', format: 'der' })
    const exponent = der.indexOf(Buffer.from([2, 3, 1, 0, 1]))
    der[exponent + 5] = 4 // the private exponent is no integer any more
    const key = make(`-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----`)
    for (const _ of [1, 2]) {
      const error = await refused(key.assertion({ channelId }))
      expect(error.problems).toMatchObject([{ path: 'privateKey', found: 'an RSA key that this runtime cannot read' }])
      expect(error.cause).toBeUndefined()
    }
  })
})

describe('the kid', () => {
  test.each([
    ['1657000001', /digits, the form of a channel ID/],
    ['', /kid is missing/],
    ['a b/c', /at most 128/],
    [undefined, /kid is missing/],
  ])('%j is refused', (kid, words) => {
    const error = refusal(() => assertionKey({ kid: kid as string, privateKey: testJwk })) // undefined as from a missing variable
    expect(error.problems).toMatchObject([{ path: 'kid' }])
    expect(error.message).toMatch(words)
  })

  test('and the key are refused together', () => {
    expect(refusal(() => assertionKey({ kid: '', privateKey: '' })).problems.map(({ path }) => path)).toEqual([
      'kid',
      'privateKey',
    ])
  })

  test('is cleaned of what copying leaves', () => {
    expect(make(testJwk, `\u200b${testKid}\n`).kid).toBe(testKid)
  })
})

describe('a signer elsewhere', () => {
  // The cast lets in what a caller without types may give.
  const key = (sign: unknown) => assertionKey({ kid: testKid, sign: sign as () => Promise<Uint8Array> })

  test.each([
    ['70 bytes', async () => new Uint8Array(70)],
    ['384 bytes', async () => new ArrayBuffer(384)],
    ['nothing', async () => undefined],
    ['a string', async () => 'c2lnbmF0dXJl'],
  ])('that gives %s is refused', async (words, sign) => {
    const error = await refused(key(sign).assertion({ channelId }))
    expect(error.problems).toMatchObject([{ path: 'sign', found: words }])
    expect(error.message).toContain('256 bytes')
  })

  test('that fails leaves its code behind and nothing else', async () => {
    const foreign = Object.assign(new Error('POST https://kms.example/?key=hunter2'), { code: 'AccessDenied' })
    const error = await refused(key(() => Promise.reject(foreign)).assertion({ channelId }))
    expect(error.message).toBe('The assertion was not signed: the sign function failed (AccessDenied)')
    expect(error.cause).toBeUndefined()
    expect(inspect(error)).not.toContain('hunter2')
    const odd = Object.assign(new Error('no'), { code: 'a code with hunter2' })
    expect((await refused(key(() => Promise.reject(odd)).assertion({ channelId }))).message).not.toContain('hunter2')
  })

  test('that throws an error of the SDK is heard', async () => {
    const own = new LineApiError('LINE_API', { operation: 'GET /sign', status: 500, lineMessage: 'no', details: [] })
    await expect(key(() => Promise.reject(own)).assertion({ channelId })).rejects.toBe(own)
  })

  test('is not asked to sign what LINE would refuse', async () => {
    let asked = 0
    const sign = async () => new Uint8Array(256).fill(++asked)
    await refused(key(sign).assertion({ channelId, expiresIn: 1801 }))
    expect(asked).toBe(0)
  })

  test('stands for a private key, not beside one', () => {
    const both = { kid: testKid, privateKey: testJwk, sign: async () => new Uint8Array(256) }
    expect(refusal(() => assertionKey(both)).message).toContain('either privateKey or sign')
    expect(refusal(() => key('https://kms.example')).message).toContain('found a string')
  })
})

test('a key shows its kid and nothing else', () => {
  const key = make(testJwk)
  expect(JSON.stringify(key)).toBe(JSON.stringify({ kid: testKid }))
  expect(inspect(key, { depth: 9, showHidden: true })).not.toContain(testJwk.d)
  expect(Object.isFrozen(key)).toBe(true)
})

test('a key is brought into WebCrypto once', async () => {
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
