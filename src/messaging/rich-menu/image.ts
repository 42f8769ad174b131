import { LineInputError, type Problem } from '../../core/errors.js'
import { property } from '../../core/property.js'
import type { RichMenuSize } from './types.js'

/** LINE's limits for the image of a rich menu. */
export const sizes: {
  /** Minimum width, in pixels. */
  readonly narrowest: number
  /** Maximum width, in pixels. */
  readonly widest: number
  /** Minimum height, in pixels. */
  readonly lowest: number
  /** Minimum ratio of width to height. */
  readonly ratio: number
  /** Maximum file size, in bytes. */
  readonly bytes: number
} = { narrowest: 800, widest: 2500, lowest: 250, ratio: 1.45, bytes: 1024 * 1024 }

/** Whether a rich menu is wide enough for its height. */
export function isWideEnough({ width, height }: RichMenuSize): boolean {
  return width / height >= sizes.ratio
}

function problem(allowed: string, found: string): Problem {
  return { path: 'image', found, allowed, message: `image must be ${allowed}, but is ${found}` }
}

// A tolerance of 0.5 % allows for rounding to whole pixels.
const hasSameRatio = (one: RichMenuSize, other: RichMenuSize) =>
  Math.abs((one.width * other.height) / (one.height * other.width) - 1) < 0.005

function* listProblems(header: ImageHeader | UnknownImage, length: number, menu?: RichMenuSize): Generator<Problem> {
  if (length > sizes.bytes) yield problem(`at most 1 MB (${sizes.bytes} bytes)`, `${length} bytes long`)
  if ('found' in header) {
    yield problem('a JPEG or a PNG', header.found)
    return
  }
  const { width, height } = header
  const found = `${width} x ${height} pixels`
  if (width < sizes.narrowest || width > sizes.widest)
    yield problem(`${sizes.narrowest} to ${sizes.widest} pixels wide`, found)
  if (height < sizes.lowest) yield problem(`at least ${sizes.lowest} pixels high`, found)
  if (!isWideEnough(header)) yield problem(`at least ${sizes.ratio} times as wide as it is high`, found)
  if (menu && !hasSameRatio(header, menu))
    yield problem(`in the aspect ratio of the menu, ${menu.width} x ${menu.height}`, found)
}

/** Lists the problems of an image for a rich menu: file size, format, width, height and aspect ratio. */
export function listImageProblems(bytes: Uint8Array): readonly Problem[] {
  return [...listProblems(readImageHeader(bytes), bytes.length)]
}

/**
 * Validates an image for a rich menu and returns it as a `Blob` with its media type, for `setRichMenuImage`.
 *
 * LINE accepts JPEG and PNG of at most 1 MB, 800 to 2500 pixels wide, at least 250 pixels high, and at least 1.45
 * times as wide as it is high. If you pass the size of the menu, an image in another aspect ratio is rejected too, because
 * its tap areas would be misplaced.
 *
 * @throws {LineInputError} with all problems, if LINE would reject the image.
 * @see https://developers.line.biz/en/reference/messaging-api/#upload-rich-menu-image-requirements
 *
 * @example
 * await line.messaging.setRichMenuImage({ richMenuId, image: await richMenuImage(await readFile('menu.png')) })
 */
export async function richMenuImage(image: Blob | Uint8Array | ArrayBuffer, menu?: RichMenuSize): Promise<Blob> {
  const blob = toBlob(image)
  if (menu !== undefined && !isSize(menu))
    throw new LineInputError('richMenuImage: menu must be the size of a rich menu, with width and height in pixels')
  // Reads no more of an oversized file than LINE would accept.
  const header = readImageHeader(new Uint8Array(await blob.slice(0, sizes.bytes).arrayBuffer()))
  const problems = [...listProblems(header, blob.size, menu)]
  if ('found' in header || problems.length > 0)
    throw new LineInputError(`richMenuImage: ${problems.map(({ message }) => message).join('; ')}`, { problems })
  return blob.type === header.type ? blob : blob.slice(0, blob.size, header.type)
}

const isSize = (value: unknown): value is RichMenuSize =>
  typeof property(value, 'width') === 'number' && typeof property(value, 'height') === 'number'

function toBlob(image: Blob | Uint8Array | ArrayBuffer): Blob {
  if (image instanceof Blob) return image
  // Copied, because a Blob cannot use memory that threads share.
  if (image instanceof Uint8Array) return new Blob([image.slice()])
  if (image instanceof ArrayBuffer) return new Blob([image])
  throw new LineInputError('richMenuImage: image must be a Blob, Uint8Array or ArrayBuffer. Read the file first')
}

/** Format and size of an image, from its first bytes. */
export interface ImageHeader {
  /** Media type. */
  readonly type: 'image/jpeg' | 'image/png'
  /** Width in pixels as stored, before any rotation from the metadata. */
  readonly width: number
  /** Height in pixels as stored, before any rotation from the metadata. */
  readonly height: number
}

/** Bytes without a JPEG or PNG header. */
export interface UnknownImage {
  /** Description of the format, such as `a GIF`. */
  readonly found: string
}

// Written as strings with one character per byte.
const pngStart = '\x89PNG\r\n\x1a\n'
const jpegStart = '\xff\xd8\xff'

const otherFormats: readonly { readonly found: string; readonly at: number; readonly bytes: string }[] = [
  { found: 'a GIF', at: 0, bytes: 'GIF8' },
  { found: 'a WebP', at: 8, bytes: 'WEBP' },
  { found: 'an AVIF', at: 4, bytes: 'ftypavif' },
  { found: 'a HEIC', at: 4, bytes: 'ftypheic' },
  { found: 'a HEIC', at: 4, bytes: 'ftypmif1' },
  { found: 'a BMP', at: 0, bytes: 'BM' },
  { found: 'a PDF', at: 0, bytes: '%PDF' },
  { found: 'an SVG', at: 0, bytes: '<svg' },
]

function holds(bytes: Uint8Array, at: number, expected: string): boolean {
  for (let index = 0; index < expected.length; index++)
    if (bytes[at + index] !== expected.charCodeAt(index)) return false
  return true
}

// Compares only as many bytes as there are.
const startsLike = (bytes: Uint8Array, start: string) =>
  bytes.length > 1 && holds(bytes, 0, start.slice(0, bytes.length))

function readPng(view: DataView): ImageHeader | UnknownImage {
  // Signature 8, then the first chunk: length 4, name 4, data 13, checksum 4.
  if (view.byteLength < 33) return { found: 'a truncated PNG' }
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49_48_44_52) return { found: 'a PNG with a damaged header' }
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

// Frame headers are C0 to CF, except C4, C8 and CC, which are tables.
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function readJpeg(view: DataView): ImageHeader | UnknownImage {
  const truncated: UnknownImage = { found: 'a truncated JPEG' }
  const damaged: UnknownImage = { found: 'a JPEG with a damaged header' }
  for (let at = 2; at + 4 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return damaged
    const marker = view.getUint8(at + 1)
    // Any number of FF bytes may precede a marker. Markers 01 and D0 to D7 have no length.
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2
    else if (isFrame(marker)) {
      if (at + 9 > view.byteLength) return truncated
      return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    } else {
      const length = view.getUint16(at + 2)
      // Image data, an end marker or a second start marker cannot precede the frame header.
      if (length < 2 || marker === 0x00 || (marker >= 0xd8 && marker <= 0xda)) return damaged
      at += 2 + length
    }
  }
  return truncated
}

/** Reads format and size of a JPEG or PNG from its header. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | UnknownImage {
  if (bytes.length === 0) return { found: 'empty' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (startsLike(bytes, pngStart)) return readPng(view)
  if (startsLike(bytes, jpegStart)) return readJpeg(view)
  return {
    found: otherFormats.find(({ at, bytes: expected }) => holds(bytes, at, expected))?.found ?? 'an unknown format',
  }
}
