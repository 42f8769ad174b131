import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { type Clock, systemClock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import { jsonObject } from '../core/property.js'
import { checkOptions } from '../core/read-options.js'
import { checkSealingKey, type SealingKey, sealingBytes } from '../credentials/sealing-key.js'
import { type LoginAttempt, readAttempt } from './attempt.js'

export type { SealingKey } from '../credentials/sealing-key.js'
export type { LoginAttempt } from './attempt.js'

/** One or several keys. The first one seals, and all of them open, so that a key can be rotated while logins are in progress. */
export type SealKeys = SealingKey | readonly [SealingKey, ...SealingKey[]]

/** Options for `sealAttempt` and `openAttempt`. */
export interface SealOptions {
  /** How long a sealed attempt can be opened, in milliseconds. Default: 1,800,000 (30 minutes). */
  readonly lifetime?: number | undefined
  /** The clock for the lifetime. Default: the system clock. */
  readonly clock?: Clock | undefined
}

const halfAnHour = 1_800_000
const algorithm = { alg: 'dir', enc: 'A256GCM' } as const

async function bytesOf(key: SealingKey): Promise<Uint8Array> {
  checkSealingKey(key, 'The sealing key')
  return sealingBytes(key, 'line-oa sealed login attempt')
}

const listKeys = (keys: SealKeys): readonly SealingKey[] => (Array.isArray(keys) ? keys : [keys as SealingKey])

/**
 * Encrypts and authenticates an attempt (JWE, `dir`, A256GCM), so that a server without sessions can store it in a cookie.
 *
 * The result has about 1,500 characters. Set the cookie as `HttpOnly` and `Secure`, with the lifetime of the attempt. With `responseMode: 'query'`,
 * use `SameSite=Lax`. With `form_post`, use `SameSite=None`: the callback is a POST request from LINE's site, which sends no other cookies.
 *
 * @throws {LineInputError} if the key is too short, or the attempt is incomplete.
 * @example
 * const attempt = await login.start()
 * const sealed = await sealAttempt(attempt, key)
 * headers.append('set-cookie', `line-login=${sealed}; Path=/callback; HttpOnly; Secure; SameSite=Lax; Max-Age=1800`)
 * // In the callback. openAttempt returns undefined for a missing, expired or modified cookie, and finish then offers a retry:
 * const session = await login.finish(request, await openAttempt(cookies['line-login'], key))
 */
export async function sealAttempt(attempt: LoginAttempt, keys: SealKeys, options: SealOptions = {}): Promise<string> {
  checkOptions('sealAttempt', options, { lifetime: 'milliseconds', clock: 'with now setTimeout clearTimeout' })
  const { lifetime = halfAnHour, clock = systemClock } = options
  readAttempt(attempt)
  checkOptions('sealAttempt', attempt, { returnTo: 'string' })
  const [first] = listKeys(keys)
  if (first === undefined) throw new LineInputError('sealAttempt: keys must contain at least one key')
  const { url, state, nonce, codeVerifier, startedAt, returnTo } = attempt
  const kept: LoginAttempt = { url, state, nonce, codeVerifier, startedAt, returnTo }
  const content = JSON.stringify({ attempt: kept, until: clock.now() + lifetime })
  return new CompactEncrypt(new TextEncoder().encode(content))
    .setProtectedHeader(algorithm)
    .encrypt(await bytesOf(first))
}

/**
 * Opens a sealed attempt. Returns `undefined` if it is missing, expired, modified, or sealed with another key.
 *
 * @throws {LineInputError} if a key is too short.
 */
export async function openAttempt(
  sealed: string | null | undefined,
  keys: SealKeys,
  options: Pick<SealOptions, 'clock'> = {},
): Promise<LoginAttempt | undefined> {
  checkOptions('openAttempt', options, { clock: 'with now setTimeout clearTimeout' })
  const { clock = systemClock } = options
  const candidates = await Promise.all(listKeys(keys).map(bytesOf))
  for (const key of typeof sealed === 'string' && sealed ? candidates : []) {
    try {
      const { plaintext } = await compactDecrypt(sealed ?? '', key, {
        keyManagementAlgorithms: [algorithm.alg],
        contentEncryptionAlgorithms: [algorithm.enc],
      })
      const { attempt, until } = jsonObject(new TextDecoder().decode(plaintext)) ?? {}
      const opened = attempt as LoginAttempt // sealed by sealAttempt, and checked in the next line
      readAttempt(opened)
      return typeof until === 'number' && clock.now() < until ? opened : undefined
    } catch {
      // Try the next key.
    }
  }
  return undefined
}
