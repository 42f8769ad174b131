import type { Secret } from '../credentials/secret.js'

/** The values of an assertion. */
export interface AssertionRequest {
  /** The ID of the channel on which the key is registered. */
  readonly channelId: string
  /** The lifetime of the requested token in seconds, 1 to 2,592,000 (30 days). It has no effect on stateless tokens, which expire after 15 minutes. Default: 2,592,000. */
  readonly tokenLifetime?: number | undefined
  /** How long the assertion is valid, in seconds, 1 to 1,800 (30 minutes). The default tolerates a clock difference of 15 minutes in either direction. Default: 900. */
  readonly expiresIn?: number | undefined
  /** The current time, in milliseconds since 1970. Default: the runtime's clock. */
  readonly now?: number | undefined
}

/**
 * The claims of an assertion.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 */
export interface AssertionClaims {
  /** The channel ID. */
  readonly iss: string
  /** The channel ID again. */
  readonly sub: string
  /** LINE's token endpoints. */
  readonly aud: 'https://api.line.me/'
  /** When the assertion expires, in seconds since 1970, at most 30 minutes from now. */
  readonly exp: number
  /** The lifetime of the requested token, in seconds, at most 2,592,000. */
  readonly token_exp: number
}

/** An assertion signing key, which authenticates a channel. It signs assertions itself, so that callers need no cryptography. */
export interface AssertionKey {
  /** The `kid` that LINE assigned when the public key was registered. */
  readonly kid: string
  /**
   * Signs a JWT for LINE's token endpoints.
   *
   * @throws {LineInputError} when the channel ID or a lifetime is not valid, or the key cannot sign.
   */
  assertion(request: AssertionRequest): Promise<string>
}

/** The public key of an assertion signing key, in the form that the LINE Developers Console accepts. It has no `kid`, because LINE assigns it. */
export interface AssertionPublicJwk {
  /** The type of the key. */
  readonly kty: 'RSA'
  /** The algorithm. */
  readonly alg: 'RS256'
  /** The intended use of the key: signatures. */
  readonly use: 'sig'
  /** The modulus of 2048 bits, in base64url. */
  readonly n: string
  /** The public exponent, always `AQAB`. */
  readonly e: string
}

/** An assertion signing key with its private key. Store it like a password. */
export interface AssertionPrivateJwk extends AssertionPublicJwk {
  /** The private exponent, in base64url. */
  readonly d: string
  /** The first prime factor, in base64url. */
  readonly p: string
  /** The second prime factor, in base64url. */
  readonly q: string
  /** The exponent of the first factor, in base64url. */
  readonly dp: string
  /** The exponent of the second factor, in base64url. */
  readonly dq: string
  /** The first CRT coefficient, in base64url. */
  readonly qi: string
}

/** A JWK of any origin, before it is checked. */
export interface JwkInput {
  /** The type of the key; must be `RSA`. */
  readonly kty?: string | undefined
  /** The algorithm; must be `RS256` if it is given. */
  readonly alg?: string | undefined
  /** The intended use of the key; must be `sig` if it is given. */
  readonly use?: string | undefined
  /** The operations of the key; must include `sign` if it is given. */
  readonly key_ops?: readonly string[] | undefined
  /** The `kid` of the key; must equal the `kid` that is passed separately, if it is given. */
  readonly kid?: string | undefined
  /** The modulus of 2048 bits, in base64url. Required. */
  readonly n?: string | undefined
  /** The public exponent; must be `AQAB`. */
  readonly e?: string | undefined
  /** The private exponent, in base64url. Required. */
  readonly d?: string | undefined
  /** The first prime factor, in base64url. Required. */
  readonly p?: string | undefined
  /** The second prime factor, in base64url. Required. */
  readonly q?: string | undefined
  /** The exponent of the first factor, in base64url. Required. */
  readonly dp?: string | undefined
  /** The exponent of the second factor, in base64url. Required. */
  readonly dq?: string | undefined
  /** The first CRT coefficient, in base64url. Required. */
  readonly qi?: string | undefined
}

/** A new or imported key pair. `JSON.stringify` and `console.log` show only its public key. */
export interface AssertionKeyPair {
  /** The public key, to register in the channel's Basic settings tab under Assertion signing key. */
  readonly publicJwk: AssertionPublicJwk
  /** Exports the key pair as a JWK, to store as a secret. */
  exportPrivateJwk(): Promise<AssertionPrivateJwk>
  /** Exports the private key as a PKCS#8 PEM, to store as a secret. */
  exportPem(): Promise<string>
}

/** A WebCrypto key. */
export type WebCryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** A private key in any form that the SDK reads: a JWK, its JSON text, a PKCS#8 PEM, a WebCrypto key that may sign, or a key pair. */
export type PrivateKeyInput = JwkInput | string | Secret | WebCryptoKey | AssertionKeyPair

/** An assertion signing key whose private key this process has. */
export interface LocalKey {
  /** The `kid` that LINE assigned when the public key was registered. */
  readonly kid: string
  /** The private key: RSA with 2048 bits for RS256. */
  readonly privateKey: PrivateKeyInput
}

/** An assertion signing key whose private key is stored elsewhere, for example in a key management service. */
export interface RemoteKey {
  /** The `kid` that LINE assigned when the public key was registered. */
  readonly kid: string
  /** Signs the bytes with RSASSA-PKCS1-v1_5 and SHA-256 (RS256) and returns the signature of 256 bytes. */
  readonly sign: (signingInput: Uint8Array) => Promise<Uint8Array | ArrayBuffer>
}
