import { apiError } from '../../core/call/api-error.js'
import { operationName } from '../../core/call/request.js'
import type { BinaryContent } from '../../core/call/response.js'
import { LineInputError } from '../../core/errors.js'
import type { CallOptions, Methods, MethodsWithResponse } from '../../core/operation.js'
import { poll, type WaitOptions } from '../../core/poll.js'
import { limitBytes } from './limit.js'
import * as operations from './operations.js'

/** As much of a client as waiting for content takes. */
export interface TranscodingClient {
  readonly messaging: Pick<Methods<typeof operations>, 'getMessageContentTranscodingByMessageId'>
}

/** As much of a client as reading content takes. */
export interface ContentClient extends TranscodingClient {
  readonly withResponse: {
    readonly messaging: Pick<MethodsWithResponse<typeof operations>, 'getMessageContent' | 'getMessageContentPreview'>
  }
}

/** How to read a file that a person sent. `timeout` and `interval` are about waiting for a video or audio: 120,000 and 2,000 ms when left out. */
export interface ReadContentOptions extends WaitOptions {
  /** Reads the small preview of an image or video instead. */
  readonly preview?: boolean | undefined
  /** The largest file that is taken, in bytes. Default: any. */
  readonly maxBytes?: number | undefined
  /** Longest time for the file itself, to its last byte, in milliseconds. Default: the client's, 180,000. */
  readonly totalTimeout?: number | undefined
}

const usual = { timeout: 120_000, interval: 2000 }

const waiting = ({ timeout = usual.timeout, interval = usual.interval, ...options }: WaitOptions) => ({
  ...options,
  timeout,
  interval,
})

/** Whether the file can be fetched now. */
async function isReady(line: TranscodingClient, messageId: string, options: CallOptions): Promise<boolean> {
  const { status } = await line.messaging.getMessageContentTranscodingByMessageId({ messageId }, options)
  if (status === 'failed')
    throw apiError('LINE_API', {
      operation: operationName(operations.getMessageContentTranscodingByMessageId),
      outcome: 'rejected',
      status: 200,
      lineMessage: 'failed',
      details: [],
      hint: 'LINE could not prepare this video or audio, and will not; ask the person to send it again',
    })
  return status === 'succeeded'
}

/**
 * Waits until a video or audio that a person sent can be fetched.
 *
 * @param options its `timeout` is 120,000 ms when left out, its `interval` 2,000 ms.
 * @throws {LineApiError} `LINE_API` when LINE could not prepare it, or when the message is of another kind; `LINE_NOT_FOUND` for an unknown message.
 * @throws {LineTimeoutError} when it is not ready in time.
 * @throws {LineAbortedError} when the signal ends the waiting.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#verify-video-or-audio-preparation-status
 */
export async function waitUntilReady(
  line: TranscodingClient,
  messageId: string,
  options: WaitOptions = {},
): Promise<void> {
  await poll(line, `content of message ${messageId}`, waiting(options), async (call) =>
    (await isReady(line, messageId, call)) ? true : undefined,
  )
}

/**
 * Gets an image, video, audio or other file that a person sent, and waits where LINE is still preparing it, for which
 * `getMessageContent` alone answers with no bytes.
 *
 * Read the stream to its end or cancel it: until then the connection stays open. Cancelling it, and the signal, close the connection.
 * The client never follows a redirect, so the token goes to LINE alone.
 *
 * @throws {LineApiError} `LINE_NOT_FOUND` for an unknown message; `LINE_API` with status 410 for one that was taken back, and when LINE could not prepare it.
 * @throws {LineInputError} when the file is larger than `maxBytes`; from the stream where LINE does not state the length.
 * @throws {LineTimeoutError} when it is not ready in time; from the stream when it does not arrive in time.
 * @throws {LineAbortedError} when the signal ends it; from the stream while it is read.
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
  const { preview = false, maxBytes, totalTimeout, signal, accessToken, botId } = options
  if (maxBytes !== undefined && !(maxBytes >= 0))
    throw new LineInputError('readContent: maxBytes is a number of bytes from 0')
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
