import { encode } from 'jose/base64url'
import { isLineError, LineInputError, type Problem } from '../core/errors.js'
import { checkOptions } from '../core/read-options.js'
import { parseAssertionKid, parseChannelId } from '../credentials/identifiers.js'
import { Findings, kindOf, refuse } from '../credentials/problems.js'
import { privateKeyImport } from './pair.js'
import type { AssertionClaims, AssertionKey, AssertionRequest, LocalKey, RemoteKey, WebCryptoKey } from './types.js'

const notSigned = (reason: string) => new LineInputError(`The assertion could not be signed: ${reason}`)

function localSigner(bring: () => Promise<WebCryptoKey>): Signer {
  let key: Promise<WebCryptoKey> | undefined
  return async (signingInput) => {
    key ??= bring()
    const ready = await key
    try {
      return await crypto.subtle.sign('RSASSA-PKCS1-v1_5', ready, signingInput)
    } catch {
      // The runtime's error may quote the key.
      throw notSigned('the runtime cannot use the key')
    }
  }
}

function remoteSigner(sign: Signer): Signer {
  return async (signingInput) => {
    try {
      return await sign(signingInput)
    } catch (error) {
      if (isLineError(error)) throw error
      // The error of a service may quote the request and its credentials; its code is safe to show.
      const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
      throw notSigned(
        `the sign function failed${typeof code === 'string' && /^\w{1,40}$/.test(code) ? ` (${code})` : ''}`,
      )
    }
  }
}

function signerOf(input: LocalKey | RemoteKey, kid: string | undefined): Signer {
  const { sign, privateKey } = input as Partial<LocalKey & RemoteKey> // a caller without types can pass both, or neither
  if (sign === undefined)
    return localSigner(privateKeyImport(privateKey, { path: 'privateKey', kid, extractable: false }))
  if (typeof sign !== 'function') return refuse('sign', kindOf(sign), { allowed: 'a function' })
  if (privateKey !== undefined) return refuse('sign', 'both', { allowed: 'omitted if privateKey is passed' })
  return remoteSigner(sign)
}

/**
 * Creates an assertion signing key from a private key, or from a function that signs with a key stored elsewhere, for example in a key management service.
 *
 * The key is validated immediately, and imported into WebCrypto when it first signs.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 * @throws {LineInputError} when the `kid` is not valid, the private key is not an RSA key of 2048 bits for RS256, or the key is a JWK with another `kid`.
 * @example
 * const key = assertionKey({ kid, privateKey: pem })
 * const line = createLineClient({ channelAccessToken: statelessTokens({ channelId, assertionKey: key }) })
 */
export function assertionKey(input: LocalKey | RemoteKey): AssertionKey {
  checkOptions('assertionKey', input, {})
  const findings = new Findings()
  const kid = findings.take(() => parseAssertionKid(input.kid))
  const sign = findings.take(() => signerOf(input, kid))
  if (kid === undefined || sign === undefined) throw findings.error()
  return Object.freeze({ kid, assertion: (request: AssertionRequest) => signedAssertion(kid, sign, request) })
}

/** An assertion to sign, and its key. */
export interface SignAssertionInput extends AssertionRequest {
  /** The result of `assertionKey`. */
  readonly key: AssertionKey
}

/**
 * Signs an assertion: a JWT that authenticates the channel at LINE's token endpoints.
 *
 * It is valid for at most 30 minutes, and the requested token for at most 30 days (2,592,000 seconds). Create a new assertion for each request.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 * @throws {LineInputError} when the channel ID or a lifetime is not valid, or the key cannot sign.
 */
export async function signAssertion(input: SignAssertionInput): Promise<string> {
  checkOptions('signAssertion', input, {})
  const { key, ...request } = input
  if (typeof key?.assertion !== 'function') refuse('key', kindOf(key), { allowed: 'the result of assertionKey()' })
  return key.assertion(request)
}

const longestAssertion = 1800
const longestToken = 2_592_000
// A modulus of 2048 bits.
const signatureBytes = 256

function seconds(path: string, value: number, most: number): Problem[] {
  if (Number.isInteger(value) && value >= 1 && value <= most) return []
  const found = typeof value === 'number' ? String(value) : `a ${typeof value}`
  const allowed = `an integer from 1 to ${most}, in seconds`
  return [{ path, found, allowed, message: `${path} must be ${allowed}; found ${found}` }]
}

/**
 * Creates the claims of an assertion.
 *
 * @throws {LineInputError} with every value that LINE would reject in `problems`.
 */
export function assertionClaims(request: AssertionRequest): AssertionClaims {
  checkOptions('assertion', request, {})
  const { tokenLifetime = longestToken, expiresIn = 900, now = Date.now() } = request
  const findings = new Findings()
  const channelId = findings.take(() => parseChannelId(request.channelId))
  findings.problems.push(
    ...seconds('tokenLifetime', tokenLifetime, longestToken),
    ...seconds('expiresIn', expiresIn, longestAssertion),
  )
  if (!Number.isFinite(now)) {
    const allowed = 'a time in milliseconds since 1970'
    findings.problems.push({
      path: 'now',
      found: String(now),
      allowed,
      message: `now must be ${allowed}; found ${String(now)}`,
    })
  }
  if (channelId === undefined || findings.problems.length > 0) throw findings.error()
  const exp = Math.floor(now / 1000) + expiresIn
  return { iss: channelId, sub: channelId, aud: 'https://api.line.me/', exp, token_exp: tokenLifetime }
}

/** Signs bytes with RS256, with a local or a remote key. */
export type Signer = (signingInput: Uint8Array<ArrayBuffer>) => Promise<Uint8Array | ArrayBuffer>

function signatureOf(answer: unknown, kid: string): Uint8Array {
  const bytes = ArrayBuffer.isView(answer)
    ? new Uint8Array(answer.buffer, answer.byteOffset, answer.byteLength)
    : answer instanceof ArrayBuffer
      ? new Uint8Array(answer)
      : undefined
  if (bytes?.length === signatureBytes) return bytes
  const found = bytes ? `${bytes.length} bytes` : kindOf(answer)
  const allowed = `${signatureBytes} bytes: an RSASSA-PKCS1-v1_5 signature with SHA-256 and a 2048-bit RSA key`
  const message = `sign must return ${allowed}; it returned ${found} for key ${kid}`
  throw new LineInputError(message, { problems: [{ path: 'sign', found, allowed, message }] })
}

/** Creates the JWT of an assertion. */
export async function signedAssertion(kid: string, sign: Signer, request: AssertionRequest): Promise<string> {
  const claims = assertionClaims(request)
  const input = `${encode(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid }))}.${encode(JSON.stringify(claims))}`
  const signature = await sign(new TextEncoder().encode(input))
  return `${input}.${encode(signatureOf(signature, kid))}`
}
