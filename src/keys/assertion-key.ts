import { LineError, LineInputError } from '../core/errors.js'
import { parseAssertionKid } from '../credentials/identifiers.js'
import { Findings, kindOf, refuse } from '../credentials/problems.js'
import { type Signer, signedAssertion } from './assertion.js'
import { privateKeyImport } from './private-key.js'
import type { AssertionKey, AssertionRequest, LocalKey, RemoteKey, WebCryptoKey } from './types.js'

const notSigned = (reason: string) => new LineInputError(`The assertion was not signed: ${reason}`)

function localSigner(bring: () => Promise<WebCryptoKey>): Signer {
  let key: Promise<WebCryptoKey> | undefined
  return async (signingInput) => {
    key ??= bring()
    const ready = await key
    try {
      return await crypto.subtle.sign('RSASSA-PKCS1-v1_5', ready, signingInput)
    } catch {
      // The runtime's own error may say anything about the key.
      throw notSigned('the runtime could not use the key')
    }
  }
}

function remoteSigner(sign: Signer): Signer {
  return async (signingInput) => {
    try {
      return await sign(signingInput)
    } catch (error) {
      if (error instanceof LineError) throw error
      // A service's error may quote the request and its credentials; its code is safe to keep.
      const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
      throw notSigned(
        `the sign function failed${typeof code === 'string' && /^\w{1,40}$/.test(code) ? ` (${code})` : ''}`,
      )
    }
  }
}

function signerOf(input: LocalKey | RemoteKey, kid: string | undefined): Signer {
  const { sign, privateKey } = input as Partial<LocalKey & RemoteKey> // without types a caller may give both, or neither
  if (sign === undefined)
    return localSigner(privateKeyImport(privateKey, { path: 'privateKey', kid, extractable: false }))
  if (typeof sign !== 'function') return refuse('sign', kindOf(sign), { name: 'sign', allowed: 'a function' })
  if (privateKey !== undefined)
    return refuse('sign', 'a private key beside it', { name: 'a key', allowed: 'either privateKey or sign' })
  return remoteSigner(sign)
}

/**
 * Makes a key that a channel proves itself with, of a private key at hand or of a function that signs elsewhere, such as in a key management service.
 *
 * The key is checked at once, and brought into WebCrypto when it first signs.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 * @throws {LineInputError} when the `kid` cannot be one, the private key is not RSA of 2048 bits for RS256, or the two do not belong together.
 * @example
 * const key = assertionKey({ kid, privateKey: pem })
 * const line = createLineClient({ channelAccessToken: statelessTokens({ channelId, assertionKey: key }) })
 */
export function assertionKey(input: LocalKey | RemoteKey): AssertionKey {
  const findings = new Findings()
  const kid = findings.take(() => parseAssertionKid(input.kid))
  const sign = findings.take(() => signerOf(input, kid))
  if (kid === undefined || sign === undefined) throw findings.error()
  return Object.freeze({ kid, assertion: (request: AssertionRequest) => signedAssertion(kid, sign, request) })
}

/** An assertion to be signed, and the key to do it with. */
export interface SignAssertionInput extends AssertionRequest {
  readonly key: AssertionKey
}

/**
 * Signs an assertion: a JWT that proves to LINE's token endpoints that it comes from the channel.
 *
 * `exp` is at most 30 minutes ahead, and the token it asks for lives at most 30 days (2,592,000 seconds). Make a new one for each request.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 * @throws {LineInputError} when the channel ID or a lifetime is outside of what LINE takes, or the key cannot sign.
 */
export async function signAssertion(input: SignAssertionInput): Promise<string> {
  const { key, ...request } = input
  if (typeof key?.assertion !== 'function')
    refuse('key', kindOf(key), { name: 'a key', allowed: 'what assertionKey() made' })
  return key.assertion(request)
}
