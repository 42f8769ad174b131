import type { Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Issues a stateless channel access token. It lives for 15 minutes and cannot be revoked. The number of tokens is not limited.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#issue-stateless-channel-access-token
 */
export const issueStatelessChannelToken: Operation<T.IssueStatelessChannelTokenInput, T.IssuedToken> = {
  method: 'POST',
  path: '/oauth2/v3/token',
  body: 'form',
  auth: 'none',
  repeat: 'safe',
  onLostResponse: 'error',
  docs: 'messaging-api/#issue-stateless-channel-access-token',
}

/**
 * Issues a channel access token v2.1. Its lifetime is set in the JWT, at most 30 days. A channel can have 30 of them; LINE rejects a request for
 * one more with 400.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#issue-channel-access-token-v2-1
 */
export const issueChannelTokenByJWT: Operation<T.AssertionGrant, T.IssuedTokenV21> = {
  method: 'POST',
  path: '/oauth2/v2.1/token',
  body: 'form',
  auth: 'none',
  repeat: 'never',
  when: { grant_type: 'client_credentials' },
  onLostResponse: 'error',
  docs: 'messaging-api/#issue-channel-access-token-v2-1',
}

/**
 * Lists the key IDs of all valid channel access tokens v2.1. The JWT is sent in the query.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-all-valid-channel-access-token-key-ids-v2-1
 */
export const getsAllValidChannelAccessTokenKeyIds: Operation<T.AssertionProof, T.ValidTokenKeyIds> = {
  method: 'GET',
  path: '/oauth2/v2.1/tokens/kid',
  query: { client_assertion_type: 'string', client_assertion: 'string' },
  auth: 'none',
  repeat: 'safe',
  docs: 'messaging-api/#get-all-valid-channel-access-token-key-ids-v2-1',
}

/**
 * Gets the channel and the remaining lifetime of a channel access token v2.1. LINE rejects an invalid token with 400.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#verify-channel-access-token-v2-1
 */
export const verifyChannelTokenByJWT: Operation<T.AccessTokenInput, T.VerifiedToken> = {
  method: 'GET',
  path: '/oauth2/v2.1/verify',
  query: { access_token: 'string' },
  auth: 'none',
  repeat: 'safe',
  docs: 'messaging-api/#verify-channel-access-token-v2-1',
}

/**
 * Revokes a channel access token v2.1. Revoking it again has no effect.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#revoke-channel-access-token-v2-1
 */
export const revokeChannelTokenByJWT: Operation<T.RevokeChannelTokenByJWTInput, Record<string, never>> = {
  method: 'POST',
  path: '/oauth2/v2.1/revoke',
  body: 'form',
  auth: 'none',
  repeat: 'safe',
  docs: 'messaging-api/#revoke-channel-access-token-v2-1',
}

/**
 * Issues a short-lived channel access token, which lives for 30 days. A channel can have 30 of them; one more revokes the oldest without notice.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#issue-shortlived-channel-access-token
 */
export const issueChannelToken: Operation<T.ChannelSecretGrant, T.IssuedToken> = {
  method: 'POST',
  path: '/v2/oauth/accessToken',
  body: 'form',
  auth: 'none',
  repeat: 'never',
  rate: '370/s',
  onLostResponse: 'error',
  docs: 'messaging-api/#issue-shortlived-channel-access-token',
}

/**
 * Gets the channel and the remaining lifetime of a short-lived or long-lived channel access token. LINE rejects an invalid token with 400.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#verify-channel-access-token
 */
export const verifyChannelToken: Operation<T.AccessTokenInput, T.VerifiedToken> = {
  method: 'POST',
  path: '/v2/oauth/verify',
  body: 'form',
  auth: 'none',
  repeat: 'safe',
  onLostResponse: 'error',
  docs: 'messaging-api/#verify-channel-access-token',
}

/**
 * Revokes a short-lived or long-lived channel access token. Revoking it again has no effect.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#revoke-longlived-or-shortlived-channel-access-token
 */
export const revokeChannelToken: Operation<T.AccessTokenInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/oauth/revoke',
  body: 'form',
  auth: 'none',
  repeat: 'safe',
  docs: 'messaging-api/#revoke-longlived-or-shortlived-channel-access-token',
}
