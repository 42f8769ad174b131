import type { ParseOptions } from './identifiers.js'
import { readPrivateKey } from './private-key-text.js'
import { Secret } from './secret.js'

/** How the private key of an assertion key is read. */
export interface PrivateKeyOptions extends ParseOptions {
  /** The `kid` that the key is to be used under; a JWK that names another one is refused. */
  readonly kid?: string | undefined
}

/**
 * Reads the private key of an assertion key, a JWK or a PKCS#8 PEM, checks that LINE takes its kind (RSA, 2048 bits, RS256), and hides it.
 *
 * Line breaks written as the two characters `\n` are put right. The same check is made by `assertionKey` of `line-oa/keys`.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 * @throws {LineInputError} saying what was given instead, such as a public key, an EC key, or a PKCS#1 PEM with the command that converts it.
 */
export function parseAssertionPrivateKey(value: unknown, options: PrivateKeyOptions = {}): Secret {
  const key = readPrivateKey(value, options)
  return new Secret('pem' in key ? key.pem : JSON.stringify(key.jwk))
}
