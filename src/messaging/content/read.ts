import { operationName } from '../../core/call/request.js'
import type { BinaryContent } from '../../core/call/response.js'
import { checkClient } from '../../core/check-client.js'
import { LineInputError } from '../../core/errors.js'
import type { CallOptions, Methods, MethodsWithResponse } from '../../core/operation.js'
import { checkWait, poll, type WaitOptions } from '../../core/poll.js'
import { property } from '../../core/property.js'
import * as operations from './operations.js'

function tooLarge(maxBytes: number): LineInputError {
  return new LineInputError(`the file is larger than maxBytes (${maxBytes} bytes)`)
}

function checkMaxBytes(name: string, maxBytes: unknown): void {
  if (!(typeof maxBytes === 'number' && maxBytes >= 0))
    throw new LineInputError(`${name}: maxBytes must be a number of bytes, at least 0`)
}

function checkMessageId(name: string, messageId: unknown): void {
  if (typeof messageId !== 'string' || !messageId)
    throw new LineInputError(`${name}: messageId must be the ID of a message, a string of digits`)
}

/**
 * Limits the size of a file. A file whose `Content-Length` exceeds the limit is rejected before it is read. A file
 * that turns out to be larger fails while it is read, after at most `maxBytes` bytes. In both cases the connection is
 * closed.
 *
 * @param maxBytes maximum size, in bytes.
 * @throws {LineInputError} if the `Content-Length` exceeds the limit; from the stream if it delivers more bytes.
 */
export async function limitBytes(content: BinaryContent, maxBytes: number): Promise<BinaryContent> {
  checkMaxBytes('limitBytes', maxBytes)
  if (typeof property(property(content, 'stream'), 'getReader') !== 'function')
    throw new LineInputError('limitBytes: content must be a file with a stream, such as getMessageContent() returns')
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

/** The part of a client that `waitUntilReady` uses. */
export interface TranscodingClient {
  /** The call that `waitUntilReady` makes. */
  readonly messaging: Pick<Methods<typeof operations>, 'getMessageContentTranscodingByMessageId'>
}

/** The part of a client that `readContent` uses. */
export interface ContentClient extends TranscodingClient {
  /** The methods that return the whole response. */
  readonly withResponse: {
    /** The calls that `readContent` makes. */
    readonly messaging: Pick<MethodsWithResponse<typeof operations>, 'getMessageContent' | 'getMessageContentPreview'>
  }
}

/**
 * Options of {@link readContent}. `timeout` and `interval` apply to waiting for a video or audio. Defaults: 120,000 ms
 * and 2,000 ms.
 */
export interface ReadContentOptions extends WaitOptions {
  /** Whether to read the small preview of an image or video instead. Default: `false`. */
  readonly preview?: boolean | undefined
  /** Maximum file size, in bytes. Default: unlimited. */
  readonly maxBytes?: number | undefined
  /** Timeout for downloading the whole file, in milliseconds. Default: the client's, 180,000. */
  readonly totalTimeout?: number | undefined
}

const usual = { timeout: 120_000, interval: 2000 }

const waiting = ({ timeout = usual.timeout, interval = usual.interval, ...options }: WaitOptions) => ({
  ...options,
  timeout,
  interval,
})

/** Whether the file can be downloaded now. */
async function isReady(line: TranscodingClient, messageId: string, options: CallOptions): Promise<boolean> {
  const { status } = await line.messaging.getMessageContentTranscodingByMessageId({ messageId }, options)
  if (status === 'failed') {
    const { apiError } = await import('../../core/call/api-error.js')
    throw apiError('LINE_API', {
      operation: operationName(operations.getMessageContentTranscodingByMessageId),
      outcome: 'rejected',
      status: 200,
      lineMessage: 'failed',
      details: [],
      hint: 'LINE could not prepare this video or audio. Ask the user to send it again',
    })
  }
  return status === 'succeeded'
}

/**
 * Waits until a video or audio that a user sent can be downloaded.
 *
 * @param options defaults: a `timeout` of 120,000 ms and an `interval` of 2,000 ms.
 * @throws {LineApiError} `LINE_API` if LINE failed to prepare the file, or the message has another type;
 *   `LINE_NOT_FOUND` for an unknown message.
 * @throws {LineTimeoutError} if the file is not ready in time.
 * @throws {LineAbortedError} if the signal aborts the wait.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#verify-video-or-audio-preparation-status
 */
export async function waitUntilReady(
  line: TranscodingClient,
  messageId: string,
  options: WaitOptions = {},
): Promise<void> {
  checkClient('waitUntilReady', line, 'messaging', 'getMessageContentTranscodingByMessageId')
  checkMessageId('waitUntilReady', messageId)
  checkWait('waitUntilReady', options)
  await poll(line, `content of message ${messageId}`, waiting(options), async (call) =>
    (await isReady(line, messageId, call)) ? true : undefined,
  )
}

/**
 * Gets an image, video, audio or other file that a user sent. If LINE is still preparing the file, it waits;
 * `getMessageContent` alone returns no bytes then.
 *
 * Read the stream to its end or cancel it, because the connection stays open until then. Canceling the stream and
 * aborting the signal close the connection. The client follows no redirects, so the token is only sent to LINE.
 *
 * @throws {LineApiError} `LINE_NOT_FOUND` for an unknown message; `LINE_API` with status 410 for an unsent message,
 *   and if LINE failed to prepare the file.
 * @throws {LineInputError} if the file is larger than `maxBytes`; from the stream if LINE does not state the length.
 * @throws {LineTimeoutError} if the file is not ready in time; from the stream if it does not arrive in time.
 * @throws {LineAbortedError} if the signal aborts the call; from the stream while it is read.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-content
 *
 * @example
 * const { stream, contentType } = await readContent(line, event.message.id, { maxBytes: 10_000_000 })
 */
export async function readContent(
  line: ContentClient,
  messageId: string,
  options: ReadContentOptions = {},
): Promise<BinaryContent> {
  checkClient('readContent', property(line, 'withResponse'), 'messaging', 'getMessageContent')
  checkClient('readContent', line, 'messaging', 'getMessageContentTranscodingByMessageId')
  checkMessageId('readContent', messageId)
  checkWait('readContent', options)
  const { preview = false, maxBytes, totalTimeout, signal, accessToken, botId } = options
  if (maxBytes !== undefined) checkMaxBytes('readContent', maxBytes)
  const { messaging } = line.withResponse
  const get = (call: CallOptions) =>
    preview ? messaging.getMessageContentPreview({ messageId }, call) : messaging.getMessageContent({ messageId }, call)
  const content = await poll(line, `content of message ${messageId}`, waiting(options), async (call) => {
    const { data, status } = await get({ signal, totalTimeout, accessToken, botId })
    if (status !== 202) return data
    await data.stream.cancel()
    await isReady(line, messageId, call)
    return undefined
  })
  return maxBytes === undefined ? content : limitBytes(content, maxBytes)
}
