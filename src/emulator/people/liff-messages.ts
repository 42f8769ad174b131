import { checkMessages } from '../../contracts/index.js'
import { LineInputError } from '../../core/errors.js'
import type { FlexMessage } from '../../messaging/flex/types.js'
import type {
  AudioMessage,
  ImageMessage,
  LocationMessage,
  StickerMessage,
  TextMessage,
  VideoMessage,
} from '../../messaging/message/types.js'
import type { TemplateMessage } from '../../messaging/template/types.js'
import type { LiffMessage } from '../chat.js'
import type { PersonMessage } from './message.js'
import { actionsIn } from './shown-actions.js'

/**
 * A message that a LIFF app sends in the name of the user. The actions of template and Flex messages can only be `uri` actions.
 *
 * @see https://developers.line.biz/en/reference/liff/#send-messages
 */
export type LiffSendMessage =
  | Omit<TextMessage, 'emojis' | 'quoteToken'>
  | Omit<StickerMessage, 'quoteToken'>
  | ImageMessage
  | Omit<VideoMessage, 'trackingId'>
  | AudioMessage
  | LocationMessage
  | TemplateMessage
  | FlexMessage

const mostMessages = 5
const types: readonly string[] = ['text', 'sticker', 'image', 'video', 'audio', 'location', 'template', 'flex']
const unavailable = ['emojis', 'quoteToken', 'trackingId']

const refuse = (path: string, why: string) => new LineInputError(`sendFromLiff: ${path} ${why}`)

function checkLiff(message: LiffSendMessage, at: number): void {
  const path = `messages[${at}]`
  if (!types.includes(message.type)) throw refuse(`${path}.type`, `must be one of ${types.join(', ')}`)
  for (const name of unavailable)
    if (Object.hasOwn(message, name)) throw refuse(`${path}.${name}`, 'is not available to LIFF apps')
  for (const { type } of actionsIn(message))
    if (type !== 'uri') throw refuse(path, `has an action of type ${type}, but LIFF apps can only send uri actions`)
}

/** Whether a message causes no event: LINE only shows it in the chat. */
export function isSilent(message: PersonMessage | LiffMessage): message is LiffMessage {
  return message.type === 'template' || message.type === 'flex'
}

function asSaid(message: LiffSendMessage): PersonMessage | LiffMessage {
  switch (message.type) {
    case 'text':
      return { type: 'text', text: message.text }
    case 'sticker':
      return { type: 'sticker', packageId: message.packageId, stickerId: message.stickerId }
    case 'image':
    case 'video': {
      const { type, originalContentUrl, previewImageUrl } = message
      return { type, originalContentUrl, previewImageUrl }
    }
    case 'audio':
      return { type: 'audio', originalContentUrl: message.originalContentUrl, duration: message.duration }
    case 'location': {
      const { type, title, address, latitude, longitude } = message
      return { type, title, address, latitude, longitude }
    }
    default:
      return message
  }
}

/**
 * Reads what a LIFF app sends with `liff.sendMessages()`.
 *
 * @throws {LineInputError} when LINE would refuse a message, or LIFF apps cannot send it.
 */
export function readLiffMessages(messages: readonly LiffSendMessage[]): (PersonMessage | LiffMessage)[] {
  if (!Array.isArray(messages) || messages.length < 1 || messages.length > mostMessages)
    throw refuse('messages', `must be a list of 1 to ${mostMessages} messages`)
  const [broken] = checkMessages(messages).filter(({ severity }) => severity !== 'hint')
  if (broken) throw new LineInputError(`sendFromLiff: ${broken.message}`)
  const read: readonly LiffSendMessage[] = messages
  read.forEach(checkLiff)
  return read.map(asSaid)
}
