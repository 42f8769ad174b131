import { toBase64url } from './base64url.js'

/**
 * Returns a built-in module of the runtime, such as `node:crypto`, or `undefined` where the runtime has none.
 * Node, Bun, Deno and Workers with `nodejs_compat` have it.
 */
export function nodeBuiltin<Module>(id: `node:${string}`): Module | undefined {
  // The web's types have no `process`, and the module's type follows from its name.
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  return process?.getBuiltinModule?.(id) as Module | undefined
}

type Encoding = 'hex' | 'base64' | 'base64url'

interface NodeHash {
  update(data: string | Uint8Array): { digest(encoding: Encoding): string }
}

/** The functions of `node:crypto` that the SDK uses. */
export interface NodeCrypto {
  createHash(algorithm: 'sha256'): NodeHash
  createHmac(algorithm: 'sha256', key: string): NodeHash
}

/** `node:crypto`: a hash or HMAC takes about 2 µs there, and 100 µs in WebCrypto, which hands each one to another thread. */
export const nodeCrypto = (): NodeCrypto | undefined => nodeBuiltin<NodeCrypto>('node:crypto')

const sha256Bytes = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** Returns the SHA-256 of a text in UTF-8, as 64 lower-case hex digits. */
export async function sha256(text: string): Promise<string> {
  const node = nodeCrypto()
  if (node) return node.createHash('sha256').update(text).digest('hex')
  return Array.from(await sha256Bytes(text), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Compares two texts in constant time, so that the time taken does not tell where they differ. */
export function isSameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let i = 0; i < one.length; i++) difference |= one.charCodeAt(i) ^ other.charCodeAt(i)
  return difference === 0
}

/**
 * Derives a retry key from its parts alone, so that another process derives the same key for the same send.
 *
 * The key is a SHA-256 in the form of a version 4 UUID, which every UUID check accepts.
 */
export async function deriveRetryKey(...parts: readonly (string | readonly string[])[]): Promise<string> {
  const hex = await sha256(JSON.stringify(parts))
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Returns the PKCE code challenge of a code verifier by S256, the only method that LINE accepts: its SHA-256 in base64url.
 *
 * @see https://developers.line.biz/en/docs/line-login/integrate-pkce/
 */
export async function codeChallenge(codeVerifier: string): Promise<string> {
  return toBase64url(await sha256Bytes(codeVerifier))
}
