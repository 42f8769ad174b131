import { fromBase64url } from '../core/base64url.js'
import type { AssertionPrivateJwk } from '../keys/types.js'
import { bitLength, lookIntoPkcs8, pemLabelOf } from './der.js'
import { decodeKey } from './encoded-key.js'
import { type ParseOptions, pathOf } from './parse-options.js'
import { kindOf, refuse } from './problems.js'
import { longest, recognize, tidyName } from './recognize.js'
import { isSecret, Secret } from './secret.js'

/** Options for reading the private key of an assertion signing key. */
export interface PrivateKeyOptions extends ParseOptions {
  /** The `kid` of the key. A JWK with another `kid` is rejected. Default: any `kid`. */
  readonly kid?: string | undefined
}

/**
 * Reads the private key of an assertion signing key, a JWK or a PKCS#8 PEM, checks that LINE accepts its type (RSA, 2048 bits, RS256), and returns it as a secret.
 *
 * Line breaks written as the two characters `\n` are restored, and base64 of a PEM, a JWK or DER is decoded. `assertionKey` from `line-oa/keys` makes the same check.
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

// Rejects every key but that of a PKCS#8 PEM.
function refuseOther(label: string | undefined, path: string): void {
  const other = otherPems[label ?? '']
  if (other) refuse(path, other[0], privateKey, other[1])
  if (label !== 'PRIVATE KEY') refuse(path, 'a PEM block of another type', privateKey)
}

function readPem(text: string, path: string): string {
  // Environment variables often contain line breaks as the two characters \n.
  const lines = text.replaceAll('\\r', '').replaceAll('\\n', '\n')
  const blocks = Array.from(lines.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)(-----END \1-----)?/g))
  const [, label = '', body = '', end] = blocks.find(([, name]) => name?.endsWith('PRIVATE KEY')) ?? blocks[0] ?? []
  refuseOther(label, path)
  if (!end) return refuse(path, 'a PEM without its END line', privateKey, 'Copy it completely, from BEGIN to END')
  const base64 = body.replace(/\s+/g, '')
  return checkedPem(fromBase64url(base64), base64, path)
}

function checkedPem(bytes: Uint8Array | undefined, base64: string, path: string): string {
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

/** Reads and checks a private key that is a JWK, the JSON text of one, a PEM, or base64 of one of them or of DER. */
export function readPrivateKey(value: unknown, options: PrivateKeyOptions = {}): PrivateKeyText {
  const path = pathOf(options, 'privateKey', { kid: 'string' })
  const { kid } = options
  const given = isSecret(value) ? value.reveal() : value
  if (ArrayBuffer.isView(given)) return refuse(path, 'bytes', privateKey, 'Read the file as a UTF-8 string')
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { jwk: readJwk(given, path, kid) }
  if (typeof given !== 'string') return refuse(path, kindOf(given), privateKey)
  // A private key of 2048 bits has about 1,700 characters in every format.
  if (given.length > longest) return refuse(path, `${given.length} characters`, privateKey)
  const text = tidyName(given)
  if (text.includes('-----BEGIN ')) return { pem: readPem(given, path) }
  if (!text.startsWith('{')) {
    const encoded = decodeKey(text)
    if (encoded && 'text' in encoded) return readPrivateKey(encoded.text, options)
    if (encoded) {
      refuseOther(pemLabelOf(encoded.der), path)
      return { pem: checkedPem(encoded.der, encoded.base64, path) }
    }
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
