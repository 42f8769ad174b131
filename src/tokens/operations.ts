import type { Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Issues a stateless token: 15 minutes of life, no limit on their number, and no way to revoke one.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#issue-stateless-channel-access-token
 */
export const issueStatelessChannelToken: Operation<T.IssueStatelessChannelTokenInput, T.IssuedToken> = {
  method: 'POST',
  path: '/oauth2/v3/token',
  body: 'form',
  auth: 'none',
  repeat: 'safe',
  lost: 'error',
  docs: 'messaging-api/#issue-stateless-channel-access-token',
}

/**
 * Issues a v2.1 token, which lives as long as the JWT asks for, at most 30 days. A channel holds 30 of them; LINE refuses to issue one more (400).
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
  lost: 'error',
  docs: 'messaging-api/#issue-channel-access-token-v2-1',
}

/**
 * Lists the IDs of all v2.1 tokens that are valid now, by a JWT in the query.
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
 * Tells whose v2.1 token this is and how long it lives still. LINE refuses one that is no longer valid (400).
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
 * Ends a v2.1 token at once. To end one that is gone already changes nothing.
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
 * Issues a short-lived token: 30 days of life. A channel holds 30 of them; one more silently revokes the oldest.
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
  lost: 'error',
  docs: 'messaging-api/#issue-shortlived-channel-access-token',
}

/**
 * Tells whose short-lived or long-lived token this is and how long it lives still. LINE refuses one that is no longer valid (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#verify-channel-access-token
 */
export const verifyChannelToken: Operation<T.AccessTokenInput, T.VerifiedToken> = {
  method: 'POST',
  path: '/v2/oauth/verify',
  body: 'form',
  auth: 'none',
  repeat: 'safe',
  lost: 'error',
  docs: 'messaging-api/#verify-channel-access-token',
}

/**
 * Ends a short-lived or long-lived token at once. To end one that is gone already changes nothing.
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
