import { LineInputError } from '../core/errors.js'
import { property } from '../core/property.js'

/** Properties of every message. */
interface ContentBase {
  /** Message ID: a string of digits, which exceeds the safe range of numbers. */
  id: string
}

/** Properties of messages that can be marked as read. */
interface Readable {
  /** Token for `markMessagesAsReadByToken`, which marks this message and all earlier ones as read. It does not expire. */
  markAsReadToken?: string | undefined
}

/**
 * A text message from a user.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-text
 */
export interface TextMessageContent extends ContentBase, Readable {
  /** Message type. */
  type: 'text'
  /** Message text, including the placeholders of mentions and LINE emoji. */
  text: string
  /** LINE emoji in the text. */
  emojis?: ReceivedEmoji[] | undefined
  /** Mentions in the text. */
  mention?: Mention | undefined
  /** Token for quoting this message in the same chat. It does not expire. */
  quoteToken: string
  /** ID of the message that this one quotes. */
  quotedMessageId?: string | undefined
}

/** A LINE emoji in a text. */
export interface ReceivedEmoji {
  /** Position of its first character in the text, in UTF-16 code units as in JavaScript, starting at 0. */
  index: number
  /** Length in the text, in UTF-16 code units: 7 for `(hello)`. */
  length: number
  /** Product ID of the emoji set. */
  productId: string
  /** ID of the emoji in its set. */
  emojiId: string
}

/** The mentions in a text. */
export interface Mention {
  /** Mentioned users, up to 20. */
  mentionees: Mentionee[]
}

/** A mention of a user, or of everyone in the group. */
export type Mentionee = UserMentionee | AllMentionee

interface MentioneeBase {
  /** Position of its first character in the text, in UTF-16 code units, starting at 0. */
  index: number
  /** Length in the text, in UTF-16 code units: 8 for `@example`. */
  length: number
}

/** A mention of one user. */
export interface UserMentionee extends MentioneeBase {
  /** Mention type. */
  type: 'user'
  /** User ID of the mentioned user. Missing if the user has not consented to share their profile with the account. */
  userId?: string | undefined
  /** Whether the bot itself is mentioned. */
  isSelf?: boolean | undefined
}

/** A mention of everyone in the group. */
export interface AllMentionee extends MentioneeBase {
  /** Mention type. */
  type: 'all'
}

/** The location of a file. */
export interface ContentProvider {
  /** `line`: get the file with `getMessageContent`. `external`: get it from `originalContentUrl`. LINE may add values. */
  type: 'line' | 'external' | (string & {})
  /** URL of the file. Only with `external`. */
  originalContentUrl?: string | undefined
  /** URL of the preview image. Only with `external`. */
  previewImageUrl?: string | undefined
}

/**
 * An image message from a user.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-image
 */
export interface ImageMessageContent extends ContentBase, Readable {
  /** Message type. */
  type: 'image'
  /** Location of the image file. */
  contentProvider: ContentProvider
  /** The set of images that this one belongs to. Only if several images were sent at once; they arrive in any order. */
  imageSet?: ImageSet | undefined
  /** Token for quoting this message in the same chat. It does not expire. */
  quoteToken: string
}

/** The position of an image in a set that was sent at once. */
export interface ImageSet {
  /** ID of the image set. */
  id: string
  /** Position of the image in the set, starting at 1. Old versions of LINE omit it. */
  index?: number | undefined
  /** Number of images in the set. Old versions of LINE omit it. */
  total?: number | undefined
}

/**
 * A video message from a user.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-video
 */
export interface VideoMessageContent extends ContentBase, Readable {
  /** Message type. */
  type: 'video'
  /** Length of the video, in milliseconds. */
  duration?: number | undefined
  /** Location of the video file. */
  contentProvider: ContentProvider
  /** Token for quoting this message in the same chat. It does not expire. */
  quoteToken: string
}

/**
 * A voice message or audio file from a user.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-audio
 */
export interface AudioMessageContent extends ContentBase, Readable {
  /** Message type. */
  type: 'audio'
  /** Length of the audio, in milliseconds. */
  duration?: number | undefined
  /** Location of the audio file. */
  contentProvider: ContentProvider
}

/**
 * A file message from a user.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-file
 */
export interface FileMessageContent extends ContentBase, Readable {
  /** Message type. */
  type: 'file'
  /** File name. */
  fileName: string
  /** File size, in bytes. */
  fileSize: number
}

/**
 * A location message from a user.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-location
 */
export interface LocationMessageContent extends ContentBase, Readable {
  /** Message type. */
  type: 'location'
  /** Title of the location. */
  title?: string | undefined
  /** Address of the location. */
  address?: string | undefined
  /** Latitude, in degrees. */
  latitude: number
  /** Longitude, in degrees. */
  longitude: number
}

/** The kind of a sticker. LINE may add values. */
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
 * A sticker message from a user.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#wh-sticker
 */
export interface StickerMessageContent extends ContentBase, Readable {
  /** Message type. */
  type: 'sticker'
  /** Package ID of the sticker set. */
  packageId: string
  /** Sticker ID. */
  stickerId: string
  /** The kind of the sticker. */
  stickerResourceType: StickerResourceType
  /** Keywords that describe the sticker, up to 15; a random selection if there are more. LINE marks this property as experimental. */
  keywords?: string[] | undefined
  /** Text that the user entered on a message sticker, up to 100 characters. */
  text?: string | undefined
  /** Token for quoting this message in the same chat. It does not expire. */
  quoteToken: string
  /** ID of the message that this one quotes. */
  quotedMessageId?: string | undefined
}

/** The content of a message, discriminated by `type`. An event with a message of another type is an {@link UnknownEvent}. */
export type MessageContent =
  | TextMessageContent
  | ImageMessageContent
  | VideoMessageContent
  | AudioMessageContent
  | FileMessageContent
  | LocationMessageContent
  | StickerMessageContent

/** The properties of a text message that the functions below read. */
type MarkedText = Pick<TextMessageContent, 'text' | 'emojis' | 'mention'>

/** A segment of a text message: plain text, a mention or a LINE emoji. All segments in order make up the whole text. */
export type TextSegment =
  | {
      /** Segment type. */
      readonly type: 'text'
      /** Text of the segment. */
      readonly text: string
    }
  | {
      /** Segment type. */
      readonly type: 'mention'
      /** Text of the segment, such as `@example`. */
      readonly text: string
      /** The mentioned user, or everyone. */
      readonly mentionee: Mentionee
    }
  | {
      /** Segment type. */
      readonly type: 'emoji'
      /** Placeholder of the emoji in the text, such as `(hello)`. */
      readonly text: string
      /** The LINE emoji. */
      readonly emoji: ReceivedEmoji
    }

/**
 * Splits a text message into plain text, mentions and LINE emoji, by LINE's offsets, which count UTF-16 code units as JavaScript does.
 *
 * A mention or emoji that is outside the text, or overlaps one that starts earlier, stays plain text.
 */
export function textSegments(message: MarkedText): TextSegment[] {
  if (typeof property(message, 'text') !== 'string')
    throw new LineInputError('textSegments: message must be a text message, such as event.message')
  const { text, mention, emojis } = message
  const marks = [
    ...objectsIn(mention?.mentionees).map((mentionee) => ({ type: 'mention', mentionee, at: mentionee }) as const),
    ...objectsIn(emojis).map((emoji) => ({ type: 'emoji', emoji, at: emoji }) as const),
  ]
    .filter(({ at }) => typeof at.index === 'number' && typeof at.length === 'number')
    .sort((a, b) => a.at.index - b.at.index)
  const segments: TextSegment[] = []
  let from = 0
  const addPlain = (to: number) => {
    if (to > from) segments.push({ type: 'text', text: text.slice(from, to) })
  }
  for (const mark of marks) {
    const { index, length } = mark.at
    // Comparisons with a value that is not a number fail, too.
    if (!(index >= from && length > 0 && index + length <= text.length)) continue
    addPlain(index)
    from = index + length
    const marked = text.slice(index, from)
    segments.push(
      mark.type === 'mention'
        ? { type: 'mention', text: marked, mentionee: mark.mentionee }
        : { type: 'emoji', text: marked, emoji: mark.emoji },
    )
  }
  addPlain(text.length)
  return segments
}

// An event is JSON that was signed but not validated.
function objectsIn<Mark extends object>(list: readonly Mark[] | undefined): readonly Mark[] {
  return Array.isArray(list) ? list.filter((mark) => typeof mark === 'object' && mark !== null) : []
}

/** Whether a text message mentions the bot itself. A mention of everyone does not count. */
export function mentionsMe(message: Pick<TextMessageContent, 'mention'>): boolean {
  return objectsIn(message?.mention?.mentionees).some(
    (mentionee) => mentionee.type === 'user' && mentionee.isSelf === true,
  )
}

/** Removes the mentions from a text message, and trims the whitespace around them and around the whole text: `@shop  menu` becomes `menu`. */
export function textWithoutMentions(message: MarkedText): string {
  let text = ''
  let cut = false
  for (const segment of textSegments(message)) {
    if (segment.type === 'mention') cut = true
    else {
      text = cut ? `${text.trimEnd()} ${segment.text.trimStart()}` : text + segment.text
      cut = false
    }
  }
  return text.trim()
}
