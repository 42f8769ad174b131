import { fromBase64url } from '../core/base64url.js'
import { isDer } from './der.js'

/** A key that was encoded in base64 as a whole: the text of a PEM or a JWK, or DER. */
export type EncodedKey = { readonly text: string } | { readonly der: Uint8Array; readonly base64: string }

// An EC key has about 90 bytes in DER. A PEM or a JWK is longer.
const shortest = 100

/** Decodes base64 or base64url of a PEM, a JWK or DER, with or without line breaks. Returns `undefined` for any other text. */
export function decodeKey(given: string): EncodedKey | undefined {
  const base64 = given.replace(/\s+/g, '')
  if (base64.length < shortest) return undefined
  const bytes = fromBase64url(base64)
  if (!bytes) return undefined
  if (isDer(bytes)) return { der: bytes, base64: base64.replaceAll('-', '+').replaceAll('_', '/') }
  const text = new TextDecoder().decode(bytes).trim()
  return text.startsWith('-----BEGIN ') || (text.startsWith('{') && text.includes('"kty"')) ? { text } : undefined
}
