import type { MessageOptions } from './types.js'

/**
 * An image by its URL.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#image-message
 */
export interface ImageMessage extends MessageOptions {
  type: 'image'
  /** The image: an https URL of at most 2000 UTF-16 units, to a JPEG or PNG of at most 10 MB. */
  originalContentUrl: string
  /** The preview: an https URL of at most 2000 UTF-16 units, to a JPEG or PNG of at most 1 MB. */
  previewImageUrl: string
}

/**
 * A video by its URL.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#video-message
 */
export interface VideoMessage extends MessageOptions {
  type: 'video'
  /** The video: an https URL of at most 2000 UTF-16 units, to an mp4 of at most 200 MB. */
  originalContentUrl: string
  /** The preview, with the video's proportions: an https URL of at most 2000 UTF-16 units, to a JPEG or PNG of at most 1 MB. */
  previewImageUrl: string
  /**
   * What the `videoPlayComplete` event carries when somebody has watched it to the end: 1 to 100 of `A-Z a-z 0-9` and of `- . = , + * ( ) % $ & ; : @ { } ! ? < > [ ]`.
   * One ID may stand in several messages. Not in group chats and multi-person chats.
   */
  trackingId?: string | undefined
}

/**
 * A sound by its URL.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#audio-message
 */
export interface AudioMessage extends MessageOptions {
  type: 'audio'
  /** The sound: an https URL of at most 2000 UTF-16 units, to an mp3 or m4a of at most 200 MB. */
  originalContentUrl: string
  /** How long it is, in milliseconds. */
  duration: number
}
