/** Input of `getFollowers`. */
export interface GetFollowersInput {
  /** Cursor: the `next` value of the previous page. Valid for 24 hours. */
  start?: string | undefined
  /** Page size, 1 to 1000. Default: 300. */
  limit?: number | undefined
}

/** A page of friends. */
export interface Followers {
  /** User IDs. A page can be short, or even empty, while `next` is present. */
  userIds: string[]
  /** Cursor for the next page. Absent on the last page. */
  next?: string | undefined
}
