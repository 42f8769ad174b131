import type { BinaryContent } from '../../core/call/response.js'
import type * as operations from '../../messaging/content/operations.js'
import type { GetMessageContentInput } from '../../messaging/content/types.js'
import { readImageHeader } from '../../messaging/rich-menu/image-header.js'
import { findReceived, type ReceivedMessage } from '../chat/received.js'
import { sampleJpeg, sampleMovie } from '../people/sample-files.js'
import { type BotCall, type Handlers, Reply } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import type { PersonFile } from '../state.js'

/** How long LINE takes until a video or audio can be fetched, in milliseconds. At LINE it depends on its length. */
const usualPreparation = 1000

function received({ messageId }: GetMessageContentInput, { world, account }: BotCall): ReceivedMessage {
  const message = findReceived(world, messageId)
  if (message?.account !== account) return refuse(404, words.noContent)
  return message.unsent ? refuse(410, words.unsent) : message
}

function toBlob(content: PersonFile, type: string): Blob {
  if (content instanceof Blob && content.type) return content
  return new Blob([content], { type })
}

function imageOf(content: PersonFile = sampleJpeg()): Blob {
  const header = content instanceof Blob ? undefined : readImageHeader(content)
  return toBlob(content, header && 'type' in header ? header.type : 'image/jpeg')
}

function fileOf({ message }: ReceivedMessage): Blob | undefined {
  switch (message.type) {
    case 'image':
      return imageOf(message.content)
    case 'video':
      return toBlob(message.content ?? sampleMovie('isom'), 'video/mp4')
    case 'audio':
      return toBlob(message.content ?? sampleMovie('M4A '), 'audio/x-m4a')
    case 'file':
      return toBlob(message.content ?? new Uint8Array(message.fileSize ?? 0), 'application/octet-stream')
    default:
      return undefined
  }
}

type Preparation = 'processing' | 'succeeded' | 'failed'

/** How far a video or audio is; `undefined` for what needs no preparation. */
function preparationOf({ message, entry }: ReceivedMessage, now: number): Preparation | undefined {
  if (message.type !== 'video' && message.type !== 'audio') return undefined
  const { preparation = usualPreparation } = message
  if (preparation === 'failed') return now - entry.at < usualPreparation ? 'processing' : 'failed'
  return now - entry.at < preparation ? 'processing' : 'succeeded'
}

function binary(blob: Blob): BinaryContent {
  return { stream: blob.stream(), contentType: blob.type, contentLength: blob.size }
}

/** Hands out what people have sent. */
export const handlers: Handlers<typeof operations> = {
  getMessageContent(input, call) {
    const message = received(input, call)
    const preparation = preparationOf(message, call.now)
    if (preparation === 'processing') return new Reply(binary(new Blob()), { status: 202, empty: true })
    // What could not be prepared is never there; LINE does not say how it answers then.
    const file = preparation === 'failed' ? undefined : fileOf(message)
    return binary(file ?? refuse(404, words.noContent))
  },

  getMessageContentPreview(input, call) {
    const { message } = received(input, call)
    if (message.type === 'image') return binary(imageOf(message.content))
    return message.type === 'video' ? binary(imageOf()) : refuse(400, words.noPreview)
  },

  getMessageContentTranscodingByMessageId(input, call) {
    return { status: preparationOf(received(input, call), call.now) ?? refuse(400, words.noTranscoding) }
  },
}
