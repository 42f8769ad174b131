import type { BinaryContent } from '../../core/call/response.js'
import { LineInputError } from '../../core/errors.js'

function tooLarge(maxBytes: number): LineInputError {
  return new LineInputError(`the file is larger than the ${maxBytes} bytes that maxBytes allows`)
}

/**
 * Bounds a file's size. One that is larger by the length LINE states is refused before it is read; one that turns out to be
 * larger fails while it is read, after at most `maxBytes` have been given out. Either way the connection is closed.
 *
 * @param maxBytes the largest size that is taken, in bytes.
 * @throws {LineInputError} when the stated length is larger, and from the stream when there are more bytes than that.
 */
export async function limitBytes(content: BinaryContent, maxBytes: number): Promise<BinaryContent> {
  if (!(maxBytes >= 0)) throw new LineInputError('maxBytes is a number of bytes from 0')
  const { stream, contentLength } = content
  if (contentLength !== undefined && contentLength > maxBytes) {
    await stream.cancel()
    throw tooLarge(maxBytes)
  }
  const reader = stream.getReader()
  let read = 0
  const bounded = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const part = await reader.read()
        if (part.done) return controller.close()
        read += part.value.byteLength
        if (read <= maxBytes) return controller.enqueue(part.value)
        await reader.cancel()
        throw tooLarge(maxBytes)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return { ...content, stream: bounded }
}
