import { fromBase64url } from '../../core/base64url.js'
import type { AssertionPublicJwk } from '../../keys/types.js'
import * as operations from '../../tokens/operations.js'
import type { IssuedToken } from '../../tokens/types.js'
import { isJws, readPart } from '../jwt.js'
import { assumedMessages, errorMessages, oauthErrors } from '../platform/error-messages.js'
import { type Handlers, type OpenCall, Reply, type Route, route } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import type { Channel, Token } from '../state.js'
import type { World } from '../world.js'
import {
  type EndedToken,
  findToken,
  issueShortLived,
  issueStateless,
  issueV21,
  revokeToken,
  secondsLeft,
  usableTokens,
} from './state.js'

const isBase64 = (text: string) => /^[A-Za-z0-9+/]{100,}={0,2}$/.test(text)

// For a token that never ends LINE answers with seconds beyond 32 bits; this is the number in its reference.
const forever = 3_138_007_490

function issued(token: Token): IssuedToken {
  return { access_token: token.token, expires_in: secondsLeft(token, token.issuedAt), token_type: 'Bearer' }
}

function channelBySecret({ channels }: World, channelId: string, channelSecret: string): Channel {
  const channel = channels.get(channelId)
  if (!channel) return refuse(400, oauthErrors.clientId)
  return channel.channelSecret === channelSecret ? channel : refuse(400, oauthErrors.clientSecret)
}

// LINE treats tokens of other kinds as unknown here. Its answer for stateless tokens is not documented.
function known(world: World, text: string, kinds: readonly Token['kind'][]): Token | EndedToken | undefined {
  const token = findToken(world, text)
  return token && kinds.includes(token.kind) ? token : undefined
}

const empty = () => new Reply<Record<string, never>>({}, { empty: true })

/** Issues, verifies, lists and revokes channel access tokens. */
const handlers: Handlers<typeof operations, OpenCall> = {
  async issueStatelessChannelToken(input, { world }) {
    if ('client_assertion' in input)
      return issued(issueStateless(world, (await readAssertion(world, input.client_assertion)).channel))
    const channel = world.channels.get(input.client_id)
    if (channel?.channelSecret !== input.client_secret) return refuse(400, oauthErrors.credentials)
    return issued(issueStateless(world, channel))
  },

  async issueChannelTokenByJWT({ client_assertion }, { world }) {
    const { channel, tokenLife } = await readAssertion(world, client_assertion)
    const token = issueV21(world, channel, tokenLife ?? refuse(400, assumedMessages.tokenExp))
    return { ...issued(token), key_id: token.keyId ?? '' }
  },

  async getsAllValidChannelAccessTokenKeyIds({ client_assertion }, { world }) {
    const { channel } = await readAssertion(world, client_assertion)
    return { kids: usableTokens(world, channel, 'v2.1').map(({ keyId }) => keyId ?? '') }
  },

  verifyChannelTokenByJWT({ access_token }, { world, now }) {
    const token = known(world, access_token, ['v2.1'])
    if (!token) return refuse(400, isJws(access_token) ? oauthErrors.malformed : oauthErrors.notJws)
    if ('end' in token) return refuse(400, oauthErrors[token.end])
    return { client_id: token.channel.channelId, expires_in: secondsLeft(token, now) }
  },

  revokeChannelTokenByJWT({ client_id, client_secret, access_token }, { world }) {
    const channel = channelBySecret(world, client_id, client_secret)
    if (!isJws(access_token)) refuse(400, oauthErrors.notJws)
    // LINE tells a token that it never issued from one that has ended, which can be revoked again.
    const token = known(world, access_token, ['v2.1']) ?? refuse(400, oauthErrors.malformed)
    if (token.channel === channel) revokeToken(world, access_token)
    return empty()
  },

  issueChannelToken({ client_id, client_secret }, { world }) {
    return issued(issueShortLived(world, channelBySecret(world, client_id, client_secret)))
  },

  verifyChannelToken({ access_token }, { world, now }) {
    const token = known(world, access_token, ['short-lived', 'long-lived'])
    if (!token) return refuse(400, isBase64(access_token) ? oauthErrors.invalid : oauthErrors.format)
    if ('end' in token) return refuse(400, oauthErrors.invalid)
    const left = Number.isFinite(token.expiresAt) ? secondsLeft(token, now) : forever
    return { client_id: token.channel.channelId, expires_in: left, scope: 'P CM' }
  },

  revokeChannelToken({ access_token }, { world }) {
    if (!isBase64(access_token)) refuse(400, oauthErrors.request)
    const token = known(world, access_token, ['short-lived', 'long-lived'])
    if (token) revokeToken(world, access_token)
    return empty()
  },
}

const longestAssertion = 30 * 60
const longestToken = 30 * 24 * 60 * 60
const audience = 'https://api.line.me/'
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

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
  const [head = '', body = '', tail = ''] = jwt.split('.')
  const [header, claims, signature] = [readPart(head), readPart(body), fromBase64url(tail)]
  if (!isJws(jwt) || !header || !claims || !signature || header['alg'] !== 'RS256')
    return refuse(400, assumedMessages.assertion)
  const { iss, sub, aud, exp, token_exp: tokenExp } = claims
  const key = keyBehind(world, header['kid'])
  if (!key) return refuse(404, errorMessages.noChannelKey)
  if (!(await isSigned(key.jwk, `${head}.${body}`, signature))) refuse(400, assumedMessages.signature)
  if (iss !== key.channel.channelId || sub !== iss) refuse(400, oauthErrors.keyOwner)
  if (aud !== audience) refuse(400, assumedMessages.aud)
  if (typeof exp !== 'number' || exp <= now || exp > now + longestAssertion) refuse(400, oauthErrors.exp)
  const lives = typeof tokenExp === 'number' && Number.isInteger(tokenExp) && tokenExp >= 1 && tokenExp <= longestToken
  return { channel: key.channel, tokenLife: lives ? tokenExp * 1000 : undefined }
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('none', operations, handlers)
