// Every message of line-oa/keys, whole. No other test asserts one.

import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import {
  type AssertionKey,
  assertionKey,
  checkPublicJwk,
  importAssertionKey,
  type PrivateKeyInput,
  signAssertion,
} from 'line-oa/keys'
import { expect, test } from 'vitest'
import { testJwk, testKid, testPem } from '../keys/fixed-key.js'
import { type ErrorRow, errorOf } from './error-of.js'

const channelId = '1657000001'
const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'
const key = assertionKey({ kid: testKid, privateKey: testJwk })
const fixed = createPrivateKey(testPem)
const rsa = (modulusLength: number, publicExponent = 65537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).privateKey
const [small, large] = [rsa(1024), rsa(3072)]
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed25519 = generateKeyPairSync('ed25519').privateKey
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey
const pem = (privateKey: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }) =>
  String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
const { d: _, ...withoutD } = testJwk
const { dp: __, ...withoutDp } = testJwk

const webCrypto = {
  rs256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  rs512: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
  oaep: { name: 'RSA-OAEP', hash: 'SHA-256' },
}
const ecKeys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
const sha512 = await crypto.subtle.importKey('jwk', { ...testJwk, alg: 'RS512' }, webCrypto.rs512, false, ['sign'])
const der = (privateKey: typeof fixed) => new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }))
const decrypting = await crypto.subtle.importKey('pkcs8', der(fixed), webCrypto.oaep, false, ['decrypt'])
const short = await crypto.subtle.importKey('pkcs8', der(small), webCrypto.rs256, false, ['sign'])
const closed = await crypto.subtle.importKey('jwk', { ...testJwk }, webCrypto.rs256, false, ['sign'])

// The private exponent is no integer any more, which only the runtime notices.
const damaged = fixed.export({ type: 'pkcs8', format: 'der' })
damaged[damaged.indexOf(Buffer.from([2, 3, 1, 0, 1])) + 5] = 4
const damagedPem = `-----BEGIN PRIVATE KEY-----\n${damaged.toString('base64')}\n-----END PRIVATE KEY-----`

/** What a caller without types may give. */
const made = (privateKey: unknown) => () => assertionKey({ kid: testKid, privateKey: privateKey as PrivateKeyInput })
const named = (kid: unknown) => () => assertionKey({ kid: kid as string, privateKey: testJwk })
const signing = (sign: unknown) => assertionKey({ kid: testKid, sign: sign as () => Promise<Uint8Array> })
const signedBy = (sign: unknown) => () => signing(sign).assertion({ channelId })

type Row = readonly [what: string, call: () => unknown, ...ErrorRow]

const privateKeys: readonly Row[] = [
  [
    'an RSA key of 1024 bits as PEM',
    made(pem(small)),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an RSA key of 1024 bits; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'an RSA key of 1024 bits as JWK',
    made(small.export({ format: 'jwk' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an RSA key of 1024 bits; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'an RSA key of 3072 bits as PEM',
    made(pem(large)),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an RSA key of 3072 bits; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'an RSA key of 3072 bits as JWK',
    made(large.export({ format: 'jwk' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an RSA key of 3072 bits; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'an RSA key with another exponent',
    made(pem(rsa(2048, 3))),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an RSA key whose exponent is not 65537; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'a JWK with another exponent',
    made({ ...testJwk, e: 'Aw' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an RSA key whose exponent is not 65537 (AQAB); the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'an EC key as PEM',
    made(pem(ec.privateKey)),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a key of another algorithm (EC); the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'an EC key as SEC1 PEM',
    made(ec.privateKey.export({ type: 'sec1', format: 'pem' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an EC key; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'an EC key as JWK',
    made(ec.privateKey.export({ format: 'jwk' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a JWK of another type (EC); the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'an Ed25519 key',
    made(pem(ed25519)),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a key of another algorithm (Ed25519); the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'an RSA-PSS key',
    made(pem(pss)),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a key of another algorithm (RSA-PSS); the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'a PKCS#1 PEM',
    made(fixed.export({ type: 'pkcs1', format: 'pem' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a PKCS#1 PEM (BEGIN RSA PRIVATE KEY); the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out key-pkcs8.pem',
  ],
  [
    'an encrypted PEM',
    made(fixed.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an encrypted PEM; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Decrypt it first: openssl pkcs8 -in key.pem -out key-plain.pem',
  ],
  [
    'an OpenSSH key',
    made('-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----'),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a key of OpenSSH; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). If it is RSA, rewrite it in place: ssh-keygen -p -m PKCS8 -f key',
  ],
  [
    'a public PEM',
    made(createPublicKey(testPem).export({ type: 'spki', format: 'pem' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a public key; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Register the public half with LINE, and give the private half here',
  ],
  [
    'a certificate',
    made('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a certificate; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Register the public half with LINE, and give the private half here',
  ],
  [
    'a public JWK',
    made(withoutD),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a public JWK; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Register the public half with LINE, and give the private half here',
  ],
  [
    'a JWK without dp',
    made(withoutDp),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a JWK whose dp is missing or damaged; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Export it again with d, p, q, dp, dq and qi',
  ],
  [
    'a JWK whose n is not base64',
    made({ ...testJwk, n: '!!' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a JWK whose n is missing or damaged; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a JWK whose q is a number',
    made({ ...testJwk, q: 5 }),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a JWK whose q is missing or damaged; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Export it again with d, p, q, dp, dq and qi',
  ],
  [
    'a JWK for RS512',
    made({ ...testJwk, alg: 'RS512' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a JWK for another algorithm than RS256; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'a JWK for encryption',
    made({ ...testJwk, use: 'enc' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a JWK whose use is not sig; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). generateAssertionKey() makes one that LINE takes',
  ],
  [
    'a JWK that may only verify',
    made({ ...testJwk, use: undefined, key_ops: ['verify'] }),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a JWK whose key_ops do not allow to sign; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a JWK of another kid',
    made({ ...testJwk, kid: 'another' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a JWK whose kid is another one than the kid given; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Key and kid must belong together',
  ],
  [
    'a set of JWKs',
    made({ keys: [testJwk] }),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a set of JWKs; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Give the one key of the set',
  ],
  [
    'an object',
    made({}),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an object that is no JWK; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a list',
    made([testJwk]),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a list; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'JSON that is cut short',
    made(JSON.stringify(testJwk).slice(0, 300)),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found JSON that cannot be read; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Copy the JWK whole, from { to }',
  ],
  [
    'a PEM that is cut short',
    made(testPem.slice(0, 500)),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a PEM without its end; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Copy it whole, from BEGIN to END',
  ],
  [
    'a PEM that lost a line',
    made(testPem.replace(/\n.*\n/, '\n')),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a PEM that is damaged; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Copy it again, line by line as it stands',
  ],
  [
    'a PEM that holds no key',
    made('-----BEGIN PRIVATE KEY-----\naGVsbG8gd29ybGQ=\n-----END PRIVATE KEY-----'),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a PEM that is damaged; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Copy it again, line by line as it stands',
  ],
  [
    'bytes',
    made(new TextEncoder().encode(testPem)),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found bytes; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Give them as text: read the file as utf8',
  ],
  [
    'a KeyObject of node:crypto',
    made(fixed),
    'LINE_INPUT',
    'privateKey',
    "privateKey: found a KeyObject of Node; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Give it as key.export({ type: 'pkcs8', format: 'pem' })",
  ],
  [
    'a channel secret',
    made(channelSecret),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found 32 hex characters, the form of a channel secret; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). It goes where the channel secret is asked for',
  ],
  [
    'a text',
    made('swordfish-and-chips'),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found 19 characters; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'nothing',
    made(undefined),
    'LINE_INPUT',
    'privateKey',
    'privateKey is missing; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a public WebCrypto key',
    made(ecKeys.publicKey),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a public key of WebCrypto; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a WebCrypto key for ECDSA',
    made(ecKeys.privateKey),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a key of WebCrypto for ECDSA; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a WebCrypto key for SHA-512',
    made(sha512),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a key of WebCrypto for RSASSA-PKCS1-v1_5 SHA-512; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a WebCrypto key for RSA-OAEP',
    made(decrypting),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a key of WebCrypto for RSA-OAEP SHA-256; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a WebCrypto key of 1024 bits',
    made(short),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an RSA key of 1024 bits; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a PEM that is damaged inside',
    () => assertionKey({ kid: testKid, privateKey: damagedPem }).assertion({ channelId }),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found an RSA key that this runtime cannot read; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Copy or export it again',
  ],
  [
    'a WebCrypto key that may not be exported',
    () => importAssertionKey(closed),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a key of WebCrypto that is not extractable; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a public JWK for a pair',
    () => importAssertionKey(withoutD),
    'LINE_INPUT',
    'privateKey',
    'privateKey: found a public JWK; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY). Register the public half with LINE, and give the private half here',
  ],
]

const others: readonly Row[] = [
  [
    'kid: a channel ID',
    named(channelId),
    'LINE_INPUT',
    'kid',
    'kid: found 10 digits, the form of a channel ID; the kid of an assertion key is what LINE showed when the public key was registered: a UUID in all known cases, at most 128 letters, digits and - . _ ~. It goes where the channel ID is asked for',
  ],
  [
    'kid: empty',
    named(''),
    'LINE_INPUT',
    'kid',
    'kid is missing; the kid of an assertion key is what LINE showed when the public key was registered: a UUID in all known cases, at most 128 letters, digits and - . _ ~',
  ],
  [
    'kid: undefined',
    named(undefined),
    'LINE_INPUT',
    'kid',
    'kid is missing; the kid of an assertion key is what LINE showed when the public key was registered: a UUID in all known cases, at most 128 letters, digits and - . _ ~',
  ],
  [
    'kid: a character that is not allowed',
    named('a b/c'),
    'LINE_INPUT',
    'kid',
    'kid: found 4 characters; the kid of an assertion key is what LINE showed when the public key was registered: a UUID in all known cases, at most 128 letters, digits and - . _ ~',
  ],
  [
    'kid and private key missing',
    () => assertionKey({ kid: '', privateKey: '' }),
    'LINE_INPUT',
    'kid, privateKey',
    '2 problems\n- kid is missing; the kid of an assertion key is what LINE showed when the public key was registered: a UUID in all known cases, at most 128 letters, digits and - . _ ~\n- privateKey is missing; the private key of an assertion key is an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'private key and sign function',
    () => {
      const both: object = { kid: testKid, privateKey: testJwk, sign: async () => new Uint8Array(256) }
      return assertionKey(both as Parameters<typeof assertionKey>[0]) // the types forbid it
    },
    'LINE_INPUT',
    'sign',
    'sign: found a private key beside it; a key is either privateKey or sign',
  ],
  [
    'sign: a string',
    () => signing('https://kms.example'),
    'LINE_INPUT',
    'sign',
    'sign: found a string; sign is a function',
  ],
  [
    'sign: returns 70 bytes',
    signedBy(async () => new Uint8Array(70)),
    'LINE_INPUT',
    'sign',
    'sign: found 70 bytes; the signature of key 0b1f5c0e-6a4d-4c55-9f0e-7d2f9d3f9a11 is 256 bytes: RSASSA-PKCS1-v1_5 with SHA-256 by an RSA key of 2048 bits',
  ],
  [
    'sign: returns 384 bytes',
    signedBy(async () => new ArrayBuffer(384)),
    'LINE_INPUT',
    'sign',
    'sign: found 384 bytes; the signature of key 0b1f5c0e-6a4d-4c55-9f0e-7d2f9d3f9a11 is 256 bytes: RSASSA-PKCS1-v1_5 with SHA-256 by an RSA key of 2048 bits',
  ],
  [
    'sign: returns nothing',
    signedBy(async () => undefined),
    'LINE_INPUT',
    'sign',
    'sign is missing; the signature of key 0b1f5c0e-6a4d-4c55-9f0e-7d2f9d3f9a11 is 256 bytes: RSASSA-PKCS1-v1_5 with SHA-256 by an RSA key of 2048 bits',
  ],
  [
    'sign: returns a string',
    signedBy(async () => 'c2lnbmF0dXJl'),
    'LINE_INPUT',
    'sign',
    'sign: found a string; the signature of key 0b1f5c0e-6a4d-4c55-9f0e-7d2f9d3f9a11 is 256 bytes: RSASSA-PKCS1-v1_5 with SHA-256 by an RSA key of 2048 bits',
  ],
  [
    'sign: fails with a code',
    signedBy(() => Promise.reject(Object.assign(new Error('no'), { code: 'AccessDenied' }))),
    'LINE_INPUT',
    undefined,
    'The assertion was not signed: the sign function failed (AccessDenied)',
  ],
  [
    'sign: fails with a code that may hold a secret',
    signedBy(() => Promise.reject(Object.assign(new Error('no'), { code: 'a code with hunter2' }))),
    'LINE_INPUT',
    undefined,
    'The assertion was not signed: the sign function failed',
  ],
  [
    'expiresIn: 1801',
    () => key.assertion({ channelId, expiresIn: 1801 }),
    'LINE_INPUT',
    'expiresIn',
    'expiresIn: found 1801; LINE takes a whole number of seconds from 1 to 1800',
  ],
  [
    'tokenLifetime: 2,592,001',
    () => key.assertion({ channelId, tokenLifetime: 2_592_001 }),
    'LINE_INPUT',
    'tokenLifetime',
    'tokenLifetime: found 2592001; LINE takes a whole number of seconds from 1 to 2592000',
  ],
  [
    'now: NaN',
    () => key.assertion({ channelId, now: Number.NaN }),
    'LINE_INPUT',
    'now',
    'now: found NaN; the time is milliseconds since 1970',
  ],
  [
    'everything wrong in one request',
    () => signAssertion({ channelId: channelSecret, key, expiresIn: 3600, tokenLifetime: -5, now: Number.NaN }),
    'LINE_INPUT',
    'channelId, tokenLifetime, expiresIn, now',
    '4 problems\n- channelId: found 32 hex characters, the form of a channel secret; a channel ID is 5 to 15 digits (10 in all known ones). It goes where the channel secret is asked for\n- tokenLifetime: found -5; LINE takes a whole number of seconds from 1 to 2592000\n- expiresIn: found 3600; LINE takes a whole number of seconds from 1 to 1800\n- now: found NaN; the time is milliseconds since 1970',
  ],
  [
    'a JWK where a key is expected',
    () => signAssertion({ channelId, key: testJwk as unknown as AssertionKey }), // what a caller without types may give
    'LINE_INPUT',
    'key',
    'key: found an object; a key is what assertionKey() made',
  ],
]

test.each([...privateKeys.map(([what, ...row]): Row => [`privateKey: ${what}`, ...row]), ...others])(
  '%s',
  async (_what, call, ...row) => {
    expect(await errorOf(call)).toEqual(row)
  },
)

const { kty, alg, use, n, e } = testJwk
const good = { kty, alg, use, n, e }

test.each<readonly [what: string, jwk: unknown, ...problems: readonly (readonly [path: string, message: string])[]]>([
  [
    'a kid',
    { ...good, kid: 'x' },
    ['kid', 'kid: found a kid; LINE takes a key without one. LINE gives the kid when the key is registered'],
  ],
  [
    'an EC key',
    { ...ec.publicKey.export({ format: 'jwk' }), alg: 'ES256', use },
    ['kty', 'kty: found EC; LINE takes RSA'],
    ['alg', 'alg: found ES256; LINE takes RS256'],
    ['n', 'n: found nothing; LINE takes the modulus of 2048 bits in base64url'],
    ['e', 'e: found nothing; LINE takes AQAB (65537)'],
  ],
  ['another algorithm', { ...good, alg: 'RS512' }, ['alg', 'alg: found RS512; LINE takes RS256']],
  ['no algorithm', { kty, use, n, e }, ['alg', 'alg: found nothing; LINE takes RS256']],
  [
    'neither use nor key_ops',
    { kty, alg, n, e },
    ['use', 'use: found nothing; LINE takes use "sig", or key_ops ["verify"]'],
  ],
  ['a use for encryption', { ...good, use: 'enc' }, ['use', 'use: found enc; LINE takes sig']],
  [
    'key_ops that sign',
    { kty, alg, n, e, key_ops: ['sign'] },
    ['key_ops', 'key_ops: found other operations; LINE takes exactly ["verify"]'],
  ],
  [
    'an n with padding',
    { ...good, n: `${n}==` },
    ['n', 'n: found a text that is no base64url; LINE takes the modulus of 2048 bits in base64url'],
  ],
  [
    'an n that is a number',
    { ...good, n: 7 },
    ['n', 'n: found a number; LINE takes the modulus of 2048 bits in base64url'],
  ],
  ['no n', { kty, alg, use, e }, ['n', 'n: found nothing; LINE takes the modulus of 2048 bits in base64url']],
  [
    'an n of 1024 bits',
    { ...good, n: small.export({ format: 'jwk' }).n },
    ['n', 'n: found a modulus of 1024 bits; LINE takes a modulus of 2048 bits'],
  ],
  [
    'an n of 3072 bits',
    { ...good, n: large.export({ format: 'jwk' }).n },
    ['n', 'n: found a modulus of 3072 bits; LINE takes a modulus of 2048 bits'],
  ],
  ['another exponent', { ...good, e: 'Aw' }, ['e', 'e: found another exponent; LINE takes AQAB (65537)']],
  ['no exponent', { kty, alg, use, n }, ['e', 'e: found nothing; LINE takes AQAB (65537)']],
  [
    'a PEM',
    testPem,
    [
      'publicJwk',
      'publicJwk: found a PEM block; LINE takes one public key as a JWK: a JSON object with kty, alg, use, n and e',
    ],
  ],
  [
    'a list',
    [good],
    [
      'publicJwk',
      'publicJwk: found a list; LINE takes one public key as a JWK: a JSON object with kty, alg, use, n and e',
    ],
  ],
  [
    'null',
    null,
    [
      'publicJwk',
      'publicJwk: found nothing; LINE takes one public key as a JWK: a JSON object with kty, alg, use, n and e',
    ],
  ],
  [
    'JSON that is cut short',
    JSON.stringify(good).slice(0, -5),
    [
      'publicJwk',
      'publicJwk: found a JWK; LINE takes one public key as a JWK: a JSON object with kty, alg, use, n and e',
    ],
  ],
  [
    'a private JWK',
    testJwk,
    ['d', 'd: found a private member; LINE takes the public half only. If it was shown to anyone, make a new key'],
    ['p', 'p: found a private member; LINE takes the public half only. If it was shown to anyone, make a new key'],
    ['q', 'q: found a private member; LINE takes the public half only. If it was shown to anyone, make a new key'],
    ['dp', 'dp: found a private member; LINE takes the public half only. If it was shown to anyone, make a new key'],
    ['dq', 'dq: found a private member; LINE takes the public half only. If it was shown to anyone, make a new key'],
    ['qi', 'qi: found a private member; LINE takes the public half only. If it was shown to anyone, make a new key'],
  ],
])('public JWK: %s', (_what, jwk, ...problems) => {
  expect(checkPublicJwk(jwk).map(({ path, message }) => [path, message])).toEqual(problems)
})
