import type { CreatedAudience } from '../group/types.js'

/** Input of `createClickBasedAudienceGroup`. */
export interface CreateClickBasedAudienceGroupInput {
  /** Name of the audience, 1 to 120 UTF-16 code units, without control characters, not only spaces. Case-insensitive. */
  description: string
  /** Request ID of a broadcast or narrowcast, at most 60 days old. Other message types are not supported. */
  requestId: string
  /** URL of the link, at most 2000 UTF-16 code units. Default: any link of the message. */
  clickUrl?: string | undefined
}

/** A new audience based on clicks. LINE does not fill it if it would have fewer than 50 users. */
export interface CreatedClickAudience extends CreatedAudience {
  /** Request ID of the message. */
  requestId: string
  /** URL of the link, if the input had one. */
  clickUrl?: string | undefined
}

/** Input of `createImpBasedAudienceGroup`. */
export interface CreateImpBasedAudienceGroupInput {
  /** Name of the audience, 1 to 120 UTF-16 code units, without control characters, not only spaces. Case-insensitive. */
  description: string
  /** Request ID of a broadcast or narrowcast, at most 60 days old. Other message types are not supported. */
  requestId: string
}

/** A new audience based on impressions. LINE does not fill it if it would have fewer than 50 users. */
export interface CreatedImpAudience extends CreatedAudience {
  /** Request ID of the message. */
  requestId: string
}
