import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { type Clock, systemClock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import { jsonObject } from '../core/response.js'
import type { Secret } from '../credentials/secret.js'
import { askedFor, type LoginAttempt } from './attempt.js'

export type { LoginAttempt } from './attempt.js'

/** A key to seal attempts with: 32 random bytes, or a random text of 32 characters and more, such as `openssl rand -base64 32` prints. */
export type SealKey = Uint8Array | string | Secret

/** One key, or several: the first seals and all of them open, so that a key can be changed while logins are under way. */
export type SealKeys = SealKey | readonly [SealKey, ...SealKey[]]

/** How attempts are sealed and opened. */
export interface SealOptions {
  /** How long a sealed attempt can be opened, in milliseconds. Default: 30 minutes. */
  readonly lifetime?: number | undefined
  /** Default: the runtime's time. */
  readonly clock?: Clock | undefined
}

const halfAnHour = 1_800_000
const algorithm = { alg: 'dir', enc: 'A256GCM' } as const
// The same text may serve other purposes of the application; the keys made of it must not.
const purpose = new TextEncoder().encode('line-oa sealed login attempt')

async function bytesOf(key: SealKey): Promise<Uint8Array> {
  if (ArrayBuffer.isView(key)) {
    if (key.byteLength !== 32) throw new LineInputError(`A key that seals attempts has 32 bytes, and this one has ${key.byteLength}`)
    return key
  }
  const text = typeof key === 'object' ? key.reveal() : key
  if (typeof text !== 'string' || text.length < 32)
    throw new LineInputError('A text that seals attempts has 32 random characters or more, such as openssl rand -base64 32 prints')
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(text), 'HKDF', false, ['deriveBits'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: purpose }
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, base, 256))
}

const listKeys = (keys: SealKeys): readonly SealKey[] => (Array.isArray(keys) ? keys : [keys as SealKey])

/**
 * Encrypts and signs an attempt (JWE, `dir`, A256GCM), so that a server without sessions can keep it in a cookie of the user's browser.
 *
 * It comes to about 1,500 characters. Make the cookie `HttpOnly`, `Secure`, and as short-lived as the attempt. With `responseMode: 'query'` make it
 * `SameSite=Lax`. With `form_post` it must be `SameSite=None`: the callback is a POST from LINE's site, and no other cookie comes along with it.
 *
 * @throws {LineInputError} when the key is too short, or the attempt is not what `start` gave.
 * @example
 * const attempt = await login.start()
 * const sealed = await sealAttempt(attempt, key)
 * headers.append('set-cookie', `line-login=${sealed}; Path=/callback; HttpOnly; Secure; SameSite=Lax; Max-Age=1800`)
 * // In the callback; a cookie that is missing, old or altered gives undefined, which finish turns into a retry:
 * const session = await login.finish(request, await openAttempt(cookies['line-login'], key))
 */
export async function sealAttempt(attempt: LoginAttempt, keys: SealKeys, options: SealOptions = {}): Promise<string> {
  const { lifetime = halfAnHour, clock = systemClock } = options
  askedFor(attempt)
  const [first] = listKeys(keys)
  if (first === undefined) throw new LineInputError('There is no key to seal the attempt with')
  const content = JSON.stringify({ attempt, until: clock.now() + lifetime })
  return new CompactEncrypt(new TextEncoder().encode(content)).setProtectedHeader(algorithm).encrypt(await bytesOf(first))
}

/**
 * Opens a sealed attempt. Gives `undefined` when there is none, or it is too old, altered, or sealed with another key.
 *
 * @throws {LineInputError} when a key is too short.
 */
export async function openAttempt(
  sealed: string | null | undefined,
  keys: SealKeys,
  options: Pick<SealOptions, 'clock'> = {},
): Promise<LoginAttempt | undefined> {
  const { clock = systemClock } = options
  const candidates = await Promise.all(listKeys(keys).map(bytesOf))
  for (const key of sealed ? candidates : []) {
    try {
      const { plaintext } = await compactDecrypt(sealed ?? '', key, {
        keyManagementAlgorithms: [algorithm.alg],
        contentEncryptionAlgorithms: [algorithm.enc],
      })
      const { attempt, until } = jsonObject(new TextDecoder().decode(plaintext)) ?? {}
      const kept = attempt as LoginAttempt // sealed by sealAttempt, and looked at in the next line
      askedFor(kept)
      return typeof until === 'number' && clock.now() < until ? kept : undefined
    } catch {
      // Another key may open it.
    }
  }
  return undefined
}
