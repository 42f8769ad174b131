import { fromBase64url, toBase64url } from '../core/base64url.js'
import { jsonObject } from '../core/property.js'

/** Returns whether a text has the form of a signed JWT: three parts in base64url. */
export function isJws(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
}

/** Writes a header or the claims of a JWT. */
export function writePart(value: object): string {
  return toBase64url(new TextEncoder().encode(JSON.stringify(value)))
}

/** Reads a header or the claims of a JWT; `undefined` when the text is not a JSON object in base64url. */
export function readPart(part: string): { readonly [name: string]: unknown } | undefined {
  const bytes = fromBase64url(part)
  try {
    return bytes && jsonObject(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // The bytes are not UTF-8.
    return undefined
  }
}
