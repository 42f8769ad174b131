import { fromBase64url, toBase64url } from '../../core/base64url.js'
import type { IdTokenClaims, IdTokenKey, VerifyUserIdTokenInput } from '../../login/types.js'
import { readPart, writePart } from '../jwt.js'
import { refuse } from '../platform/refusal.js'
import type { LoginChannelState } from '../state.js'
import { stateOf, userIdOf, type World } from '../world.js'
import { type IdTokenProblem, loginErrors } from './error-messages.js'
import type { Grant } from './state.js'

const issuer = 'https://access.line.me'
const life = 60 * 60
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const hmac = { name: 'HMAC', hash: 'SHA-256' }

interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}

// The key for LIFF and native apps, made when it is first needed.
const signingKey = stateOf<World, Promise<SigningKey>>(async (world) => {
  const kid = world.ids.hex(64)
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
  return { kid, privateKey, publicKey }
})

const secretKey = ({ channelSecret }: LoginChannelState) =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(channelSecret), hmac, false, ['sign', 'verify'])

/** What an ID token says beside who it is about. */
export interface IdTokenFacts {
  readonly nonce?: string | undefined
  readonly amr?: string | undefined
  /** In seconds since 1970. */
  readonly authTime?: number | undefined
}

function claimsOf(
  world: World,
  { person, channel, scopes }: Grant,
  { nonce, amr, authTime }: IdTokenFacts,
): IdTokenClaims {
  const iat = Math.floor(world.clock.now() / 1000)
  const { displayName, pictureUrl, email } = person
  return {
    iss: issuer,
    sub: userIdOf(person, channel.provider),
    aud: channel.channelId,
    exp: iat + life,
    iat,
    ...(authTime !== undefined && { auth_time: authTime }),
    ...(nonce !== undefined && { nonce }),
    ...(amr !== undefined && { amr: [amr] }),
    ...(scopes.includes('profile') && { name: displayName, ...(pictureUrl !== undefined && { picture: pictureUrl }) }),
    ...(scopes.includes('email') && email !== undefined && { email }),
  }
}

/** Signs an ID token: by the channel secret for web logins, by LINE's key for LIFF and native apps. */
export async function signIdToken(world: World, grant: Grant, facts: IdTokenFacts, to: 'web' | 'app'): Promise<string> {
  const { kid, privateKey } = await signingKey(world)
  const header = to === 'web' ? { typ: 'JWT', alg: 'HS256' } : { typ: 'JWT', alg: 'ES256', kid }
  const input = `${writePart(header)}.${writePart(claimsOf(world, grant, facts))}`
  const data = new TextEncoder().encode(input)
  const signature =
    to === 'web'
      ? await crypto.subtle.sign(hmac, await secretKey(grant.channel), data)
      : await crypto.subtle.sign(ecdsa, privateKey, data)
  return `${input}.${toBase64url(new Uint8Array(signature))}`
}

/** The public keys, as LINE lists them. */
export async function publicKeys(world: World): Promise<IdTokenKey[]> {
  const { kid, publicKey } = await signingKey(world)
  const { x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  return [{ kty: 'EC', alg: 'ES256', use: 'sig', kid, crv: 'P-256', ...(x && { x }), ...(y && { y }) }]
}

async function isSigned(
  world: World,
  token: readonly string[],
  channel: LoginChannelState | undefined,
): Promise<boolean> {
  const [head = '', body = '', tail = ''] = token
  const header = readPart(head)
  const signature = fromBase64url(tail)
  if (!header || !signature) return false
  const data = new TextEncoder().encode(`${head}.${body}`)
  if (header['alg'] === 'HS256')
    return channel !== undefined && crypto.subtle.verify(hmac, await secretKey(channel), signature, data)
  const { kid, publicKey } = await signingKey(world)
  return header['alg'] === 'ES256' && header['kid'] === kid && crypto.subtle.verify(ecdsa, publicKey, signature, data)
}

/** Checks an ID token as LINE does, and refuses it in LINE's words. */
export async function checkIdToken(
  world: World,
  { id_token, client_id, nonce, user_id }: VerifyUserIdTokenInput,
): Promise<IdTokenClaims> {
  const refused = (problem: IdTokenProblem): never => refuse(400, loginErrors[problem])
  const token = id_token.split('.')
  const read = token.length === 3 ? readPart(token[1] ?? '') : undefined
  if (!read) return refused('idToken')
  const issuedTo = world.channels.get(String(read['aud']))
  if (!(await isSigned(world, token, issuedTo?.kind === 'login' ? issuedTo : undefined))) return refused('idToken')
  const claims = read as object as IdTokenClaims // the emulator has signed them
  if (claims.iss !== issuer) return refused('issuer')
  if (claims.exp * 1000 <= world.clock.now()) return refused('expired')
  if (claims.aud !== client_id) return refused('audience')
  if (nonce !== undefined && claims.nonce !== nonce) return refused('nonce')
  if (user_id !== undefined && claims.sub !== user_id) return refused('subject')
  return claims
}
