import { exportJWK, exportPKCS8 } from 'jose/key/export'
import { generateKeyPair } from 'jose/key/generate/keypair'
import { importJWK, importPKCS8 } from 'jose/key/import'
import { type PrivateKeyText, privateKey, readJwk, readPrivateKey } from '../credentials/private-key.js'
import { refuse } from '../credentials/problems.js'
import type {
  AssertionKeyPair,
  AssertionPrivateJwk,
  AssertionPublicJwk,
  PrivateKeyInput,
  WebCryptoKey,
} from './types.js'

class KeyPair implements AssertionKeyPair {
  readonly publicJwk: AssertionPublicJwk
  // A private field, so that consoles, copies and JSON do not contain it.
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
 * Creates the key pair of an assertion signing key: RSA with 2048 bits for RS256.
 *
 * Register `publicJwk` in the channel's Basic settings tab under Assertion signing key, store the private key as a secret,
 * and pass it to `assertionKey` with the `kid` that the LINE Developers Console shows.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 * @example
 * const pair = await generateAssertionKey()
 * console.log(JSON.stringify(pair.publicJwk)) // to register
 * const pem = await pair.exportPem() // to store as a secret
 */
export async function generateAssertionKey(): Promise<AssertionKeyPair> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true })
  return pairOf(privateKey)
}

/**
 * Creates the key pair of a stored private key, to get its public key or to export it in another form.
 *
 * @throws {LineInputError} when it is not an RSA key of 2048 bits for RS256, or is a WebCrypto key that is not extractable.
 */
export async function importAssertionKey(privateKey: PrivateKeyInput): Promise<AssertionKeyPair> {
  return pairOf(await privateKeyImport(privateKey, { path: 'privateKey', extractable: true })())
}

/** How a private key is imported. */
export interface ImportOptions {
  readonly path: string
  /** The `kid` of the key. */
  readonly kid?: string | undefined
  readonly extractable: boolean
}

// Checks the tag instead of using instanceof, because a key may come from another realm, and not every runtime has the class as a global.
function isWebCryptoKey(value: unknown): value is WebCryptoKey {
  return Object.prototype.toString.call(value) === '[object CryptoKey]'
}

function isPair(value: unknown): value is AssertionKeyPair {
  return typeof value === 'object' && value !== null && 'exportPem' in value && typeof value.exportPem === 'function'
}

function checkWebCryptoKey(key: WebCryptoKey, { path, extractable }: ImportOptions): void {
  const { name, modulusLength, hash } = key.algorithm as KeyAlgorithm & Partial<RsaHashedKeyAlgorithm> // RSA keys have the last two
  if (key.type !== 'private') refuse(path, `a ${key.type} WebCrypto key`, privateKey)
  if (name !== 'RSASSA-PKCS1-v1_5' || hash?.name !== 'SHA-256')
    refuse(path, `a WebCrypto key for ${name} ${hash?.name ?? ''}`.trim(), privateKey)
  if (modulusLength !== 2048) refuse(path, `an RSA key of ${modulusLength} bits`, privateKey)
  if (extractable && !key.extractable) refuse(path, 'a WebCrypto key that is not extractable', privateKey)
}

async function importText(text: PrivateKeyText, { path, extractable }: ImportOptions): Promise<WebCryptoKey> {
  try {
    return await ('pem' in text
      ? importPKCS8(text.pem, 'RS256', { extractable })
      : importJWK({ ...text.jwk }, 'RS256', { extractable }))
  } catch {
    // The runtime's error may quote the key.
    return refuse(path, 'an RSA key that this runtime cannot read', privateKey, 'Copy or export it again')
  }
}

/**
 * Checks a private key of any form, and returns a function that imports it into WebCrypto.
 *
 * @throws {LineInputError} when LINE does not accept the key.
 */
export function privateKeyImport(value: unknown, options: ImportOptions): () => Promise<WebCryptoKey> {
  if (isPair(value)) return async () => importText(readPrivateKey(await value.exportPem(), options), options)
  if (isWebCryptoKey(value)) {
    checkWebCryptoKey(value, options)
    return async () => value
  }
  if (typeof value === 'object' && value !== null && 'asymmetricKeyType' in value) {
    const advice = "Pass key.export({ type: 'pkcs8', format: 'pem' })"
    refuse(options.path, 'a Node.js KeyObject', privateKey, advice)
  }
  const text = readPrivateKey(value, options)
  return () => importText(text, options)
}
