import { fromBase64url } from '../core/base64url.js'
import type { Problem } from '../core/errors.js'
import { bitLength } from '../credentials/der.js'
import { kindOf } from '../credentials/problems.js'
import { recognize } from '../credentials/recognize.js'

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

// A short word such as an algorithm may be shown. Any other value may be a misplaced secret.
const shown = (value: unknown) => (typeof value === 'string' && /^[\w-]{1,20}$/.test(value) ? value : kindOf(value))

function parse(jwk: unknown): unknown {
  if (typeof jwk !== 'string') return jwk
  try {
    return JSON.parse(jwk)
  } catch {
    // The parser's error quotes the text.
    return undefined
  }
}

/**
 * Lists everything about a public key that the LINE Developers Console would reject. An empty array means that the key can be registered.
 *
 * Pass the JWK or its JSON text. The problems name private members of the key, but never contain their values.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 */
export function checkPublicJwk(jwk: unknown): readonly Problem[] {
  const problems: Problem[] = []
  const add = (path: string, found: string, allowed: string, advice?: string) => {
    const message = `${path} must be ${allowed}; found ${found}${advice ? `. ${advice}` : ''}`
    problems.push({ path, found, allowed, message })
  }
  const value = parse(jwk)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const found = typeof jwk === 'string' ? recognize(jwk).words : kindOf(jwk)
    add('publicJwk', found, 'a public key as a JWK: a JSON object with kty, alg, use, n and e')
    return problems
  }
  const key: { readonly [member: string]: unknown } = { ...value }
  const { kty, alg, use, key_ops: operations, n, e } = key
  for (const member of privateMembers) {
    if (key[member] !== undefined)
      add(member, 'a private part of the key', 'omitted', 'If the private key was exposed, create a new one')
  }
  if (key['kid'] !== undefined) add('kid', 'a kid', 'omitted', 'LINE assigns the kid when the key is registered')
  if (kty !== 'RSA') add('kty', shown(kty), 'RSA')
  if (alg !== 'RS256') add('alg', shown(alg), 'RS256')
  if (use === undefined && operations === undefined) add('use', 'nothing', '"sig", unless key_ops is ["verify"]')
  if (use !== undefined && use !== 'sig') add('use', shown(use), 'sig')
  const verifies = Array.isArray(operations) && operations.length === 1 && operations[0] === 'verify'
  if (operations !== undefined && !verifies) add('key_ops', 'other operations', '["verify"]')
  const modulus = typeof n === 'string' && /^[\w-]+$/.test(n) ? fromBase64url(n) : undefined
  if (!modulus)
    add(
      'n',
      typeof n === 'string' ? 'a string that is not base64url' : kindOf(n),
      'a modulus of 2048 bits in base64url',
    )
  else if (bitLength(modulus) !== 2048) add('n', `a modulus of ${bitLength(modulus)} bits`, 'a modulus of 2048 bits')
  if (e !== 'AQAB') add('e', e === undefined ? 'nothing' : 'another exponent', 'AQAB (65537)')
  return problems
}
