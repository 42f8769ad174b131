import { LineInputError } from '../core/errors.js'
import { isSecret, type Secret } from './secret.js'

/** An encryption key: 32 random bytes, or a random string of at least 32 characters, for example from `openssl rand -base64 32`. */
export type SealingKey = Uint8Array | string | Secret

const textOf = (key: unknown): unknown => (isSecret(key) ? key.reveal() : key)

/**
 * Checks the length of an encryption key.
 *
 * @throws {LineInputError} if it has the wrong length. The error contains the name of the key and no part of the key.
 */
export function checkSealingKey(key: SealingKey, name: string): void {
  if (ArrayBuffer.isView(key)) {
    if (key.byteLength !== 32) throw new LineInputError(`${name} must have 32 bytes, but has ${key.byteLength}`)
    return
  }
  const text = textOf(key)
  if (typeof text !== 'string' || text.length < 32)
    throw new LineInputError(
      `${name} must be 32 bytes, or a string of at least 32 random characters; create one with openssl rand -base64 32`,
    )
}

/**
 * Returns the 32 bytes of a checked key. For a string, they are derived with HKDF and SHA-256 for one purpose, because the application may use the same string
 * for other purposes.
 */
export async function sealingBytes(key: SealingKey, purpose: string, salt = ''): Promise<Uint8Array> {
  if (ArrayBuffer.isView(key)) return key
  const bytes = (text: string) => new TextEncoder().encode(text)
  const base = await crypto.subtle.importKey('raw', bytes(String(textOf(key))), 'HKDF', false, ['deriveBits'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: bytes(salt), info: bytes(purpose) }
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, base, 256))
}
