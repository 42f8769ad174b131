import type { QuickReply } from '../action/types.js'
import type { FlexMessage } from '../flex/types.js'
import type { ImagemapMessage } from '../imagemap/types.js'
import type { TemplateMessage } from '../template/types.js'

/** A message object to send. */
export type Message =
  | TextMessage
  | TextMessageV2
  | StickerMessage
  | ImageMessage
  | VideoMessage
  | AudioMessage
  | LocationMessage
  | CouponMessage
  | ImagemapMessage
  | TemplateMessage
  | FlexMessage

/** The common fields of all message objects. */
export interface MessageOptions {
  /** Quick reply buttons. Only those of the last message of a call are shown. */
  quickReply?: QuickReply | undefined
  /** The display name and icon to send the message with. */
  sender?: Sender | undefined
}

/**
 * A display name and icon for one message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#icon-nickname-switch
 */
export interface Sender {
  /** Display name, at most 20 UTF-16 code units. LINE rejects some words, including `LINE`. */
  name?: string | undefined
  /** HTTPS URL of the icon, at most 2000 UTF-16 code units: a square PNG of at most 1 MB. */
  iconUrl?: string | undefined
}

/**
 * A text message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message
 */
export interface TextMessage extends MessageOptions {
  /** Always `text`. */
  type: 'text'
  /**
   * Text, 1 to 5000 UTF-16 code units. LINE counts each LINE emoji with its alternative text, which is longer than the `$`
   * placeholder.
   */
  text: string
  /** LINE emoji that replace the `$` placeholders in the text, at most 20. */
  emojis?: readonly Emoji[] | undefined
  /** Quote token of the message to quote. It works only in the chat of that message, any number of times. */
  quoteToken?: string | undefined
}

/**
 * A LINE emoji in a text message.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/emoji-list/
 */
export interface Emoji {
  /**
   * Index of the `$` placeholder in the text, in UTF-16 code units, as for a JavaScript string. LINE rejects an index
   * without a `$`.
   */
  index: number
  /** ID of the emoji set, such as `5ac1bfd5040ab15980c9b435`. */
  productId: string
  /** ID of the emoji within the set, such as `001`. */
  emojiId: string
}

/**
 * A sticker message. Only the stickers in LINE's list can be sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#sticker-message
 */
export interface StickerMessage extends MessageOptions {
  /** Always `sticker`. */
  type: 'sticker'
  /** ID of the sticker package, such as `446`. */
  packageId: string
  /** ID of the sticker, such as `1988`. */
  stickerId: string
  /** Quote token of the message to quote. It works only in the chat of that message, any number of times. */
  quoteToken?: string | undefined
}

/**
 * A location message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#location-message
 */
export interface LocationMessage extends MessageOptions {
  /** Always `location`. */
  type: 'location'
  /** Title, 1 to 100 UTF-16 code units. */
  title: string
  /** Address, 1 to 100 UTF-16 code units. */
  address: string
  /** Latitude in degrees, -90 to 90. Tokyo: `35.67966`. */
  latitude: number
  /** Longitude in degrees, -180 to 180. Tokyo: `139.73669`. */
  longitude: number
}

/**
 * A coupon message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#coupon-message
 */
export interface CouponMessage extends MessageOptions {
  /** Always `coupon`. */
  type: 'coupon'
  /** ID of the coupon, from `createCoupon` or `listCoupon`. */
  couponId: string
  /**
   * Tag for the statistics in the LINE Official Account Manager: 1 to 30 characters from `A-Z a-z 0-9 _`. Default:
   * none, shown as `Unknown`.
   */
  deliveryTag?: string | undefined
}

/**
 * An image message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#image-message
 */
export interface ImageMessage extends MessageOptions {
  /** Always `image`. */
  type: 'image'
  /** HTTPS URL of the image, at most 2000 UTF-16 code units: a JPEG or PNG of at most 10 MB. */
  originalContentUrl: string
  /** HTTPS URL of the preview, at most 2000 UTF-16 code units: a JPEG or PNG of at most 1 MB. */
  previewImageUrl: string
}

/**
 * A video message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#video-message
 */
export interface VideoMessage extends MessageOptions {
  /** Always `video`. */
  type: 'video'
  /** HTTPS URL of the video, at most 2000 UTF-16 code units: an MP4 of at most 200 MB. */
  originalContentUrl: string
  /**
   * HTTPS URL of the preview, at most 2000 UTF-16 code units: a JPEG or PNG of at most 1 MB, in the aspect ratio of the
   * video.
   */
  previewImageUrl: string
  /**
   * ID in the `videoPlayComplete` event, which LINE sends when a user has watched the video to the end: 1 to 100
   * characters from `A-Z a-z 0-9` and `- . = , + * ( ) % $ & ; : @ { } ! ? < > [ ]`. Several messages can use the same
   * ID. Not available in group chats and multi-person chats.
   */
  trackingId?: string | undefined
}

/**
 * An audio message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#audio-message
 */
export interface AudioMessage extends MessageOptions {
  /** Always `audio`. */
  type: 'audio'
  /** HTTPS URL of the audio file, at most 2000 UTF-16 code units: an MP3 or M4A of at most 200 MB. */
  originalContentUrl: string
  /** Duration in milliseconds, at least 0. */
  duration: number
}

/**
 * A text message with mentions and LINE emoji in place of `{key}` placeholders.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2
 *
 * @example
 * { type: 'textV2', text: 'Hi {mika}, look: {{ and }} are braces', substitution: { mika: mention(userId) } }
 */
export interface TextMessageV2 extends MessageOptions {
  /** Always `textV2`. */
  type: 'textV2'
  /**
   * Text, 1 to 5000 UTF-16 code units. Each `{key}` is replaced by its value in `substitution`. Write a brace itself twice.
   * The text can have at most 20 mentions and 20 LINE emoji.
   */
  text: string
  /** Values for the keys, at most 100. Each key has at most 20 characters from `A-Z a-z 0-9 _`. */
  substitution?: { [key: string]: Substitution } | undefined
  /** Quote token of the message to quote. It works only in the chat of that message, any number of times. */
  quoteToken?: string | undefined
}

/** The value of a `{key}`. */
export type Substitution = MentionSubstitution | EmojiSubstitution

/**
 * A mention. Available in replies and push messages, in group chats and multi-person chats that the account is in.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2-mention-object
 */
export interface MentionSubstitution {
  /** Always `mention`. */
  type: 'mention'
  /** The mentioned users. */
  mentionee: MentionTarget
}

/** The mentioned users: one member or all members. */
export type MentionTarget = UserMentionTarget | AllMentionTarget

/**
 * One member of the chat.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2-mentionee-user
 */
export interface UserMentionTarget {
  /** Always `user`. */
  type: 'user'
  /** User ID of a member of the chat, not of a bot. */
  userId: string
}

/**
 * All members of the chat.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2-mentionee-all
 */
export interface AllMentionTarget {
  /** Always `all`. */
  type: 'all'
}

/**
 * A LINE emoji.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2-emoji-object
 */
export interface EmojiSubstitution {
  /** Always `emoji`. */
  type: 'emoji'
  /** ID of the emoji set, such as `5ac1bfd5040ab15980c9b435`. */
  productId: string
  /** ID of the emoji within the set, such as `001`. */
  emojiId: string
}
