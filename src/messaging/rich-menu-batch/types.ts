/** Input of `richMenuBatch`. */
export interface RichMenuBatchInput {
  /**
   * At most 1000 operations. All of them apply to the state before the batch, so they do not build on each other. Each
   * rich menu can be the `from` of one operation, and `unlinkAll` cannot be combined with other types.
   */
  operations: readonly RichMenuBatchOperation[]
  /**
   * 1 to 100 characters from `A-Z a-z 0-9 _ -`. For 14 days, repeating the call with the same key resumes the batch
   * where it stopped.
   */
  resumeRequestKey?: string | undefined
}

/**
 * An operation of a batch.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#batch-control-rich-menus-of-users-operations
 */
export type RichMenuBatchOperation = RichMenuBatchLink | RichMenuBatchUnlink | RichMenuBatchUnlinkAll

/** Replaces a rich menu for all users that it is linked to. */
export interface RichMenuBatchLink {
  /** Always `link`. */
  type: 'link'
  /** ID of the rich menu that is linked now. */
  from: string
  /** ID of the rich menu to link. It must have an image. */
  to: string
}

/** Unlinks a rich menu from all users that it is linked to. */
export interface RichMenuBatchUnlink {
  /** Always `unlink`. */
  type: 'unlink'
  /** ID of the rich menu that is linked now. */
  from: string
}

/** Unlinks all rich menus from all users. */
export interface RichMenuBatchUnlinkAll {
  /** Always `unlinkAll`. */
  type: 'unlinkAll'
}

/** Input of `getRichMenuBatchProgress`. */
export interface GetRichMenuBatchProgressInput {
  /** Request ID of the batch, from its response. */
  requestId: string
}

/** Progress of a batch. */
export interface RichMenuBatchProgress {
  /**
   * `ongoing`: in progress. `succeeded`: done. `failed`: failed for at least some users; repeat the call with the same
   * `resumeRequestKey`.
   */
  phase: 'ongoing' | 'succeeded' | 'failed' | (string & {})
  /** Time when LINE accepted the batch: ISO 8601 in UTC, with milliseconds. */
  acceptedTime: string
  /** Time when the batch succeeded or failed: ISO 8601 in UTC, with milliseconds. */
  completedTime?: string | undefined
}
