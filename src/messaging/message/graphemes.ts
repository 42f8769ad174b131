// Creating a segmenter costs as much as segmenting several thousand characters. It holds no text.
function memoizedSegmenter(): () => Intl.Segmenter {
  let segmenter: Intl.Segmenter | undefined
  return () => (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' }))
}

const graphemeSegmenter = /* @__PURE__ */ memoizedSegmenter()

const segmentGraphemes = (text: string): Intl.Segments => graphemeSegmenter().segment(text)

/**
 * Counts grapheme clusters, the unit of LINE's limits on button labels. A family emoji counts as one.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/text-character-count/
 */
export function countGraphemes(text: string): number {
  let count = 0
  for (const _ of segmentGraphemes(text)) count++
  return count
}

// A piece starts at a cluster boundary, so earlier text does not matter. One code point after its end shows whether a
// cluster ends there.
const windowOf = (text: string, start: number, end: number): string => text.slice(start, end + 2)

// The last cluster boundary at or before `limit` UTF-16 code units. Always above 0.
function lastBoundary(window: string, limit: number): number {
  const boundary = segmentGraphemes(window).containing(limit)?.index ?? limit
  if (boundary > 0) return boundary
  // A single cluster exceeds the limit, for example through endless combining marks. Do not split a surrogate pair.
  const splitsPair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(window.slice(limit - 1, limit + 1))
  return splitsPair && limit > 1 ? limit - 1 : limit
}

// The last line break, or else the last space or sentence end. Breaks in the first half are ignored, because they waste
// too much of a piece.
function naturalBreak(window: string, limit: number): number | undefined {
  const segments = segmentGraphemes(window)
  const half = Math.floor(limit / 2)
  const secondHalf = window.slice(half, limit)
  for (const gap of [/\n(?!\n)/g, /[\s。！？](?!\s)/g]) {
    const breaks = [...secondHalf.matchAll(gap)].map(({ index }) => half + index + 1)
    const last = breaks.findLast((at) => segments.containing(at)?.index === at)
    if (last !== undefined) return last
  }
  return undefined
}

/** Splits text into pieces of at most `limit` UTF-16 code units. Joined, the pieces equal the text. */
export function splitPieces(text: string, limit: number): string[] {
  const pieces: string[] = []
  let start = 0
  while (text.length - start > limit) {
    const window = windowOf(text, start, start + limit)
    const last = lastBoundary(window, limit)
    const end = naturalBreak(window, last) ?? last
    pieces.push(window.slice(0, end))
    start += end
  }
  if (start < text.length) pieces.push(text.slice(start))
  return pieces
}

/** Truncates text to at most `limit` UTF-16 code units, and ends truncated text with an ellipsis. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text
  const window = windowOf(text, 0, limit - 1)
  return `${window.slice(0, lastBoundary(window, limit - 1))}…`
}
