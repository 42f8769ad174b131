import type { BinaryContent } from '../../core/call/response.js'
import { property } from '../../core/property.js'
import * as operations from '../../messaging/content/operations.js'
import type { GetMessageContentInput } from '../../messaging/content/types.js'
import { readImageHeader } from '../../messaging/rich-menu/image.js'
import { findReceived, type ReceivedMessage } from '../chat.js'
import type { PersonFile } from '../people/message.js'
import { errorMessages } from '../platform/error-messages.js'
import { type BotCall, type Handlers, Reply, type Route, route } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'

/** How long LINE takes until a video or audio can be fetched, in milliseconds. At LINE it depends on its length. */
const usualPreparation = 1000

function received({ messageId }: GetMessageContentInput, { world, account, now }: BotCall): ReceivedMessage {
  const message = findReceived(world, messageId)
  if (message?.account !== account) return refuse(404, errorMessages.noContent)
  // LINE does not have what a LIFF app has sent by its URL.
  if (property(message.message, 'originalContentUrl') !== undefined) return refuse(404, errorMessages.noContent)
  if (message.unsent) refuse(410, errorMessages.unsent)
  return now - message.entry.at < world.contentLife ? message : refuse(404, errorMessages.noContent)
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

/** Returns the files that users have sent. */
const handlers: Handlers<typeof operations> = {
  getMessageContent(input, call) {
    const message = received(input, call)
    const preparation = preparationOf(message, call.now)
    if (preparation === 'processing') return new Reply(binary(new Blob()), { status: 202, empty: true })
    // A file that could not be prepared is never available. LINE does not document its answer.
    const file = preparation === 'failed' ? undefined : fileOf(message)
    return binary(file ?? refuse(404, errorMessages.noContent))
  },

  getMessageContentPreview(input, call) {
    const { message } = received(input, call)
    if (message.type === 'image') return binary(imageOf(message.content))
    return message.type === 'video' ? binary(imageOf()) : refuse(400, errorMessages.noPreview)
  },

  getMessageContentTranscodingByMessageId(input, call) {
    return { status: preparationOf(received(input, call), call.now) ?? refuse(400, errorMessages.noTranscoding) }
  },
}

// The default content of files: enough for a program to detect the file type.

const segment = (marker: number, ...data: readonly number[]) => [0xff, marker, 0, data.length + 2, ...data]

// A Huffman table with one code, which is one bit long and stands for 0.
const oneCode = (id: number) => segment(0xc4, id, 1, ...Array<number>(15).fill(0), 0)

/** A JPEG of one grey pixel. */
export function sampleJpeg(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, 0, ...Array<number>(64).fill(1)),
    // Eight bits, one row of one pixel, one component.
    ...segment(0xc0, 8, 0, 1, 0, 1, 1, 1, 0x11, 0),
    ...oneCode(0x00),
    ...oneCode(0x10),
    ...segment(0xda, 1, 1, 0, 0, 63, 0),
    // No difference and no detail: the code for 0 twice, and ones to fill the byte.
    ...[0b0011_1111, 0xff, 0xd9],
  ])
}

/** The first box of an MP4 or M4A, which says what it is; there is no film and no sound in it. */
export function sampleMovie(brand: 'isom' | 'M4A '): Uint8Array<ArrayBuffer> {
  const letters = new TextEncoder().encode(`ftyp${brand}\0\0\0\0${brand}`)
  return Uint8Array.from([0, 0, 0, letters.length + 4, ...letters])
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers)
