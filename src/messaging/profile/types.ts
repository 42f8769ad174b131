/** Input of `getProfile`. */
export interface GetProfileInput {
  /** User ID. */
  userId: string
}

/** Profile of a user: the main profile, never a subprofile. */
export interface Profile {
  /** User ID. It is the same in all channels of a provider. */
  userId: string
  /** Display name that the user has chosen. It is not unique and may change. */
  displayName: string
  /**
   * HTTPS URL of the profile picture. Append `/large` for 200 x 200 pixels or `/small` for 51 x 51. Absent if the user
   * has none.
   */
  pictureUrl?: string | undefined
  /** Status message. Absent if the user has none. */
  statusMessage?: string | undefined
  /**
   * Language of the user's LINE app as a BCP 47 tag, such as `ja`. Absent until the user agrees to LINE's privacy
   * policy.
   */
  language?: string | undefined
}
