/** Whose LINE account is to be linked. */
export interface IssueLinkTokenInput {
  /** User ID. */
  userId: string
}

/** A token that ties one visit of a login page to one person. */
export interface LinkToken {
  /** Works once, and for 10 minutes. */
  linkToken: string
}
