import type * as operations from '../../login/operations.js'
import type { UserInfo } from '../../login/types.js'
import { reachesFriend } from '../chat/chat.js'
import { type Handlers, type LoginChannelCall, type OpenCall, Reply, type UserCall } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { oauth } from '../platform/words.js'
import type { LoginChannelState } from '../state.js'
import { userIdOf, type World } from '../world.js'
import { checkIdToken, publicKeys, signIdToken } from './id-token.js'
import {
  consentOf,
  findUserToken,
  issueRefreshToken,
  issueUserToken,
  liveRefreshToken,
  scopeText,
  takeCode,
  type UserToken,
  withdrawConsent,
} from './ledger.js'
import { isLineHost } from './origin.js'
import { fitsChallenge } from './pkce.js'
import { loginSettings } from './settings.js'
import { loginWords, userWords } from './words.js'

const isJws = (text: string) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)

function loginChannel({ channels }: World, channelId: string): LoginChannelState {
  const channel = channels.get(channelId)
  return channel?.kind === 'login' ? channel : refuse(400, oauth.clientId)
}

/** The channel behind a request that only some channels must prove: LINE ignores the secret where the channel has a mobile app. */
function channelBehind(world: World, channelId: string, secret: string | undefined): LoginChannelState {
  const channel = loginChannel(world, channelId)
  if (loginSettings(channel).appTypes.includes('mobile')) return channel
  if (secret === undefined) return refuse(400, oauth.parameters)
  return secret === channel.channelSecret ? channel : refuse(400, oauth.clientSecret)
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

/** The operations that take no token in their header. */
export type OpenOperations = Pick<
  typeof operations,
  | 'issueUserToken'
  | 'refreshUserToken'
  | 'verifyUserToken'
  | 'revokeUserToken'
  | 'verifyUserIdToken'
  | 'getIdTokenKeys'
  | 'getOpenIdConfiguration'
>

/** Issues, refreshes, verifies and revokes the tokens of users, and tells how ID tokens are checked. */
export const openHandlers: Handlers<OpenOperations, OpenCall> = {
  async issueUserToken({ code: text, redirect_uri, client_id, client_secret, code_verifier }, { world, now }) {
    // Before anything is looked at: a code is used up even by an exchange that fails.
    const code = takeCode(world, text)
    const channel = loginChannel(world, client_id)
    if (client_secret !== channel.channelSecret) refuse(400, oauth.clientSecret)
    if (code?.channel !== channel) return refuse(400, loginWords.code)
    if (redirect_uri !== code.redirectUri) refuse(400, loginWords.redirectUri)
    if (!(await fitsChallenge(code_verifier, code.codeChallenge))) refuse(400, loginWords.verifier)
    const answer = issued(issueUserToken(world, code), issueRefreshToken(world, code).token, now)
    return code.scopes.includes('openid')
      ? { ...answer, id_token: await signIdToken(world, code, code, 'web') }
      : answer
  },

  refreshUserToken({ refresh_token, client_id, client_secret }, { world, now }) {
    const channel = channelBehind(world, client_id, client_secret)
    const refresh = liveRefreshToken(world, refresh_token)
    if (refresh?.channel !== channel) return refuse(400, loginWords.refreshToken)
    return issued(issueUserToken(world, refresh), refresh.token, now)
  },

  verifyUserToken({ access_token }, { world, now }) {
    const token = findUserToken(world, access_token)
    if (!token) return refuse(400, isJws(access_token) ? oauth.malformed : oauth.notJws)
    if (token.revoked) refuse(400, oauth.revoked)
    if (token.expiresAt <= now) refuse(400, oauth.expired)
    return { scope: scopeText(token.scopes), client_id: token.channel.channelId, expires_in: secondsLeft(token, now) }
  },

  revokeUserToken({ access_token, client_id, client_secret }, { world }) {
    const channel = channelBehind(world, client_id, client_secret)
    if (!isJws(access_token)) refuse(400, oauth.notJws)
    const token = findUserToken(world, access_token)
    if (token?.channel === channel) token.revoked = true
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
    const url = new URL(request.url)
    // On a port all hosts are behind one address. The issuer stays LINE's, as in the ID tokens.
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
      // Web logins get HS256 all the same.
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
    }
  },
}

/** The operations that take a user's token. */
export type UserOperations = Pick<
  typeof operations,
  'getUserInfo' | 'getUserInfoByPost' | 'getUserProfile' | 'getFriendshipStatus'
>

function needs({ userToken }: UserCall, scope: string): void {
  if (!userToken.scopes.includes(scope)) refuse(403, userWords.scope)
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

/** Tells a channel about the user whose token it presents. */
export const userHandlers: Handlers<UserOperations, UserCall> = {
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
    // What LINE says where no account is linked is not known.
    return channel.linkedAccount
      ? { friendFlag: reachesFriend(channel.linkedAccount, person) }
      : refuse(400, userWords.noLinkedAccount)
  },
}

/** The operation that takes a token of the Login channel. */
export type ChannelOperations = Pick<typeof operations, 'deauthorizeUser'>

/** Takes back what a user granted. */
export const channelHandlers: Handlers<ChannelOperations, LoginChannelCall> = {
  deauthorizeUser({ userAccessToken }, { world, channel, now }) {
    const token = findUserToken(world, userAccessToken)
    const alive = token?.channel === channel && !token.revoked && now < token.expiresAt
    if (!alive || !consentOf(channel, token.person).size) return refuse(400, userWords.invalidToken)
    withdrawConsent(world, channel, token.person)
    return new Reply<Record<string, never>>({}, { status: 204, empty: true })
  },
}
