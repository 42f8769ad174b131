import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { type Clock, systemClock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import { jsonObject } from '../core/property.js'
import { checkSealingKey, type SealingKey, sealingBytes } from '../credentials/sealing-key.js'
import { askedFor, type LoginAttempt } from './attempt.js'

export type { SealingKey } from '../credentials/sealing-key.js'
export type { LoginAttempt } from './attempt.js'

/** One key, or several: the first seals and all of them open, so that a key can be changed while logins are under way. */
export type SealKeys = SealingKey | readonly [SealingKey, ...SealingKey[]]

/** How attempts are sealed and opened. */
export interface SealOptions {
  /** How long a sealed attempt can be opened, in milliseconds. Default: 30 minutes. */
  readonly lifetime?: number | undefined
  /** Default: the runtime's time. */
  readonly clock?: Clock | undefined
}

const halfAnHour = 1_800_000
const algorithm = { alg: 'dir', enc: 'A256GCM' } as const

async function bytesOf(key: SealingKey): Promise<Uint8Array> {
  checkSealingKey(key, 'The key that seals attempts')
  return sealingBytes(key, 'line-oa sealed login attempt')
}

const listKeys = (keys: SealKeys): readonly SealingKey[] => (Array.isArray(keys) ? keys : [keys as SealingKey])

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
  return new CompactEncrypt(new TextEncoder().encode(content))
    .setProtectedHeader(algorithm)
    .encrypt(await bytesOf(first))
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
