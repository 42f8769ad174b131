import { LineInputError, type Problem } from '../../core/errors.js'
import { type ImageHeader, type NoImage, readImageHeader } from './image-header.js'
import type { RichMenuSize } from './types.js'

/** What LINE takes as the image of a rich menu: pixels, bytes, and how many times as wide as high at least. */
export const sizes: {
  readonly narrowest: number
  readonly widest: number
  readonly lowest: number
  readonly ratio: number
  readonly bytes: number
} = { narrowest: 800, widest: 2500, lowest: 250, ratio: 1.45, bytes: 1024 * 1024 }

/** Tells whether a rich menu is wide enough for its height. */
export function isWideEnough({ width, height }: RichMenuSize): boolean {
  return width / height >= sizes.ratio
}

function problem(allowed: string, found: string): Problem {
  return { path: 'image', found, allowed, message: `the image must be ${allowed}, but is ${found}` }
}

// Half a percent leaves room for a side that was rounded to whole pixels.
const isLike = (one: RichMenuSize, other: RichMenuSize) =>
  Math.abs((one.width * other.height) / (one.height * other.width) - 1) < 0.005

function* listProblems(header: ImageHeader | NoImage, length: number, menu?: RichMenuSize): Generator<Problem> {
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
  if (!isWideEnough(header)) yield problem(`at least ${sizes.ratio} times as wide as high`, found)
  if (menu && !isLike(header, menu))
    yield problem(`of the proportions of its menu, ${menu.width} x ${menu.height}`, found)
}

/** Lists what is wrong with the bytes of an image for a rich menu: length, format, width, height, ratio. */
export function listImageProblems(bytes: Uint8Array): readonly Problem[] {
  return [...listProblems(readImageHeader(bytes), bytes.length)]
}

/**
 * Checks an image for a rich menu by its bytes and gives it its media type, ready for `setRichMenuImage`.
 *
 * LINE takes JPEG and PNG of at most 1 MB, 800 to 2500 pixels wide, 250 or more high, and at least 1.45 times as wide as high. Given the size
 * of the menu too, an image of other proportions is refused: its tap areas would lie beside what they belong to.
 *
 * @throws {LineInputError} with everything that is wrong, when LINE would refuse it.
 * @see https://developers.line.biz/en/reference/messaging-api/#upload-rich-menu-image-requirements
 *
 * @example
 * await line.messaging.setRichMenuImage({ richMenuId, image: await richMenuImage(await readFile('menu.png')) })
 */
export async function richMenuImage(image: Blob | Uint8Array | ArrayBuffer, menu?: RichMenuSize): Promise<Blob> {
  const blob = toBlob(image)
  // Of a file that is too long no more is read than LINE would take.
  const header = readImageHeader(new Uint8Array(await blob.slice(0, sizes.bytes).arrayBuffer()))
  const problems = [...listProblems(header, blob.size, menu)]
  if ('found' in header || problems.length > 0)
    throw new LineInputError(`richMenuImage: ${problems.map(({ message }) => message).join('; ')}`, { problems })
  return blob.type === header.type ? blob : blob.slice(0, blob.size, header.type)
}

function toBlob(image: Blob | Uint8Array | ArrayBuffer): Blob {
  if (image instanceof Blob) return image
  // A copy, since a Blob takes no memory that is shared between threads.
  if (image instanceof Uint8Array) return new Blob([image.slice()])
  if (image instanceof ArrayBuffer) return new Blob([image])
  throw new LineInputError('richMenuImage: the image is no Blob, Uint8Array or ArrayBuffer; read the file first')
}
