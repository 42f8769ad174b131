import type { AssertionPublicJwk } from '../../keys/types.js'
import { refuse } from '../platform/refusal.js'
import { oauth, ours, words } from '../platform/words.js'
import type { Channel } from '../state.js'
import type { World } from '../world.js'

const longestAssertion = 30 * 60
const longestToken = 30 * 24 * 60 * 60
const audience = 'https://api.line.me/'
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

type Members = { readonly [name: string]: unknown }

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(base64url)) return undefined
  try {
    return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    )
  } catch {
    return undefined
  }
}

function membersOf(part: string): Members | undefined {
  const bytes = bytesOf(part)
  try {
    const value: unknown = bytes && JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function keyBehind(
  world: World,
  kid: unknown,
): { readonly channel: Channel; readonly jwk: AssertionPublicJwk } | undefined {
  for (const channel of world.channels.values()) {
    const jwk = typeof kid === 'string' ? channel.assertionKeys.get(kid) : undefined
    if (jwk) return { channel, jwk }
  }
  return undefined
}

async function isSigned(jwk: AssertionPublicJwk, input: string, signature: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify'])
  return crypto.subtle.verify(algorithm, key, signature, new TextEncoder().encode(input))
}

/** Whose assertion it is, and how long the token that it asks for is to live. */
export interface Assertion {
  readonly channel: Channel
  /** Milliseconds; `undefined` where the assertion does not say, or not in LINE's way. */
  readonly tokenLife: number | undefined
}

/** Checks an assertion as LINE does, and refuses in LINE's words. */
export async function readAssertion(world: World, jwt: string): Promise<Assertion> {
  const now = world.clock.now() / 1000
  const [head = '', body = '', tail = '', ...rest] = jwt.split('.')
  const [header, claims, signature] = [membersOf(head), membersOf(body), bytesOf(tail)]
  if (!header || !claims || !signature || rest.length || header['alg'] !== 'RS256') return refuse(400, ours.assertion)
  const { iss, sub, aud, exp, token_exp: tokenExp } = claims
  const key = keyBehind(world, header['kid'])
  if (!key) return refuse(404, words.noChannelKey)
  if (!(await isSigned(key.jwk, `${head}.${body}`, signature))) refuse(400, ours.signature)
  if (iss !== key.channel.channelId || sub !== iss) refuse(400, oauth.keyOwner)
  if (aud !== audience) refuse(400, ours.aud)
  if (typeof exp !== 'number' || exp <= now || exp > now + longestAssertion) refuse(400, oauth.exp)
  const lives = typeof tokenExp === 'number' && Number.isInteger(tokenExp) && tokenExp >= 1 && tokenExp <= longestToken
  return { channel: key.channel, tokenLife: lives ? tokenExp * 1000 : undefined }
}
