import type { CreatedAudience } from '../created.js'

/** An audience of those who opened a link in a message. */
export interface CreateClickBasedAudienceGroupInput {
  /** The audience's name, 1 to 120 UTF-16 units, no control characters, not spaces only. Its case does not count. */
  description: string
  /** The request ID of a broadcast or narrowcast, at most 60 days old. One of a push, multicast or reply is not taken. */
  requestId: string
  /** The link, at most 2000 UTF-16 units. Any link of the message when it is left out. */
  clickUrl?: string | undefined
}

/** An audience of clicks, just made. LINE does not fill it while it would hold under 50 people. */
export interface CreatedClickAudience extends CreatedAudience {
  /** The request ID of the message. */
  requestId: string
  /** The link, when the input named one. */
  clickUrl?: string | undefined
}

/** An audience of those who saw a message. */
export interface CreateImpBasedAudienceGroupInput {
  /** The audience's name, 1 to 120 UTF-16 units, no control characters, not spaces only. Its case does not count. */
  description: string
  /** The request ID of a broadcast or narrowcast, at most 60 days old. One of a push, multicast or reply is not taken. */
  requestId: string
}

/** An audience of those who saw a message, just made. LINE does not fill it while it would hold under 50 people. */
export interface CreatedImpAudience extends CreatedAudience {
  /** The request ID of the message. */
  requestId: string
}
