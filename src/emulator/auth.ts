import type { Auth } from '../core/operation.js'
import type { BotCall, LoginChannelCall, OpenCall } from './handler.js'
import { refuse } from './refusal.js'
import type { Token, TokenKind } from './state.js'
import { isAlive } from './tokens/ledger.js'
import { words } from './words.js'

const invalid = words.authentication('invalid token')

// Which kinds of tokens LINE takes, and of which kind of channel. Long-lived and v2.1 tokens are none for the API of Login channels.
const taken: { readonly [auth in Auth]?: { readonly channel: 'messaging' | 'login'; readonly kinds: readonly TokenKind[] } } = {
  channel: { channel: 'messaging', kinds: ['stateless', 'v2.1', 'short-lived', 'long-lived'] },
  'login-channel': { channel: 'login', kinds: ['stateless', 'short-lived'] },
}

function presented({ world, request, now }: OpenCall): Token {
  const text = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const token = text === undefined ? undefined : world.tokens.get(text)
  if (!token || token.revoked) return refuse(401, invalid)
  return isAlive(token, now) ? token : refuse(401, words.authentication('access token expired'))
}

/** Adds to a call whose it is, or refuses it. */
export function authenticate(call: OpenCall, auth: Auth): OpenCall | BotCall | LoginChannelCall {
  if (auth === 'none') return call
  const token = presented(call)
  const { channel, kind } = token
  const rule = taken[auth]
  if (!rule?.kinds.includes(kind)) return refuse(401, invalid)
  if (rule.channel !== channel.kind) return refuse(403, words.notAvailable)
  return channel.kind === 'messaging' ? { ...call, token, channel, account: channel.account } : { ...call, token, channel }
}
