import type { Secret } from '../credentials/secret.js'

/** What an assertion says. LINE takes it once, at a token endpoint. */
export interface AssertionRequest {
  /** The channel that the key is registered on. */
  readonly channelId: string
  /** How long the token to be issued lives, in seconds: 1 to 2,592,000 (30 days), which is also the default. Stateless tokens live 15 minutes whatever it says. */
  readonly tokenLifetime?: number | undefined
  /** How long the assertion itself is good for, in seconds: 1 to 1800 (30 minutes). The default of 900 forgives a clock that is 15 minutes off either way. */
  readonly expiresIn?: number | undefined
  /** The time to count from, in milliseconds since 1970; the runtime's own by default. */
  readonly now?: number | undefined
}

/**
 * The claims of an assertion, as LINE wants them.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 */
export interface AssertionClaims {
  /** The channel ID. */
  readonly iss: string
  /** The channel ID again. */
  readonly sub: string
  readonly aud: 'https://api.line.me/'
  /** When the assertion ends, in seconds since 1970; at most 30 minutes ahead. */
  readonly exp: number
  /** How long the token to be issued lives, in seconds; at most 2,592,000. */
  readonly token_exp: number
}

/** A key that a channel proves itself with. It carries its own way to sign, so what uses it needs no cryptography. */
export interface AssertionKey {
  /** The ID that LINE gave when the public key was registered. */
  readonly kid: string
  /**
   * Makes a signed JWT for LINE's token endpoints.
   *
   * @throws {LineInputError} when the channel ID or a lifetime is outside of what LINE takes, or the key cannot sign.
   */
  assertion(request: AssertionRequest): Promise<string>
}

/** The public half of an assertion key, in the form that LINE's console takes: it has no `kid`, which LINE gives back. */
export interface AssertionPublicJwk {
  readonly kty: 'RSA'
  readonly alg: 'RS256'
  readonly use: 'sig'
  /** The modulus of 2048 bits, in base64url. */
  readonly n: string
  /** The exponent, always `AQAB`. */
  readonly e: string
}

/** An assertion key with its private half. Keep it as you keep a password. */
export interface AssertionPrivateJwk extends AssertionPublicJwk {
  readonly d: string
  readonly p: string
  readonly q: string
  readonly dp: string
  readonly dq: string
  readonly qi: string
}

/** A JWK that comes from elsewhere, before it is checked. */
export interface JwkInput {
  readonly kty?: string | undefined
  readonly alg?: string | undefined
  readonly use?: string | undefined
  readonly key_ops?: readonly string[] | undefined
  readonly kid?: string | undefined
  readonly n?: string | undefined
  readonly e?: string | undefined
  readonly d?: string | undefined
  readonly p?: string | undefined
  readonly q?: string | undefined
  readonly dp?: string | undefined
  readonly dq?: string | undefined
  readonly qi?: string | undefined
}

/** A new or imported key pair. `JSON.stringify` and the console show its public half only. */
export interface AssertionKeyPair {
  /** What to paste into LINE's console: channel, Basic settings, Assertion signing key. */
  readonly publicJwk: AssertionPublicJwk
  /** Gets both halves as a JWK, to be kept where secrets are kept. */
  exportPrivateJwk(): Promise<AssertionPrivateJwk>
  /** Gets the private half as a PKCS#8 PEM, to be kept where secrets are kept. */
  exportPem(): Promise<string>
}

/** A key of WebCrypto. */
export type WebCryptoKey = Extract<Awaited<ReturnType<typeof crypto.subtle.generateKey>>, { type: string }>

/** A private key in any form that the SDK reads: a JWK, its JSON text, a PKCS#8 PEM, a key of WebCrypto that may sign, or a pair. */
export type PrivateKeyInput = JwkInput | string | Secret | WebCryptoKey | AssertionKeyPair

/** A private key that this process holds. */
export interface LocalKey {
  /** The ID that LINE gave when the public key was registered. */
  readonly kid: string
  readonly privateKey: PrivateKeyInput
}

/** A private key that is held elsewhere, such as in a key management service. */
export interface RemoteKey {
  /** The ID that LINE gave when the public key was registered. */
  readonly kid: string
  /** Signs the bytes with RSASSA-PKCS1-v1_5 and SHA-256 (RS256) and gives the 256 bytes of the signature. */
  readonly sign: (signingInput: Uint8Array) => Promise<Uint8Array | ArrayBuffer>
}
