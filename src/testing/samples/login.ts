import type * as loginOperations from '../../login/operations.js'
import type * as tokenOperations from '../../tokens/operations.js'
import {
  channelId,
  daySeconds,
  displayName,
  done,
  newYear,
  pictureUrl,
  type SampleResponses,
  userId,
} from './values.js'

/** A sample response for every operation of LINE Login and of channel access tokens. */
export const login: SampleResponses<typeof loginOperations & typeof tokenOperations> = {
  // LINE Login
  issueUserToken: () => ({
    access_token: 'eyJhbGciOiJIUzI1NiJ9.user.token',
    expires_in: 30 * daySeconds,
    // A placeholder: it has no valid signature and no claims.
    id_token: 'eyJhbGciOiJIUzI1NiJ9.id.token',
    refresh_token: 'aBcDeFgHiJkLmNoPqRsT',
    scope: 'profile openid',
    token_type: 'Bearer',
  }),
  refreshUserToken: () => ({
    access_token: 'eyJhbGciOiJIUzI1NiJ9.user.token2',
    expires_in: 30 * daySeconds,
    refresh_token: 'aBcDeFgHiJkLmNoPqRsT',
    scope: 'profile openid',
    token_type: 'Bearer',
  }),
  verifyUserToken: () => ({ scope: 'profile openid', client_id: channelId, expires_in: 2_591_659 }),
  revokeUserToken: done,
  deauthorizeUser: done,
  verifyUserIdToken: () => ({
    iss: 'https://access.line.me',
    sub: userId,
    aud: channelId,
    exp: newYear + 3600,
    iat: newYear,
    nonce: '0987654asdf',
    amr: ['pwd'],
    name: displayName,
    picture: pictureUrl,
    email: 'mika@example.com',
  }),
  getUserInfo: () => ({ sub: userId, name: displayName, picture: pictureUrl }),
  getUserInfoByPost: () => ({ sub: userId, name: displayName, picture: pictureUrl }),
  getUserProfile: () => ({ userId, displayName, pictureUrl, statusMessage: 'Hello, LINE!' }),
  getFriendshipStatus: () => ({ friendFlag: true }),
  getIdTokenKeys: () => ({
    keys: [
      {
        kty: 'EC',
        kid: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
        alg: 'ES256',
        use: 'sig',
        crv: 'P-256',
        x: 'hzAqD34r4e8UBvXgBw2wlQM5INxY1-_lMEZxEnHZvDo',
        y: 'X0V4zVitfc-Dt5kLeDFRPQxaV10MiXEEnpTDceoFB8Q',
      },
    ],
  }),
  getOpenIdConfiguration: () => ({
    issuer: 'https://access.line.me',
    authorization_endpoint: 'https://access.line.me/oauth2/v2.1/authorize',
    token_endpoint: 'https://api.line.me/oauth2/v2.1/token',
    revocation_endpoint: 'https://api.line.me/oauth2/v2.1/revoke',
    userinfo_endpoint: 'https://api.line.me/oauth2/v2.1/userinfo',
    scopes_supported: ['openid', 'profile', 'email'],
    jwks_uri: 'https://api.line.me/oauth2/v2.1/certs',
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
  }),
  // Channel access tokens
  issueStatelessChannelToken: () => ({
    access_token: 'eyJhbGciOiJIUzI1NiJ9.stateless.token',
    expires_in: 900,
    token_type: 'Bearer',
  }),
  issueChannelTokenByJWT: () => ({
    access_token: 'eyJhbGciOiJIUzI1NiJ9.v21.token',
    expires_in: 2_592_000,
    token_type: 'Bearer',
    key_id: 'aB3dE5fG7hI9jK1lM3nO5p',
  }),
  getsAllValidChannelAccessTokenKeyIds: () => ({ kids: ['aB3dE5fG7hI9jK1lM3nO5p', 'bR9_kT2vQm0LxWd7YhUaZg'] }),
  verifyChannelTokenByJWT: () => ({ client_id: channelId, expires_in: 2_591_659, scope: 'profile chat_message.write' }),
  revokeChannelTokenByJWT: done,
  issueChannelToken: () => ({
    access_token: 'W1TeHCgfH2Liwa/short+lived/token=',
    expires_in: 2_592_000,
    token_type: 'Bearer',
  }),
  verifyChannelToken: () => ({ client_id: channelId, expires_in: 2_591_659, scope: 'P CM' }),
  revokeChannelToken: done,
}
