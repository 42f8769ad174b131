import { fromBase64url } from '../core/base64url.js'
import { LineInputError } from '../core/errors.js'
import type { AssertionPrivateJwk } from '../keys/types.js'
import type { ParseOptions } from './identifiers.js'
import { kindOf, refuse } from './problems.js'
import { recognize, tidyName } from './recognize.js'
import { isSecret, Secret } from './secret.js'

/** Options for reading the private key of an assertion signing key. */
export interface PrivateKeyOptions extends ParseOptions {
  /** The `kid` of the key. A JWK with another `kid` is rejected. Default: any `kid`. */
  readonly kid?: string | undefined
}

/**
 * Reads the private key of an assertion signing key, a JWK or a PKCS#8 PEM, checks that LINE accepts its type (RSA, 2048 bits, RS256), and returns it as a secret.
 *
 * Line breaks written as the two characters `\n` are restored. `assertionKey` from `line-oa/keys` makes the same check.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 * @throws {LineInputError} with a description of what was given, for example a public key or an EC key. For a PKCS#1 PEM, the message contains the command that converts it.
 */
export function parseAssertionPrivateKey(value: unknown, options: PrivateKeyOptions = {}): Secret {
  const key = readPrivateKey(value, options)
  return new Secret('pem' in key ? key.pem : JSON.stringify(key.jwk))
}

/** A checked private key: a JWK with only the required members, or a PKCS#8 PEM. */
export type PrivateKeyText = { readonly jwk: AssertionPrivateJwk } | { readonly pem: string }

/** The accepted form of a private key, for problems. */
export const privateKey: { readonly allowed: string } = {
  allowed: 'a 2048-bit RSA private key for RS256, as a JWK or a PKCS#8 PEM (BEGIN PRIVATE KEY)',
}

const registerPublic = 'Register the public key with LINE, and pass the private key here'
const newPair = 'Create one that LINE accepts with generateAssertionKey()'

const otherPems: { readonly [label: string]: readonly [found: string, advice: string] } = {
  'RSA PRIVATE KEY': [
    'a PKCS#1 PEM (BEGIN RSA PRIVATE KEY)',
    'Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out key-pkcs8.pem',
  ],
  'ENCRYPTED PRIVATE KEY': ['an encrypted PEM', 'Decrypt it first: openssl pkcs8 -in key.pem -out key-plain.pem'],
  'EC PRIVATE KEY': ['an EC key', newPair],
  'DSA PRIVATE KEY': ['a DSA key', newPair],
  'OPENSSH PRIVATE KEY': ['an OpenSSH key', 'If it is RSA, convert it in place: ssh-keygen -p -m PKCS8 -f key'],
  'PUBLIC KEY': ['a public key', registerPublic],
  'RSA PUBLIC KEY': ['a public key', registerPublic],
  CERTIFICATE: ['a certificate', registerPublic],
}

function readPem(text: string, path: string): string {
  // Environment variables often contain line breaks as the two characters \n.
  const lines = text.replaceAll('\\r', '').replaceAll('\\n', '\n')
  const blocks = Array.from(lines.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)(-----END \1-----)?/g))
  const [, label = '', body = '', end] = blocks.find(([, name]) => name?.endsWith('PRIVATE KEY')) ?? blocks[0] ?? []
  const other = otherPems[label]
  if (other) return refuse(path, other[0], privateKey, other[1])
  if (label !== 'PRIVATE KEY') return refuse(path, 'a PEM block of another type', privateKey)
  if (!end) return refuse(path, 'a PEM without its END line', privateKey, 'Copy it completely, from BEGIN to END')
  const base64 = body.replace(/\s+/g, '')
  const bytes = fromBase64url(base64)
  const key = bytes && lookIntoPkcs8(bytes)
  if (!key) return refuse(path, 'a damaged PEM', privateKey, 'Copy it again without changes')
  if ('algorithm' in key) return refuse(path, `a key of another algorithm (${key.algorithm})`, privateKey, newPair)
  if (key.modulusBits !== 2048) return refuse(path, `an RSA key of ${key.modulusBits} bits`, privateKey, newPair)
  if (key.exponent !== 65537) return refuse(path, 'an RSA key whose exponent is not 65537', privateKey, newPair)
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/.{64}(?=.)/g, '$&\n')}\n-----END PRIVATE KEY-----`
}

/** Checks a private key that is a JWK, and returns it with only the required members. */
export function readJwk(value: object, path: string, kid: string | undefined): AssertionPrivateJwk {
  const jwk: { readonly [member: string]: unknown } = { ...value }
  const { kty, alg, use, key_ops: operations, n, e, d, p, q, dp, dq, qi } = jwk
  if (Array.isArray(jwk['keys'])) return refuse(path, 'a JWK set', privateKey, 'Pass one key of the set')
  if (typeof kty !== 'string') return refuse(path, 'an object that is not a JWK', privateKey)
  if (kty !== 'RSA')
    return refuse(path, `a JWK of another type${/^\w{1,10}$/.test(kty) ? ` (${kty})` : ''}`, privateKey, newPair)
  if (d === undefined) return refuse(path, 'a public JWK', privateKey, registerPublic)
  const bytes = typeof n === 'string' ? fromBase64url(n) : undefined
  if (!bytes) return refuse(path, 'a JWK whose n is missing or damaged', privateKey)
  if (bitLength(bytes) !== 2048) return refuse(path, `an RSA key of ${bitLength(bytes)} bits`, privateKey, newPair)
  if (e !== 'AQAB') return refuse(path, 'an RSA key whose exponent is not 65537 (AQAB)', privateKey, newPair)
  if (alg !== undefined && alg !== 'RS256')
    return refuse(path, 'a JWK for an algorithm other than RS256', privateKey, newPair)
  if (use !== undefined && use !== 'sig') return refuse(path, 'a JWK whose use is not sig', privateKey, newPair)
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('sign')))
    return refuse(path, 'a JWK whose key_ops do not include sign', privateKey)
  if (kid !== undefined && jwk['kid'] !== undefined && jwk['kid'] !== kid)
    return refuse(path, 'a JWK with a different kid', privateKey, 'Pass the kid of this key')
  const parts = { n: String(n), e, d, p, q, dp, dq, qi }
  const damaged = Object.entries(parts).find(
    ([, part]) => typeof part !== 'string' || part === '' || !fromBase64url(part),
  )
  if (damaged)
    return refuse(
      path,
      `a JWK whose ${damaged[0]} is missing or damaged`,
      privateKey,
      'Export it again, with d, p, q, dp, dq and qi',
    )
  const text = (part: unknown) => String(part)
  return {
    kty,
    alg: 'RS256',
    use: 'sig',
    n: text(n),
    e,
    d: text(d),
    p: text(p),
    q: text(q),
    dp: text(dp),
    dq: text(dq),
    qi: text(qi),
  }
}

const longestKey = 20_000

// Secret stores and CI systems often take a PEM, a JWK or the bytes of a key (DER) only in base64.
function decodeKey(text: string): string | undefined {
  const base64 = text.replace(/\s+/g, '')
  if (base64.length < 100) return undefined
  const bytes = fromBase64url(base64)
  if (!bytes) return undefined
  const content = new TextDecoder().decode(bytes)
  if (content.includes('-----BEGIN ') || content.trimStart().startsWith('{')) return content
  return lookIntoPkcs8(bytes) ? `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----` : undefined
}

/** Reads and checks a private key that is a JWK, the JSON text of one, or a PEM. */
export function readPrivateKey(value: unknown, options: PrivateKeyOptions = {}): PrivateKeyText {
  const { path = 'privateKey', kid } = options
  const given = isSecret(value) ? value.reveal() : value
  if (ArrayBuffer.isView(given)) return refuse(path, 'bytes', privateKey, 'Read the file as a UTF-8 string')
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { jwk: readJwk(given, path, kid) }
  if (typeof given !== 'string') return refuse(path, kindOf(given), privateKey)
  // A private key of 2048 bits has about 1,700 characters in every format.
  if (given.length > longestKey) return refuse(path, `${given.length} characters`, privateKey)
  const text = tidyName(given)
  if (text.includes('-----BEGIN ')) return { pem: readPem(given, path) }
  const decoded = text.startsWith('{') ? undefined : decodeKey(text)
  if (decoded) return readPrivateKey(decoded, options)
  if (!text.startsWith('{')) {
    const { words, advice } = recognize(given)
    return refuse(path, words, privateKey, advice)
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // The parser's error quotes the text.
    return refuse(path, 'JSON that cannot be parsed', privateKey, 'Copy the JWK completely, from { to }')
  }
  return { jwk: readJwk(Object(parsed), path, kid) }
}

/** Counts the bits of an unsigned number. */
export function bitLength(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0)
  return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24
}

/** The key in a PKCS#8 structure: an RSA key, or a key of another algorithm. */
export type Pkcs8 = { readonly modulusBits: number; readonly exponent: number } | { readonly algorithm: string }

const algorithms: { readonly [oid: string]: string } = {
  '2a864886f70d01010a': 'RSA-PSS',
  '2a8648ce3d0201': 'EC',
  '2b6570': 'Ed25519',
  '2b656e': 'X25519',
}

const rsaEncryption = '2a864886f70d010101'
const tags = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30 }

// Reads the DER element at `at`, which must have the given tag.
function element(bytes: Uint8Array, at: number, tag: number): { readonly start: number; readonly end: number } {
  let start = at + 2
  let length = bytes[at + 1] ?? 0
  if (length > 0x80) {
    const size = length - 0x80
    length = size > 3 ? Number.NaN : bytes.subarray(start, start + size).reduce((sum, byte) => sum * 256 + byte, 0)
    start += size
  }
  // The condition is negated so that NaN fails too.
  if (bytes[at] !== tag || !(start + length <= bytes.length)) throw new LineInputError('The key is not DER')
  return { start, end: start + length }
}

/**
 * Reads the algorithm and the length of a key from PKCS#8, which WebCrypto does not expose.
 *
 * Returns `undefined` for data that is not PKCS#8.
 */
export function lookIntoPkcs8(bytes: Uint8Array): Pkcs8 | undefined {
  try {
    const version = element(bytes, element(bytes, 0, tags.sequence).start, tags.integer)
    const algorithm = element(bytes, version.end, tags.sequence)
    const oid = element(bytes, algorithm.start, tags.oid)
    const name = Array.from(bytes.subarray(oid.start, oid.end), (byte) => byte.toString(16).padStart(2, '0')).join('')
    if (name !== rsaEncryption) return { algorithm: algorithms[name] ?? 'unknown' }
    const key = element(bytes, element(bytes, algorithm.end, tags.octets).start, tags.sequence)
    const modulus = element(bytes, element(bytes, key.start, tags.integer).end, tags.integer)
    const exponent = element(bytes, modulus.end, tags.integer)
    return {
      modulusBits: bitLength(bytes.subarray(modulus.start, modulus.end)),
      exponent: bytes.subarray(exponent.start, exponent.end).reduce((sum, byte) => sum * 256 + byte, 0),
    }
  } catch {
    return undefined
  }
}
