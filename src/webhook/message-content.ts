/** What every message has. */
interface ContentBase {
  /** The message ID, a decimal text beyond what a number can hold. */
  id: string
}

/** A token by which a bot may say that it has read the message and all before it. It does not expire. */
interface Readable {
  /** For `markMessagesAsReadByToken`. */
  markAsReadToken?: string | undefined
}

/**
 * A text that a user wrote.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-text
 */
export interface TextMessageContent extends ContentBase, Readable {
  type: 'text'
  text: string
  /** The LINE emoji in the text. */
  emojis?: Emoji[] | undefined
  /** Who is mentioned in the text. */
  mention?: Mention | undefined
  /** For quoting this message in its own chat. It does not expire. */
  quoteToken: string
  /** The message that this one quotes. */
  quotedMessageId?: string | undefined
}

/** A LINE emoji in a text. */
export interface Emoji {
  /** Where it begins in the text, in UTF-16 code units, as JavaScript counts. */
  index: number
  /** How long it is in the text, in UTF-16 code units: 7 for `(hello)`. */
  length: number
  productId: string
  emojiId: string
}

/** Who is mentioned in a text. */
export interface Mention {
  /** 20 at most. */
  mentionees: Mentionee[]
}

/** One mention: of a user, or of everyone in the group. */
export type Mentionee = UserMentionee | AllMentionee

interface MentioneeBase {
  /** Where it begins in the text, in UTF-16 code units. */
  index: number
  /** How long it is in the text, in UTF-16 code units: 8 for `@example`. */
  length: number
}

/** A mention of one user. */
export interface UserMentionee extends MentioneeBase {
  type: 'user'
  /** Missing when the user has not agreed to be known to the account. */
  userId?: string | undefined
  /** Whether it is the bot itself that is mentioned. */
  isSelf?: boolean | undefined
}

/** A mention of everyone in the group. */
export interface AllMentionee extends MentioneeBase {
  type: 'all'
}

/** Where a file is: at LINE, to be had by `getMessageContent`, or at an address of somebody else's. LINE may add kinds. */
export interface ContentProvider {
  type: 'line' | 'external' | (string & {})
  /** Only with `external`. */
  originalContentUrl?: string | undefined
  /** Only with `external`. */
  previewImageUrl?: string | undefined
}

/**
 * An image that a user sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-image
 */
export interface ImageMessageContent extends ContentBase, Readable {
  type: 'image'
  contentProvider: ContentProvider
  /** Only when several images were sent at once; they come in any order. */
  imageSet?: ImageSet | undefined
  /** For quoting this message in its own chat. It does not expire. */
  quoteToken: string
}

/** The place of an image among those sent at once. */
export interface ImageSet {
  id: string
  /** Counts from 1. Old versions of LINE leave it out. */
  index?: number | undefined
  total?: number | undefined
}

/**
 * A video that a user sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-video
 */
export interface VideoMessageContent extends ContentBase, Readable {
  type: 'video'
  /** In milliseconds. */
  duration?: number | undefined
  contentProvider: ContentProvider
  /** For quoting this message in its own chat. It does not expire. */
  quoteToken: string
}

/**
 * A voice message or sound file that a user sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-audio
 */
export interface AudioMessageContent extends ContentBase, Readable {
  type: 'audio'
  /** In milliseconds. */
  duration?: number | undefined
  contentProvider: ContentProvider
}

/**
 * A file that a user sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-file
 */
export interface FileMessageContent extends ContentBase, Readable {
  type: 'file'
  fileName: string
  /** In bytes. */
  fileSize: number
}

/**
 * A place that a user sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-location
 */
export interface LocationMessageContent extends ContentBase, Readable {
  type: 'location'
  title?: string | undefined
  address?: string | undefined
  /** In degrees. */
  latitude: number
  /** In degrees. */
  longitude: number
}

/** What a sticker does. LINE may add kinds. */
export type StickerResourceType =
  | 'STATIC'
  | 'ANIMATION'
  | 'SOUND'
  | 'ANIMATION_SOUND'
  | 'POPUP'
  | 'POPUP_SOUND'
  | 'CUSTOM'
  | 'MESSAGE'
  | 'NAME_TEXT'
  | 'PER_STICKER_TEXT'
  | (string & {})

/**
 * A sticker that a user sent.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-sticker
 */
export interface StickerMessageContent extends ContentBase, Readable {
  type: 'sticker'
  packageId: string
  stickerId: string
  stickerResourceType: StickerResourceType
  /** Words for what it shows, 15 at most; a random choice of them where there are more. LINE calls this experimental. */
  keywords?: string[] | undefined
  /** What the user wrote on a message sticker, up to 100 characters. */
  text?: string | undefined
  /** For quoting this message in its own chat. It does not expire. */
  quoteToken: string
  /** The message that this one quotes. */
  quotedMessageId?: string | undefined
}

/** What a message holds. It narrows on `type`; an event with a message of another type is an {@link UnknownEvent}. */
export type MessageContent =
  | TextMessageContent
  | ImageMessageContent
  | VideoMessageContent
  | AudioMessageContent
  | FileMessageContent
  | LocationMessageContent
  | StickerMessageContent
