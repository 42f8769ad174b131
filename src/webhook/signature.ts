import type { Revealable } from '../core/credential-values.js'
import { isSameText, type NodeCrypto, nodeCrypto } from '../core/crypto.js'
import { LineInputError } from '../core/errors.js'
import { property } from '../core/property.js'

function requireNodeCrypto(caller: string, alternative: string): NodeCrypto {
  const node = nodeCrypto()
  if (node) return node
  throw new LineInputError(
    `${caller} requires node:crypto, which this runtime does not have; await ${alternative} instead`,
  )
}

const hmac = (crypto: NodeCrypto, body: string | Uint8Array, channelSecret: string): string =>
  crypto.createHmac('sha256', channelSecret).update(body).digest('base64')

async function webHmac(body: string | Uint8Array, channelSecret: string): Promise<string> {
  const { subtle } = crypto
  const encoder = new TextEncoder()
  const key = await subtle.importKey('raw', encoder.encode(channelSecret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  // A copy, because WebCrypto does not accept a view of shared memory.
  const data =
    typeof body === 'string'
      ? encoder.encode(body)
      : new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice()
  return btoa(String.fromCharCode(...new Uint8Array(await subtle.sign('HMAC', key, data))))
}

/** Distinguishes a raw body from the result of a body parser. */
export function isRaw(body: unknown): body is string | Uint8Array {
  // isView instead of instanceof, which does not recognize a Uint8Array from another realm.
  return typeof body === 'string' || ArrayBuffer.isView(body)
}

// Reads a channel secret as the receiver does, but without its messages, because a program that only verifies signatures should stay small.
function readSecret(given: unknown): string {
  const reveal = property(given, 'reveal')
  const text: unknown = typeof reveal === 'function' ? reveal.call(given) : given
  const secret = typeof text === 'string' ? text.trim() : ''
  if (/^(undefined|null)?$/.test(secret)) throw new LineInputError('channelSecret is missing or empty')
  return /^[\da-f]{32}$/i.test(secret) ? secret.toLowerCase() : secret
}

// An empty list is refused as a missing secret is: with an empty key, anyone could sign.
const readSecrets = (given: unknown): string | readonly string[] =>
  Array.isArray(given) && given.length > 0 ? given.map(readSecret) : readSecret(given)

function checkRaw(body: unknown): void {
  if (!isRaw(body)) throw new LineInputError('body must be the raw request body, as a string or a Uint8Array')
}

/** Whether a header has the form of a signature: 44 characters, the base64 of 32 bytes. */
export function isSignature(signature: unknown): signature is string {
  // Checking each character would cost a tenth of the hash that it may save, and the comparison checks them anyway.
  return typeof signature === 'string' && signature.length === 44 && signature.endsWith('=')
}

// Most channels have a single secret, and wrapping it in a list would cost as much as the comparison.
const matches = (
  node: NodeCrypto,
  body: string | Uint8Array,
  channelSecret: string | readonly string[],
  signature: string,
): boolean =>
  typeof channelSecret === 'string'
    ? isSameText(hmac(node, body, channelSecret), signature)
    : channelSecret.some((secret) => isSameText(hmac(node, body, secret), signature))

async function webMatches(
  body: string | Uint8Array,
  channelSecret: string | readonly string[],
  signature: string,
): Promise<boolean> {
  for (const secret of [channelSecret].flat()) if (isSameText(await webHmac(body, secret), signature)) return true
  return false
}

/** Compares a signature with that of a raw body, synchronously if the runtime has `node:crypto`. The secrets have been read, so none is empty. */
export function signatureMatches(
  body: string | Uint8Array,
  channelSecret: string | readonly string[],
  signature: unknown,
): boolean | Promise<boolean> {
  if (!isSignature(signature)) return false
  const node = nodeCrypto()
  return node ? matches(node, body, channelSecret, signature) : webMatches(body, channelSecret, signature)
}

/**
 * Signs a body as LINE does: the base64 of its HMAC-SHA256 with the channel secret, 44 characters.
 *
 * @throws {LineInputError} if the channel secret is empty, or the body is neither a string nor a `Uint8Array`.
 * @see https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/
 */
export async function signBody(body: string | Uint8Array, channelSecret: string | Revealable): Promise<string> {
  const secret = readSecret(channelSecret)
  checkRaw(body)
  const node = nodeCrypto()
  return node ? hmac(node, body, secret) : webHmac(body, secret)
}

/**
 * Does what {@link signBody} does, synchronously. Requires `node:crypto`: Node, Bun, Deno, or Workers with `nodejs_compat`.
 *
 * @throws {LineInputError} if the channel secret is empty, the body is neither a string nor a `Uint8Array`, or the runtime has no
 * `node:crypto`.
 * @see https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/
 */
export function signBodySync(body: string | Uint8Array, channelSecret: string | Revealable): string {
  const secret = readSecret(channelSecret)
  checkRaw(body)
  return hmac(requireNodeCrypto('signBodySync', 'signBody'), body, secret)
}

/**
 * Verifies the `x-line-signature` header of a webhook against its body.
 *
 * Pass the body exactly as it was received, before any parsing. The channel secret is a string or a `Secret`; while it is being replaced, pass both.
 * A missing or malformed header is rejected without hashing the body.
 *
 * @throws {LineInputError} if a channel secret is empty, or the body is neither a string nor a `Uint8Array`.
 * @see https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/
 */
export async function verifySignature(
  body: string | Uint8Array,
  channelSecret: string | Revealable | readonly (string | Revealable)[],
  signature: string | null | undefined,
): Promise<boolean> {
  const secrets = readSecrets(channelSecret)
  checkRaw(body)
  return signatureMatches(body, secrets, signature)
}

/**
 * Does what {@link verifySignature} does, synchronously. Requires `node:crypto`: Node, Bun, Deno, or Workers with `nodejs_compat`.
 *
 * @throws {LineInputError} if a channel secret is empty, the body is neither a string nor a `Uint8Array`, or the runtime has no
 * `node:crypto`.
 * @see https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/
 */
export function verifySignatureSync(
  body: string | Uint8Array,
  channelSecret: string | Revealable | readonly (string | Revealable)[],
  signature: string | null | undefined,
): boolean {
  const secrets = readSecrets(channelSecret)
  checkRaw(body)
  const node = requireNodeCrypto('verifySignatureSync', 'verifySignature')
  return isSignature(signature) && matches(node, body, secrets, signature)
}
