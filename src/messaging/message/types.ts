import type { FlexMessage } from '../flex/types.js'
import type { ImagemapMessage } from '../imagemap/types.js'
import type { TemplateMessage } from '../template/types.js'
import type { AudioMessage, ImageMessage, VideoMessage } from './media.js'
import type { QuickReply } from './quick-reply.js'
import type { TextMessageV2 } from './text-v2.js'

/** What may be sent: a message object of LINE, told apart by its `type`. */
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
  /** Display name, at most 20 UTF-16 units. LINE refuses some words, `LINE` among them. */
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

/**
 * A place on the map.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#location-message
 */
export interface LocationMessage extends MessageOptions {
  type: 'location'
  /** 1 to 100 UTF-16 units. */
  title: string
  /** 1 to 100 UTF-16 units. */
  address: string
  /** In degrees, -90 to 90: `35.67966` in Tokyo. */
  latitude: number
  /** In degrees, -180 to 180: `139.73669` in Tokyo. */
  longitude: number
}

/**
 * A coupon of the account.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#coupon-message
 */
export interface CouponMessage extends MessageOptions {
  type: 'coupon'
  /** ID of the coupon, as `createCoupon` and `listCoupon` give it. */
  couponId: string
  /** Where the coupon was shown, for the statistics in the LINE Official Account Manager: 1 to 30 of `A-Z a-z 0-9 _`. They say `Unknown` when it is left out. */
  deliveryTag?: string | undefined
}
