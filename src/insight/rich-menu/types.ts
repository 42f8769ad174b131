/** Input of `getRichMenuInsightSummary`. */
export interface RichMenuInsightSummaryInput {
  /** ID of a rich menu created through the API. */
  richMenuId: string
  /** First day in UTC+9, as `yyyyMMdd`, at most 3 years ago. */
  from: string
  /** Last day in UTC+9, as `yyyyMMdd`, at most 396 days after the first. */
  to: string
}

/** Input of `getRichMenuInsightDaily`. */
export interface RichMenuInsightDailyInput {
  /** ID of a rich menu created through the API. */
  richMenuId: string
  /** First day in UTC+9, as `yyyyMMdd`, at most 3 years ago. */
  from: string
  /** Last day in UTC+9, as `yyyyMMdd`, at most 99 days after the first. */
  to: string
}

/** Impressions and clicks of a rich menu in a period. Only the ID is present if fewer than 20 users clicked it. */
export interface RichMenuInsightSummary {
  /** ID of the rich menu. */
  richMenuId: string
  /** First counted day, as `yyyyMMdd`. */
  metricsFrom?: string | null | undefined
  /** Last counted day, as `yyyyMMdd`. */
  metricsTo?: string | null | undefined
  /** Impressions of the whole menu. */
  impression?: RichMenuImpressionTotal | undefined
  /** Clicks per area. */
  clicks?: RichMenuClickTotal[] | undefined
}

/** Impressions of a rich menu. */
export interface RichMenuImpressionTotal {
  /** The counts of the period. */
  metrics: InsightTotal
}

/** Clicks on one area of a rich menu. */
export interface RichMenuClickTotal {
  /** The area. */
  bounds: RichMenuInsightBounds
  /** The counts of the period. */
  metrics: InsightTotal
}

/** A number of interactions. */
export interface InsightTotal {
  /** Number of interactions. */
  count: number
  /** Approximate number of users. */
  uniqueUsers: number
}

/**
 * Impressions and clicks of a rich menu per day. Only the ID is present if fewer than 20 users clicked it in the whole
 * period.
 */
export interface RichMenuInsightDaily {
  /** ID of the rich menu. */
  richMenuId: string
  /** First counted day, as `yyyyMMdd`. */
  metricsFrom?: string | null | undefined
  /** Last counted day, as `yyyyMMdd`. */
  metricsTo?: string | null | undefined
  /** Impressions of the whole menu. */
  impression?: RichMenuImpressionByDay | undefined
  /** Clicks per area. */
  clicks?: RichMenuClickByDay[] | undefined
}

/** Impressions of a rich menu per day. */
export interface RichMenuImpressionByDay {
  /** One entry per day. */
  metrics: InsightOfDay[]
}

/** Clicks on one area of a rich menu per day. */
export interface RichMenuClickByDay {
  /** The area. */
  bounds: RichMenuInsightBounds
  /** One entry per day. */
  metrics: InsightOfDay[]
}

/** A number of interactions on one day. */
export interface InsightOfDay extends InsightTotal {
  /** The day in UTC+9, as `yyyyMMdd`. */
  date: string
}

/** The area as set at the creation of the rich menu, in pixels of its image. */
export interface RichMenuInsightBounds {
  /** Distance from the left edge, in pixels. */
  x: number
  /** Distance from the top edge, in pixels. */
  y: number
  /** Width, in pixels. */
  width: number
  /** Height, in pixels. */
  height: number
}
