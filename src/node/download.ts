import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { BinaryContent } from '../core/call/response.js'
import { LineInputError } from '../core/errors.js'

/** A file that was written. */
export interface Downloaded {
  readonly path: string
  /** Its size in bytes. */
  readonly bytes: number
  /** The media type that LINE states, such as `image/jpeg`. */
  readonly contentType: string
}

/**
 * Writes a file of LINE's to disk while it is read, so that it never is in memory as a whole.
 *
 * It stands under `path` when all of it is on the disk, and not before: until then it is beside it under another name, which is removed
 * when anything goes wrong. What stood there before is replaced. Node, Bun and Deno only.
 *
 * @param content what `readContent` gives (waiting for it is done here), or any operation that answers with a file. Its own deadline, signal and `maxBytes` hold.
 * @throws {LineInputError} when LINE sent no bytes at all, as `getMessageContent` does for a video that is not ready: `readContent` waits for it.
 * @throws what reading and what the disk throws.
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
    // Opening it may fail, and the connection must not stay open then.
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
          'downloadTo: LINE sent no bytes; for a video or audio that is not ready use readContent, which waits',
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
