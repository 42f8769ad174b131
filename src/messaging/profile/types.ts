/** Whose profile to get. */
export interface GetProfileInput {
  /** User ID. */
  userId: string
}

/** What a person shows of themselves: their main profile, never a subprofile. */
export interface Profile {
  /** User ID. It is the same in all channels of one provider. */
  userId: string
  /** The name the person has chosen. It is not unique and may change. */
  displayName: string
  /** An https URL; `/large` behind it gives 200 x 200 pixels, `/small` 51 x 51. Missing when there is no picture. */
  pictureUrl?: string | undefined
  /** Missing when there is none. */
  statusMessage?: string | undefined
  /** The language of the person's app as a BCP 47 tag, such as `ja`. Missing until the person agrees to LINE's privacy policy. */
  language?: string | undefined
}
