import type { Candidate } from '../../core/call/match.js'
import { codeChallenge } from '../../core/hash.js'
import * as operations from '../../login/operations.js'
import type { UserInfo } from '../../login/types.js'
import { reachesFriend } from '../chat.js'
import { isJws } from '../jwt.js'
import { oauthErrors } from '../platform/error-messages.js'
import {
  type Handlers,
  type LoginChannelCall,
  type OpenCall,
  Reply,
  type Route,
  route,
  type UserCall,
} from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import type { LoginChannelState } from '../state.js'
import { findToken } from '../tokens/state.js'
import { userIdOf, type World } from '../world.js'
import { loginSettings } from './channel.js'
import { loginErrors, userMessages } from './error-messages.js'
import { checkIdToken, publicKeys, signIdToken } from './id-token.js'
import { isLineHost } from './request.js'
import {
  consentOf,
  findUserToken,
  issueRefreshToken,
  issueUserToken,
  liveRefreshToken,
  revokeUserToken,
  scopeText,
  takeCode,
  type UserToken,
  withdrawConsent,
} from './state.js'

function loginChannel({ channels }: World, channelId: string): LoginChannelState {
  const channel = channels.get(channelId)
  return channel?.kind === 'login' ? channel : refuse(400, oauthErrors.clientId)
}

/** The channel behind a request that only some channels must prove: LINE ignores the secret where the channel has a mobile app. */
function channelBehind(world: World, channelId: string, secret: string | undefined): LoginChannelState {
  const channel = loginChannel(world, channelId)
  if (loginSettings(channel).appTypes.includes('mobile')) return channel
  if (secret === undefined) return refuse(400, oauthErrors.parameters)
  return secret === channel.channelSecret ? channel : refuse(400, oauthErrors.clientSecret)
}

const secondsLeft = ({ expiresAt }: UserToken, now: number) => Math.ceil((expiresAt - now) / 1000)

/** A user's token as LINE answers with it. */
function issued(token: UserToken, refreshToken: string, now: number) {
  return {
    access_token: token.token,
    expires_in: secondsLeft(token, now),
    refresh_token: refreshToken,
    scope: scopeText(token.scopes),
    token_type: 'Bearer',
  }
}

/** Issues, refreshes, verifies and revokes the tokens of users, and tells how ID tokens are checked. */
const openHandlers = {
  async issueUserToken({ code: text, redirect_uri, client_id, client_secret, code_verifier }, { world, now }) {
    // Taken first, because even a failed exchange uses up the code.
    const code = takeCode(world, text)
    const channel = loginChannel(world, client_id)
    if (client_secret !== channel.channelSecret) refuse(400, oauthErrors.clientSecret)
    if (code?.channel !== channel) return refuse(400, loginErrors.code)
    if (redirect_uri !== code.redirectUri) refuse(400, loginErrors.redirectUri)
    if (!(await fitsChallenge(code_verifier, code.codeChallenge))) refuse(400, loginErrors.verifier)
    const answer = issued(issueUserToken(world, code), issueRefreshToken(world, code).token, now)
    return code.scopes.includes('openid')
      ? { ...answer, id_token: await signIdToken(world, code, code, 'web') }
      : answer
  },

  refreshUserToken({ refresh_token, client_id, client_secret }, { world, now }) {
    const channel = channelBehind(world, client_id, client_secret)
    const refresh = liveRefreshToken(world, refresh_token)
    if (refresh?.channel !== channel) return refuse(400, loginErrors.refreshToken)
    return issued(issueUserToken(world, refresh), refresh.token, now)
  },

  verifyUserToken({ access_token }, { world, now }) {
    const token = findUserToken(world, access_token)
    if (!token) return refuse(400, isJws(access_token) ? oauthErrors.malformed : oauthErrors.notJws)
    if ('end' in token) return refuse(400, oauthErrors[token.end])
    return { scope: scopeText(token.scopes), client_id: token.channel.channelId, expires_in: secondsLeft(token, now) }
  },

  revokeUserToken({ access_token, client_id, client_secret }, { world }) {
    const channel = channelBehind(world, client_id, client_secret)
    if (!isJws(access_token)) refuse(400, oauthErrors.notJws)
    const token = findUserToken(world, access_token)
    if (token?.channel === channel) revokeUserToken(world, access_token)
    return new Reply<Record<string, never>>({}, { empty: true })
  },

  verifyUserIdToken(input, { world }) {
    loginChannel(world, input.client_id)
    return checkIdToken(world, input)
  },

  async getIdTokenKeys(_, { world }) {
    return { keys: await publicKeys(world) }
  },

  getOpenIdConfiguration(_, { request }) {
    const { url } = request
    // A server has one origin for all hosts. The issuer stays LINE's, as in the ID tokens.
    const [access, api] = isLineHost(url) ? ['https://access.line.me', 'https://api.line.me'] : [url.origin, url.origin]
    return {
      issuer: 'https://access.line.me',
      authorization_endpoint: `${access}/oauth2/v2.1/authorize`,
      token_endpoint: `${api}/oauth2/v2.1/token`,
      revocation_endpoint: `${api}/oauth2/v2.1/revoke`,
      userinfo_endpoint: `${api}/oauth2/v2.1/userinfo`,
      scopes_supported: ['openid', 'profile', 'email'],
      jwks_uri: `${api}/oauth2/v2.1/certs`,
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      // LINE lists ES256 only, although web logins get HS256.
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
    }
  },
} satisfies Partial<Handlers<typeof operations, OpenCall>>

function needs({ userToken }: UserCall, scope: string): void {
  if (!userToken.scopes.includes(scope)) refuse(403, userMessages.scope)
}

function userInfo(_: object, call: UserCall): UserInfo {
  needs(call, 'openid')
  const { person, channel, scopes } = call.userToken
  const { displayName, pictureUrl } = person
  const profile = scopes.includes('profile') && {
    name: displayName,
    ...(pictureUrl !== undefined && { picture: pictureUrl }),
  }
  return { sub: userIdOf(person, channel.provider), ...profile }
}

/** Returns information about the user of an access token. */
const userHandlers = {
  getUserInfo: userInfo,
  getUserInfoByPost: userInfo,

  getUserProfile(_, call) {
    needs(call, 'profile')
    const { person, channel } = call.userToken
    const { displayName, pictureUrl, statusMessage } = person
    return {
      userId: userIdOf(person, channel.provider),
      displayName,
      ...(pictureUrl !== undefined && { pictureUrl }),
      ...(statusMessage !== undefined && { statusMessage }),
    }
  },

  getFriendshipStatus(_, call) {
    needs(call, 'profile')
    const { person, channel } = call.userToken
    // LINE does not document its answer when no account is linked.
    return channel.linkedAccount
      ? { friendFlag: reachesFriend(channel.linkedAccount, person) }
      : refuse(400, userMessages.noLinkedAccount)
  },
} satisfies Partial<Handlers<typeof operations, UserCall>>

/** Revokes the consent of a user. */
const channelHandlers = {
  deauthorizeUser({ userAccessToken }, { world, channel }) {
    const token = findUserToken(world, userAccessToken)
    const isUsable = token?.channel === channel && !('end' in token)
    if (!isUsable || !consentOf(channel, token.person).size) return refuse(400, userMessages.invalidToken)
    withdrawConsent(world, channel, token.person)
    return new Reply<Record<string, never>>({}, { status: 204, empty: true })
  },
} satisfies Partial<Handlers<typeof operations, LoginChannelCall>>

/**
 * Chooses the operation that a request is meant for where a channel's tokens and those of users share one path: by whose token it is, and
 * for an unknown token by the channel that asks.
 */
export function chooseByToken(world: World, candidates: readonly Candidate[]): Candidate | undefined {
  const [first] = candidates
  const ofUsers = candidates.find(
    ({ operation }) => operation === operations.verifyUserToken || operation === operations.revokeUserToken,
  )
  if (!first || !ofUsers || candidates.length < 2) return first
  const { access_token: token, client_id: channelId } = ofUsers.input ?? {}
  const text = String(token)
  const isUsers =
    findUserToken(world, text) || (!findToken(world, text) && world.channels.get(String(channelId))?.kind === 'login')
  return isUsers ? ofUsers : (candidates.find((candidate) => candidate !== ofUsers) ?? first)
}

/** Whether a verifier matches a challenge. Without a challenge there must be no verifier. */
async function fitsChallenge(verifier: string | undefined, challenge: string | undefined): Promise<boolean> {
  if (verifier === undefined || challenge === undefined) return verifier === challenge
  return (await codeChallenge(verifier)) === challenge
}

/** What LINE does at the operations of this topic, apart from its pages. */
export const routes: readonly Route[] = [
  ...route('none', operations, openHandlers),
  ...route('user', operations, userHandlers),
  ...route('login-channel', operations, channelHandlers),
]
