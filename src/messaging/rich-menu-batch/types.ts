/** What to do with the rich menus that are linked to users. */
export interface RichMenuBatchInput {
  /**
   * At most 1000. Each is applied to what was linked before, so they do not build on each other.
   * No rich menu may stand in `from` twice, and `unlinkAll` only beside its like.
   */
  operations: readonly RichMenuBatchOperation[]
  /** 1 to 100 of `A-Z a-z 0-9 _ -`. Under the same key the same call may be made again for 14 days: LINE goes on where it had stopped. */
  resumeRequestKey?: string | undefined
}

/**
 * One step of a batch, told apart by its `type`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#batch-control-rich-menus-of-users-operations
 */
export type RichMenuBatchOperation = RichMenuBatchLink | RichMenuBatchUnlink | RichMenuBatchUnlinkAll

/** Links another rich menu to everyone who has this one. */
export interface RichMenuBatchLink {
  type: 'link'
  /** ID of the rich menu that is linked now. */
  from: string
  /** ID of the rich menu to link, which has its image. */
  to: string
}

/** Takes this rich menu from everyone who has it. */
export interface RichMenuBatchUnlink {
  type: 'unlink'
  /** ID of the rich menu that is linked now. */
  from: string
}

/** Takes their linked rich menu from everyone. */
export interface RichMenuBatchUnlinkAll {
  type: 'unlinkAll'
}

/** Which batch to look at. */
export interface GetRichMenuBatchProgressInput {
  /** The request ID that the batch was answered with. */
  requestId: string
}

/** How far a batch is. */
export interface RichMenuBatchProgress {
  /** `failed`: for some users at least. Make the call again under its `resumeRequestKey`. */
  phase: 'ongoing' | 'succeeded' | 'failed' | (string & {})
  /** When LINE accepted it: ISO 8601 in UTC, with milliseconds. */
  acceptedTime: string
  /** When it succeeded or failed: ISO 8601 in UTC, with milliseconds. */
  completedTime?: string | undefined
}
