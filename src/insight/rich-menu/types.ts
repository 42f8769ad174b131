/** Which rich menu to look at, and on which days. */
export interface RichMenuInsightSummaryInput {
  /** ID of a rich menu that was made by the API. */
  richMenuId: string
  /** The first day in UTC+9, as `yyyyMMdd`: at most 3 years ago. */
  from: string
  /** The last day in UTC+9, as `yyyyMMdd`: at most 396 days after the first. */
  to: string
}

/** Which rich menu to look at, and on which days. */
export interface RichMenuInsightDailyInput {
  /** ID of a rich menu that was made by the API. */
  richMenuId: string
  /** The first day in UTC+9, as `yyyyMMdd`: at most 3 years ago. */
  from: string
  /** The last day in UTC+9, as `yyyyMMdd`: at most 99 days after the first. */
  to: string
}

/** How a rich menu was seen and tapped, over all days together. Only the ID is there when under 20 people tapped it. */
export interface RichMenuInsightSummary {
  richMenuId: string
  /** The first day that was counted, as `yyyyMMdd`. */
  metricsFrom?: string | null | undefined
  /** The last day that was counted, as `yyyyMMdd`. */
  metricsTo?: string | null | undefined
  /** How the whole menu was seen. */
  impression?: RichMenuImpressionTotal | undefined
  /** How each area was tapped. */
  clicks?: RichMenuClickTotal[] | undefined
}

/** How often a whole rich menu was seen. */
export interface RichMenuImpressionTotal {
  metrics: InsightTotal
}

/** How often one area of a rich menu was tapped. */
export interface RichMenuClickTotal {
  bounds: RichMenuInsightBounds
  metrics: InsightTotal
}

/** How often, and by how many. */
export interface InsightTotal {
  /** How often. */
  count: number
  /** By about how many people. */
  uniqueUsers: number
}

/** How a rich menu was seen and tapped, day by day. Only the ID is there when under 20 people tapped it on all days together. */
export interface RichMenuInsightDaily {
  richMenuId: string
  /** The first day that was counted, as `yyyyMMdd`. */
  metricsFrom?: string | null | undefined
  /** The last day that was counted, as `yyyyMMdd`. */
  metricsTo?: string | null | undefined
  /** How the whole menu was seen. */
  impression?: RichMenuImpressionByDay | undefined
  /** How each area was tapped. */
  clicks?: RichMenuClickByDay[] | undefined
}

/** How often a whole rich menu was seen, day by day. */
export interface RichMenuImpressionByDay {
  metrics: InsightOfDay[]
}

/** How often one area of a rich menu was tapped, day by day. */
export interface RichMenuClickByDay {
  bounds: RichMenuInsightBounds
  metrics: InsightOfDay[]
}

/** How often on one day, and by how many. */
export interface InsightOfDay extends InsightTotal {
  /** The day in UTC+9, as `yyyyMMdd`. */
  date: string
}

/** The area as it was set when the rich menu was made, in pixels of its image. */
export interface RichMenuInsightBounds {
  x: number
  y: number
  width: number
  height: number
}
