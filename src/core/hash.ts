import { toBase64url } from './base64url.js'
import { nodeCrypto } from './crypto.js'
import { LineInputError } from './errors.js'

// Separate from crypto.ts, so that a bundle that only verifies signatures does not include this code.

/** Returns the bytes as lower-case hex digits. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const sha256Bytes = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** Returns the SHA-256 of a text in UTF-8, as 64 lower-case hex digits. */
export async function sha256(text: string): Promise<string> {
  const node = nodeCrypto()
  if (node) return node.createHash('sha256').update(text).digest('hex')
  return toHex(await sha256Bytes(text))
}

// LINE's own IDs have 26 characters (events) and 33 or 68 (chats and bots).
const longestKept = 128

/**
 * Returns an ID as it is kept in memory and in stores: itself, or the hash of an ID that is longer than 128 characters. A tenant who knows its channel
 * secret can sign IDs as long as a body, and these must not fill the memory that all channels share.
 */
export function keptId(id: string): string | Promise<string> {
  return id.length > longestKept ? sha256(id) : id
}

/**
 * Derives a retry key from its parts deterministically, so that another process derives the same key for the same send.
 *
 * The key is a SHA-256 in the form of a version 4 UUID, which every UUID check accepts.
 */
export async function deriveRetryKey(...parts: readonly (string | readonly string[])[]): Promise<string> {
  const hex = await sha256(JSON.stringify(parts))
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Returns the PKCE code challenge of a code verifier for the method S256, the only one that LINE accepts: its SHA-256 in base64url.
 *
 * @see https://developers.line.biz/en/docs/line-login/integrate-pkce/
 */
export async function codeChallenge(codeVerifier: string): Promise<string> {
  if (typeof codeVerifier !== 'string') throw new LineInputError('codeChallenge: codeVerifier must be a string')
  return toBase64url(await sha256Bytes(codeVerifier))
}
