import type { Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Trades an authorization code for a user's tokens. A code works once, for 10 minutes, and is used up even by an exchange that fails.
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
  lost: 'error',
  docs: 'line-login/#issue-access-token',
}

/**
 * Trades a refresh token for a new access token. The refresh token stays the same and is not extended: 90 days after the login it ends.
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
  lost: 'error',
  docs: 'line-login/#refresh-access-token',
}

/**
 * Tells whose channel a user access token was issued for and how long it lives. LINE refuses one that is no longer valid (400).
 *
 * The token may be another channel's: look at `client_id` and `expires_in` before you believe it.
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
 * Ends a user access token at once.
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
 * Takes back, for a user, all that the user granted to the channel. LINE refuses when that was done before (400).
 *
 * It takes a stateless or v2.1 channel access token of the Login channel.
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
 * Has LINE check an ID token, and gives its claims.
 *
 * @see https://developers.line.biz/en/reference/line-login/#verify-id-token
 */
export const verifyUserIdToken: Operation<T.VerifyUserIdTokenInput, T.IdTokenClaims> = {
  method: 'POST',
  path: '/oauth2/v2.1/verify',
  body: 'form',
  auth: 'none',
  repeat: 'safe',
  lost: 'error',
  docs: 'line-login/#verify-id-token',
}

/**
 * Gets who a user is, by an access token with the scope `openid`. The e-mail address is never in it.
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
 * Gets who a user is, as {@link getUserInfo} does, by POST, which OpenID clients may choose as well. There is no body.
 *
 * @see https://developers.line.biz/en/reference/line-login/#userinfo
 */
export const getUserInfoByPost: Operation<Record<string, never>, T.UserInfo> = {
  method: 'POST',
  path: '/oauth2/v2.1/userinfo',
  body: 'none',
  auth: 'user',
  repeat: 'safe',
  lost: 'error',
  docs: 'line-login/#userinfo',
}

/**
 * Gets a user's main profile, by an access token with the scope `profile`.
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
 * Tells whether a user is a friend of the Official Account that is linked to the Login channel, by an access token with the scope `profile`.
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
 * Gets LINE's public keys for ID tokens under ES256.
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
 * Gets what LINE publishes about its login for OpenID clients.
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
