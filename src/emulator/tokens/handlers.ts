import type * as operations from '../../tokens/operations.js'
import type { IssuedToken } from '../../tokens/types.js'
import { type Handlers, type OpenCall, Reply } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { oauth, ours } from '../platform/words.js'
import type { Channel, Token } from '../state.js'
import type { World } from '../world.js'
import { readAssertion } from './assertion.js'
import { aliveV21, isAlive, issueShortLived, issueStateless, issueV21, secondsLeft } from './ledger.js'

const isJws = (text: string) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
const isBase64 = (text: string) => /^[A-Za-z0-9+/]{100,}={0,2}$/.test(text)

// For a token that never ends LINE answers with seconds beyond 32 bits; this is the number in its reference.
const forever = 3_138_007_490

function issued(token: Token): IssuedToken {
  return { access_token: token.token, expires_in: secondsLeft(token, token.issuedAt), token_type: 'Bearer' }
}

function channelBySecret({ channels }: World, channelId: string, channelSecret: string): Channel {
  const channel = channels.get(channelId)
  if (!channel) return refuse(400, oauth.clientId)
  return channel.channelSecret === channelSecret ? channel : refuse(400, oauth.clientSecret)
}

// LINE lets nobody ask about a token of another kind here; what it says of stateless ones is not known.
function known({ tokens }: World, text: string, kinds: readonly Token['kind'][]): Token | undefined {
  const token = tokens.get(text)
  return token && kinds.includes(token.kind) ? token : undefined
}

const empty = () => new Reply<Record<string, never>>({}, { empty: true })

/** Issues, verifies, lists and revokes channel access tokens. */
export const handlers: Handlers<typeof operations, OpenCall> = {
  async issueStatelessChannelToken(input, { world }) {
    if ('client_assertion' in input)
      return issued(issueStateless(world, (await readAssertion(world, input.client_assertion)).channel))
    const channel = world.channels.get(input.client_id)
    if (channel?.channelSecret !== input.client_secret) return refuse(400, oauth.credentials)
    return issued(issueStateless(world, channel))
  },

  async issueChannelTokenByJWT({ client_assertion }, { world }) {
    const { channel, tokenLife } = await readAssertion(world, client_assertion)
    const token = issueV21(world, channel, tokenLife ?? refuse(400, ours.tokenExp))
    return { ...issued(token), key_id: token.keyId ?? '' }
  },

  async getsAllValidChannelAccessTokenKeyIds({ client_assertion }, { world }) {
    const { channel } = await readAssertion(world, client_assertion)
    return { kids: aliveV21(world, channel).map(({ keyId }) => keyId ?? '') }
  },

  verifyChannelTokenByJWT({ access_token }, { world, now }) {
    const token = known(world, access_token, ['v2.1'])
    if (!token) return refuse(400, isJws(access_token) ? oauth.malformed : oauth.notJws)
    if (token.revoked) refuse(400, oauth.revoked)
    if (!isAlive(token, now)) refuse(400, oauth.expired)
    return { client_id: token.channel.channelId, expires_in: secondsLeft(token, now) }
  },

  revokeChannelTokenByJWT({ client_id, client_secret, access_token }, { world }) {
    const channel = channelBySecret(world, client_id, client_secret)
    if (!isJws(access_token)) refuse(400, oauth.notJws)
    const token = known(world, access_token, ['v2.1'])
    if (token?.channel === channel) token.revoked = true
    return empty()
  },

  issueChannelToken({ client_id, client_secret }, { world }) {
    return issued(issueShortLived(world, channelBySecret(world, client_id, client_secret)))
  },

  verifyChannelToken({ access_token }, { world, now }) {
    const token = known(world, access_token, ['short-lived', 'long-lived'])
    if (!token) return refuse(400, isBase64(access_token) ? oauth.invalid : oauth.format)
    if (!isAlive(token, now)) refuse(400, oauth.invalid)
    const left = Number.isFinite(token.expiresAt) ? secondsLeft(token, now) : forever
    return { client_id: token.channel.channelId, expires_in: left, scope: 'P CM' }
  },

  revokeChannelToken({ access_token }, { world }) {
    if (!isBase64(access_token)) refuse(400, oauth.request)
    const token = known(world, access_token, ['short-lived', 'long-lived'])
    if (token) token.revoked = true
    return empty()
  },
}
