import type { MessageOptions } from './types.js'

/**
 * A text with mentions and LINE emoji in the places of `{keys}`.
 *
 * @example
 * { type: 'textV2', text: 'Hi {mika}, look: {{ and }} are braces', substitution: { mika: mention(userId) } }
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2
 */
export interface TextMessageV2 extends MessageOptions {
  type: 'textV2'
  /**
   * 1 to 5000 UTF-16 units. `{key}` stands for what `substitution` has under that key; a brace itself is written twice.
   * It holds at most 20 mentions and 20 LINE emoji.
   */
  text: string
  /** What stands for the keys, at most 100. A key is 1 to 20 of `A-Z a-z 0-9 _`. */
  substitution?: { [key: string]: Substitution } | undefined
  /** Token of the message to quote. It works only in the chat that it comes from, any number of times. */
  quoteToken?: string | undefined
}

/** What takes the place of a `{key}`. */
export type Substitution = MentionSubstitution | EmojiSubstitution

/**
 * A mention. Only in replies and pushes, and only to group chats and multi-person chats that the account is in.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2-mention-object
 */
export interface MentionSubstitution {
  type: 'mention'
  /** Who is mentioned. */
  mentionee: MentionTarget
}

/** Who is mentioned: one member, or everyone. */
export type MentionTarget = UserMentionTarget | AllMentionTarget

/**
 * One member of the chat.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2-mentionee-user
 */
export interface UserMentionTarget {
  type: 'user'
  /** User ID of a member of the chat; not of a bot. */
  userId: string
}

/**
 * Everyone in the chat.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2-mentionee-all
 */
export interface AllMentionTarget {
  type: 'all'
}

/**
 * A LINE emoji.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#text-message-v2-emoji-object
 */
export interface EmojiSubstitution {
  type: 'emoji'
  /** ID of the set, such as `5ac1bfd5040ab15980c9b435`. */
  productId: string
  /** ID in the set, such as `001`. */
  emojiId: string
}
