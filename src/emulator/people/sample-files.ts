// What a person's file holds when a test gives none: enough for a program to see what kind of file it is.

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
