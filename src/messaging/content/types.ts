/** Which message's content to get. */
export interface GetMessageContentInput {
  /** Message ID, from a message event whose `contentProvider.type` is `line`. */
  messageId: string
}

/** Whether a video or audio can be fetched yet. */
export interface MessageContentTranscoding {
  /** `processing`: not yet. `succeeded`: now. `failed`: it never will be. */
  status: 'processing' | 'succeeded' | 'failed' | (string & {})
}
