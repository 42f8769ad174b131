import { LineInputError } from '../../core/errors.js'
import { property } from '../../core/property.js'
import { countGraphemes } from '../../messaging/message/graphemes.js'
import type {
  ContentProvider,
  ImageSet,
  Mention,
  MessageContent,
  ReceivedEmoji,
  TextMessageContent,
} from '../../webhook/message-content.js'
import { checkText } from '../check-options.js'
import type { PersonMessage, PersonStickerMessage, PersonTextMessage } from './message.js'

const messageTypes: readonly unknown[] = ['text', 'sticker', 'image', 'video', 'audio', 'file', 'location']

/** The limits of what LINE tells about a sticker. */
const most = { keywords: 15, stickerText: 100 }

function checkSticker({ keywords, text, stickerResourceType }: PersonStickerMessage): void {
  const isList = Array.isArray(keywords) && keywords.every((keyword) => typeof keyword === 'string')
  if (keywords !== undefined && !(isList && keywords.length <= most.keywords))
    throw new LineInputError(`send: message.keywords must be a list of at most ${most.keywords} strings`)
  if (stickerResourceType !== undefined) checkText('send', 'message.stickerResourceType', stickerResourceType)
  if (text === undefined) return
  checkText('send', 'message.text', text)
  if (countGraphemes(text) > most.stickerText)
    throw new LineInputError(`send: message.text of a sticker must have at most ${most.stickerText} characters`)
}

function checkUrls(message: PersonMessage): void {
  for (const name of ['originalContentUrl', 'previewImageUrl']) {
    const url = property(message, name)
    if (url !== undefined && !(typeof url === 'string' && url.startsWith('https://') && URL.canParse(url)))
      throw new LineInputError(`send: message.${name} must be an https URL`)
  }
}

/**
 * Reads the message that a person sends; a string is a text.
 *
 * @throws {LineInputError} when it is not a message that people can send.
 */
export function readMessage(message: string | PersonMessage): PersonMessage {
  const read: PersonMessage = typeof message === 'string' ? { type: 'text', text: message } : message
  if (!messageTypes.includes(property(read, 'type')))
    throw new LineInputError(`send: message must be a string, or an object with the type ${messageTypes.join(', ')}`)
  if (read.type === 'text') {
    checkText('send', 'message.text', read.text)
    emojisIn(read)
  }
  if (read.type === 'sticker') checkSticker(read)
  checkUrls(read)
  return read
}

/** Where a part of a text stands, in UTF-16 code units. */
export interface Located {
  /** The position of its first character. */
  readonly index: number
  /** Its length. */
  readonly length: number
}

/**
 * Finds parts of a text, one after the other.
 *
 * @throws {LineInputError} when a part does not stand in the rest of the text.
 */
export function locate(text: string, parts: readonly string[], what: string): Located[] {
  let from = 0
  return parts.map((part, at) => {
    const index = part === '' ? -1 : text.indexOf(part, from)
    if (index < 0)
      throw new LineInputError(
        `send: message.${what}[${at}]: the text must contain ${part === '' ? 'it' : part}${at > 0 ? ' after the one before' : ''}`,
      )
    from = index + part.length
    return { index, length: part.length }
  })
}

function emojisIn({ text, emojis }: PersonTextMessage): ReceivedEmoji[] | undefined {
  if (emojis === undefined) return undefined
  if (!Array.isArray(emojis)) throw new LineInputError('send: message.emojis must be a list')
  const read: readonly unknown[] = emojis
  const values = read.map((emoji, at) => {
    const value = (name: string): string => {
      const found = property(emoji, name)
      checkText('send', `message.emojis[${at}].${name}`, found)
      return found
    }
    return { text: value('text'), productId: value('productId'), emojiId: value('emojiId') }
  })
  const places = locate(
    text,
    values.map((emoji) => emoji.text),
    'emojis',
  )
  return values.flatMap(({ productId, emojiId }, at) => {
    const place = places[at]
    return place ? [{ ...place, productId, emojiId }] : []
  })
}

/** What belongs to a message besides what the person says. */
export interface MessageContext {
  /** The mentions in a text. */
  readonly mention?: Mention | undefined
  /** The set of images that an image belongs to. */
  readonly imageSet?: ImageSet | undefined
}

/** The tokens that LINE gives a message. */
export interface MessageTokens {
  readonly id: string
  readonly quoteToken: string
}

/** A text as an event has it. */
export function textContent(
  message: PersonTextMessage,
  { id, quoteToken }: MessageTokens,
  { mention }: MessageContext,
): TextMessageContent {
  const { type, text, quotedMessageId } = message
  const emojis = emojisIn(message)
  return {
    type,
    id,
    quoteToken,
    text,
    ...(emojis?.length && { emojis }),
    ...(mention && { mention }),
    ...(quotedMessageId !== undefined && { quotedMessageId }),
  }
}

function providerOf(message: PersonMessage & { readonly type: 'image' | 'video' | 'audio' }): ContentProvider {
  const { originalContentUrl } = message
  if (originalContentUrl === undefined) return { type: 'line' }
  const previewImageUrl = message.type === 'audio' ? undefined : message.previewImageUrl
  return { type: 'external', originalContentUrl, ...(previewImageUrl !== undefined && { previewImageUrl }) }
}

function lengthOf(content: Uint8Array | Blob | undefined): number {
  return content instanceof Blob ? content.size : (content?.length ?? 0)
}

/** A message as an event has it. */
export function contentOf(
  message: PersonMessage,
  tokens: MessageTokens,
  markAsReadToken: string,
  context: MessageContext,
): MessageContent {
  const { id, quoteToken } = tokens
  switch (message.type) {
    case 'text':
      return { ...textContent(message, tokens, context), markAsReadToken }
    case 'sticker': {
      const { keywords, text, stickerResourceType = text === undefined ? 'STATIC' : 'MESSAGE', ...sticker } = message
      return {
        ...sticker,
        id,
        stickerResourceType,
        ...(keywords && { keywords: [...keywords] }),
        ...(text !== undefined && { text }),
        quoteToken,
        markAsReadToken,
      }
    }
    case 'image': {
      const { imageSet } = context
      const set = imageSet && { imageSet }
      return { type: 'image', id, contentProvider: providerOf(message), ...set, quoteToken, markAsReadToken }
    }
    case 'video':
    case 'audio': {
      const { type, duration } = message
      const content = {
        id,
        ...(duration !== undefined && { duration }),
        contentProvider: providerOf(message),
        markAsReadToken,
      }
      return type === 'video' ? { type, ...content, quoteToken } : { type, ...content }
    }
    case 'file': {
      const { type, fileName, content, fileSize = lengthOf(content) } = message
      return { type, id, fileName, fileSize, markAsReadToken }
    }
    case 'location':
      return { ...message, id, markAsReadToken }
  }
}
