import { segmentGraphemes } from './segments.js'

// A piece begins where a character begins, so what is before it does not matter; one code point behind its end tells whether a character ends there.
const around = (text: string, start: number, end: number): string => text.slice(start, end + 2)

// The last place, of so many UTF-16 units at most, that tears no character; above 0.
function lastPlace(window: string, most: number): number {
  const cluster = segmentGraphemes(window).containing(most)?.index ?? most
  if (cluster > 0) return cluster
  // One character alone is longer: marks on marks without an end. A code point still stays whole.
  const isInPair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(window.slice(most - 1, most + 1))
  return isInPair && most > 1 ? most - 1 : most
}

// Where people would cut: behind a line, else behind a word or sentence. In the first half it would waste too much of a piece.
function nicePlace(window: string, most: number): number | undefined {
  const segments = segmentGraphemes(window)
  const half = Math.floor(most / 2)
  const piece = window.slice(half, most)
  for (const gap of [/\n(?!\n)/g, /[\s。！？](?!\s)/g]) {
    const places = [...piece.matchAll(gap)].map(({ index }) => half + index + 1)
    const place = places.findLast((one) => segments.containing(one)?.index === one)
    if (place !== undefined) return place
  }
  return undefined
}

/** Cuts a text into pieces of at most so many UTF-16 units, which together are the text. */
export function cutIntoPieces(text: string, most: number): string[] {
  const pieces: string[] = []
  let start = 0
  while (text.length - start > most) {
    const window = around(text, start, start + most)
    const last = lastPlace(window, most)
    const place = nicePlace(window, last) ?? last
    pieces.push(window.slice(0, place))
    start += place
  }
  if (start < text.length) pieces.push(text.slice(start))
  return pieces
}

/** Cuts a text to at most so many UTF-16 units, with an ellipsis where something is left out. */
export function cutShort(text: string, most: number): string {
  if (text.length <= most) return text
  const window = around(text, 0, most - 1)
  return `${window.slice(0, lastPlace(window, most - 1))}…`
}
