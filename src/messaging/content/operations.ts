import type { BinaryContent } from '../../core/call/response.js'
import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets an image, video, audio or other file that a user sent. It may be smaller than the original. LINE deletes
 * content after a while, so download it soon.
 *
 * LINE responds 202 without content while a long video or audio is being prepared (see
 * {@link getMessageContentTranscodingByMessageId}), 404 for an unknown message, and 410 for an unsent one.
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
 * Gets a small preview of an image or video that a user sent. LINE rejects other message types (400).
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
 * Gets whether a video or audio that a user sent is ready to be downloaded. LINE rejects other message types (400).
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
