/** Channel ID and channel secret, which LINE trades for a channel access token. */
export interface ChannelSecretGrant {
  grant_type: 'client_credentials'
  /** Channel ID. */
  client_id: string
  /** Channel secret. */
  client_secret: string
}

/** A JWT that the channel's assertion signing key has signed. */
export interface AssertionProof {
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  /** The JWT. LINE takes it for at most 30 minutes after it was signed. */
  client_assertion: string
}

/** A signed JWT, which LINE trades for a channel access token. */
export interface AssertionGrant extends AssertionProof {
  grant_type: 'client_credentials'
}

/** What proves the channel when a stateless token is issued: its secret, or a JWT. */
export type IssueStatelessChannelTokenInput = ChannelSecretGrant | AssertionGrant

/** A token just issued. */
export interface IssuedToken {
  /** The channel access token. Opaque: its form may change. */
  access_token: string
  /** How long the token lives, in seconds. */
  expires_in: number
  /** Always `Bearer`. */
  token_type: string
}

/** A v2.1 token just issued. */
export interface IssuedTokenV21 extends IssuedToken {
  /** The ID of this token, by which the list of valid tokens names it. It is not the `kid` of the assertion signing key. */
  key_id: string
}

/** Which v2.1 tokens are valid now. */
export interface ValidTokenKeyIds {
  /** The `key_id` of every valid v2.1 token, at most 30. They are not the `kid`s of assertion signing keys. */
  kids: string[]
}

/** Which token to look at, or to end. */
export interface AccessTokenInput {
  /** The channel access token. */
  access_token: string
}

/** The v2.1 token to end, and what proves its channel. */
export interface RevokeChannelTokenByJWTInput {
  /** Channel ID. */
  client_id: string
  /** Channel secret. LINE takes no JWT here. */
  client_secret: string
  /** The v2.1 token. */
  access_token: string
}

/** What a valid token is good for. */
export interface VerifiedToken {
  /** The channel that the token belongs to. */
  client_id: string
  /** For how many seconds more it is valid. For a long-lived token this can be more than 32 bits hold. */
  expires_in: number
  /** The permissions of the token, with spaces between them. */
  scope?: string | undefined
}
