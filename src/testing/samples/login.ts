import type * as operations from '../../login/operations.js'
import type { Answers } from './types.js'
import { channelId, daySeconds, displayName, done, newYear, pictureUrl, userId } from './values.js'

/** Answers about LINE Login. */
export const login: Answers<typeof operations> = {
  issueUserToken: () => ({
    access_token: 'eyJhbGciOiJIUzI1NiJ9.user.token',
    expires_in: 30 * daySeconds,
    // It stands for one: no key has signed it, and it holds no claims.
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
}
