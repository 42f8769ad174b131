import type { MessageOptions } from '../message/types.js'

/**
 * An image with areas to tap, and a video over it if you like.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-message
 */
export interface ImagemapMessage extends MessageOptions {
  type: 'imagemap'
  /**
   * Where the image is: an https URL of at most 2000 UTF-16 units. The apps fetch it at `/240`, `/300`, `/460`, `/700` and `/1040` below,
   * the width in pixels, without a file extension: JPEG or PNG of at most 10 MB each.
   */
  baseUrl: string
  /** What notifications and the list of chats show, 1 to 1500 UTF-16 units. */
  altText: string
  /** Size of the image at its largest. */
  baseSize: ImagemapBaseSize
  /** A video over the image. */
  video?: ImagemapVideo | undefined
  /** What can be tapped, at most 50 areas. */
  actions: readonly ImagemapAction[]
}

/** Size of an imagemap; areas are measured in it. */
export interface ImagemapBaseSize {
  /** In pixels. LINE takes no other width. */
  width: 1040
  /** Height in pixels at that width. */
  height: number
}

/** A video over an imagemap. */
export interface ImagemapVideo {
  /** The video: an https URL of at most 2000 UTF-16 units, to an mp4 of at most 200 MB. */
  originalContentUrl: string
  /** The preview, with the video's proportions: an https URL of at most 2000 UTF-16 units, to a JPEG or PNG of at most 1 MB. */
  previewImageUrl: string
  /** Where it plays. */
  area: ImagemapArea
  /** A link that is shown when the video has ended. */
  externalLink?: ImagemapExternalLink | undefined
}

/** A link that is shown when the video of an imagemap has ended. */
export interface ImagemapExternalLink {
  /** An `http`, `https`, `line` or `tel` link of at most 1000 UTF-16 units. */
  linkUri: string
  /** 1 to 30 UTF-16 units. */
  label: string
}

/**
 * A part of an imagemap, in pixels of its `baseSize`, from the top left.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-area-object
 */
export interface ImagemapArea {
  /** From the left edge, 0 or more. */
  x: number
  /** From the top, 0 or more. */
  y: number
  /** 1 or more. */
  width: number
  /** 1 or more. */
  height: number
}

/**
 * What an area of an imagemap does.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-action-objects
 */
export type ImagemapAction = UriImagemapAction | MessageImagemapAction | ClipboardImagemapAction

/** What every action of an imagemap has. */
export interface ImagemapActionOptions {
  /** Label, which is read aloud. At most 100 UTF-16 units. */
  label?: string | undefined
  /** Where it can be tapped. */
  area: ImagemapArea
}

/**
 * Opens a link.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-uri-action-object
 */
export interface UriImagemapAction extends ImagemapActionOptions {
  type: 'uri'
  /** An `http`, `https`, `line` or `tel` link of at most 1000 UTF-16 units. */
  linkUri: string
}

/**
 * Sends a text as if the person had written it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-message-action-object
 */
export interface MessageImagemapAction extends ImagemapActionOptions {
  type: 'message'
  /** 1 to 400 UTF-16 units. */
  text: string
}

/**
 * Copies a text to the clipboard. LINE 14.0.0 or later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#imagemap-clipboard-action-object
 */
export interface ClipboardImagemapAction extends ImagemapActionOptions {
  type: 'clipboard'
  /** The text, 1 to 1000 UTF-16 units. */
  clipboardText: string
}
