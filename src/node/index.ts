import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { BinaryContent } from '../core/call/response.js'
import { LineInputError } from '../core/errors.js'
import { property } from '../core/property.js'
import { reasonOf } from '../core/reason.js'

/** A file written by `downloadTo`. */
export interface Downloaded {
  /** Path of the file. */
  readonly path: string
  /** Size of the file, in bytes. */
  readonly bytes: number
  /** Media type from LINE's response, such as `image/jpeg`. */
  readonly contentType: string
}

// The file system's own error stays out, because its message has the path of the temporary file.
async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new LineInputError(`downloadTo: path cannot be written (${reasonOf(error)})`)
  }
}

/**
 * Streams a file from LINE to disk, so that the whole file is never in memory. It works in Node, Bun and Deno.
 *
 * The file appears under `path` only when it is complete, and then replaces an existing file. Until then it has a temporary name in the same
 * directory, which is removed on any error.
 *
 * @param content The result of `readContent`, awaited or not, or of any operation that returns a file. Its timeout, signal and `maxBytes` apply.
 * @param path Path of the file to write.
 * @throws {LineInputError} if the file cannot be written, with the code of the file system, such as `ENOENT` or `ENOSPC`, in the message.
 * @throws {LineInputError} if LINE sent an empty file, as `getMessageContent` does for a video that is not ready. `readContent` waits for it.
 * @throws {LineError} `LINE_NETWORK`, `LINE_TIMEOUT` or `LINE_ABORTED` if the file cannot be read.
 *
 * @example
 * await downloadTo(readContent(line, event.message.id), './photo.jpg')
 */
export async function downloadTo(
  content: BinaryContent | PromiseLike<BinaryContent>,
  path: string,
): Promise<Downloaded> {
  if (typeof path !== 'string' || path === '') throw new LineInputError('downloadTo: path must be the path of a file')
  const { stream, contentType } = Object(await content) as Partial<BinaryContent> // checked in the next line
  if (typeof property(stream, 'getReader') !== 'function' || !stream || stream.locked)
    throw new LineInputError(
      'downloadTo: content must be a file from LINE that was not read, such as readContent() returns',
    )
  const part = `${path}.${randomUUID()}.part`
  let bytes = 0
  try {
    // If the file cannot be opened, the connection must not stay open.
    const file = await onDisk(open(part, 'wx')).catch(async (error: unknown) => {
      await stream.cancel().catch(() => {})
      throw error
    })
    try {
      for await (const chunk of stream) {
        await onDisk(file.writeFile(chunk))
        bytes += chunk.byteLength
      }
      if (bytes === 0)
        throw new LineInputError(
          'downloadTo: LINE sent an empty file; use readContent, which waits for a video or audio file that is not ready',
        )
      await onDisk(file.sync())
    } finally {
      await onDisk(file.close())
    }
    await onDisk(rename(part, path))
  } catch (error) {
    // What failed first is what matters. `force` ignores a file that is missing.
    await rm(part, { force: true }).catch(() => {})
    throw error
  }
  return { path, bytes, contentType: contentType ?? '' }
}
