/** Which followers to list. */
export interface GetFollowersInput {
  /** Where to go on from: `next` of the page before. LINE takes it for 24 hours. */
  start?: string | undefined
  /** Page size, 1 to 1000. LINE uses 300 when it is left out. */
  limit?: number | undefined
}

/** One page of followers. */
export interface Followers {
  /** User IDs. A page may be short, even empty, while there is a `next`. */
  userIds: string[]
  /** Where the next page starts; missing on the last page. */
  next?: string | undefined
}
