import { LineInputError } from '../../core/errors.js'
import { property } from '../../core/property.js'
import type { FlexContainer, FlexMessage } from '../flex/types.js'
import { visitComponents } from '../flex/walk.js'
import { cutIntoPieces, cutShort } from './cut.js'
import type { QuickReply, QuickReplyAction, QuickReplyItem } from './quick-reply.js'
import type { MentionSubstitution } from './text-v2.js'
import type { TextMessage } from './types.js'

/**
 * Makes a text message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message
 *
 * @example
 * text('Tea or coffee?', { quickReply: quickReply({ type: 'message', label: 'Tea', text: 'Tea' }) })
 */
export function text(words: string, options?: Omit<TextMessage, 'type' | 'text'>): TextMessage {
  return { type: 'text', text: words, ...options }
}

/**
 * Cuts a text of any length into pieces that fit into a text message, at most 5000 UTF-16 units each. Together they are the text; an empty text has no pieces.
 *
 * It cuts behind a line, else behind a word or a sentence, and never inside of what people take for one character: a family emoji stays whole.
 * A call takes 5 messages.
 *
 * @example
 * const messages = splitText(answer).map((piece) => text(piece))
 */
export function splitText(words: string): string[] {
  return cutIntoPieces(words, 5000)
}

const filled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

// What people read in Flex contents, from top to bottom; on buttons only when nothing else is there to read.
function wordsOf(contents: FlexContainer): string {
  const words: string[] = []
  const labels: string[] = []
  let length = 0
  visitComponents(contents, ({ type, text: own, contents: spans, action }) => {
    if (type === 'text') {
      const parts =
        Array.isArray(spans) && spans.length > 0 ? spans.map((span: unknown) => property(span, 'text')) : [own]
      const said = parts.filter((part) => typeof part === 'string').join('')
      if (filled(said)) words.push(said.trim())
      length += said.length
    } else if (type === 'button') {
      const label = property(action, 'label')
      if (filled(label)) labels.push(label.trim())
    }
    return length <= 1500
  })
  return (words.length > 0 ? words : labels).join(' ')
}

/**
 * Makes a Flex Message. What notifications and the list of chats show is made of the texts inside when it is left out, cut at 1500 UTF-16 units.
 *
 * @throws {LineInputError} when the alternative text is left out and there is no text inside.
 * @see https://developers.line.biz/en/reference/messaging-api/#flex-message
 *
 * @example
 * flex({ type: 'bubble', body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'Thank you!' }] } })
 */
export function flex(contents: FlexContainer, altText?: string): FlexMessage {
  const shown = altText ?? cutShort(wordsOf(contents), 1500)
  if (altText === undefined && shown === '')
    throw new LineInputError(
      'flex: the contents hold no text that notifications could show. Give the alternative text as the second argument',
    )
  return { type: 'flex', altText: shown, contents }
}

/**
 * Makes quick reply buttons, at most 13: of actions, or of items where a button has an icon of its own.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/using-quick-reply/
 *
 * @example
 * quickReply({ type: 'message', label: 'Yes', text: 'yes' }, { type: 'cameraRoll', label: 'Send a photo' })
 */
export function quickReply(...buttons: readonly (QuickReplyAction | QuickReplyItem)[]): QuickReply {
  return { items: buttons.map((button) => (button.type === 'action' ? button : { type: 'action', action: button })) }
}

/**
 * Makes a mention for the `substitution` of a text message (v2): of one member by user ID, or of everyone in the chat by `'all'`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2-mention-object
 *
 * @example
 * const welcome = { type: 'textV2', text: 'Welcome, {who}!', substitution: { who: mention(userId) } } as const
 */
export function mention(userId: 'all' | (string & {})): MentionSubstitution {
  return { type: 'mention', mentionee: userId === 'all' ? { type: 'all' } : { type: 'user', userId } }
}
