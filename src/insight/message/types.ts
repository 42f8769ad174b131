/** Input of `getMessageEvent`. */
export interface GetMessageEventInput {
  /** Request ID of the narrowcast or broadcast, from its response. */
  requestId: string
}

/**
 * Interactions with a narrowcast or broadcast. LINE counts for 14 days after the send.
 *
 * A number is `null` if it is below 20, or if it comes from fewer than 20 users.
 */
export interface MessageEvents {
  /** Interactions with the message as a whole. */
  overview: MessageEventOverview
  /** One entry per bubble. Empty if LINE provides no data. */
  messages: BubbleEvents[]
  /** One entry per link. Empty if there are no links, or if LINE provides no data. */
  clicks: LinkClicks[]
}

/** Interactions with messages as a whole. */
export interface EventOverview {
  /** Number of users who viewed at least one bubble. */
  uniqueImpression: number | null
  /** Number of users who opened a link. */
  uniqueClick: number | null
  /** Number of users who started to play a video or audio. */
  uniqueMediaPlayed: number | null
  /** Number of users who played a video or audio to the end. */
  uniqueMediaPlayed100Percent: number | null
}

/** Interactions with a narrowcast or broadcast as a whole. */
export interface MessageEventOverview extends EventOverview {
  /** Request ID of the narrowcast or broadcast. */
  requestId: string
  /** Time of the send, in seconds since 1970. */
  timestamp: number
  /** Number of delivered messages, even below 20. `null` until all messages are sent. */
  delivered: number | null
}

/** Interactions with one bubble. */
export interface BubbleEvents {
  /** Number of the bubble, starting at 1. */
  seq: number
  /** Number of impressions. */
  impression: number | null
  /** Number of times its video or audio started to play, including autoplay. */
  mediaPlayed: number | null
  /** Number of times 25 % of it was played. */
  mediaPlayed25Percent: number | null
  /** Number of times 50 % of it was played. */
  mediaPlayed50Percent: number | null
  /** Number of times 75 % of it was played. */
  mediaPlayed75Percent: number | null
  /** Number of times it was played to the end. */
  mediaPlayed100Percent: number | null
  /** Number of users who started to play it. */
  uniqueMediaPlayed: number | null
  /** Number of users who played 25 % of it. */
  uniqueMediaPlayed25Percent: number | null
  /** Number of users who played 50 % of it. */
  uniqueMediaPlayed50Percent: number | null
  /** Number of users who played 75 % of it. */
  uniqueMediaPlayed75Percent: number | null
  /** Number of users who played it to the end. */
  uniqueMediaPlayed100Percent: number | null
}

/** Clicks on one link. */
export interface LinkClicks {
  /** Number of the link according to LINE's reference; in LINE's samples, the number of the bubble. */
  seq: number
  /** URL of the link. */
  url: string
  /** Number of clicks. */
  click: number | null
  /** Number of users who clicked it. */
  uniqueClick: number | null
  /** Number of users who clicked this URL in any bubble. */
  uniqueClickOfRequest: number | null
}

/** Input of `getStatisticsPerUnit`. */
export interface GetStatisticsPerUnitInput {
  /** Unit name from `customAggregationUnits`, 1 to 30 characters from `A-Z a-z 0-9 _`. Case-sensitive. */
  customAggregationUnit: string
  /** First day in UTC+9, as `yyyyMMdd`. */
  from: string
  /** Last day in UTC+9, as `yyyyMMdd`, at most 30 days after the first. */
  to: string
}

/**
 * Interactions with the push and multicast messages of one unit. LINE counts for 14 days after each send.
 *
 * A number is `null` if it is below 20, or if it comes from fewer than 20 users.
 */
export interface UnitStatistics {
  /** Interactions with the messages as a whole. */
  overview: EventOverview
  /** One entry per bubble. Empty if LINE provides no data. */
  messages: UnitBubbleEvents[]
  /** One entry per link. Empty if there are no links, or if LINE provides no data. */
  clicks: LinkClicks[]
}

/** Interactions with the bubbles of one number, regardless of their content. */
export interface UnitBubbleEvents extends BubbleEvents {
  /** Number of users who viewed it. */
  uniqueImpression: number | null
}
