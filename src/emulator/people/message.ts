import type { OfficialAccount } from '../account.js'
import type { Person } from './person.js'

/** A file that a user sends: bytes, with the usual media type for the message, or a Blob with its own `type`. */
export type PersonFile = Uint8Array<ArrayBuffer> | Blob

/** A message that a user can send. LINE adds the rest, such as its ID and tokens, in the event. */
export type PersonMessage =
  | PersonTextMessage
  | PersonStickerMessage
  | PersonImageMessage
  | PersonVideoMessage
  | PersonAudioMessage
  | PersonFileMessage
  | PersonLocationMessage

/** A text of a user, with its mentions and LINE emoji. */
export interface PersonTextMessage {
  /** The message type. */
  readonly type: 'text'
  /** The text. */
  readonly text: string
  /**
   * Whom the text mentions, in the order of the text: users, the LINE Official Account, or `all`. Each one stands in the text as `@` and the display name,
   * or as `@All`; the event says where. At most 20, and only in group chats and multi-person chats. Default: none.
   */
  readonly mentions?: readonly (Person | OfficialAccount | 'all')[] | undefined
  /** The LINE emoji in the text, in the order of the text. Default: none. */
  readonly emojis?: readonly PersonEmoji[] | undefined
  /** The ID of the message that is quoted. Default: none. */
  readonly quotedMessageId?: string | undefined
}

/** A LINE emoji in a text of a user. */
export interface PersonEmoji {
  /** What stands in the text for the emoji, such as `(love)`. */
  readonly text: string
  /** The product ID of the emoji set. */
  readonly productId: string
  /** The ID of the emoji in its set. */
  readonly emojiId: string
}

/** A sticker of a user. */
export interface PersonStickerMessage {
  /** The message type. */
  readonly type: 'sticker'
  /** The package ID of the sticker set. */
  readonly packageId: string
  /** The sticker ID. */
  readonly stickerId: string
  /** The kind of sticker, such as `STATIC`, `ANIMATION` or `MESSAGE`. Default: `MESSAGE` for a sticker with a text, else `STATIC`. */
  readonly stickerResourceType?: string | undefined
  /** Keywords that describe the sticker, up to 15. Default: none. */
  readonly keywords?: readonly string[] | undefined
  /** What the user has written on a message sticker, up to 100 characters. Default: none. */
  readonly text?: string | undefined
  /** The ID of the message that is quoted. Default: none. */
  readonly quotedMessageId?: string | undefined
}

/** What an image, a video and an audio have in common: their file is at LINE, or at a URL when a LIFF app sent it. */
interface ExternalFile {
  /** The URL of the file, for a message that a LIFF app sends. LINE does not have the file then. Default: none. */
  readonly originalContentUrl?: string | undefined
}

/** An image of a user. */
export interface PersonImageMessage extends ExternalFile {
  /** The message type. */
  readonly type: 'image'
  /** The image. Default: a JPEG of one pixel. */
  readonly content?: PersonFile | undefined
  /** The URL of the preview image, for a message that a LIFF app sends. Default: none. */
  readonly previewImageUrl?: string | undefined
}

/** What a video and an audio have in common. */
interface Recording extends ExternalFile {
  /** The duration, in milliseconds. Default: unknown. */
  readonly duration?: number | undefined
  /** The file. Default: the first bytes of an MP4 or M4A. */
  readonly content?: PersonFile | undefined
  /** How long LINE takes until the file can be downloaded, in milliseconds; `failed` when it never can be. Default: 1,000. */
  readonly preparation?: number | 'failed' | undefined
}

/** A video of a user. */
export interface PersonVideoMessage extends Recording {
  /** The message type. */
  readonly type: 'video'
  /** The URL of the preview image, for a message that a LIFF app sends. Default: none. */
  readonly previewImageUrl?: string | undefined
}

/** An audio of a user. */
export interface PersonAudioMessage extends Recording {
  /** The message type. */
  readonly type: 'audio'
}

/** A file of a user. */
export interface PersonFileMessage {
  /** The message type. */
  readonly type: 'file'
  /** The file name. */
  readonly fileName: string
  /** The file size, in bytes. Default: the length of the content. */
  readonly fileSize?: number | undefined
  /** The file. Default: zeros, as many as the file size. */
  readonly content?: PersonFile | undefined
}

/** A location of a user. */
export interface PersonLocationMessage {
  /** The message type. */
  readonly type: 'location'
  /** The latitude, in degrees. */
  readonly latitude: number
  /** The longitude, in degrees. */
  readonly longitude: number
  /** The title of the place. Default: none. */
  readonly title?: string | undefined
  /** The address of the place. Default: none. */
  readonly address?: string | undefined
}
