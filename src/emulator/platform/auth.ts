import type { Auth, TokenKind } from '../../core/operation.js'
import * as moduleOperations from '../../module/operations.js'
import { findUserToken } from '../login/ledger.js'
import { attachedTo } from '../module/channels.js'
import type { AccountState, ModuleChannelState, Token } from '../state.js'
import { isAlive } from '../tokens/ledger.js'
import type { BotCall, LoginChannelCall, ModuleCall, OpenCall, UserCall } from './handler.js'
import { refuse } from './refusal.js'
import { words } from './words.js'

const invalid = words.authentication('invalid token')

// Whose tokens LINE takes.
const channels: { readonly [auth in Auth]?: 'messaging' | 'login' } = { channel: 'messaging', 'login-channel': 'login' }

const bearer = ({ request }: OpenCall) => /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]

function presented(call: OpenCall): Token {
  const { world, now } = call
  const text = bearer(call)
  const token = text === undefined ? undefined : world.tokens.get(text)
  if (!token || token.revoked) return refuse(401, invalid)
  return isAlive(token, now) ? token : refuse(401, words.authentication('access token expired'))
}

function byUser(call: OpenCall): UserCall {
  const userToken = findUserToken(call.world, bearer(call) ?? '')
  if (!userToken || userToken.revoked) return refuse(401, invalid)
  return call.now < userToken.expiresAt
    ? { ...call, userToken }
    : refuse(401, words.authentication('access token expired'))
}

const forModules: readonly TokenKind[] = ['stateless', 'v2.1', 'short-lived']

/** The account that a module channel names, where it is attached to it. */
function namedAccount({ request }: OpenCall, channel: ModuleChannelState): AccountState | undefined {
  const botId = request.headers.get(channel.botIdHeader)
  return [...attachedTo(channel)].find(({ userId }) => userId === botId)
}

const ofModules = (call: OpenCall) => Object.values<object>(moduleOperations).includes(call.operation)

function byModule(call: OpenCall, channel: ModuleChannelState, token: Token): ModuleCall | BotCall {
  if (!forModules.includes(token.kind)) refuse(401, invalid)
  const account = namedAccount(call, channel)
  if (ofModules(call)) return { ...call, token, channel, account }
  return account ? { ...call, token, channel: account.channel, account } : refuse(403, words.notAvailable)
}

/** Adds to a call whose it is, or refuses it. */
export function authenticate(
  call: OpenCall,
  auth: Auth,
): OpenCall | BotCall | LoginChannelCall | ModuleCall | UserCall {
  if (auth === 'none') return call
  if (auth === 'user') return byUser(call)
  const token = presented(call)
  const { channel, kind } = token
  if (channel.kind === 'module' && auth === 'channel') return byModule(call, channel, token)
  if (call.operation.tokens?.includes(kind) === false) return refuse(401, invalid)
  if (channels[auth] !== channel.kind) return refuse(403, words.notAvailable)
  return channel.kind === 'messaging'
    ? { ...call, token, channel, account: channel.account }
    : { ...call, token, channel }
}
