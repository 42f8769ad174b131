import { LineInputError, richMenuImage } from 'line-oa'
import { describe, expect, test } from 'vitest'
import { listImageProblems } from '../../src/messaging/rich-menu/image.js'

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

const refusal = async (image: Uint8Array | Blob): Promise<string> => {
  const error = await richMenuImage(image).catch((caught: unknown) => caught)
  if (error instanceof LineInputError) return error.message
  throw new Error('it was not refused')
}

describe('what LINE takes gets its media type', () => {
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
      'a JPEG with a preview of its own in front',
      jpeg(segment(0xe1, [...start, ...frame(160, 120)]), frame(1200, 810)),
      'image/jpeg',
    ],
    ['a JPEG with bytes to fill', jpeg([0xff, 0xff], frame(1200, 810)), 'image/jpeg'],
  ])('%s', async (_, bytes, type) => {
    const image = await richMenuImage(bytes)
    expect(image.type).toBe(type)
    expect(new Uint8Array(await image.arrayBuffer())).toEqual(bytes)
    expect(listImageProblems(bytes)).toEqual([])
  })

  test('a part of a larger buffer, and a buffer as it is', async () => {
    const bytes = png(1200, 810)
    const larger = new Uint8Array(bytes.length + 10)
    larger.set(bytes, 5)
    expect((await richMenuImage(larger.subarray(5, 5 + bytes.length))).type).toBe('image/png')
    expect((await richMenuImage(bytes.buffer)).type).toBe('image/png')
  })

  test('a Blob that says something else, or nothing, is put right; one that is right stays', async () => {
    expect((await richMenuImage(new Blob([png(1200, 810)], { type: 'image/jpeg' }))).type).toBe('image/png')
    expect((await richMenuImage(new File([png(1200, 810)], 'menu.jpg'))).type).toBe('image/png')
    const right = new Blob([png(1200, 810)], { type: 'image/png' })
    expect(await richMenuImage(right)).toBe(right)
  })

  test('what is changed afterwards is not sent', async () => {
    const bytes = png(1200, 810)
    const image = await richMenuImage(bytes)
    bytes.fill(0)
    expect(new Uint8Array(await image.arrayBuffer())[0]).toBe(0x89)
  })
})

describe('what LINE would refuse is refused', () => {
  test.each<[string, Uint8Array, string]>([
    ['799 wide', png(799, 400), '800 to 2500 pixels wide, but is 799 x 400'],
    ['2501 wide', png(2501, 1000), '800 to 2500 pixels wide, but is 2501 x 1000'],
    ['249 high', png(800, 249), 'at least 250 pixels high, but is 800 x 249'],
    ['2500 x 1725', png(2500, 1725), 'at least 1.45 times as wide as high, but is 2500 x 1725'],
    ['1449 x 1000', png(1449, 1000), 'at least 1.45 times as wide as high'],
    [
      'a byte more than 1 MB',
      png(2500, 1686, 1024 * 1024 + 1),
      'at most 1 MB (1048576 bytes), but is 1048577 bytes long',
    ],
    ['nothing', new Uint8Array(), 'a JPEG or a PNG, but is empty'],
    ['a text', new TextEncoder().encode('menu.png'), 'a JPEG or a PNG, but is neither'],
    ['a GIF', new Uint8Array(ascii('GIF89a\x20\x03\xfa\x00')), 'but is a GIF'],
    ['a WebP', new Uint8Array(ascii('RIFF\0\0\0\0WEBPVP8 ')), 'but is a WebP'],
    ['a HEIC', new Uint8Array(ascii('\0\0\0\x18ftypheic')), 'but is a HEIC'],
    ['an AVIF', new Uint8Array(ascii('\0\0\0\x1cftypavif')), 'but is an AVIF'],
    ['a PNG whose first chunk is another', png(1200, 810).fill(0x58, 12, 16), 'a PNG with a damaged header'],
    ['a PNG whose first chunk has another length', png(1200, 810).fill(1, 8, 12), 'a PNG with a damaged header'],
    ['a PNG of no width', png(0, 810), '800 to 2500 pixels wide'],
    ['a JPEG without a frame', jpeg(jfif, segment(0xda, [0])), 'a JPEG with a damaged header'],
    ['a JPEG that ends before its frame', jpeg(jfif, [0xff, 0xd9, 0, 0]), 'a JPEG with a damaged header'],
    ['a JPEG with a segment of no length', jpeg([0xff, 0xe0, 0, 0], frame(1200, 810)), 'a JPEG with a damaged header'],
    [
      'a JPEG with something else between segments',
      jpeg([0xff, 0xe0, 0, 2, 0, 0, 0, 0]),
      'a JPEG with a damaged header',
    ],
    ['a JPEG whose height comes later', jpeg(frame(1200, 0)), 'at least 250 pixels high'],
  ])('%s', async (_, bytes, words) => {
    expect(await refusal(bytes)).toContain(words)
  })

  test('a header that breaks off, wherever it does', async () => {
    for (let length = 2; length < 33; length++)
      expect(await refusal(png(1200, 810).subarray(0, length))).toContain('a PNG that breaks off in its header')
    const whole = jpeg(jfif, frame(1200, 810))
    for (let length = 2; length < start.length + jfif.length + 9; length++)
      expect(await refusal(whole.subarray(0, length))).toContain('a JPEG that breaks off in its header')
  })

  test('images that other programs wrote', async () => {
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    expect(await refusal(Buffer.from(pixel, 'base64'))).toContain('1 x 1 pixels')
    const photo =
      '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA='
    expect(await refusal(Buffer.from(photo, 'base64'))).toContain('1 x 1 pixels')
  })

  test('with everything that is wrong at once, for a program too', async () => {
    await expect(richMenuImage(png(100, 100, 1024 * 1024 + 1))).rejects.toMatchObject({
      code: 'LINE_INPUT',
      problems: [
        { path: 'image', found: '1048577 bytes long' },
        { path: 'image', allowed: '800 to 2500 pixels wide', found: '100 x 100 pixels' },
        { allowed: 'at least 250 pixels high' },
        { allowed: 'at least 1.45 times as wide as high' },
      ],
    })
  })

  test.each(['menu.png', undefined, null, 5, {}, [137, 80]])('%j, which is no image', async (image) => {
    await expect(richMenuImage(image as unknown as Blob)).rejects.toThrow(/no Blob, Uint8Array or ArrayBuffer/) // what JavaScript callers may pass
  })
})

describe('for a menu of 1200 x 810', () => {
  const size = { width: 1200, height: 810 }
  test.each([
    [1200, 810],
    [800, 540],
    [2500, 1686],
  ])('%i x %i fits', async (width, height) =>
    expect((await richMenuImage(png(width, height), size)).type).toBe('image/png'),
  )
  test.each([
    [1200, 800],
    [1600, 800],
    [1200, 405],
  ])('%i x %i has its tap areas elsewhere', (width, height) =>
    expect(richMenuImage(png(width, height), size)).rejects.toThrow(
      /of the proportions of its menu, 1200 x 810, but is/,
    ),
  )
})
