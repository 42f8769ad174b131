import type { Message } from '../message/types.js'
import type { DemographicFilter, Recipient } from './audience.js'

/** The same messages to some of the friends. */
export interface NarrowcastInput {
  /** 1 to 5 messages. */
  messages: readonly Message[]
  /** Who gets them: at most 10 audiences and redeliveries together. All friends when it is left out. */
  recipient?: Recipient | undefined
  /** Which of the recipients get them, by what LINE knows about them. */
  filter?: NarrowcastFilter | undefined
  /** How many get them at most. */
  limit?: NarrowcastLimit | undefined
  /** Whether the messages come without a push notification. LINE uses `false` when it is left out. */
  notificationDisabled?: boolean | undefined
}

/** Filters of a narrowcast. */
export interface NarrowcastFilter {
  /**
   * At most 10 filters. What LINE knows is about 3 days old, and LINE refuses filters while the target reach is under 100 (403).
   * When it is left out, people of whom LINE knows nothing get the messages too.
   */
  demographic?: DemographicFilter | undefined
}

/**
 * How many get a narrowcast at most, picked at random.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-narrowcast-limit
 */
export interface NarrowcastLimit {
  /** Largest number of recipients, from 1. */
  max?: number | undefined
  /** Whether to send only as many as the month's quota still holds. LINE uses `false` when it is left out. */
  upToRemainingQuota?: boolean | undefined
  /** Whether to send nothing at all rather than to some only. Only with `upToRemainingQuota: true`. */
  forbidPartialDelivery?: boolean | undefined
}

/** Which narrowcast to look at. */
export interface GetNarrowcastProgressInput {
  /** The request ID that the narrowcast was answered with. */
  requestId: string
}

/** How far a narrowcast is. */
export interface NarrowcastProgress {
  /** `waiting`: recipients are being picked. `sending`, `succeeded`, or `failed`: see `errorCode`. */
  phase: 'waiting' | 'sending' | 'succeeded' | 'failed' | (string & {})
  /** How many users it was sent to. Missing while waiting. */
  successCount?: number | undefined
  /** How many users it could not be sent to. Missing while waiting. */
  failureCount?: number | undefined
  /** How many users it is meant for. Missing while waiting. */
  targetCount?: number | undefined
  /** Why it failed, in LINE's words. */
  failedDescription?: string | undefined
  /**
   * Why it failed: 1 internal error, 2 too few recipients, 3 a repeat of a request accepted before,
   * 4 an audience of under 50 in it, 5 `forbidPartialDelivery` held it back.
   */
  errorCode?: number | undefined
  /** When LINE accepted it: ISO 8601 in UTC, with milliseconds. */
  acceptedTime: string
  /** When it succeeded or failed: ISO 8601 in UTC, with milliseconds. */
  completedTime?: string | undefined
}
