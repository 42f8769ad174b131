// To make one takes as long as to segment some thousand characters, and it keeps nothing of a text.
function keepSegmenter(): () => Intl.Segmenter {
  let segmenter: Intl.Segmenter | undefined
  return () => (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' }))
}

const graphemeSegmenter = /* @__PURE__ */ keepSegmenter()

/** Takes a text apart into grapheme clusters, what people take for one character: a family emoji is one of them. */
export function segmentGraphemes(text: string): Intl.Segments {
  return graphemeSegmenter().segment(text)
}
