import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { Clock } from 'line-oa'

export const channelId = '1234567890'
export const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'
export const userId = 'U4af4980629b1a2c3d4e5f60718293a4b'
/** 2027-01-15T08:00:00Z in seconds, the start of TestClock. */
export const now = 1_800_000_000

/** A clock that always shows {@link now}. */
export const standing: Clock = {
  now: () => now * 1000,
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: () => {},
}

type Members = { readonly [name: string]: unknown }

export const claims = {
  iss: 'https://access.line.me',
  sub: userId,
  aud: channelId,
  exp: now + 3600,
  iat: now,
  nonce: 'n-0S6_WzA2Mj',
  amr: ['pwd'],
  name: 'Taro Line',
  picture: 'https://profile.line-scdn.net/abcdefghijklmn',
}

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Builds a JWT of any header and payload with any signature function. Strings are encoded as they are. */
export function jwt(
  header: Members | string,
  payload: Members | string,
  signature: (input: string) => Buffer | string,
): string {
  const input = `${part(header)}.${part(payload)}`
  const signed = signature(input)
  return `${input}.${typeof signed === 'string' ? signed : signed.toString('base64url')}`
}

export const byHmac = (secret: string | Buffer) => (input: string) =>
  createHmac('sha256', secret).update(input).digest()

export const byEcdsa =
  (key: KeyObject, encoding: 'ieee-p1363' | 'der' = 'ieee-p1363') =>
  (input: string) =>
    sign('sha256', Buffer.from(input), { key, dsaEncoding: encoding })

/** Builds an ID token of a web login. `undefined` removes a claim. */
export function hs256(changes: Members = {}, header: Members = {}, secret = channelSecret): string {
  return jwt({ typ: 'JWT', alg: 'HS256', ...header }, { ...claims, ...changes }, byHmac(secret))
}

/** Makes an ES256 key pair whose public half is a JWK as in LINE's key set. */
export function lineKey(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  return {
    kid,
    privateKey,
    publicKey,
    jwk: { kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid, x, y },
    /** Builds an ID token of LIFF or a native app. */
    token: (changes: Members = {}, header: Members = {}) =>
      jwt(
        { typ: 'JWT', alg: 'ES256', kid, ...header },
        { ...claims, nonce: undefined, ...changes },
        byEcdsa(privateKey),
      ),
  }
}
