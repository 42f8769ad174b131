import { importJWK, importPKCS8 } from 'jose/key/import'
import { type PrivateKeyText, privateKey, readPrivateKey } from '../credentials/private-key-text.js'
import { refuse } from '../credentials/problems.js'
import type { AssertionKeyPair, WebCryptoKey } from './types.js'

/** How a private key is brought in. */
export interface ImportOptions {
  readonly path: string
  /** The `kid` that the key is to be used under. */
  readonly kid?: string | undefined
  readonly extractable: boolean
}

// By its tag and not by instanceof: a key may come from another realm, and not every runtime has the class as a global.
function isWebCryptoKey(value: unknown): value is WebCryptoKey {
  return Object.prototype.toString.call(value) === '[object CryptoKey]'
}

function isPair(value: unknown): value is AssertionKeyPair {
  return typeof value === 'object' && value !== null && 'exportPem' in value && typeof value.exportPem === 'function'
}

function checkWebCryptoKey(key: WebCryptoKey, { path, extractable }: ImportOptions): void {
  const { name, modulusLength, hash } = key.algorithm as KeyAlgorithm & Partial<RsaHashedKeyAlgorithm> // RSA keys have the last two
  if (key.type !== 'private') refuse(path, `a ${key.type} key of WebCrypto`, privateKey)
  if (name !== 'RSASSA-PKCS1-v1_5' || hash?.name !== 'SHA-256')
    refuse(path, `a key of WebCrypto for ${name} ${hash?.name ?? ''}`.trim(), privateKey)
  if (modulusLength !== 2048) refuse(path, `an RSA key of ${modulusLength} bits`, privateKey)
  if (extractable && !key.extractable) refuse(path, 'a key of WebCrypto that is not extractable', privateKey)
}

async function importText(text: PrivateKeyText, { path, extractable }: ImportOptions): Promise<WebCryptoKey> {
  try {
    return await ('pem' in text
      ? importPKCS8(text.pem, 'RS256', { extractable })
      : importJWK({ ...text.jwk }, 'RS256', { extractable }))
  } catch {
    // Whatever the runtime says about the key stays here: its words are no promise, and may quote the key.
    return refuse(path, 'an RSA key that this runtime cannot read', privateKey, 'Copy or export it again')
  }
}

/**
 * Checks a private key of any form at once, and gives what brings it into WebCrypto when it is needed.
 *
 * @throws {LineInputError} when it is not a key that LINE takes.
 */
export function privateKeyImport(value: unknown, options: ImportOptions): () => Promise<WebCryptoKey> {
  if (isPair(value)) return async () => importText(readPrivateKey(await value.exportPem(), options), options)
  if (isWebCryptoKey(value)) {
    checkWebCryptoKey(value, options)
    return async () => value
  }
  if (typeof value === 'object' && value !== null && 'asymmetricKeyType' in value) {
    const advice = "Give it as key.export({ type: 'pkcs8', format: 'pem' })"
    refuse(options.path, 'a KeyObject of Node', privateKey, advice)
  }
  const text = readPrivateKey(value, options)
  return () => importText(text, options)
}
