import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { BinaryContent } from '../core/call/response.js'
import { LineInputError } from '../core/errors.js'

/** A file written by `downloadTo`. */
export interface Downloaded {
  /** Path of the file. */
  readonly path: string
  /** Size of the file, in bytes. */
  readonly bytes: number
  /** Media type from LINE's response, such as `image/jpeg`. */
  readonly contentType: string
}

/**
 * Streams a file from LINE to disk, so that the whole file is never in memory. It works in Node, Bun and Deno.
 *
 * The file appears under `path` only when it is complete, and then replaces an existing file. Until then it has a temporary name in the same
 * directory, which is removed on any error.
 *
 * @param content The result of `readContent`, awaited or not, or of any operation that returns a file. Its timeout, signal and `maxBytes` apply.
 * @param path Path of the file to write.
 * @throws {LineInputError} if LINE sent an empty file, as `getMessageContent` does for a video that is not ready. `readContent` waits for it.
 * @throws the error of the stream or of the file system, if reading or writing fails.
 *
 * @example
 * await downloadTo(readContent(line, event.message.id), './photo.jpg')
 */
export async function downloadTo(
  content: BinaryContent | PromiseLike<BinaryContent>,
  path: string,
): Promise<Downloaded> {
  const { stream, contentType } = await content
  const part = `${path}.${randomUUID()}.part`
  let bytes = 0
  try {
    // If the file cannot be opened, the connection must not stay open.
    const file = await open(part, 'wx').catch(async (error: unknown) => {
      await stream.cancel()
      throw error
    })
    try {
      for await (const chunk of stream) {
        await file.writeFile(chunk)
        bytes += chunk.byteLength
      }
      if (bytes === 0)
        throw new LineInputError(
          'downloadTo: LINE sent an empty file; use readContent, which waits for a video or audio file that is not ready',
        )
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  return { path, bytes, contentType }
}
