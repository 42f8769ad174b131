/** An authorization code, to be traded for a user's tokens. LINE takes a code once, within 10 minutes. */
export interface IssueUserTokenInput {
  grant_type: 'authorization_code'
  /** From the callback. It is used up even when the exchange fails. */
  code: string
  /** Exactly what the authorization request had. */
  redirect_uri: string
  /** Channel ID. */
  client_id: string
  /** Channel secret. */
  client_secret: string
  /** The PKCE verifier, 43 to 128 characters, when the authorization request had a challenge. */
  code_verifier?: string | undefined
}

/** A refresh token, to be traded for a new access token. */
export interface RefreshUserTokenInput {
  grant_type: 'refresh_token'
  refresh_token: string
  /** Channel ID. */
  client_id: string
  /** Channel secret. LINE wants it from channels that are web apps only, and ignores it from all others. */
  client_secret?: string | undefined
}

/** A user's tokens after a refresh. */
export interface RefreshedUserToken {
  /** Opaque, although it may look like a JWT. */
  access_token: string
  /** How long the access token lives, in seconds: 30 days when it is new. */
  expires_in: number
  /** Good for 90 days from the first access token on. Refreshing gives the same one back and does not extend it. */
  refresh_token: string
  /** What the user granted, with spaces between. It never names `email`, even where that was granted. */
  scope: string
  /** Always `Bearer`. */
  token_type: string
}

/** A user's tokens. */
export interface IssuedUserToken extends RefreshedUserToken {
  /** Only when `openid` was asked for. */
  id_token?: string | undefined
}

/** Which user access token to look at. */
export interface UserTokenInput {
  /** The user's access token. */
  access_token: string
}

/** What a valid user access token is good for. It proves nothing before `client_id` and `expires_in` were looked at. */
export interface VerifiedUserToken {
  /** What the user granted, with spaces between. It never names `email`. */
  scope: string
  /** The channel that the token was issued for; it may be another one than yours. */
  client_id: string
  /** For how many seconds more it is valid. */
  expires_in: number
}

/** The user access token to end, and what proves its channel. */
export interface RevokeUserTokenInput extends UserTokenInput {
  /** Channel ID. */
  client_id: string
  /** Channel secret. LINE wants it from channels that are web apps only, and ignores it from all others. */
  client_secret?: string | undefined
}

/** Whose consent to take back. */
export interface DeauthorizeUserInput {
  /** An access token of the user. */
  userAccessToken: string
}

/** An ID token for LINE to check. */
export interface VerifyUserIdTokenInput {
  id_token: string
  /** The channel that it must have been issued for. */
  client_id: string
  /** The nonce that it must hold; leave it out when the authorization request had none. */
  nonce?: string | undefined
  /** The user that it must be about. */
  user_id?: string | undefined
}

/** How a user logged in. LINE may add ways. */
export type AuthenticationMethod = 'pwd' | 'lineautologin' | 'lineqr' | 'linesso' | 'mfa' | (string & {})

/** An address of LINE Profile+. */
export interface ProfilePlusAddress {
  postal_code?: string | undefined
  region?: string | undefined
  locality?: string | undefined
  street_address?: string | undefined
  country?: string | undefined
}

/**
 * What an ID token says. LINE may add claims.
 *
 * @see https://developers.line.biz/en/docs/line-login/verify-id-token/#payload
 */
export interface IdTokenClaims {
  /** Always `https://access.line.me`. */
  iss: string
  /** The user's ID, which is another one under each provider: all channels of one provider see the same. */
  sub: string
  /** The channel ID. */
  aud: string
  /** When the token ends, in seconds since 1970: an hour after it was issued. */
  exp: number
  /** When the token was issued, in seconds since 1970. */
  iat: number
  /** When the user last logged in to LINE, in seconds since 1970. Only when `max_age` was asked for. */
  auth_time?: number | undefined
  /** Only when the authorization request had one. */
  nonce?: string | undefined
  /** How the user logged in. It may be missing. */
  amr?: AuthenticationMethod[] | undefined
  /** Display name, with the scope `profile`. */
  name?: string | undefined
  /** URL of the profile image, with the scope `profile`. Add `/large` (200 x 200) or `/small` (51 x 51). */
  picture?: string | undefined
  /**
   * Missing more often than not: it takes the scope `email`, LINE's permission for the channel, an address in the user's LINE account, and the
   * user's consent, which can be withheld. The granted scopes never name `email`, so this claim is the only sign of it.
   */
  email?: string | undefined
  /** LINE Profile+, with the scope `real_name`; so are the next five. */
  given_name?: string | undefined
  given_name_pronunciation?: string | undefined
  middle_name?: string | undefined
  family_name?: string | undefined
  family_name_pronunciation?: string | undefined
  /** LINE Profile+, with the scope `gender`: `male`, `female`, or the user's own words. */
  gender?: 'male' | 'female' | (string & {}) | undefined
  /** LINE Profile+, with the scope `birthdate`: `YYYY-MM-DD`. */
  birthdate?: string | undefined
  /** LINE Profile+, with the scope `phone`, in the form of E.164. */
  phone_number?: string | undefined
  /** LINE Profile+, with the scope `address`. */
  address?: ProfilePlusAddress | undefined
}

/** Who a user is, by an access token with the scope `openid`. */
export interface UserInfo {
  /** The user's ID, which is another one under each provider. */
  sub: string
  /** Display name, with the scope `profile`. */
  name?: string | undefined
  /** URL of the profile image, with the scope `profile`. Add `/large` (200 x 200) or `/small` (51 x 51). */
  picture?: string | undefined
}

/** A user's main profile, by an access token with the scope `profile`. Subprofiles cannot be read. */
export interface UserProfile {
  /** The user's ID, which is another one under each provider. */
  userId: string
  displayName: string
  /** Missing when the user has no image. Add `/large` (200 x 200) or `/small` (51 x 51). */
  pictureUrl?: string | undefined
  /** Missing when the user has none. */
  statusMessage?: string | undefined
}

/** How a user stands to the Official Account that is linked to the Login channel. */
export interface FriendshipStatus {
  /** Whether the user has added the account as a friend and does not block it. */
  friendFlag: boolean
}

/** A public key of LINE's, as the key set lists it. */
export interface IdTokenKey {
  kty: string
  kid: string
  alg?: string | undefined
  use?: string | undefined
  crv?: string | undefined
  x?: string | undefined
  y?: string | undefined
}

/** LINE's public keys for ID tokens under ES256. Those under HS256 are checked with the channel secret. */
export interface IdTokenKeySet {
  keys: IdTokenKey[]
}

/** What LINE publishes about its login for OpenID clients. It names ES256 only, although web logins get HS256. */
export interface OpenIdConfiguration {
  issuer: string
  authorization_endpoint: string
  token_endpoint: string
  revocation_endpoint?: string | undefined
  userinfo_endpoint?: string | undefined
  jwks_uri: string
  scopes_supported?: string[] | undefined
  response_types_supported: string[]
  subject_types_supported: string[]
  id_token_signing_alg_values_supported: string[]
  code_challenge_methods_supported?: string[] | undefined
}
