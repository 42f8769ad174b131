import { LineInputError } from '../core/errors.js'
import type { Secret } from './secret.js'

/** What something is sealed with: 32 random bytes, or a random text of 32 characters and more, such as `openssl rand -base64 32` prints. */
export type SealingKey = Uint8Array | string | Secret

const textOf = (key: string | Secret): unknown => (typeof key === 'object' && key !== null ? key.reveal() : key)

/**
 * Refuses a key that is too short.
 *
 * @throws {LineInputError} which calls the key by its name and quotes nothing of it.
 */
export function checkSealingKey(key: SealingKey, name: string): void {
  if (ArrayBuffer.isView(key)) {
    if (key.byteLength !== 32) throw new LineInputError(`${name} has ${key.byteLength} bytes; it needs 32`)
    return
  }
  const text = textOf(key)
  if (typeof text !== 'string' || text.length < 32)
    throw new LineInputError(
      `${name} is 32 bytes, or a text of 32 random characters and more, such as openssl rand -base64 32 prints`,
    )
}

/**
 * The 32 bytes of a key that was checked. Those of a text are derived from it (HKDF with SHA-256) for one purpose, since the same text may serve
 * other purposes of the application.
 */
export async function sealingBytes(key: SealingKey, purpose: string, salt = ''): Promise<Uint8Array> {
  if (ArrayBuffer.isView(key)) return key
  const bytes = (text: string) => new TextEncoder().encode(text)
  const base = await crypto.subtle.importKey('raw', bytes(String(textOf(key))), 'HKDF', false, ['deriveBits'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: bytes(salt), info: bytes(purpose) }
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, base, 256))
}
