import { encode } from 'jose/base64url'
import type { Problem } from '../core/errors.js'
import { parseChannelId } from '../credentials/identifiers.js'
import { Findings, kindOf, refuse } from '../credentials/problems.js'
import type { AssertionClaims, AssertionRequest } from './types.js'

const longestAssertion = 1800
const longestToken = 2_592_000
// A modulus of 2048 bits.
const signatureBytes = 256

function seconds(path: string, value: number, most: number): Problem[] {
  if (Number.isInteger(value) && value >= 1 && value <= most) return []
  const found = typeof value === 'number' ? String(value) : `a ${typeof value}`
  const allowed = `a whole number of seconds from 1 to ${most}`
  return [{ path, found, allowed, message: `${path}: found ${found}; LINE takes ${allowed}` }]
}

/** Makes the claims of an assertion, or says everything that LINE would refuse about them. */
export function assertionClaims(request: AssertionRequest): AssertionClaims {
  const { tokenLifetime = longestToken, expiresIn = 900, now = Date.now() } = request
  const findings = new Findings()
  const channelId = findings.take(() => parseChannelId(request.channelId))
  findings.problems.push(
    ...seconds('tokenLifetime', tokenLifetime, longestToken),
    ...seconds('expiresIn', expiresIn, longestAssertion),
  )
  if (!Number.isFinite(now)) {
    const allowed = 'milliseconds since 1970'
    findings.problems.push({
      path: 'now',
      found: String(now),
      allowed,
      message: `now: found ${String(now)}; the time is ${allowed}`,
    })
  }
  if (channelId === undefined || findings.problems.length > 0) throw findings.error()
  const exp = Math.floor(now / 1000) + expiresIn
  return { iss: channelId, sub: channelId, aud: 'https://api.line.me/', exp, token_exp: tokenLifetime }
}

/** What signs bytes by RS256, here or elsewhere. */
export type Signer = (signingInput: Uint8Array<ArrayBuffer>) => Promise<Uint8Array | ArrayBuffer>

function signatureOf(answer: unknown, kid: string): Uint8Array {
  const bytes = ArrayBuffer.isView(answer)
    ? new Uint8Array(answer.buffer, answer.byteOffset, answer.byteLength)
    : answer instanceof ArrayBuffer
      ? new Uint8Array(answer)
      : undefined
  if (bytes?.length === signatureBytes) return bytes
  const found = bytes ? `${bytes.length} bytes` : kindOf(answer)
  const allowed = `${signatureBytes} bytes: RSASSA-PKCS1-v1_5 with SHA-256 by an RSA key of 2048 bits`
  return refuse('sign', found, { name: `the signature of key ${kid}`, allowed })
}

/** Makes the JWT of an assertion. */
export async function signedAssertion(kid: string, sign: Signer, request: AssertionRequest): Promise<string> {
  const claims = assertionClaims(request)
  const input = `${encode(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid }))}.${encode(JSON.stringify(claims))}`
  const signature = await sign(new TextEncoder().encode(input))
  return `${input}.${encode(signatureOf(signature, kid))}`
}
