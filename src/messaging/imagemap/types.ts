import type { MessageOptions } from '../message/types.js'

/**
 * An image with tap areas, optionally with a video.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-message
 */
export interface ImagemapMessage extends MessageOptions {
  /** Always `imagemap`. */
  type: 'imagemap'
  /**
   * Base HTTPS URL of the image, at most 2000 UTF-16 code units. The apps append `/240`, `/300`, `/460`, `/700` or `/1040`,
   * the width in pixels, without a file extension. Each image is a JPEG or PNG of at most 10 MB.
   */
  baseUrl: string
  /** Text shown in notifications and the chat list, 1 to 1500 UTF-16 code units. */
  altText: string
  /** Size of the image at its largest width. */
  baseSize: ImagemapBaseSize
  /** A video to play on the image. */
  video?: ImagemapVideo | undefined
  /** Tap areas, at most 50. */
  actions: readonly ImagemapAction[]
}

/** Size of an imagemap. Areas are measured in it. */
export interface ImagemapBaseSize {
  /** Width in pixels. LINE's documentation requires 1040. LINE accepts other widths, and `checkMessages` reports them as a hint. */
  width: number
  /** Height in pixels at that width, at least 1. */
  height: number
}

/** A video on an imagemap. */
export interface ImagemapVideo {
  /** HTTPS URL of the video, at most 2000 UTF-16 code units: an MP4 of at most 200 MB. */
  originalContentUrl: string
  /**
   * HTTPS URL of the preview, at most 2000 UTF-16 code units: a JPEG or PNG of at most 1 MB, in the aspect ratio of the
   * video.
   */
  previewImageUrl: string
  /** The area where the video plays. */
  area: ImagemapArea
  /** A link to show when the video has ended. */
  externalLink?: ImagemapExternalLink | undefined
}

/** A link that is shown when the video of an imagemap has ended. */
export interface ImagemapExternalLink {
  /** URI to open: `http`, `https`, `line` or `tel`, at most 1000 UTF-16 code units. */
  linkUri: string
  /** Label of the link, 1 to 30 UTF-16 code units. */
  label: string
}

/**
 * An area of an imagemap, in pixels of its `baseSize`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-area-object
 */
export interface ImagemapArea {
  /** Distance from the left edge, at least 0 pixels. */
  x: number
  /** Distance from the top edge, at least 0 pixels. */
  y: number
  /** Width, at least 1 pixel. */
  width: number
  /** Height, at least 1 pixel. */
  height: number
}

/**
 * The action of an imagemap area.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-action-objects
 */
export type ImagemapAction = UriImagemapAction | MessageImagemapAction | ClipboardImagemapAction

/** The common fields of imagemap actions. */
export interface ImagemapActionOptions {
  /** Label for screen readers, at most 100 UTF-16 code units. */
  label?: string | undefined
  /** The area that can be tapped. */
  area: ImagemapArea
}

/**
 * Opens a URI.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-uri-action-object
 */
export interface UriImagemapAction extends ImagemapActionOptions {
  /** Always `uri`. */
  type: 'uri'
  /** URI to open: `http`, `https`, `line` or `tel`, at most 1000 UTF-16 code units. */
  linkUri: string
}

/**
 * Sends a text message as the user.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-message-action-object
 */
export interface MessageImagemapAction extends ImagemapActionOptions {
  /** Always `message`. */
  type: 'message'
  /** Text to send, 1 to 400 UTF-16 code units. */
  text: string
}

/**
 * Copies text to the clipboard. Requires LINE 14.0.0 or later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-clipboard-action-object
 */
export interface ClipboardImagemapAction extends ImagemapActionOptions {
  /** Always `clipboard`. */
  type: 'clipboard'
  /** Text to copy, 1 to 1000 UTF-16 code units. */
  clipboardText: string
}
