/** What the first bytes of an image say about it. */
export interface ImageHeader {
  readonly type: 'image/jpeg' | 'image/png'
  /** In pixels, as stored: without the turn that a camera may ask for. */
  readonly width: number
  readonly height: number
}

/** Bytes that hold no JPEG or PNG header. */
export interface NoImage {
  /** What they are, such as `a GIF`. */
  readonly found: string
}

// Each as text of one character per byte.
const pngStart = '\x89PNG\r\n\x1a\n'
const jpegStart = '\xff\xd8\xff'

const others: readonly { readonly found: string; readonly at: number; readonly bytes: string }[] = [
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

// As much of the start as there is.
const startsLike = (bytes: Uint8Array, start: string) =>
  bytes.length > 1 && holds(bytes, 0, start.slice(0, bytes.length))

function readPng(view: DataView): ImageHeader | NoImage {
  // Signature 8, then the first chunk: length 4, name 4, data 13, checksum 4.
  if (view.byteLength < 33) return { found: 'a PNG that breaks off in its header' }
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49_48_44_52) return { found: 'a PNG with a damaged header' }
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

// The frame headers are C0 to CF, but for the tables C4, C8 and CC among them.
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function readJpeg(view: DataView): ImageHeader | NoImage {
  const broken: NoImage = { found: 'a JPEG that breaks off in its header' }
  const damaged: NoImage = { found: 'a JPEG with a damaged header' }
  for (let at = 2; at + 4 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return damaged
    const marker = view.getUint8(at + 1)
    // Any number of FF may fill the space before a marker; markers 01 and D0 to D7 stand alone.
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2
    else if (isFrame(marker)) {
      if (at + 9 > view.byteLength) return broken
      return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    } else {
      const length = view.getUint16(at + 2)
      // No picture data, no end and no second start comes before the frame header.
      if (length < 2 || marker === 0x00 || (marker >= 0xd8 && marker <= 0xda)) return damaged
      at += 2 + length
    }
  }
  return broken
}

/** Reads type and size of a JPEG or PNG from its bytes, whatever it is called. Nothing behind the header is looked at. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | NoImage {
  if (bytes.length === 0) return { found: 'empty' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (startsLike(bytes, pngStart)) return readPng(view)
  if (startsLike(bytes, jpegStart)) return readJpeg(view)
  return { found: others.find(({ at, bytes: expected }) => holds(bytes, at, expected))?.found ?? 'neither' }
}
