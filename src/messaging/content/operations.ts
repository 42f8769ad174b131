import type { BinaryContent } from '../../core/call/response.js'
import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets an image, video, audio or other file that a person sent, as LINE keeps it for a time: fetch it soon. It may be smaller than the original.
 *
 * LINE answers 202 with no content while a long video or audio is not ready (see {@link getMessageContentTranscodingByMessageId}),
 * 404 for an unknown message, and 410 for one that was taken back.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-content
 */
export const getMessageContent: Operation<T.GetMessageContentInput, BinaryContent> = {
  method: 'GET',
  host: 'data',
  path: '/v2/bot/message/{messageId}/content',
  response: 'binary',
  repeat: 'safe',
  docs: 'messaging-api/#get-content',
}

/**
 * Gets the small preview of an image or video that a person sent. LINE refuses messages of other kinds (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-image-or-video-preview
 */
export const getMessageContentPreview: Operation<T.GetMessageContentInput, BinaryContent> = {
  method: 'GET',
  host: 'data',
  path: '/v2/bot/message/{messageId}/content/preview',
  response: 'binary',
  repeat: 'safe',
  docs: 'messaging-api/#get-image-or-video-preview',
}

/**
 * Tells whether a video or audio that a person sent can be fetched yet. LINE refuses messages of other kinds (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#verify-video-or-audio-preparation-status
 */
export const getMessageContentTranscodingByMessageId: Operation<T.GetMessageContentInput, T.MessageContentTranscoding> =
  {
    method: 'GET',
    host: 'data',
    path: '/v2/bot/message/{messageId}/content/transcoding',
    repeat: 'safe',
    docs: 'messaging-api/#verify-video-or-audio-preparation-status',
  }
