import type { Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Exchanges an authorization code for the tokens of a user. A code expires after 10 minutes, and works once, even if the exchange fails.
 *
 * @see https://developers.line.biz/en/reference/line-login/#issue-access-token
 */
export const issueUserToken: Operation<T.IssueUserTokenInput, T.IssuedUserToken> = {
  method: 'POST',
  path: '/oauth2/v2.1/token',
  body: 'form',
  auth: 'none',
  repeat: 'never',
  when: { grant_type: 'authorization_code' },
  onLostResponse: 'error',
  docs: 'line-login/#issue-access-token',
}

/**
 * Exchanges a refresh token for a new access token. The refresh token stays the same, and still expires 90 days after the login.
 *
 * @see https://developers.line.biz/en/reference/line-login/#refresh-access-token
 */
export const refreshUserToken: Operation<T.RefreshUserTokenInput, T.RefreshedUserToken> = {
  method: 'POST',
  path: '/oauth2/v2.1/token',
  body: 'form',
  auth: 'none',
  repeat: 'safe',
  when: { grant_type: 'refresh_token' },
  onLostResponse: 'error',
  docs: 'line-login/#refresh-access-token',
}

/**
 * Gets the channel, the scopes and the remaining lifetime of a user access token. LINE rejects an invalid token with 400.
 *
 * The token may belong to another channel, so check `client_id` and `expires_in` before you trust it.
 *
 * @see https://developers.line.biz/en/reference/line-login/#verify-access-token
 */
export const verifyUserToken: Operation<T.UserTokenInput, T.VerifiedUserToken> = {
  method: 'GET',
  path: '/oauth2/v2.1/verify',
  query: { access_token: 'string' },
  auth: 'none',
  repeat: 'safe',
  docs: 'line-login/#verify-access-token',
}

/**
 * Revokes a user access token.
 *
 * @see https://developers.line.biz/en/reference/line-login/#revoke-access-token
 */
export const revokeUserToken: Operation<T.RevokeUserTokenInput, Record<string, never>> = {
  method: 'POST',
  path: '/oauth2/v2.1/revoke',
  body: 'form',
  auth: 'none',
  repeat: 'safe',
  docs: 'line-login/#revoke-access-token',
}

/**
 * Deauthorizes the channel for a user. LINE rejects it with 400 if it was done before.
 *
 * Requires a stateless channel access token or a channel access token v2.1 of the Login channel.
 *
 * @see https://developers.line.biz/en/reference/line-login/#deauthorize
 */
export const deauthorizeUser: Operation<T.DeauthorizeUserInput, Record<string, never>> = {
  method: 'POST',
  path: '/user/v1/deauthorize',
  auth: 'login-channel',
  tokens: ['stateless', 'v2.1'],
  repeat: 'never',
  docs: 'line-login/#deauthorize',
}

/**
 * Verifies an ID token with LINE and returns its claims.
 *
 * @see https://developers.line.biz/en/reference/line-login/#verify-id-token
 */
export const verifyUserIdToken: Operation<T.VerifyUserIdTokenInput, T.IdTokenClaims> = {
  method: 'POST',
  path: '/oauth2/v2.1/verify',
  body: 'form',
  auth: 'none',
  repeat: 'safe',
  onLostResponse: 'error',
  docs: 'line-login/#verify-id-token',
}

/**
 * Gets the user ID, and the display name and image, with a user access token that has the scope `openid`. The email address is never included.
 *
 * @see https://developers.line.biz/en/reference/line-login/#userinfo
 */
export const getUserInfo: Operation<Record<string, never>, T.UserInfo> = {
  method: 'GET',
  path: '/oauth2/v2.1/userinfo',
  auth: 'user',
  repeat: 'safe',
  docs: 'line-login/#userinfo',
}

/**
 * Does what {@link getUserInfo} does, with POST, which OpenID Connect also allows. The request has no body.
 *
 * @see https://developers.line.biz/en/reference/line-login/#userinfo
 */
export const getUserInfoByPost: Operation<Record<string, never>, T.UserInfo> = {
  method: 'POST',
  path: '/oauth2/v2.1/userinfo',
  body: 'none',
  auth: 'user',
  repeat: 'safe',
  onLostResponse: 'error',
  docs: 'line-login/#userinfo',
}

/**
 * Gets the main profile of a user, with a user access token that has the scope `profile`.
 *
 * @see https://developers.line.biz/en/reference/line-login/#get-user-profile
 */
export const getUserProfile: Operation<Record<string, never>, T.UserProfile> = {
  method: 'GET',
  path: '/v2/profile',
  auth: 'user',
  repeat: 'safe',
  docs: 'line-login/#get-user-profile',
}

/**
 * Gets whether a user is a friend of the Official Account that is linked to the Login channel, with a user access token that has the scope
 * `profile`.
 *
 * @see https://developers.line.biz/en/reference/line-login/#get-friendship-status
 */
export const getFriendshipStatus: Operation<Record<string, never>, T.FriendshipStatus> = {
  method: 'GET',
  path: '/friendship/v1/status',
  auth: 'user',
  repeat: 'safe',
  docs: 'line-login/#get-friendship-status',
}

/**
 * Gets LINE's public keys for ID tokens signed with ES256.
 *
 * @see https://developers.line.biz/en/docs/line-login/verify-id-token/#signature
 */
export const getIdTokenKeys: Operation<Record<string, never>, T.IdTokenKeySet> = {
  method: 'GET',
  path: '/oauth2/v2.1/certs',
  auth: 'none',
  repeat: 'safe',
  docs: 'line-login/#verify-id-token',
}

/**
 * Gets the OpenID Connect discovery document of LINE Login.
 *
 * @see https://developers.line.biz/en/docs/line-login/verify-id-token/#signature
 */
export const getOpenIdConfiguration: Operation<Record<string, never>, T.OpenIdConfiguration> = {
  method: 'GET',
  host: 'access',
  path: '/.well-known/openid-configuration',
  auth: 'none',
  repeat: 'safe',
  docs: 'line-login/#verify-id-token',
}
