import type { Message } from '../message/types.js'

/** A reply to an event. */
export interface ReplyMessageInput {
  /** From the event: works once, and within 1 minute. */
  replyToken: string
  /** 1 to 5 messages. */
  messages: readonly Message[]
  /** Whether the messages come without a push notification. LINE uses `false` when it is left out. */
  notificationDisabled?: boolean | undefined
}

/** Messages to one user, group chat or multi-person chat. */
export interface PushMessageInput {
  /** User ID, group ID or room ID, from an event. Not the LINE ID that people see in the app. */
  to: string
  /** 1 to 5 messages. */
  messages: readonly Message[]
  /** Whether the messages come without a push notification. LINE uses `false` when it is left out. */
  notificationDisabled?: boolean | undefined
  /**
   * One name to count the messages under, 1 to 30 of `A-Z a-z 0-9 _`, case-sensitive.
   * From the 1001st name of a month on LINE sends the messages and drops the name.
   */
  customAggregationUnits?: readonly string[] | undefined
}

/** The same messages to many users. */
export interface MulticastInput {
  /** 1 to 500 user IDs, from events. Group and room IDs are not taken. */
  to: readonly string[]
  /** 1 to 5 messages. */
  messages: readonly Message[]
  /** Whether the messages come without a push notification. LINE uses `false` when it is left out. */
  notificationDisabled?: boolean | undefined
  /**
   * One name to count the messages under, 1 to 30 of `A-Z a-z 0-9 _`, case-sensitive.
   * From the 1001st name of a month on LINE sends the messages and drops the name.
   */
  customAggregationUnits?: readonly string[] | undefined
}

/** The same messages to all friends of the account. */
export interface BroadcastInput {
  /** 1 to 5 messages. */
  messages: readonly Message[]
  /** Whether the messages come without a push notification. LINE uses `false` when it is left out. */
  notificationDisabled?: boolean | undefined
}

/** Messages to have checked. */
export interface ValidateMessagesInput {
  /** 1 to 5 messages. */
  messages: readonly Message[]
}

/** What was sent, in the order of the input. */
export interface SentMessages {
  /** Empty only where LINE accepted the messages and its answer was lost on the way, of which the hook `warning` tells: do not send them again. */
  sentMessages: SentMessage[]
}

/** One message that was sent. */
export interface SentMessage {
  /** Message ID, of digits. It is larger than a `number` holds. */
  id: string
  /** Token to quote this message by, where its kind can be quoted. */
  quoteToken?: string | undefined
}
