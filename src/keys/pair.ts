import { exportJWK, exportPKCS8 } from 'jose/key/export'
import { generateKeyPair } from 'jose/key/generate/keypair'
import { readJwk } from '../credentials/private-key-text.js'
import { privateKeyImport } from './private-key.js'
import type {
  AssertionKeyPair,
  AssertionPrivateJwk,
  AssertionPublicJwk,
  PrivateKeyInput,
  WebCryptoKey,
} from './types.js'

class KeyPair implements AssertionKeyPair {
  readonly publicJwk: AssertionPublicJwk
  // Private to the language, so that no console, copy or JSON sees it.
  readonly #jwk: AssertionPrivateJwk
  readonly #key: WebCryptoKey

  constructor(key: WebCryptoKey, jwk: AssertionPrivateJwk) {
    const { kty, alg, use, n, e } = jwk
    this.publicJwk = { kty, alg, use, n, e }
    this.#jwk = jwk
    this.#key = key
  }

  async exportPrivateJwk(): Promise<AssertionPrivateJwk> {
    return { ...this.#jwk }
  }

  exportPem(): Promise<string> {
    return exportPKCS8(this.#key)
  }
}

async function pairOf(key: WebCryptoKey): Promise<AssertionKeyPair> {
  return new KeyPair(key, readJwk(await exportJWK(key), 'privateKey', undefined))
}

/**
 * Makes an assertion key: RSA of 2048 bits for RS256.
 *
 * Paste `publicJwk` into LINE's console (channel, Basic settings, Assertion signing key), keep the private half as a secret,
 * and sign with `assertionKey` under the `kid` that the console shows.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 * @example
 * const pair = await generateAssertionKey()
 * console.log(JSON.stringify(pair.publicJwk)) // for the console
 * const pem = await pair.exportPem() // for the vault
 */
export async function generateAssertionKey(): Promise<AssertionKeyPair> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true })
  return pairOf(privateKey)
}

/**
 * Makes a pair again from a private key that was kept, to see its public half or to export it in the other form.
 *
 * @throws {LineInputError} when it is not an RSA key of 2048 bits for RS256, or a key of WebCrypto that is not extractable.
 */
export async function importAssertionKey(privateKey: PrivateKeyInput): Promise<AssertionKeyPair> {
  return pairOf(await privateKeyImport(privateKey, { path: 'privateKey', extractable: true })())
}
