// Every message of line-oa/keys, whole. No other test asserts one.

import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { LineApiError } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import {
  type AssertionKey,
  assertionKey,
  checkPublicJwk,
  importAssertionKey,
  type PrivateKeyInput,
  type ProveAssertionKeyInput,
  proveAssertionKey,
  signAssertion,
} from 'line-oa/keys'
import { expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { testJwk, testKid, testPem } from '../keys/fixed-key.js'
import { fakeLine, json } from '../login/fake-line.js'
import { now } from '../login/signed-tokens.js'
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
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an RSA key of 1024 bits. Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'a PKCS#1 key as base64 of its bytes',
    made(fixed.export({ type: 'pkcs1', format: 'der' }).toString('base64')),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a PKCS#1 PEM (BEGIN RSA PRIVATE KEY). Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out key-pkcs8.pem',
  ],
  [
    'a public key as base64 of its bytes',
    made(createPublicKey(fixed).export({ type: 'spki', format: 'der' }).toString('base64')),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a public key. Register the public key with LINE, and pass the private key here',
  ],
  [
    'an EC key as base64 of its bytes',
    made(
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'der' })
        .toString('base64'),
    ),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a key of another algorithm (EC). Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'a private key of 20,001 characters',
    made('='.repeat(20_001)),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found 20001 characters',
  ],
  [
    'an RSA key of 1024 bits as JWK',
    made(small.export({ format: 'jwk' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an RSA key of 1024 bits. Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'an RSA key of 3072 bits as PEM',
    made(pem(large)),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an RSA key of 3072 bits. Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'an RSA key of 3072 bits as JWK',
    made(large.export({ format: 'jwk' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an RSA key of 3072 bits. Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'an RSA key with another exponent',
    made(pem(rsa(2048, 3))),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an RSA key whose exponent is not 65537. Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'a JWK with another exponent',
    made({ ...testJwk, e: 'Aw' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an RSA key whose exponent is not 65537 (AQAB). Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'an EC key as PEM',
    made(pem(ec.privateKey)),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a key of another algorithm (EC). Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'an EC key as SEC1 PEM',
    made(ec.privateKey.export({ type: 'sec1', format: 'pem' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an EC key. Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'an EC key as JWK',
    made(ec.privateKey.export({ format: 'jwk' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a JWK of another type (EC). Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'an Ed25519 key',
    made(pem(ed25519)),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a key of another algorithm (Ed25519). Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'an RSA-PSS key',
    made(pem(pss)),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a key of another algorithm (RSA-PSS). Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'a PKCS#1 PEM',
    made(fixed.export({ type: 'pkcs1', format: 'pem' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a PKCS#1 PEM (BEGIN RSA PRIVATE KEY). Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out key-pkcs8.pem',
  ],
  [
    'an encrypted PEM',
    made(fixed.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an encrypted PEM. Decrypt it first: openssl pkcs8 -in key.pem -out key-plain.pem',
  ],
  [
    'an OpenSSH key',
    made('-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----'),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an OpenSSH key. If it is RSA, convert it in place: ssh-keygen -p -m PKCS8 -f key',
  ],
  [
    'a public PEM',
    made(createPublicKey(testPem).export({ type: 'spki', format: 'pem' })),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a public key. Register the public key with LINE, and pass the private key here',
  ],
  [
    'a certificate',
    made('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a certificate. Register the public key with LINE, and pass the private key here',
  ],
  [
    'a public JWK',
    made(withoutD),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a public JWK. Register the public key with LINE, and pass the private key here',
  ],
  [
    'a JWK without dp',
    made(withoutDp),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a JWK whose dp is missing or damaged. Export it again, with d, p, q, dp, dq and qi',
  ],
  [
    'a JWK whose n is not base64',
    made({ ...testJwk, n: '!!' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a JWK whose n is missing or damaged',
  ],
  [
    'a JWK whose q is a number',
    made({ ...testJwk, q: 5 }),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a JWK whose q is missing or damaged. Export it again, with d, p, q, dp, dq and qi',
  ],
  [
    'a JWK for RS512',
    made({ ...testJwk, alg: 'RS512' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a JWK for an algorithm other than RS256. Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'a JWK for encryption',
    made({ ...testJwk, use: 'enc' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a JWK whose use is not sig. Create one that LINE accepts with generateAssertionKey()',
  ],
  [
    'a JWK that may only verify',
    made({ ...testJwk, use: undefined, key_ops: ['verify'] }),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a JWK whose key_ops do not include sign',
  ],
  [
    'a JWK of another kid',
    made({ ...testJwk, kid: 'another' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a JWK with a different kid. Pass the kid of this key',
  ],
  [
    'a set of JWKs',
    made({ keys: [testJwk] }),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a JWK set. Pass one key of the set',
  ],
  [
    'an object',
    made({}),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an object that is not a JWK',
  ],
  [
    'a list',
    made([testJwk]),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an array',
  ],
  [
    'JSON that is cut short',
    made(JSON.stringify(testJwk).slice(0, 300)),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found JSON that cannot be parsed. Copy the JWK completely, from { to }',
  ],
  [
    'a PEM that is cut short',
    made(testPem.slice(0, 500)),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a PEM without its END line. Copy it completely, from BEGIN to END',
  ],
  [
    'a PEM that lost a line',
    made(testPem.replace(/\n.*\n/, '\n')),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a damaged PEM. Copy it again without changes',
  ],
  [
    'a PEM that holds no key',
    made('-----BEGIN PRIVATE KEY-----\naGVsbG8gd29ybGQ=\n-----END PRIVATE KEY-----'),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a damaged PEM. Copy it again without changes',
  ],
  [
    'bytes',
    made(new TextEncoder().encode(testPem)),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found bytes. Read the file as a UTF-8 string',
  ],
  [
    'a KeyObject of node:crypto',
    made(fixed),
    'LINE_INPUT',
    'privateKey',
    "privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a Node.js KeyObject. Pass key.export({ type: 'pkcs8', format: 'pem' })",
  ],
  [
    'a channel secret',
    made(channelSecret),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found 32 hex characters, the form of a channel secret. Enter it as the channel secret',
  ],
  [
    'a text',
    made('swordfish-and-chips'),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found 19 characters',
  ],
  [
    'nothing',
    made(undefined),
    'LINE_INPUT',
    'privateKey',
    'privateKey is required; it must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'a public WebCrypto key',
    made(ecKeys.publicKey),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a public WebCrypto key',
  ],
  [
    'a WebCrypto key for ECDSA',
    made(ecKeys.privateKey),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a WebCrypto key for ECDSA',
  ],
  [
    'a WebCrypto key for SHA-512',
    made(sha512),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a WebCrypto key for RSASSA-PKCS1-v1_5 SHA-512',
  ],
  [
    'a WebCrypto key for RSA-OAEP',
    made(decrypting),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a WebCrypto key for RSA-OAEP SHA-256',
  ],
  [
    'a WebCrypto key of 1024 bits',
    made(short),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an RSA key of 1024 bits',
  ],
  [
    'a PEM that is damaged inside',
    () => assertionKey({ kid: testKid, privateKey: damagedPem }).assertion({ channelId }),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found an RSA key that this runtime cannot read. Copy or export it again',
  ],
  [
    'a WebCrypto key that may not be exported',
    () => importAssertionKey(closed),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a WebCrypto key that is not extractable',
  ],
  [
    'a public JWK for a pair',
    () => importAssertionKey(withoutD),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found a public JWK. Register the public key with LINE, and pass the private key here',
  ],
]

const others: readonly Row[] = [
  [
    'kid: a channel ID',
    named(channelId),
    'LINE_INPUT',
    'kid',
    'kid must be the kid that LINE shows for the registered public key: usually a UUID, at most 128 characters from A-Z a-z 0-9 - . _ ~; found 10 digits, the form of a channel ID. Enter it as the channel ID',
  ],
  [
    'kid: empty',
    named(''),
    'LINE_INPUT',
    'kid',
    'kid is required; it must be the kid that LINE shows for the registered public key: usually a UUID, at most 128 characters from A-Z a-z 0-9 - . _ ~',
  ],
  [
    'kid: undefined',
    named(undefined),
    'LINE_INPUT',
    'kid',
    'kid is required; it must be the kid that LINE shows for the registered public key: usually a UUID, at most 128 characters from A-Z a-z 0-9 - . _ ~',
  ],
  [
    'kid: a character that is not allowed',
    named('a b/c'),
    'LINE_INPUT',
    'kid',
    'kid must be the kid that LINE shows for the registered public key: usually a UUID, at most 128 characters from A-Z a-z 0-9 - . _ ~; found 4 characters',
  ],
  [
    'kid and private key missing',
    () => assertionKey({ kid: '', privateKey: '' }),
    'LINE_INPUT',
    'kid, privateKey',
    '2 problems:\n- kid is required; it must be the kid that LINE shows for the registered public key: usually a UUID, at most 128 characters from A-Z a-z 0-9 - . _ ~\n- privateKey is required; it must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'private key and sign function',
    () => {
      const both: object = { kid: testKid, privateKey: testJwk, sign: async () => new Uint8Array(256) }
      return assertionKey(both as Parameters<typeof assertionKey>[0]) // the types forbid it
    },
    'LINE_INPUT',
    'sign',
    'sign must be omitted if privateKey is passed; found both',
  ],
  [
    'sign: a string',
    () => signing('https://kms.example'),
    'LINE_INPUT',
    'sign',
    'sign must be a function; found a string',
  ],
  [
    'sign: returns 70 bytes',
    signedBy(async () => new Uint8Array(70)),
    'LINE_INPUT',
    'sign',
    'sign must return 256 bytes: an RSASSA-PKCS1-v1_5 signature with SHA-256 and a 2048-bit RSA key; it returned 70 bytes for key 0b1f5c0e-6a4d-4c55-9f0e-7d2f9d3f9a11',
  ],
  [
    'sign: returns 384 bytes',
    signedBy(async () => new ArrayBuffer(384)),
    'LINE_INPUT',
    'sign',
    'sign must return 256 bytes: an RSASSA-PKCS1-v1_5 signature with SHA-256 and a 2048-bit RSA key; it returned 384 bytes for key 0b1f5c0e-6a4d-4c55-9f0e-7d2f9d3f9a11',
  ],
  [
    'sign: returns nothing',
    signedBy(async () => undefined),
    'LINE_INPUT',
    'sign',
    'sign must return 256 bytes: an RSASSA-PKCS1-v1_5 signature with SHA-256 and a 2048-bit RSA key; it returned nothing for key 0b1f5c0e-6a4d-4c55-9f0e-7d2f9d3f9a11',
  ],
  [
    'sign: returns a string',
    signedBy(async () => 'c2lnbmF0dXJl'),
    'LINE_INPUT',
    'sign',
    'sign must return 256 bytes: an RSASSA-PKCS1-v1_5 signature with SHA-256 and a 2048-bit RSA key; it returned a string for key 0b1f5c0e-6a4d-4c55-9f0e-7d2f9d3f9a11',
  ],
  [
    'sign: fails with a code',
    signedBy(() => Promise.reject(Object.assign(new Error('no'), { code: 'AccessDenied' }))),
    'LINE_INPUT',
    undefined,
    'The assertion could not be signed: the sign function failed (AccessDenied)',
  ],
  [
    'sign: fails with a code that may hold a secret',
    signedBy(() => Promise.reject(Object.assign(new Error('no'), { code: 'a code with hunter2' }))),
    'LINE_INPUT',
    undefined,
    'The assertion could not be signed: the sign function failed',
  ],
  [
    'expiresIn: 1801',
    () => key.assertion({ channelId, expiresIn: 1801 }),
    'LINE_INPUT',
    'expiresIn',
    'expiresIn must be an integer from 1 to 1800, in seconds; found 1801',
  ],
  [
    'tokenLifetime: 2,592,001',
    () => key.assertion({ channelId, tokenLifetime: 2_592_001 }),
    'LINE_INPUT',
    'tokenLifetime',
    'tokenLifetime must be an integer from 1 to 2592000, in seconds; found 2592001',
  ],
  [
    'now: NaN',
    () => key.assertion({ channelId, now: Number.NaN }),
    'LINE_INPUT',
    'now',
    'now must be a time in milliseconds since 1970; found NaN',
  ],
  [
    'everything wrong in one request',
    () => signAssertion({ channelId: channelSecret, key, expiresIn: 3600, tokenLifetime: -5, now: Number.NaN }),
    'LINE_INPUT',
    'channelId, tokenLifetime, expiresIn, now',
    '4 problems:\n- channelId must be a string of 5 to 15 digits (all known IDs have 10); found 32 hex characters, the form of a channel secret. Enter it as the channel secret\n- tokenLifetime must be an integer from 1 to 2592000, in seconds; found -5\n- expiresIn must be an integer from 1 to 1800, in seconds; found 3600\n- now must be a time in milliseconds since 1970; found NaN',
  ],
  [
    'assertionKey: null',
    () => assertionKey(null as never),
    'LINE_INPUT',
    undefined,
    'assertionKey: the options must be an object',
  ],
  [
    'signAssertion: nothing',
    () => signAssertion(undefined as never),
    'LINE_INPUT',
    undefined,
    'signAssertion: the options must be an object',
  ],
  [
    'assertion: nothing',
    () => key.assertion(undefined as never),
    'LINE_INPUT',
    undefined,
    'assertion: the options must be an object',
  ],
  [
    'a JWK where a key is expected',
    () => signAssertion({ channelId, key: testJwk as unknown as AssertionKey }), // what a caller without types may give
    'LINE_INPUT',
    'key',
    'key must be the result of assertionKey(); found an object',
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
    ['kid', 'kid must be omitted; found a kid. LINE assigns the kid when the key is registered'],
  ],
  [
    'an EC key',
    { ...ec.publicKey.export({ format: 'jwk' }), alg: 'ES256', use },
    ['kty', 'kty must be RSA; found EC'],
    ['alg', 'alg must be RS256; found ES256'],
    ['n', 'n must be a modulus of 2048 bits in base64url; found nothing'],
    ['e', 'e must be AQAB (65537); found nothing'],
  ],
  ['another algorithm', { ...good, alg: 'RS512' }, ['alg', 'alg must be RS256; found RS512']],
  ['no algorithm', { kty, use, n, e }, ['alg', 'alg must be RS256; found nothing']],
  [
    'neither use nor key_ops',
    { kty, alg, n, e },
    ['use', 'use must be "sig", unless key_ops is ["verify"]; found nothing'],
  ],
  ['a use for encryption', { ...good, use: 'enc' }, ['use', 'use must be sig; found enc']],
  [
    'key_ops that sign',
    { kty, alg, n, e, key_ops: ['sign'] },
    ['key_ops', 'key_ops must be ["verify"]; found other operations'],
  ],
  [
    'an n with padding',
    { ...good, n: `${n}==` },
    ['n', 'n must be a modulus of 2048 bits in base64url; found a string that is not base64url'],
  ],
  ['an n that is a number', { ...good, n: 7 }, ['n', 'n must be a modulus of 2048 bits in base64url; found a number']],
  ['no n', { kty, alg, use, e }, ['n', 'n must be a modulus of 2048 bits in base64url; found nothing']],
  [
    'an n of 1024 bits',
    { ...good, n: small.export({ format: 'jwk' }).n },
    ['n', 'n must be a modulus of 2048 bits; found a modulus of 1024 bits'],
  ],
  [
    'an n of 3072 bits',
    { ...good, n: large.export({ format: 'jwk' }).n },
    ['n', 'n must be a modulus of 2048 bits; found a modulus of 3072 bits'],
  ],
  ['another exponent', { ...good, e: 'Aw' }, ['e', 'e must be AQAB (65537); found another exponent']],
  ['no exponent', { kty, alg, use, n }, ['e', 'e must be AQAB (65537); found nothing']],
  [
    'a PEM',
    testPem,
    [
      'publicJwk',
      'publicJwk must be a public key as a JWK: a JSON object with kty, alg, use, n and e; found a PEM block',
    ],
  ],
  [
    'a list',
    [good],
    ['publicJwk', 'publicJwk must be a public key as a JWK: a JSON object with kty, alg, use, n and e; found an array'],
  ],
  [
    'null',
    null,
    ['publicJwk', 'publicJwk must be a public key as a JWK: a JSON object with kty, alg, use, n and e; found nothing'],
  ],
  [
    'JSON that is cut short',
    JSON.stringify(good).slice(0, -5),
    ['publicJwk', 'publicJwk must be a public key as a JWK: a JSON object with kty, alg, use, n and e; found a JWK'],
  ],
  [
    'a private JWK',
    testJwk,
    ['d', 'd must be omitted; found a private part of the key. If the private key was exposed, create a new one'],
    ['p', 'p must be omitted; found a private part of the key. If the private key was exposed, create a new one'],
    ['q', 'q must be omitted; found a private part of the key. If the private key was exposed, create a new one'],
    ['dp', 'dp must be omitted; found a private part of the key. If the private key was exposed, create a new one'],
    ['dq', 'dq must be omitted; found a private part of the key. If the private key was exposed, create a new one'],
    ['qi', 'qi must be omitted; found a private part of the key. If the private key was exposed, create a new one'],
  ],
])('public JWK: %s', (_what, jwk, ...problems) => {
  expect(checkPublicJwk(jwk).map(({ path, message }) => [path, message])).toEqual(problems)
})

// The key exchange: what it throws, and what it returns about a key that LINE refuses.
type Answers = Parameters<typeof fakeLine>[0]

const exchange = (answers: Answers = {}, input: object = {}) => {
  const { fetch } = fakeLine({ 'GET /oauth2/v2.1/tokens/kid': () => json({ kids: [] }), ...answers })
  const given: object = { channelId, kid: testKid, privateKey: testPem, ...input }
  const all: object = { ...given, fetch, clock: new TestClock(now * 1000) }
  return proveAssertionKey(all as ProveAssertionKeyInput) // some are what the types forbid
}
const custom = { kid: testKid, assertion: async () => 'assertion' }

test.each<Row>([
  [
    'values in the wrong fields',
    () => exchange({}, { channelId: testKid, kid: channelId }),
    'LINE_INPUT',
    'channelId, kid',
    '2 problems:\n- channelId must be a string of 5 to 15 digits (all known IDs have 10); found a UUID, the form of the kid of an assertion key\n- kid must be the kid that LINE shows for the registered public key: usually a UUID, at most 128 characters from A-Z a-z 0-9 - . _ ~; found 10 digits, the form of a channel ID. Enter it as the channel ID',
  ],
  [
    'a private key that is not one',
    () => exchange({}, { privateKey: 'key' }),
    'LINE_INPUT',
    'privateKey',
    'privateKey must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY); found 3 characters',
  ],
  [
    'a key and what it is made of',
    () => exchange({}, { key: custom }),
    'LINE_INPUT',
    'key',
    'key must be omitted if kid or privateKey is passed; found both',
  ],
  [
    'a text for a key',
    () => exchange({}, { kid: undefined, privateKey: undefined, key: testPem }),
    'LINE_INPUT',
    'key',
    'key must be the result of assertionKey(); found a string',
  ],
  [
    'neither',
    () => exchange({}, { kid: undefined, privateKey: undefined }),
    'LINE_INPUT',
    'kid, privateKey',
    '2 problems:\n- kid is required; it must be the kid that LINE shows for the registered public key: usually a UUID, at most 128 characters from A-Z a-z 0-9 - . _ ~\n- privateKey is required; it must be a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY)',
  ],
  [
    'an answer without a list',
    () => exchange({ 'GET /oauth2/v2.1/tokens/kid': () => json({}) }),
    'LINE_NETWORK',
    undefined,
    'GET /oauth2/v2.1/tokens/kid: the response has no list of tokens; it may come from a proxy between this program and LINE',
  ],
])('key exchange: %s', async (_what, call, ...row) => {
  expect(await errorOf(call)).toEqual(row)
})

/** The token endpoint refuses, and says what time it is. */
const refusing = (answer: object, status = 400, lineTime?: number): Answers => ({
  'POST /oauth2/v3/token': () => {
    const headers = lineTime === undefined ? {} : { date: new Date(lineTime * 1000).toUTCString() }
    return Response.json(answer, { status, headers })
  },
})
const late = { error: 'invalid_client', error_description: 'Invalid exp' }
const mismatch = { error: 'invalid_client', error_description: 'iss and clientId of key do not match' }
const signature = { error: 'invalid_client', error_description: 'Invalid signature' }
const full = { message: 'The maximum number of access tokens has already been issued' }

test.each<readonly [what: string, call: () => ReturnType<typeof proveAssertionKey>, code: string, message: string]>([
  [
    'status 404',
    () => exchange(refusing({ message: 'Cannot find channel key' }, 404)),
    'unknown_kid',
    'LINE does not know this kid; copy it from the page on which the public key was registered',
  ],
  [
    'a key of another channel',
    () => exchange(refusing(mismatch)),
    'key_mismatch',
    'The key is registered on another channel; enter the ID of the channel on which it was registered',
  ],
  [
    'a clock 17 minutes behind',
    () => exchange(refusing(late, 400, now + 1000)),
    'clock_skew',
    "This machine's clock is 17 minutes behind LINE's; correct it",
  ],
  [
    'a clock an hour ahead',
    () => exchange(refusing(late, 400, now - 3600)),
    'clock_skew',
    "This machine's clock is 1 hour ahead of LINE's; correct it. The clock may be set to another time zone",
  ],
  [
    'a clock 16 minutes ahead',
    () => exchange(refusing(late, 400, now - 960)),
    'clock_skew',
    "This machine's clock is 16 minutes ahead of LINE's; correct it",
  ],
  [
    'clocks that agree',
    () => exchange(refusing(late, 400, now + 2)),
    'assertion_expired',
    'LINE reports that the assertion has expired; try again',
  ],
  [
    'another reason',
    () => exchange(refusing(signature)),
    'refused',
    'LINE rejected the assertion; most likely the registered public key does not match the private key. Register the complete public key on this channel, and enter its kid',
  ],
  [
    '30 tokens in use',
    () => exchange({ 'POST /oauth2/v2.1/token': () => json(full, 400) }, { issueToken: true }),
    'no_place_left',
    'The key is valid, but the channel already has 30 channel access tokens v2.1; revoke one, or wait until one expires',
  ],
])('key exchange refused: %s', async (_what, call, ...row) => {
  const proof = await call()
  expect(proof.status === 'refused' ? [proof.code, proof.message] : proof).toEqual(row)
})

// What LINE itself answers, in the words of the emulator.
const emulated = async (input: (world: ReturnType<typeof createEmulator>) => object) => {
  const emulator = createEmulator({ clock: 'manual' })
  const channel = emulator.createLoginChannel()
  const kid = emulator.console.registerAssertionKey(channel, good)
  const own = { fetch: emulator.fetch, clock: emulator.clock, channelId: channel.channelId, kid, privateKey: testPem }
  const proof = await proveAssertionKey({ ...own, ...input(emulator) })
  return proof.status === 'refused' ? proof.error : proof
}

test.each<readonly [what: string, call: () => ReturnType<typeof emulated>, status: number, lineMessage: string]>([
  [
    'an unknown kid',
    () => emulated(() => ({ kid: '01234567-89ab-cdef-0123-456789abcdef' })),
    404,
    'Cannot find channel key that satisfies the conditions',
  ],
  [
    'a key of another channel',
    () => emulated((emulator) => ({ channelId: emulator.createLoginChannel().channelId })),
    400,
    'iss and clientId of key do not match',
  ],
  [
    'an assertion that has expired',
    () => emulated(({ clock }) => ({ clock: { ...clock, now: () => clock.now() - 960_000 } })),
    400,
    'Invalid exp',
  ],
])('LINE refuses %s', async (_what, call, ...row) => {
  const error = await call()
  expect(error instanceof LineApiError ? [error.status, error.lineMessage] : error).toEqual(row)
})
