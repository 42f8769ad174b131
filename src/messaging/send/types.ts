import type { Message } from '../message/types.js'

/** Input of `replyMessage`. */
export interface ReplyMessageInput {
  /** Reply token from the event. Can be used once, within 1 minute. */
  replyToken: string
  /** The messages to send: 1 to 5. */
  messages: readonly Message[]
  /** Whether to deliver the messages without a push notification. Default: `false`. */
  notificationDisabled?: boolean | undefined
}

/** Input of `pushMessage`. */
export interface PushMessageInput {
  /** User ID, group ID or room ID, from an event. Not the LINE ID shown in the app. */
  to: string
  /** The messages to send: 1 to 5. */
  messages: readonly Message[]
  /** Whether to deliver the messages without a push notification. Default: `false`. */
  notificationDisabled?: boolean | undefined
  /**
   * The name to count the messages under: at most 1 name, of 1 to 30 characters from `A-Z a-z 0-9 _`. Case-sensitive.
   * From the 1001st name in a month on, LINE sends the messages without the name.
   */
  customAggregationUnits?: readonly string[] | undefined
}

/** Input of `multicast`. */
export interface MulticastInput {
  /** 1 to 500 user IDs, from events. Group IDs and room IDs are not supported. */
  to: readonly string[]
  /** The messages to send: 1 to 5. */
  messages: readonly Message[]
  /** Whether to deliver the messages without a push notification. Default: `false`. */
  notificationDisabled?: boolean | undefined
  /**
   * The name to count the messages under: at most 1 name, of 1 to 30 characters from `A-Z a-z 0-9 _`. Case-sensitive.
   * From the 1001st name in a month on, LINE sends the messages without the name.
   */
  customAggregationUnits?: readonly string[] | undefined
}

/** Input of `broadcast`. */
export interface BroadcastInput {
  /** The messages to send: 1 to 5. */
  messages: readonly Message[]
  /** Whether to deliver the messages without a push notification. Default: `false`. */
  notificationDisabled?: boolean | undefined
}

/** Input of the operations that validate messages. */
export interface ValidateMessagesInput {
  /** The messages to validate: 1 to 5. */
  messages: readonly Message[]
}

/** The sent messages. */
export interface SentMessages {
  /**
   * The sent messages, in input order. Empty only if LINE accepted the messages but its response was lost, which the
   * `warning` hook reports. Do not send them again then.
   */
  sentMessages: SentMessage[]
}

/** A sent message. */
export interface SentMessage {
  /** Message ID, a string of digits. It exceeds the range of a `number`. */
  id: string
  /** Token to quote the message. Absent if the message cannot be quoted. */
  quoteToken?: string | undefined
}
