/** Input of the content operations. */
export interface GetMessageContentInput {
  /** Message ID, from a message event whose `contentProvider.type` is `line`. */
  messageId: string
}

/** Whether a video or audio can be downloaded. */
export interface MessageContentTranscoding {
  /** `processing`: not ready yet. `succeeded`: ready. `failed`: LINE could not prepare the file and will not retry. */
  status: 'processing' | 'succeeded' | 'failed' | (string & {})
}
