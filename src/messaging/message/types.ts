import type { QuickReply } from './quick-reply.js'

/** What may be sent: a message object of LINE, told apart by its `type`. */
export type Message = TextMessage | ImageMessage | StickerMessage

/** What every message object may carry. */
export interface MessageOptions {
  /** Buttons above the keyboard. Only those of the last message of a call are shown. */
  quickReply?: QuickReply | undefined
  /** Another name and icon to send under. */
  sender?: Sender | undefined
}

/**
 * Another name and icon for one message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#icon-nickname-switch
 */
export interface Sender {
  /** Display name, at most 20 UTF-16 units. LINE refuses some words, its own name among them. */
  name?: string | undefined
  /** Icon: an https URL of at most 2000 UTF-16 units, to a square PNG of at most 1 MB. */
  iconUrl?: string | undefined
}

/**
 * A text.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message
 */
export interface TextMessage extends MessageOptions {
  type: 'text'
  /** 1 to 5000 UTF-16 units. LINE counts each LINE emoji as its hidden text, which is longer than the `$` that stands for it. */
  text: string
  /** LINE emoji for the `$` signs in the text, at most 20. */
  emojis?: readonly Emoji[] | undefined
  /** Token of the message to quote. It works only in the chat that it comes from, any number of times. */
  quoteToken?: string | undefined
}

/**
 * A LINE emoji in a text.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/emoji-list/
 */
export interface Emoji {
  /** Where its `$` stands in the text, in UTF-16 units from 0: a string index. LINE refuses a place without a `$`. */
  index: number
  /** ID of the set, such as `5ac1bfd5040ab15980c9b435`. */
  productId: string
  /** ID in the set, such as `001`. */
  emojiId: string
}

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
 * A sticker. Only the sets on LINE's list can be sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#sticker-message
 */
export interface StickerMessage extends MessageOptions {
  type: 'sticker'
  /** ID of the set, such as `446`. */
  packageId: string
  /** ID of the sticker, such as `1988`. */
  stickerId: string
  /** Token of the message to quote. It works only in the chat that it comes from, any number of times. */
  quoteToken?: string | undefined
}
