import type { Emoji, Mentionee, TextMessageContent } from './message-content.js'

/** As much of a text message as finding its parts takes. */
export type MarkedText = Pick<TextMessageContent, 'text' | 'emojis' | 'mention'>

/** A part of a text message: plain text, a mention or a LINE emoji. The parts in order make up the whole text. */
export type TextSegment =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'mention'; readonly text: string; readonly mentionee: Mentionee }
  | { readonly type: 'emoji'; readonly text: string; readonly emoji: Emoji }

/**
 * Cuts a text message into plain text, mentions and LINE emoji, by LINE's offsets, which count UTF-16 code units as JavaScript does.
 *
 * A mark that lies outside of the text, or overlaps one that begins earlier, stays plain text.
 */
export function textSegments(message: MarkedText): TextSegment[] {
  const { text, mention, emojis = [] } = message
  const marks = [
    ...(mention?.mentionees ?? []).map((mentionee) => ({ type: 'mention', mentionee, at: mentionee }) as const),
    ...emojis.map((emoji) => ({ type: 'emoji', emoji, at: emoji }) as const),
  ].sort((a, b) => a.at.index - b.at.index)
  const segments: TextSegment[] = []
  let from = 0
  const plain = (to: number) => {
    if (to > from) segments.push({ type: 'text', text: text.slice(from, to) })
  }
  for (const mark of marks) {
    const { index, length } = mark.at
    // What is no number fails these as well.
    if (!(index >= from && length > 0 && index + length <= text.length)) continue
    plain(index)
    from = index + length
    const own = text.slice(index, from)
    segments.push(
      mark.type === 'mention'
        ? { type: 'mention', text: own, mentionee: mark.mentionee }
        : { type: 'emoji', text: own, emoji: mark.emoji },
    )
  }
  plain(text.length)
  return segments
}

/** Tells whether a text message mentions the bot itself. A mention of everyone does not count. */
export function mentionsMe(message: Pick<TextMessageContent, 'mention'>): boolean {
  return (message.mention?.mentionees ?? []).some((mentionee) => mentionee.type === 'user' && mentionee.isSelf === true)
}

/**
 * Takes the mentions out of a text message, and the white space around the whole and where one stood, so that `@shop  menu` reads `menu`.
 */
export function textWithoutMentions(message: MarkedText): string {
  let text = ''
  let cut = false
  for (const segment of textSegments(message)) {
    if (segment.type === 'mention') cut = true
    else {
      text = cut ? `${text.trimEnd()} ${segment.text.trimStart()}` : text + segment.text
      cut = false
    }
  }
  return text.trim()
}
