/** An authorization code, to exchange for the tokens of a user. */
export interface IssueUserTokenInput {
  /** Grant type. */
  grant_type: 'authorization_code'
  /** Authorization code from the callback. It expires after 10 minutes, and works once, even if the exchange fails. */
  code: string
  /** Callback URL, exactly as in the authorization request. */
  redirect_uri: string
  /** Channel ID. */
  client_id: string
  /** Channel secret. */
  client_secret: string
  /** PKCE code verifier, 43 to 128 characters, if the authorization request had a code challenge. */
  code_verifier?: string | undefined
}

/** A refresh token, to exchange for a new access token. */
export interface RefreshUserTokenInput {
  /** Grant type. */
  grant_type: 'refresh_token'
  /** Refresh token. */
  refresh_token: string
  /** Channel ID. */
  client_id: string
  /** Channel secret. LINE requires it if the only app type of the channel is web app, and ignores it otherwise. */
  client_secret?: string | undefined
}

/** The tokens of a user after a refresh. */
export interface RefreshedUserToken {
  /** Access token. It is opaque, although it can look like a JWT. */
  access_token: string
  /** Lifetime of the access token, in seconds. A new token is valid for 30 days. */
  expires_in: number
  /** Refresh token, valid for 90 days from the first access token. A refresh returns the same token and does not extend it. */
  refresh_token: string
  /** Granted scopes, separated by spaces. LINE never lists `email` here, even if it was granted. */
  scope: string
  /** Token type. Always `Bearer`. */
  token_type: string
}

/** The tokens of a user. */
export interface IssuedUserToken extends RefreshedUserToken {
  /** ID token. Only if the scope `openid` was requested. */
  id_token?: string | undefined
}

/** The user access token to verify. */
export interface UserTokenInput {
  /** User access token. */
  access_token: string
}

/** What LINE knows about a valid user access token. Check `client_id` and `expires_in` before you trust it. */
export interface VerifiedUserToken {
  /** Granted scopes, separated by spaces. LINE never lists `email` here. */
  scope: string
  /** ID of the channel that the token was issued for. It may not be your channel. */
  client_id: string
  /** Remaining lifetime, in seconds. */
  expires_in: number
}

/** The user access token to revoke, and the credentials of its channel. */
export interface RevokeUserTokenInput extends UserTokenInput {
  /** Channel ID. */
  client_id: string
  /** Channel secret. LINE requires it if the only app type of the channel is web app, and ignores it otherwise. */
  client_secret?: string | undefined
}

/** The user to deauthorize the channel for. */
export interface DeauthorizeUserInput {
  /** User access token of the user. */
  userAccessToken: string
}

/** The ID token to verify, and the expected values. */
export interface VerifyUserIdTokenInput {
  /** ID token. */
  id_token: string
  /** Expected channel ID. */
  client_id: string
  /** Expected nonce. Omit it if the authorization request had none. */
  nonce?: string | undefined
  /** Expected user ID. */
  user_id?: string | undefined
}

/** A method of logging in. LINE may add values. */
export type AuthenticationMethod = 'pwd' | 'lineautologin' | 'lineqr' | 'linesso' | 'mfa' | (string & {})

/** An address in LINE Profile+. */
export interface ProfilePlusAddress {
  /** Postal code. */
  postal_code?: string | undefined
  /** Prefecture, state or region. */
  region?: string | undefined
  /** City or town. */
  locality?: string | undefined
  /** Street address, including the building. */
  street_address?: string | undefined
  /** Country. */
  country?: string | undefined
}

/**
 * The claims of an ID token. LINE may add claims.
 *
 * @see https://developers.line.biz/en/docs/line-login/verify-id-token/#payload
 */
export interface IdTokenClaims {
  /** Issuer. Always `https://access.line.me`. */
  iss: string
  /** User ID. It is different under each provider, and the same in all channels of a provider. */
  sub: string
  /** Channel ID. */
  aud: string
  /** When the token expires, in seconds since 1970: 1 hour after it was issued. */
  exp: number
  /** When the token was issued, in seconds since 1970. */
  iat: number
  /** When the user last logged in to LINE, in seconds since 1970. Only if `max_age` was requested. */
  auth_time?: number | undefined
  /** Nonce. Only if the authorization request had one. */
  nonce?: string | undefined
  /** How the user logged in. It can be missing. */
  amr?: AuthenticationMethod[] | undefined
  /** Display name, with the scope `profile`. */
  name?: string | undefined
  /** URL of the profile image, with the scope `profile`. Append `/large` (200 x 200 pixels) or `/small` (51 x 51 pixels). */
  picture?: string | undefined
  /**
   * Email address. It is often missing: it requires the scope `email`, LINE's approval for the channel, an email address in the user's LINE
   * account, and the user's consent, which they can decline. The granted scopes never list `email`, so only this claim shows it.
   */
  email?: string | undefined
  /** Given name from LINE Profile+, with the scope `real_name`. */
  given_name?: string | undefined
  /** Pronunciation of the given name from LINE Profile+, with the scope `real_name`. */
  given_name_pronunciation?: string | undefined
  /** Middle name from LINE Profile+, with the scope `real_name`. */
  middle_name?: string | undefined
  /** Family name from LINE Profile+, with the scope `real_name`. */
  family_name?: string | undefined
  /** Pronunciation of the family name from LINE Profile+, with the scope `real_name`. */
  family_name_pronunciation?: string | undefined
  /** Gender from LINE Profile+, with the scope `gender`: `male`, `female`, or the user's own description. */
  gender?: 'male' | 'female' | (string & {}) | undefined
  /** Date of birth from LINE Profile+, with the scope `birthdate`: `YYYY-MM-DD`. */
  birthdate?: string | undefined
  /** Phone number from LINE Profile+, with the scope `phone`, in E.164 format. */
  phone_number?: string | undefined
  /** Address from LINE Profile+, with the scope `address`. */
  address?: ProfilePlusAddress | undefined
}

/** A user, read with a user access token that has the scope `openid`. */
export interface UserInfo {
  /** User ID. It is different under each provider. */
  sub: string
  /** Display name, with the scope `profile`. */
  name?: string | undefined
  /** URL of the profile image, with the scope `profile`. Append `/large` (200 x 200 pixels) or `/small` (51 x 51 pixels). */
  picture?: string | undefined
}

/** The main profile of a user, read with a user access token that has the scope `profile`. Subprofiles are not available. */
export interface UserProfile {
  /** User ID. It is different under each provider. */
  userId: string
  /** Display name. */
  displayName: string
  /** URL of the profile image. Missing if the user has none. Append `/large` (200 x 200 pixels) or `/small` (51 x 51 pixels). */
  pictureUrl?: string | undefined
  /** Status message. Missing if the user has none. */
  statusMessage?: string | undefined
}

/** The friendship of a user with the Official Account that is linked to the Login channel. */
export interface FriendshipStatus {
  /** Whether the user has added the account as a friend and has not blocked it. */
  friendFlag: boolean
}

/** A public key in LINE's key set. */
export interface IdTokenKey {
  /** Key type, such as `EC`. */
  kty: string
  /** Key ID. */
  kid: string
  /** Algorithm, such as `ES256`. */
  alg?: string | undefined
  /** Use of the key, such as `sig`. */
  use?: string | undefined
  /** Curve, such as `P-256`. */
  crv?: string | undefined
  /** X coordinate, in base64url. */
  x?: string | undefined
  /** Y coordinate, in base64url. */
  y?: string | undefined
}

/** LINE's public keys for ID tokens signed with ES256. ID tokens signed with HS256 are verified with the channel secret. */
export interface IdTokenKeySet {
  /** The public keys. */
  keys: IdTokenKey[]
}

/** The OpenID Connect discovery document of LINE Login. It lists ES256 only, although the ID tokens of web logins are signed with HS256. */
export interface OpenIdConfiguration {
  /** Issuer. */
  issuer: string
  /** URL of the authorization page. */
  authorization_endpoint: string
  /** URL of the token endpoint. */
  token_endpoint: string
  /** URL of the revocation endpoint. */
  revocation_endpoint?: string | undefined
  /** URL of the user info endpoint. */
  userinfo_endpoint?: string | undefined
  /** URL of the key set. */
  jwks_uri: string
  /** Supported scopes. */
  scopes_supported?: string[] | undefined
  /** Supported response types. */
  response_types_supported: string[]
  /** Supported subject types. */
  subject_types_supported: string[]
  /** Supported signature algorithms of ID tokens. */
  id_token_signing_alg_values_supported: string[]
  /** Supported PKCE methods. */
  code_challenge_methods_supported?: string[] | undefined
}
