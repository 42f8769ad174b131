/** A channel ID and a channel secret, to exchange for a channel access token. */
export interface ChannelSecretGrant {
  /** Grant type. */
  grant_type: 'client_credentials'
  /** Channel ID. */
  client_id: string
  /** Channel secret. */
  client_secret: string
}

/** A JWT signed with the channel's assertion signing key. */
export interface AssertionProof {
  /** Type of the assertion. */
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  /** The JWT. LINE accepts it for at most 30 minutes after it was signed. */
  client_assertion: string
}

/** A signed JWT, to exchange for a channel access token. */
export interface AssertionGrant extends AssertionProof {
  /** Grant type. */
  grant_type: 'client_credentials'
}

/** The credentials for a stateless channel access token: a channel secret or a JWT. */
export type IssueStatelessChannelTokenInput = ChannelSecretGrant | AssertionGrant

/** An issued token. */
export interface IssuedToken {
  /** Channel access token. It is opaque; its format can change. */
  access_token: string
  /** Lifetime of the token, in seconds. */
  expires_in: number
  /** Token type. Always `Bearer`. */
  token_type: string
}

/** An issued channel access token v2.1. */
export interface IssuedTokenV21 extends IssuedToken {
  /** Key ID of this token, which the list of valid tokens returns. It is not the `kid` of the assertion signing key. */
  key_id: string
}

/** The valid channel access tokens v2.1. */
export interface ValidTokenKeyIds {
  /** The `key_id` of every valid token, at most 30. They are not the `kid`s of assertion signing keys. */
  kids: string[]
}

/** The token to verify or revoke. */
export interface AccessTokenInput {
  /** Channel access token. */
  access_token: string
}

/** The channel access token v2.1 to revoke, and the credentials of its channel. */
export interface RevokeChannelTokenByJWTInput {
  /** Channel ID. */
  client_id: string
  /** Channel secret. LINE does not accept a JWT here. */
  client_secret: string
  /** Channel access token v2.1. */
  access_token: string
}

/** What LINE knows about a valid token. */
export interface VerifiedToken {
  /** ID of the channel that the token belongs to. */
  client_id: string
  /** Remaining lifetime, in seconds. For a long-lived token, it can exceed 32 bits. */
  expires_in: number
  /** Scopes of the token, separated by spaces. */
  scope?: string | undefined
}
