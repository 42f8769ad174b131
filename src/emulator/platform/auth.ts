import type { Auth, TokenKind } from '../../core/operation.js'
import * as moduleOperations from '../../module/operations.js'
import { findUserToken } from '../login/state.js'
import { attachments } from '../module/attachments.js'
import type { AccountState, ModuleChannelState, Token } from '../state.js'
import { findToken } from '../tokens/state.js'
import { errorMessages } from './error-messages.js'
import type { BotCall, LoginChannelCall, ModuleCall, OpenCall, UserCall } from './handler.js'
import { refuse } from './refusal.js'

// LINE answers the same for a revoked token as for an unknown one, but differently for an expired one.
const invalid = errorMessages.authentication('invalid token')
const expired = errorMessages.authentication('access token expired')

// Whose tokens LINE takes.
const channels: { readonly [auth in Auth]?: 'messaging' | 'login' } = { channel: 'messaging', 'login-channel': 'login' }

const bearer = ({ request }: OpenCall) => /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]

function presented(call: OpenCall): Token {
  const token = findToken(call.world, bearer(call) ?? '')
  return !token || 'end' in token ? refuse(401, token?.end === 'expired' ? expired : invalid) : token
}

function byUser(call: OpenCall): UserCall {
  const userToken = findUserToken(call.world, bearer(call) ?? '')
  if (!userToken || 'end' in userToken) return refuse(401, userToken?.end === 'expired' ? expired : invalid)
  return { ...call, userToken }
}

const forModules: readonly TokenKind[] = ['stateless', 'v2.1', 'short-lived']

/** The account that a module channel names, where it is attached to it. */
function namedAccount({ request }: OpenCall, channel: ModuleChannelState): AccountState | undefined {
  const botId = request.headers.get(channel.botIdHeader)
  return [...attachments(channel).keys()].find(({ userId }) => userId === botId)
}

const ofModules = (call: OpenCall) => Object.values<object>(moduleOperations).includes(call.operation)

function byModule(call: OpenCall, channel: ModuleChannelState, token: Token): ModuleCall | BotCall {
  if (!forModules.includes(token.kind)) refuse(401, invalid)
  const account = namedAccount(call, channel)
  if (ofModules(call)) return { ...call, token, channel, account }
  return account
    ? { ...call, token, channel: account.channel, account, module: channel }
    : refuse(403, errorMessages.notAvailable)
}

/** Authenticates a call, or refuses it. */
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
  if (channels[auth] !== channel.kind) return refuse(403, errorMessages.notAvailable)
  return channel.kind === 'messaging'
    ? { ...call, token, channel, account: channel.account }
    : { ...call, token, channel }
}
