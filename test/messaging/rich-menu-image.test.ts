import { LineInputError, type Problem, richMenuImage } from 'line-oa'
import { describe, expect, test } from 'vitest'

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0))
const two = (value: number) => [value >> 8, value & 255]
const four = (value: number) => [...two(value >>> 16), ...two(value & 65535)]

const pngStart = [0x89, ...ascii('PNG\r\n\x1a\n')]

function png(width: number, height: number, length = 64): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  bytes.set([
    ...pngStart,
    ...four(13),
    ...ascii('IHDR'),
    ...four(width),
    ...four(height),
    8,
    6,
    0,
    0,
    0,
    ...four(0x1c0ffee),
  ])
  return bytes
}

const segment = (marker: number, data: readonly number[]) => [0xff, marker, ...two(data.length + 2), ...data]
const start = [0xff, 0xd8]
const jfif = segment(0xe0, ascii('JFIF\0'))
const frame = (width: number, height: number, marker = 0xc0) =>
  segment(marker, [8, ...two(height), ...two(width), 1, 1, 0x11, 0])
const jpeg = (...parts: readonly (readonly number[])[]) => new Uint8Array([start, ...parts].flat())

/** What is wrong with an image. */
const problemsOf = async (image: Uint8Array | Blob): Promise<readonly Problem[]> => {
  const error = await richMenuImage(image).catch((thrown: unknown) => thrown)
  return error instanceof LineInputError ? error.problems : expect.unreachable('the image was taken')
}

describe('richMenuImage() gives the media type of', () => {
  test.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['the narrowest PNG', png(800, 250), 'image/png'],
    ['the widest PNG', png(2500, 1724), 'image/png'],
    ['exactly 1.45 times as wide as high', png(1450, 1000), 'image/png'],
    ['exactly 1 MB', png(2500, 1686, 1024 * 1024), 'image/png'],
    ['a JPEG', jpeg(jfif, frame(2500, 1686)), 'image/jpeg'],
    ['a progressive JPEG', jpeg(jfif, frame(2500, 843, 0xc2)), 'image/jpeg'],
    [
      'a JPEG with tables before its frame',
      jpeg(segment(0xdb, [0]), segment(0xc4, [0]), frame(1200, 810)),
      'image/jpeg',
    ],
    [
      'a JPEG with an embedded preview before its frame',
      jpeg(segment(0xe1, [...start, ...frame(160, 120)]), frame(1200, 810)),
      'image/jpeg',
    ],
    ['a JPEG with bytes to fill', jpeg([0xff, 0xff], frame(1200, 810)), 'image/jpeg'],
  ])('%s', async (_, bytes, type) => {
    const image = await richMenuImage(bytes)
    expect(image.type).toBe(type)
    expect(new Uint8Array(await image.arrayBuffer())).toEqual(bytes)
  })

  test('a view of a larger buffer, and a buffer', async () => {
    const bytes = png(1200, 810)
    const larger = new Uint8Array(bytes.length + 10)
    larger.set(bytes, 5)
    expect((await richMenuImage(larger.subarray(5, 5 + bytes.length))).type).toBe('image/png')
    expect((await richMenuImage(bytes.buffer)).type).toBe('image/png')
  })

  test('a Blob with a wrong type or no type; a Blob with the right type is unchanged', async () => {
    expect((await richMenuImage(new Blob([png(1200, 810)], { type: 'image/jpeg' }))).type).toBe('image/png')
    expect((await richMenuImage(new File([png(1200, 810)], 'menu.jpg'))).type).toBe('image/png')
    const right = new Blob([png(1200, 810)], { type: 'image/png' })
    expect(await richMenuImage(right)).toBe(right)
  })

  test('bytes that it copies, so that later changes are not sent', async () => {
    const bytes = png(1200, 810)
    const image = await richMenuImage(bytes)
    bytes.fill(0)
    expect(new Uint8Array(await image.arrayBuffer())[0]).toBe(0x89)
  })
})

describe('richMenuImage() refuses', () => {
  test.each<[string, Uint8Array, number]>([
    ['799 wide', png(799, 400), 1],
    ['2501 wide', png(2501, 1000), 1],
    ['249 high', png(800, 249), 1],
    ['2500 x 1725', png(2500, 1725), 1],
    ['1449 x 1000', png(1449, 1000), 1],
    ['a byte more than 1 MB', png(2500, 1686, 1024 * 1024 + 1), 1],
    ['nothing', new Uint8Array(), 1],
    ['a text', new TextEncoder().encode('menu.png'), 1],
    ['a GIF', new Uint8Array(ascii('GIF89a\x20\x03\xfa\x00')), 1],
    ['a WebP', new Uint8Array(ascii('RIFF\0\0\0\0WEBPVP8 ')), 1],
    ['a HEIC', new Uint8Array(ascii('\0\0\0\x18ftypheic')), 1],
    ['an AVIF', new Uint8Array(ascii('\0\0\0\x1cftypavif')), 1],
    ['a PNG whose first chunk is another', png(1200, 810).fill(0x58, 12, 16), 1],
    ['a PNG whose first chunk has another length', png(1200, 810).fill(1, 8, 12), 1],
    ['a PNG of no width', png(0, 810), 2],
    ['a JPEG without a frame', jpeg(jfif, segment(0xda, [0])), 1],
    ['a JPEG that ends before its frame', jpeg(jfif, [0xff, 0xd9, 0, 0]), 1],
    ['a JPEG with a segment of no length', jpeg([0xff, 0xe0, 0, 0], frame(1200, 810)), 1],
    ['a JPEG with something else between segments', jpeg([0xff, 0xe0, 0, 2, 0, 0, 0, 0]), 1],
    ['a JPEG whose height comes later', jpeg(frame(1200, 0)), 1],
  ])('%s', async (_, bytes, count) => {
    const problems = await problemsOf(bytes)
    expect(problems).toHaveLength(count)
    for (const { path } of problems) expect(path).toBe('image')
  })

  test('a truncated header, at any byte', async () => {
    for (let length = 2; length < 33; length++)
      expect(await problemsOf(png(1200, 810).subarray(0, length))).toHaveLength(1)
    const whole = jpeg(jfif, frame(1200, 810))
    for (let length = 2; length < start.length + jfif.length + 9; length++)
      expect(await problemsOf(whole.subarray(0, length))).toHaveLength(1)
  })

  test('images of one pixel that other programs wrote, for their size', async () => {
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    expect(await problemsOf(Buffer.from(pixel, 'base64'))).toHaveLength(3)
    const photo =
      '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA='
    expect(await problemsOf(Buffer.from(photo, 'base64'))).toHaveLength(3)
  })

  test('an image with every problem at once, and lists them all', async () => {
    await expect(richMenuImage(png(100, 100, 1024 * 1024 + 1))).rejects.toMatchObject({
      code: 'LINE_INPUT',
      problems: [{ path: 'image' }, { path: 'image' }, { path: 'image' }, { path: 'image' }],
    })
  })

  test.each(['menu.png', undefined, null, 5, {}, [137, 80]])('%j, which is not bytes', async (image) => {
    await expect(richMenuImage(image as unknown as Blob)).rejects.toMatchObject({ code: 'LINE_INPUT', problems: [] }) // what JavaScript callers may pass
  })
})

describe('richMenuImage() for a menu of 1200 x 810', () => {
  const size = { width: 1200, height: 810 }
  test.each([
    [1200, 810],
    [800, 540],
    [2500, 1686],
  ])('accepts %i x %i', async (width, height) =>
    expect((await richMenuImage(png(width, height), size)).type).toBe('image/png'),
  )
  test.each([
    [1200, 800],
    [1600, 800],
    [1200, 405],
  ])('refuses %i x %i, whose proportions differ', (width, height) =>
    expect(richMenuImage(png(width, height), size)).rejects.toMatchObject({
      code: 'LINE_INPUT',
      problems: [{ path: 'image' }],
    }),
  )
})
