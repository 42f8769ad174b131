/** A file that LINE answers with, as a stream that the caller reads or cancels. */
export interface BinaryContent {
  /** The bytes. Cancelling it closes the connection. */
  readonly stream: ReadableStream<Uint8Array>
  /** The media type that LINE states, such as `image/jpeg`. */
  readonly contentType: string
  /** The length in bytes, where LINE states it. */
  readonly contentLength: number | undefined
}
