import type { AssertionPrivateJwk } from '../keys/types.js'
import type { PrivateKeyOptions } from './private-key.js'
import { kindOf, refuse } from './problems.js'
import { recognize } from './recognize.js'
import { bitLength, decodeBase64, lookIntoPkcs8 } from './rsa.js'
import { isSecret } from './secret.js'
import { tidyName } from './text.js'

/** A private key that was checked: a JWK with nothing but the members that matter, or a PKCS#8 PEM in its plain form. */
export type PrivateKeyText = { readonly jwk: AssertionPrivateJwk } | { readonly pem: string }

/** What stands in for the name and form of a private key in problems. */
export const privateKey: { readonly name: string; readonly allowed: string } = {
  name: 'the private key of an assertion key',
  allowed: 'an RSA key of 2048 bits for RS256, as a JWK or as a PKCS#8 PEM (BEGIN PRIVATE KEY)',
}

const registerPublic = 'Register the public half with LINE, and give the private half here'
const newPair = 'generateAssertionKey() makes one that LINE takes'

const otherPems: { readonly [label: string]: readonly [found: string, advice: string] } = {
  'RSA PRIVATE KEY': [
    'a PKCS#1 PEM (BEGIN RSA PRIVATE KEY)',
    'Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out key-pkcs8.pem',
  ],
  'ENCRYPTED PRIVATE KEY': ['an encrypted PEM', 'Decrypt it first: openssl pkcs8 -in key.pem -out key-plain.pem'],
  'EC PRIVATE KEY': ['an EC key', newPair],
  'DSA PRIVATE KEY': ['a DSA key', newPair],
  'OPENSSH PRIVATE KEY': ['a key of OpenSSH', 'If it is RSA, rewrite it in place: ssh-keygen -p -m PKCS8 -f key'],
  'PUBLIC KEY': ['a public key', registerPublic],
  'RSA PUBLIC KEY': ['a public key', registerPublic],
  CERTIFICATE: ['a certificate', registerPublic],
}

function readPem(text: string, path: string): string {
  // A variable of the environment often holds its line breaks as the two characters \n.
  const lines = text.replaceAll('\\r', '').replaceAll('\\n', '\n')
  const blocks = Array.from(lines.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)(-----END \1-----)?/g))
  const [, label = '', body = '', end] = blocks.find(([, name]) => name?.endsWith('PRIVATE KEY')) ?? blocks[0] ?? []
  const other = otherPems[label]
  if (other) return refuse(path, other[0], privateKey, other[1])
  if (label !== 'PRIVATE KEY') return refuse(path, 'a PEM of another kind', privateKey)
  if (!end) return refuse(path, 'a PEM without its end', privateKey, 'Copy it whole, from BEGIN to END')
  const base64 = body.replace(/\s+/g, '')
  const bytes = decodeBase64(base64)
  const key = bytes && lookIntoPkcs8(bytes)
  if (!key) return refuse(path, 'a PEM that is damaged', privateKey, 'Copy it again, line by line as it stands')
  if ('algorithm' in key) return refuse(path, `a key of another algorithm (${key.algorithm})`, privateKey, newPair)
  if (key.modulusBits !== 2048) return refuse(path, `an RSA key of ${key.modulusBits} bits`, privateKey, newPair)
  if (key.exponent !== 65537) return refuse(path, 'an RSA key whose exponent is not 65537', privateKey, newPair)
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/.{64}(?=.)/g, '$&\n')}\n-----END PRIVATE KEY-----`
}

/** Checks a private key that is a JWK, and gives it with nothing but the members that matter. */
export function readJwk(value: object, path: string, kid: string | undefined): AssertionPrivateJwk {
  const jwk: { readonly [member: string]: unknown } = { ...value }
  const { kty, alg, use, key_ops: operations, n, e, d, p, q, dp, dq, qi } = jwk
  if (Array.isArray(jwk['keys'])) return refuse(path, 'a set of JWKs', privateKey, 'Give the one key of the set')
  if (typeof kty !== 'string') return refuse(path, 'an object that is no JWK', privateKey)
  if (kty !== 'RSA')
    return refuse(path, `a JWK of another type${/^\w{1,10}$/.test(kty) ? ` (${kty})` : ''}`, privateKey, newPair)
  if (d === undefined) return refuse(path, 'a public JWK', privateKey, registerPublic)
  const bytes = typeof n === 'string' ? decodeBase64(n) : undefined
  if (!bytes) return refuse(path, 'a JWK whose n is missing or damaged', privateKey)
  if (bitLength(bytes) !== 2048) return refuse(path, `an RSA key of ${bitLength(bytes)} bits`, privateKey, newPair)
  if (e !== 'AQAB') return refuse(path, 'an RSA key whose exponent is not 65537 (AQAB)', privateKey, newPair)
  if (alg !== undefined && alg !== 'RS256')
    return refuse(path, 'a JWK for another algorithm than RS256', privateKey, newPair)
  if (use !== undefined && use !== 'sig') return refuse(path, 'a JWK whose use is not sig', privateKey, newPair)
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('sign')))
    return refuse(path, 'a JWK whose key_ops do not allow to sign', privateKey)
  if (kid !== undefined && jwk['kid'] !== undefined && jwk['kid'] !== kid)
    return refuse(
      path,
      'a JWK whose kid is another one than the kid given',
      privateKey,
      'Key and kid must belong together',
    )
  const parts = { n: String(n), e, d, p, q, dp, dq, qi }
  const damaged = Object.entries(parts).find(
    ([, part]) => typeof part !== 'string' || part === '' || !decodeBase64(part),
  )
  if (damaged)
    return refuse(
      path,
      `a JWK whose ${damaged[0]} is missing or damaged`,
      privateKey,
      'Export it again with d, p, q, dp, dq and qi',
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

/** Reads and checks a private key that is a JWK, the JSON text of one, or a PEM. */
export function readPrivateKey(value: unknown, options: PrivateKeyOptions = {}): PrivateKeyText {
  const { path = 'privateKey', kid } = options
  const given = isSecret(value) ? value.reveal() : value
  if (ArrayBuffer.isView(given)) return refuse(path, 'bytes', privateKey, 'Give them as text: read the file as utf8')
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { jwk: readJwk(given, path, kid) }
  if (typeof given !== 'string') return refuse(path, kindOf(given), privateKey)
  const text = tidyName(given)
  if (text.includes('-----BEGIN ')) return { pem: readPem(given, path) }
  if (!text.startsWith('{')) {
    const { words, advice } = recognize(given)
    return refuse(path, words, privateKey, advice)
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // The parser's error quotes the text, so nothing of it goes on.
    return refuse(path, 'JSON that cannot be read', privateKey, 'Copy the JWK whole, from { to }')
  }
  return { jwk: readJwk(Object(parsed), path, kid) }
}
