/** Input of `issueLinkToken`. */
export interface IssueLinkTokenInput {
  /** User ID of the user whose account is to be linked. */
  userId: string
}

/** A link token. */
export interface LinkToken {
  /** The link token. Can be used once, within 10 minutes. */
  linkToken: string
}
