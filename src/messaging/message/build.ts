import { LineInputError } from '../../core/errors.js'
import { property } from '../../core/property.js'
import type { QuickReply, QuickReplyAction, QuickReplyItem } from '../action/types.js'
import type { FlexContainer, FlexMessage } from '../flex/types.js'
import { splitPieces, truncate } from './graphemes.js'
import type { MentionSubstitution, TextMessage } from './types.js'

/**
 * Creates a text message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message
 *
 * @example
 * text('Tea or coffee?', { quickReply: quickReply({ type: 'message', label: 'Tea', text: 'Tea' }) })
 */
export function text(text: string, options?: Omit<TextMessage, 'type' | 'text'>): TextMessage {
  return { type: 'text', text, ...options }
}

/**
 * Splits text of any length into pieces that fit into a text message, at most 5000 UTF-16 code units each. Joined, the
 * pieces equal the text. An empty text has no pieces.
 *
 * It splits after a line break if possible, otherwise after a space or sentence end, and never inside a grapheme
 * cluster such as a family emoji. One call can send 5 messages.
 *
 * @example
 * const messages = splitText(answer).map((piece) => text(piece))
 */
export function splitText(text: string): string[] {
  if (typeof text !== 'string') throw new LineInputError('splitText: text must be a string')
  return splitPieces(text, 5000)
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

// The texts of Flex contents, from top to bottom. Button labels are used only if there is no other text.
function textOf(contents: FlexContainer): string {
  const texts: string[] = []
  const labels: string[] = []
  let length = 0
  visitComponents(contents, ({ type, text: ownText, contents: spans, action }) => {
    if (type === 'text') {
      const parts =
        Array.isArray(spans) && spans.length > 0 ? spans.map((span: unknown) => property(span, 'text')) : [ownText]
      const joined = parts.filter((part) => typeof part === 'string').join('')
      if (isFilled(joined)) texts.push(joined.trim())
      length += joined.length
    } else if (type === 'button') {
      const label = property(action, 'label')
      if (isFilled(label)) labels.push(label.trim())
    }
    return length <= 1500
  })
  return (texts.length > 0 ? texts : labels).join(' ')
}

/**
 * Creates a Flex Message. Without `altText`, the alternative text is built from the texts in the contents and
 * truncated at 1500 UTF-16 code units.
 *
 * @throws {LineInputError} if `altText` is omitted and the contents have no text.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#flex-message
 *
 * @example
 * flex({ type: 'bubble', body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'Thank you!' }] } })
 */
export function flex(contents: FlexContainer, altText?: string): FlexMessage {
  const resolved = altText ?? truncate(textOf(contents), 1500)
  if (altText === undefined && resolved === '')
    throw new LineInputError('flex: altText is required, because the contents have no text to build it from')
  return { type: 'flex', altText: resolved, contents }
}

/**
 * Creates quick reply buttons, at most 13. Pass actions, or items to set an icon.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/using-quick-reply/
 *
 * @example
 * quickReply({ type: 'message', label: 'Yes', text: 'yes' }, { type: 'cameraRoll', label: 'Send a photo' })
 */
export function quickReply(...buttons: readonly (QuickReplyAction | QuickReplyItem)[]): QuickReply {
  for (const button of buttons)
    if (typeof button !== 'object' || button === null)
      throw new LineInputError('quickReply: each button must be an action, or an item with an action')
  return { items: buttons.map((button) => (button.type === 'action' ? button : { type: 'action', action: button })) }
}

/**
 * Creates a mention for the `substitution` of a text message (v2): one member by user ID, or all members with `'all'`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2-mention-object
 *
 * @example
 * const welcome = { type: 'textV2', text: 'Welcome, {who}!', substitution: { who: mention(userId) } } as const
 */
export function mention(userId: 'all' | (string & {})): MentionSubstitution {
  return { type: 'mention', mentionee: userId === 'all' ? { type: 'all' } : { type: 'user', userId } }
}

/** The fields of a Flex object, with unchecked values. */
export interface FlexFields {
  readonly [name: string]: unknown
}

const isFields = (value: unknown): value is FlexFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// The blocks of a bubble from top to bottom, then the other fields that contain components.
const holders = ['header', 'hero', 'body', 'footer', 'altContent'] as const

/**
 * Visits all components of Flex contents in display order, each box before its contents.
 *
 * Accepts any value: non-objects are skipped, and so are cycles.
 *
 * @param visit returns `false` to stop.
 */
export function visitComponents(contents: unknown, visit: (component: FlexFields) => boolean | undefined): void {
  const ancestors = new Set<FlexFields>()
  const look = (part: unknown): boolean => {
    if (!isFields(part) || ancestors.has(part)) return true
    const { type, contents: inner } = part
    if (type !== 'bubble' && type !== 'carousel' && visit(part) === false) return false
    ancestors.add(part)
    const continues =
      holders.every((name) => part[name] === undefined || look(part[name])) &&
      (!Array.isArray(inner) || inner.every((child) => look(child)))
    ancestors.delete(part)
    return continues
  }
  look(contents)
}
