/** Which narrowcast or broadcast to look at. */
export interface GetMessageEventInput {
  /** The request ID that the narrowcast or broadcast was answered with. */
  requestId: string
}

/**
 * What people did with a narrowcast or broadcast. LINE counts for 14 days from the send on.
 *
 * A number is `null` when it is under 20, or when fewer than 20 people are behind it.
 */
export interface MessageEvents {
  overview: MessageEventOverview
  /** One entry for each bubble; empty while LINE tells nothing. */
  messages: BubbleEvents[]
  /** One entry for each link; empty when there is none, or while LINE tells nothing. */
  clicks: LinkClicks[]
}

/** What people did with messages as a whole. */
export interface EventOverview {
  /** How many people saw at least one bubble. */
  uniqueImpression: number | null
  /** How many people opened any link. */
  uniqueClick: number | null
  /** How many people began to play any video or audio. */
  uniqueMediaPlayed: number | null
  /** How many people played any video or audio to its end. */
  uniqueMediaPlayed100Percent: number | null
}

/** What people did with a narrowcast or broadcast as a whole. */
export interface MessageEventOverview extends EventOverview {
  requestId: string
  /** When it was sent, in seconds since 1970. */
  timestamp: number
  /** How many messages were delivered, also when under 20; `null` until all are sent. */
  delivered: number | null
}

/** What people did with one bubble. */
export interface BubbleEvents {
  /** The number of the bubble, from 1. */
  seq: number
  /** How often it was shown. */
  impression: number | null
  /** How often its video or audio began to play, automatic starts included. */
  mediaPlayed: number | null
  /** How often a quarter of it was played. */
  mediaPlayed25Percent: number | null
  /** How often half of it was played. */
  mediaPlayed50Percent: number | null
  /** How often three quarters of it were played. */
  mediaPlayed75Percent: number | null
  /** How often all of it was played. */
  mediaPlayed100Percent: number | null
  /** How many people began to play it. */
  uniqueMediaPlayed: number | null
  /** How many people played a quarter of it. */
  uniqueMediaPlayed25Percent: number | null
  /** How many people played half of it. */
  uniqueMediaPlayed50Percent: number | null
  /** How many people played three quarters of it. */
  uniqueMediaPlayed75Percent: number | null
  /** How many people played all of it. */
  uniqueMediaPlayed100Percent: number | null
}

/** How one link was opened. */
export interface LinkClicks {
  /** LINE calls it the number of the link; in its samples it is that of the bubble. */
  seq: number
  url: string
  /** How often it was opened. */
  click: number | null
  /** How many people opened it. */
  uniqueClick: number | null
  /** How many people opened this URL in any bubble. */
  uniqueClickOfRequest: number | null
}

/** Which messages to look at: those sent under one unit name, on some days. */
export interface GetStatisticsPerUnitInput {
  /** The unit name given in `customAggregationUnits`, 1 to 30 of `A-Z a-z 0-9 _`, case-sensitive. */
  customAggregationUnit: string
  /** The first day in UTC+9, as `yyyyMMdd`. */
  from: string
  /** The last day in UTC+9, as `yyyyMMdd`: at most 30 days after the first. */
  to: string
}

/**
 * What people did with the pushes and multicasts under one unit name. LINE counts for 14 days from each send on.
 *
 * A number is `null` when it is under 20, or when fewer than 20 people are behind it.
 */
export interface UnitStatistics {
  overview: EventOverview
  /** One entry for each bubble; empty while LINE tells nothing. */
  messages: UnitBubbleEvents[]
  /** One entry for each link; empty when there is none, or while LINE tells nothing. */
  clicks: LinkClicks[]
}

/** What people did with the bubbles of one number, whatever they held. */
export interface UnitBubbleEvents extends BubbleEvents {
  /** How many people it was shown to. */
  uniqueImpression: number | null
}
